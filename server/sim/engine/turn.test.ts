import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Id } from '../../protocol/id.ts';
import type { Values } from '../../protocol/record/index.ts';
import type { SimTime } from '../../protocol/time.ts';
import { ticks } from '../../protocol/time.ts';
import { handler } from './handler.ts';
import type { Image } from './image.ts';
import { load, save, stampedHash } from './image.ts';
import { Machine } from './machine.ts';
import { found, reloaded, toy, volume } from './toy.fixture.ts';
import { Turn } from './turn.ts';
import { World } from './world.ts';

/** A world in which every call of `next` is a new turn. */
function begun(): { readonly world: World; readonly next: () => Turn } {
  const world = new World('turn');
  const turn = new Turn(world);
  const next = (): Turn => {
    world.turn += 1;
    turn.begin(world.now, world.turn, 0, null);
    return turn;
  };
  return { world, next };
}

const HOST: Values<'volume'> = { host: 'host:A', letter: 'C', capacity: 10, free: 10 };

const COUNT: Values<'hypercall-count'> = {
  host: 'host:A',
  vm: null,
  partition: 'partition:A/1.1',
  code: 64,
  name: 'HvCreatePartition',
  count: 0,
  errors: 0,
};
const COUNTED: Id<'hypercall-count'> = 'hypercall-count:A/1.1/0040';

function rowOf(world: World, id: Id): { readonly rev: number; readonly cause: number } {
  const kind = id.startsWith('volume') ? 'volume' : 'hypercall-count';
  const row = world.records.row(kind, id);
  if (row === undefined) throw new Error(`${id} is not there`);
  return { rev: row.rev, cause: row.cause };
}

test('a change of state moves a record’s turn and names its cause, a counter does neither', () => {
  const { world, next } = begun();
  next().insert('hypercall-count', COUNTED, COUNT);
  next().insert('volume', volume(1), HOST);

  next().count('hypercall-count', COUNTED, 'count', 5);
  const turn = next();
  const cause = turn.fact({ kind: 'guest', from: 'hardware', summary: 'written' });
  turn.patch('volume', volume(1), { free: 9 });
  next().patch('volume', volume(1), { free: 9 });

  expect(rowOf(world, COUNTED)).toEqual({ rev: 1, cause: 0 });
  expect(rowOf(world, volume(1))).toEqual({ rev: 4, cause });
});

test('json is compared by what it says', () => {
  const { world, next } = begun();
  const content = { os: null, sysprepped: false, computerName: null, integrationComponents: null };
  next().insert('virtual-disk', 'virtual-disk:A/1', {
    host: 'host:A',
    vm: null,
    path: 'C:\\d',
    format: 'VHDX',
    type: 'Dynamic',
    maximumSize: 1,
    fileSize: 1,
    blockSize: 0,
    logicalSectorSize: 512,
    physicalSectorSize: 4096,
    partitioned: 0,
    blocks: [],
    unused: [],
    job: null,
    parent: null,
    content,
    inUse: false,
    revision: 0,
    parentRevision: null,
  });
  const rev = (): number | undefined => world.records.row('virtual-disk', 'virtual-disk:A/1')?.rev;
  const before = rev();

  const shuffled = { integrationComponents: null, computerName: null, sysprepped: false, os: null };
  next().patch('virtual-disk', 'virtual-disk:A/1', { content: shuffled });
  const same = rev();
  next().patch('virtual-disk', 'virtual-disk:A/1', { content: { ...content, sysprepped: true } });

  expect(same).toBe(before);
  expect(rev()).toBe(3);
});

test('what a record lacks or does not have is a bug', () => {
  const { next } = begun();
  next().insert('volume', volume(1), HOST);

  expect(() => next().insert('volume', volume(1), HOST)).toThrow('is there already');
  expect(() => next().patch('volume', volume(2), { free: 1 })).toThrow('is not there');
  expect(() => next().remove('volume', volume(2))).toThrow('is not there');
  expect(() => next().where('volume', 'letter', 'C')).toThrow('is not indexed');
  expect(() => next().count('volume', volume(1), 'letter')).toThrow('is no counter');
});

test('a list may change while one walks over it', () => {
  const { next } = begun();
  found(next(), [3, 1, 2]);

  const turn = next();
  for (const { id } of turn.where('volume', 'host', 'host:TOY')) turn.remove('volume', id);

  expect(turn.all('volume')).toEqual([]);
});

test('an index follows every change of its column', () => {
  const step = fc.record({
    id: fc.integer({ min: 1, max: 5 }),
    host: fc.constantFrom('host:A' as const, 'host:B' as const),
    remove: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      const { world, next } = begun();
      for (const { id, host, remove } of steps) {
        const turn = next();
        const is = turn.get('volume', volume(id)) !== undefined;
        if (!is) turn.insert('volume', volume(id), { ...HOST, host });
        else if (remove) turn.remove('volume', volume(id));
        else turn.patch('volume', volume(id), { host });
      }
      const turn = next();
      for (const host of ['host:A', 'host:B'] as const) {
        const filtered = turn.all('volume').filter(each => each.host === host);
        expect(turn.where('volume', 'host', host)).toEqual(filtered);
      }
      const rebuilt = load(JSON.parse(JSON.stringify(save(world, 'turn'))) as Image);
      expect(rebuilt.stateHash().toString()).toBe(world.stateHash().toString());
    }),
    { numRuns: 60 },
  );
});

test('a removal leaves a tombstone with its turn and scopes', () => {
  const { world, next } = begun();
  next().insert('volume', volume(1), HOST);

  next().remove('volume', volume(1));

  expect(world.tombstones).toEqual([{ id: volume(1), turn: 2, host: 'host:A', vm: null }]);
});

test('old tombstones are forgotten by whole turns, and the floor says from where', () => {
  const { world, next } = begun();
  for (let n = 0; n < 9000; n += 1) {
    const made = next();
    for (const side of [1, 2, 3]) {
      made.insert('volume', volume(3 * n + side), { ...HOST, host: `host:${n % 7}` });
    }
    const gone = next();
    for (const side of [1, 2, 3]) gone.remove('volume', volume(3 * n + side));
  }

  const turns = world.tombstones.map(({ turn }) => turn);
  expect(world.tombstoneFloor).toBeGreaterThan(0);
  expect(Math.min(...turns)).toBeGreaterThan(world.tombstoneFloor);
  expect(turns.length).toBeGreaterThanOrEqual(19_990);
  expect(turns.length).toBeLessThanOrEqual(25_003);
  for (const turn of new Set(turns)) expect(turns.filter(each => each === turn).length).toBe(3);
}, 60_000);

test('a record made again in its own turn’s ashes is a new one', () => {
  const { world, next } = begun();
  next().insert('volume', volume(1), HOST);
  next().draw('volume', volume(1));
  const before = next().draw('volume', volume(1));

  const turn = next();
  turn.remove('volume', volume(1));
  turn.insert('volume', volume(1), { ...HOST, free: 3 });

  expect(turn.must('volume', volume(1)).free).toBe(3);
  // Its dice begin again too, so the first roll is the one that was first before.
  turn.draw('volume', volume(1));
  expect(turn.draw('volume', volume(1))).toBe(before);
  const image = save(world, 'turn');
  expect(stampedHash(load(image))).toBe(image.stateHash);
});

test('the hash of the records does not depend on when it was reckoned', () => {
  const { world: often, next: one } = begun();
  const { world: once, next: two } = begun();
  for (let n = 1; n <= 20; n += 1) {
    for (const next of [one, two]) {
      const turn = next();
      turn.insert('volume', volume(n), HOST);
      if (n > 5) turn.remove('volume', volume(n - 5));
      turn.patch('volume', volume(n), { free: n });
    }
    often.stateHash();
  }

  expect(often.stateHash().toString()).toBe(once.stateHash().toString());
});

test('a row that somebody changed is noticed by its hash', () => {
  const machine = toy();
  const image = JSON.parse(JSON.stringify(save(machine.world, 'toy'))) as Image;
  const changed = JSON.parse(
    JSON.stringify(image).replace('"letter":"2"', '"letter":"Z"'),
  ) as Image;

  expect(stampedHash(load(image))).toBe(image.stateHash);
  expect(stampedHash(load(changed))).not.toBe(changed.stateHash);
});

test('an image that lacks a column is refused', () => {
  const image = JSON.stringify(save(toy().world, 'toy'));

  expect(() => load(JSON.parse(image.replace('"free":500', '"fee":500')) as Image)).toThrow(
    'is stored without free',
  );
});

test('a fact is the cause of what follows in its turn, and of what that sends', () => {
  const told: number[] = [];
  const listener = handler('volume', turn => {
    told.push(turn.cause);
  });
  const machine = new Machine(new World('x'), { version: 1, handlers: [listener], operations: {} });
  machine.found(turn => {
    found(turn, [1]);
    const cause = turn.fact({ kind: 'guest', from: 'hardware', summary: 'first' });
    turn.send(volume(1), { type: 'x' }, ticks(0));
    const second = turn.fact({ kind: 'guest', from: 'hardware', summary: 'second' });
    expect([cause, second]).toEqual([1, 2]);
  });

  const later = reloaded(machine, { version: 1, handlers: [listener], operations: {} });
  later.advance(1 as SimTime);

  expect(machine.world.factsForProjection.map(({ cause }) => cause)).toEqual([null, 1]);
  expect(told).toEqual([1]);
});

test('trace is no part of the hash', () => {
  const { world, next } = begun();
  const quiet = world.checkpoint();
  const { world: other, next: two } = begun();
  other.checkpoint();
  next();
  const traced = two();
  for (let packet = 0; packet < 6000; packet += 1) {
    traced.trace({ channel: 'c', vm: 'vm:1', summary: 's', packet, rate: 1, bytes: '' });
  }

  expect(other.checkpoint()).toBe(world.checkpoint());
  expect(quiet).not.toBe('');
  expect(other.tracesForProjection).toHaveLength(5_000);
  expect([other.tracesForPacket.length, other.tracesMissed.get('vm:1')]).toEqual([5_000, 1_000]);
});
