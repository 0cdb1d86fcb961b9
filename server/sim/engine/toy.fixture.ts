import { assert } from '../../base/assert.ts';
import type { Fact } from '../../protocol/fact.ts';
import type { Id } from '../../protocol/id.ts';
import type { OperationResult } from '../../protocol/operation/index.ts';
import type { SimTime } from '../../protocol/time.ts';
import { ticks } from '../../protocol/time.ts';
import type { Simulation } from './handler.ts';
import { handler } from './handler.ts';
import type { Image } from './image.ts';
import { load, save } from './image.ts';
import { Machine } from './machine.ts';
import type { Message } from './message.ts';
import type { Turn } from './turn.ts';
import { World } from './world.ts';

/** A toy: volumes throw balls at one another. It uses all a machine has, and stops nowhere. */
export const SEED = 'toy';

export type Volume = Id<'volume'>;

export function volume(n: number): Volume {
  return `volume:TOY/${n}`;
}

/** `hops` is how often the ball will be thrown on; `fuse` the span of each throw. */
interface Ball extends Message {
  readonly type: 'Ball';
  readonly hops: number;
  readonly fuse: number;
}

export function found(turn: Turn, ids: readonly number[]): void {
  for (const n of ids) {
    turn.insert('volume', volume(n), {
      host: 'host:TOY',
      letter: String(n),
      capacity: 1000,
      free: 500,
    });
  }
}

const ok: OperationResult = { ok: true, value: null };

/** Somebody among those who are there, by the dice of the one who throws. */
function target(turn: Turn, thrower: Volume): Volume | undefined {
  const all = turn.where('volume', 'host', 'host:TOY');
  return all.length === 0 ? undefined : all[turn.draw('volume', thrower) % all.length]?.id;
}

const balls = handler<'volume', Ball>('volume', (turn, self, { hops, fuse }) => {
  turn.count('volume', self.id, 'free', turn.drawBetween('volume', self.id, 1, 9));
  if (hops % 3 === 0) {
    turn.fact({
      kind: 'guest',
      from: 'hardware',
      summary: `${self.id} caught a ball`,
      data: { hops, free: self.free },
    });
  }
  if (hops === 0) return;
  const next = target(turn, self.id);
  if (next === undefined) return;
  turn.send(next, { type: 'Ball', hops: hops - 1, fuse }, ticks(fuse));
  // Two for one now and then, the second at once.
  if (turn.draw('volume', self.id) % 4 === 0) {
    turn.send(next, { type: 'Ball', hops: Math.floor(hops / 2), fuse: fuse + 1 }, ticks(0));
  }
});

const OPERATIONS = {
  throw: (turn: Turn, { to, hops, fuse }: { to: number; hops: number; fuse: number }) => {
    turn.send(volume(to), { type: 'Ball', hops, fuse }, ticks(fuse));
    return ok;
  },
  add: (turn: Turn, { n }: { n: number }): OperationResult => {
    if (turn.get('volume', volume(n)) !== undefined) {
      return {
        ok: false,
        fault: { kind: 'There', message: `${n} is there`, code: null, data: {} },
      };
    }
    found(turn, [n]);
    return ok;
  },
  remove: (turn: Turn, { n }: { n: number }) => {
    if (turn.get('volume', volume(n)) !== undefined) turn.remove('volume', volume(n));
    return ok;
  },
  burst: (turn: Turn, { n, hops }: { n: number; hops: number }) => {
    for (const each of turn.all('volume')) {
      turn.send(each.id, { type: 'Ball', hops, fuse: n }, ticks(n));
    }
    return ok;
  },
  poison: (turn: Turn, { n }: { n: number }): OperationResult => {
    found(turn, [n]);
    turn.send(volume(n), { type: 'Ball', hops: 50, fuse: 0 }, ticks(0));
    assert(false, 'a poisoned operation has done half of its work');
  },
} as const;

export const TOY: Simulation = { version: 1, handlers: [balls], operations: OPERATIONS };

/** A founded toy. */
export function toy(ids: readonly number[] = [1, 2, 3], seed = SEED): Machine {
  const machine = new Machine(new World(seed), TOY);
  machine.found(turn => found(turn, ids));
  return machine;
}

export type Action =
  | { readonly op: 'throw'; readonly args: { to: number; hops: number; fuse: number } }
  | { readonly op: 'add' | 'remove'; readonly args: { n: number } }
  | { readonly op: 'burst'; readonly args: { n: number; hops: number } };

/** An action and how long after the one before it. */
export interface Timed {
  readonly after: number;
  readonly action: Action;
}

export function apply(machine: Machine, at: number, action: { op: string; args: object }): string {
  return machine.apply({
    seq: 1,
    at: at as SimTime,
    person: null,
    op: action.op,
    args: { ...action.args },
  }).hash;
}

/** The same machine from its data alone, as text. */
export function reloaded(machine: Machine, simulation: Simulation = TOY): Machine {
  const image = JSON.parse(JSON.stringify(save(machine.world, SEED))) as Image;
  const world = load(image);
  world.factsForProjection = machine.world.factsForProjection;
  const next = new Machine(world, simulation);
  next.marks = machine.marks;
  return next;
}

export interface Story {
  readonly turn: number;
  readonly hash: string;
  readonly state: string;
  readonly facts: readonly Fact[];
  readonly marks: readonly object[];
}

/** All that may be known of a machine. Marks without those of a present that is not over. */
export function story(machine: Machine): Story {
  const { records, agenda, tombstones, agendaSeq } = save(machine.world, SEED);
  return {
    turn: machine.turn,
    hash: machine.world.checkpoint(),
    state: JSON.stringify({ records, agenda, tombstones, agendaSeq }),
    facts: machine.world.factsForProjection,
    marks: machine.marks,
  };
}
