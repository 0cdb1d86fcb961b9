import type { Component, Fact } from '../../server/protocol/fact.ts';
import { COMPONENTS } from '../facts/components.ts';
import type { Slice } from './slices.ts';

/** One line of the drawing: what one component did, or what happened to one machine. */
export interface Track {
  readonly id: string;
  readonly title: string;
  readonly group: 'people' | 'machine' | 'parent' | 'below' | 'child';
  /** What it did, in order of time. */
  readonly facts: readonly Fact[];
  /** What others told it. */
  readonly heard: readonly Fact[];
  readonly slices: readonly Slice[];
}

export interface TrackNames {
  readonly nameOf: (id: string) => string | null;
  /** The only machine there is to see; null when there are several. */
  readonly only: string | null;
}

const ORDER: readonly Component[] = [
  'management-os',
  'vmms',
  'vmwp',
  'vid',
  'winhv',
  'vmbusr',
  'storvsp',
  'netvsp',
  'vmswitch',
  'vhdmp',
  'hypervisor',
  'hardware',
  'vmbus',
  'storvsc',
  'netvsc',
  'ic',
  'firmware',
  'guest',
];

const PEOPLE = 'people';
const LAB = 'lab';

/** Which line a fact stands on; also where an arrow to it ends. */
export const trackOf = ({ kind, from, vm }: Fact, names: TrackNames): string =>
  kind === 'action' && from === 'person' ? PEOPLE : trackOfComponent(from, vm, names);

const trackOfComponent = (
  component: Component,
  vm: string | null,
  { only }: TrackNames,
): string => {
  if (component === 'person') return PEOPLE;
  if (component === 'lab') return LAB;
  if (only !== null || vm === null) return component;
  if (component === 'vmwp') return `vmwp ${vm}`;
  return COMPONENTS[component].site === 'child' ? `inside ${vm}` : component;
};

export const tracksOf = (
  facts: readonly Fact[],
  jobs: readonly Slice[],
  names: TrackNames,
): readonly Track[] => {
  const byTrack = new Map<string, Fact[]>([[PEOPLE, []]]);
  const heardBy = new Map<string, Fact[]>();
  for (const fact of facts) {
    const id = trackOf(fact, names);
    push(byTrack, id, fact);
    if (fact.to === null) continue;
    const other = trackOfComponent(fact.to, fact.vm, names);
    if (other === id || other === PEOPLE) continue;
    push(heardBy, other, fact);
    if (!byTrack.has(other)) byTrack.set(other, []);
  }
  const machines = byOwner(jobs);
  for (const vm of machines.keys()) byTrack.set(`jobs ${vm}`, []);
  const tracks = [...byTrack].map(([id, of]): Track => {
    const vm = id.startsWith('jobs ') ? id.slice('jobs '.length) : null;
    const slices = vm === null ? [] : (machines.get(vm) ?? []);
    return { id, ...headOf(id, names), facts: of, heard: heardBy.get(id) ?? [], slices };
  });
  return tracks.toSorted((a, b) => rankOf(a.id) - rankOf(b.id) || (a.title < b.title ? -1 : 1));
};

const push = (lists: Map<string, Fact[]>, key: string, fact: Fact): void => {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [fact]);
  else known.push(fact);
};

/** Jobs of a host that are about no machine stand with the host. */
const byOwner = (slices: readonly Slice[]): ReadonlyMap<string, readonly Slice[]> => {
  const owners = new Map<string, Slice[]>();
  for (const slice of slices) {
    const known = owners.get(slice.owner);
    if (known === undefined) owners.set(slice.owner, [slice]);
    else known.push(slice);
  }
  return owners;
};

const headOf = (id: string, { nameOf }: TrackNames): Pick<Track, 'title' | 'group'> => {
  const [kind = '', of = ''] = id.split(/ (.*)/su);
  if (id === PEOPLE) return { title: 'People', group: 'people' };
  if (id === LAB) return { title: 'The lab itself', group: 'people' };
  if (kind === 'jobs') return { title: nameOf(of) ?? 'deleted', group: 'machine' };
  if (kind === 'vmwp' && of !== '')
    return { title: `vmwp of ${nameOf(of) ?? 'a deleted VM'}`, group: 'parent' };
  if (kind === 'inside') return { title: `Inside ${nameOf(of) ?? 'a deleted VM'}`, group: 'child' };
  const { name, site } = COMPONENTS[id as Component];
  if (site === 'child') return { title: name, group: 'child' };
  return { title: name, group: site === 'hypervisor' || site === 'hardware' ? 'below' : 'parent' };
};

const rankOf = (id: string): number => {
  if (id === PEOPLE) return -3;
  if (id.startsWith('jobs ')) return -2;
  if (id === LAB) return ORDER.length + 1;
  if (id.startsWith('vmwp ')) return ORDER.indexOf('vmwp');
  if (id.startsWith('inside ')) return ORDER.length;
  return ORDER.indexOf(id as Component);
};

/** The first of these facts at or after a time. */
export const firstAt = (facts: readonly Fact[], at: number): number => {
  let low = 0;
  let high = facts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((facts[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
};
