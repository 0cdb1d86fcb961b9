import type { Component, Fact } from '../../server/protocol/fact.ts';
import { plainText } from '../format/plain-text.ts';
import { TINTS, type Tint } from '../facts/components.ts';
import { anchorOf, type Box, type Drawing, type Point } from './drawing.ts';
import { labelPoint, way } from './path.ts';

// What the newest facts light up: the components that did something, and the way from who began it to who
// was meant. Moved by facts alone: when nothing happens, nothing moves.

export interface Arrow {
  readonly key: number;
  readonly tint: Tint;
  readonly points: readonly Point[];
  readonly label: Point;
  readonly text: string;
  /** How many facts were read since. */
  readonly age: number;
}

export interface Mark {
  readonly n: number;
  readonly tint: Tint;
  readonly age: number;
}

export interface Lights {
  /** By box; of several facts the newest counts. */
  readonly lit: ReadonlyMap<string, Mark>;
  /** Oldest first, so that the newest is drawn over the others. */
  readonly arrows: readonly Arrow[];
}

/** How many ways the trail has. */
export const TRAIL = 4;

export const lightsOf = (facts: readonly Fact[], drawing: Drawing): Lights => {
  const byId = new Map(drawing.boxes.map(box => [box.id, box]));
  // Intercepts go the dashed way that is drawn for them.
  const wires = new Map(drawing.wires.map(({ id, points }) => [id, points]));
  const lit = new Map<string, Mark>();
  const arrows: Arrow[] = [];
  for (const [index, fact] of facts.entries()) {
    const from = boxOf(byId, fact, 'from');
    const to = boxOf(byId, fact, 'to');
    const mark = { n: fact.n, tint: TINTS[fact.kind], age: facts.length - 1 - index };
    for (const box of [from, to]) if (box !== undefined) lit.set(box.id, mark);
    if (from === undefined || to === undefined || from === to) continue;
    const wire = fact.kind === 'intercept' ? wires.get(`${from.id}>${to.id}`) : undefined;
    const points = wire ?? way(from, to);
    const text = labelText(fact);
    arrows.push({
      key: fact.n,
      tint: mark.tint,
      age: mark.age,
      points,
      label: inside(labelPoint(points, textWidth(text), drawing.boxes), textWidth(text), drawing),
      text,
    });
  }
  return { lit, arrows: arrows.slice(-TRAIL) };
};

/** The box of a component; a machine that has none of its own stands as its card or in a count. */
const boxOf = (byId: ReadonlyMap<string, Box>, fact: Fact, end: 'from' | 'to'): Box | undefined => {
  const component = fact[end];
  if (component === null) return undefined;
  const own = byId.get(anchorFor(fact, component));
  if (own !== undefined) return own;
  if (component === 'vmwp') return holding(byId, fact.vm, ['more-workers']) ?? byId.get('vmms');
  if (component === 'person') return byId.get('vmms');
  if (component === 'hardware') return byId.get('memory');
  if (fact.vm === null) return undefined;
  return byId.get(`guest ${fact.vm}`) ?? holding(byId, fact.vm, byId.keys());
};

/** Of an intercept the part of the hypervisor and the devices of the guest that it comes from. */
const anchorFor = ({ kind, vm }: Fact, component: Component): string => {
  if (kind !== 'intercept') return anchorOf(component, vm);
  if (component === 'hypervisor') return 'intercepts';
  return anchorOf(component === 'guest' ? 'firmware' : component, vm);
};

/** The count in which a machine is. */
const holding = (
  byId: ReadonlyMap<string, Box>,
  vm: string | null,
  ids: Iterable<string>,
): Box | undefined => {
  if (vm === null) return undefined;
  for (const id of ids) {
    const box = byId.get(id);
    if (box?.holds?.has(vm)) return box;
  }
  return undefined;
};

/** About: what matters is that a long name keeps off the boxes. */
const textWidth = (text: string): number => text.length * 6.4 + 22;

/** As wide as a label is drawn at most. */
const WIDEST = 300;
const HALF_HEIGHT = 12;

/** Labels are drawn around their point and stay on the sheet. */
const inside = ({ x, y }: Point, text: number, { width, height }: Drawing): Point => {
  const half = Math.min(text, WIDEST) / 2 + 2;
  return {
    x: Math.min(Math.max(x, half), width - half),
    y: Math.min(Math.max(y, HALF_HEIGHT), height - HALF_HEIGHT),
  };
};

const LONGEST = 34;

/** `HvCreatePartition 0x0040`, `OfferChannel 1`: the real name and number where there is one. */
export const labelText = ({ kind, data, summary }: Fact): string => {
  const { name, code, message, number, calls, status, statusName } = data;
  if (kind === 'hypercall' && typeof name === 'string') {
    const times = typeof calls === 'number' && calls > 1 ? ` ×${calls}` : '';
    const refused = typeof status === 'number' && status !== 0 ? `: ${plainText(statusName)}` : '';
    return `${name} ${plainText(code)}${times}${refused}`.trim();
  }
  if (kind === 'vmbus' && typeof message === 'string')
    return `${message} ${plainText(number)}`.trim();
  if (kind === 'packet' && typeof message === 'string') return message;
  return summary.length > LONGEST ? `${summary.slice(0, LONGEST - 1)}…` : summary;
};

/**
 * The end of the run that a fact begins: as long as one component says the same to the same other, one
 * look at it is enough. Gives the index of the last of them.
 */
export const endOfRun = (facts: readonly Fact[], from: number): number => {
  const first = facts[from];
  if (first === undefined) return from;
  const text = runText(first);
  let last = from;
  while (isAlike(facts[last + 1], first) && runText(facts[last + 1] as Fact) === text) last += 1;
  return last;
};

const isAlike = (fact: Fact | undefined, first: Fact): boolean =>
  fact !== undefined &&
  fact.kind === first.kind &&
  fact.from === first.from &&
  fact.to === first.to &&
  fact.vm === first.vm &&
  (fact.kind === 'hypercall' || fact.kind === 'vmbus');

const runText = ({ data: { name, message } }: Fact): string =>
  `${plainText(name)} ${plainText(message)}`;
