import { expect, test } from 'vitest';
import { HeldScope } from '../../client/link/held-scope.ts';
import type { Fact } from '../protocol/fact.ts';
import type { Packet, Picture } from '../protocol/wire/down.ts';
import type { Simulation } from '../sim/engine/handler.ts';
import type { Turn } from '../sim/engine/turn.ts';
import { Machine } from '../sim/engine/machine.ts';
import { volume } from '../sim/engine/toy.fixture.ts';
import { World } from '../sim/engine/world.ts';
import type { SimTime } from '../protocol/time.ts';
import { picture, resume } from './picture.ts';
import { ScopeGroup } from './scope-group.ts';

const LONG = 'x'.repeat(10_000);
const MOST = 300_000;

const SIMULATION: Simulation = {
  version: 1,
  handlers: [],
  operations: {
    change: (turn: Turn, { n }: { n: number }) => {
      turn.patch('volume', volume(n), { letter: `${turn.number} ${LONG}` });
      return { ok: true, value: null };
    },
    remove: (turn: Turn, { n }: { n: number }) => {
      turn.remove('volume', volume(n));
      return { ok: true, value: null };
    },
    tell: (turn: Turn, { many }: { many: number }) => {
      for (let n = 0; n < many; n += 1) {
        const summary = `${n} ${LONG}`;
        turn.fact({ kind: 'guest', from: 'hardware', host: 'host:TOY', summary });
      }
      return { ok: true, value: null };
    },
  },
};

/** A host with a hundred records of ten thousand characters each. */
function aHost() {
  const world = new World('seed');
  const machine = new Machine(world, SIMULATION);
  machine.found(turn => {
    for (let n = 0; n < 100; n += 1) {
      const values = { host: 'host:TOY', letter: LONG, capacity: 1, free: 1 } as const;
      turn.insert('volume', volume(n), values);
    }
  });
  const group = (): ScopeGroup => new ScopeGroup('host:TOY', 'everyone', world);
  const operate = (op: string, args: object): void => {
    machine.apply({ seq: 1, at: 0 as SimTime, person: null, op, args: { ...args } });
  };
  const at = { lineage: 1, world };
  const facts = (): Fact[] => world.factsForPacket.filter(({ host }) => host === 'host:TOY');
  const held = new HeldScope();
  const parts = read<Picture>(picture(at, group(), facts()));
  for (const part of parts) held.takePicture(part);
  return { world, at, group, operate, facts, held, parts };
}

function read<T>(frames: readonly Uint8Array[]): readonly T[] {
  for (const { length } of frames) expect(length).toBeLessThan(MOST);
  return frames.map(bytes => JSON.parse(new TextDecoder().decode(bytes)) as T);
}

test('a large picture comes in parts, with its facts behind its records', () => {
  const { operate, at, group, facts, parts } = aHost();

  operate('tell', { many: 60 });
  const held = new HeldScope();
  const withFacts = read<Picture>(picture(at, group(), facts()));
  for (const part of withFacts) held.takePicture(part);

  expect(parts.length).toBeGreaterThanOrEqual(4);
  expect(withFacts.length).toBeGreaterThanOrEqual(6);
  expect(withFacts.map(({ part, last }) => [part, last])).toEqual(
    withFacts.map((_, part) => [part, part === withFacts.length - 1]),
  );
  expect(held.hash).toBe(group().hash());
  expect(held.facts.map(({ n }) => n)).toEqual(facts().map(({ n }) => n));
});

test('of much that was missed a client takes packet after packet, and goes on after any of them', () => {
  const { operate, at, group, held, facts, world } = aHost();
  const before = held.turn ?? 0;
  for (let n = 0; n < 90; n += 1) operate('change', { n });
  for (let n = 50; n < 60; n += 1) operate('remove', { n });
  operate('tell', { many: 20 });
  for (let n = 0; n < 10; n += 1) operate('change', { n });

  const packets = read<Packet>(resume(at, group(), before, facts()));

  expect(packets.length).toBeGreaterThanOrEqual(4);
  expect(packets[0]?.from).toBe(before + 1);
  expect(packets.at(-1)?.to).toBe(world.turn);
  for (const packet of packets) {
    expect(held.takePacket(packet)).toBe('told');
    const from = held.turn ?? 0;
    const later = copyOf(held);
    const rest = facts().filter(({ turn }) => turn > from);
    for (const next of read<Packet>(resume(at, group(), from, rest))) later.takePacket(next);
    expect(later.hash).toBe(group().hash());
    expect(later.facts.at(-1)?.n).toBe(facts().at(-1)?.n);
  }
  expect(held.hash).toBe(group().hash());
  expect(held.facts.map(({ n }) => n)).toEqual(facts().map(({ n }) => n));
});

/** Another client that has the same. */
function copyOf(held: HeldScope): HeldScope {
  const copy = new HeldScope();
  const { lineage, turn } = held.position ?? { lineage: 0, turn: 0 };
  const records = [...held.records('volume')].map(
    ({ id, rev, cause, values }) => [id, rev, cause, values] as const,
  );
  const head = { t: 'picture', scope: 'host:TOY', lineage, turn, at: 0 as SimTime } as const;
  copy.takePicture({
    ...head,
    part: 0,
    last: true,
    records: records.map(one => [...one]),
    facts: [...held.facts],
  });
  return copy;
}
