import { groupBy } from '../state/group-by.ts';
import type { Seen } from '../state/lab-store.ts';

/** How something is, in one sign and one word: the sign is never the only one to say it. */
export type Mood = 'on' | 'off' | 'busy' | 'held' | 'bad';

export interface TreeRow {
  readonly id: string;
  readonly name: string;
  readonly level: 1 | 2;
  readonly mood: Mood;
  readonly word: string;
  readonly children: number;
}

const VM_MOODS: Readonly<Record<string, Mood>> = {
  Off: 'off',
  Saved: 'held',
  Paused: 'held',
  Running: 'on',
};

const HOST_MOODS: Readonly<Record<string, Mood>> = { Off: 'off', Running: 'on' };

const byName = (a: { readonly name?: string }, b: { readonly name?: string }): number =>
  (a.name ?? '').localeCompare(b.name ?? '', 'en', { numeric: true });

export interface TreeSource {
  readonly hosts: readonly Seen<'host'>[];
  readonly vms: readonly Seen<'vm'>[];
  readonly jobs: ReadonlyMap<string, Seen<'job'>>;
}

/** Hosts by name, each with its virtual machines by name; `closed` hides those of a host. */
export const treeRows = (source: TreeSource, closed: ReadonlySet<string>): readonly TreeRow[] => {
  const { hosts, vms, jobs } = source;
  const ofHost = groupBy(vms, vm => vm.host ?? '');
  return hosts.toSorted(byName).flatMap(host => {
    const machines = (ofHost.get(host.id) ?? []).toSorted(byName);
    const row: TreeRow = {
      id: host.id,
      name: host.name ?? '',
      level: 1,
      mood: HOST_MOODS[host.state ?? ''] ?? 'busy',
      word: host.state === 'Running' ? countWord(machines.length) : (host.state ?? ''),
      children: machines.length,
    };
    return closed.has(host.id) ? [row] : [row, ...machines.map(vm => vmRow(vm, jobs))];
  });
};

const countWord = (count: number): string =>
  count === 0 ? 'no VMs' : `${count} VM${count === 1 ? '' : 's'}`;

const vmRow = (vm: Seen<'vm'>, jobs: TreeSource['jobs']): TreeRow => ({
  id: vm.id,
  name: vm.name ?? '',
  level: 2,
  mood: vmMood(vm.state),
  word: stateWord(vm, vm.job ? jobs.get(vm.job) : undefined),
  children: 0,
});

export const vmMood = (state: string | undefined): Mood => VM_MOODS[state ?? ''] ?? 'busy';

/** `Running`, or `Starting 34%` while a job is under way. */
export const stateWord = (vm: Seen<'vm'>, job: Seen<'job'> | undefined): string => {
  const underWay = job?.state === 'Running' && job.percent !== undefined;
  return underWay ? `${vm.state ?? ''} ${job.percent}%` : (vm.state ?? '');
};
