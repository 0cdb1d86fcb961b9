import { expect, test } from 'vitest';
import type { VmId } from '../protocol/id.ts';
import type { SimTime } from '../protocol/time.ts';
import type { Down, TraceSample } from '../protocol/wire/down.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import { Turn } from '../sim/engine/turn.ts';
import { World } from '../sim/engine/world.ts';
import { Broadcast } from './broadcast.ts';
import type { FromLab } from './port.ts';

function watched(scopes: readonly Scope[], trace = true) {
  const world = new World('seed');
  const broadcast = new Broadcast('lab:one', 1, world);
  scopes.forEach((scope, watcher) =>
    broadcast.join(world, {
      connection: 1,
      watcher,
      scope,
      audience: 'everyone',
      from: null,
      gauges: false,
      trace,
    }),
  );
  const happens = (vm: VmId, count: number, from = 0): void => {
    for (let n = 0; n < count; n += 1) {
      const packet = from + n;
      world.traced({
        turn: 1,
        at: 1 as SimTime,
        channel: 'c',
        vm,
        summary: '',
        packet,
        rate: 1,
        bytes: '',
      });
    }
  };
  return { world, broadcast, happens, samples: () => samplesOf(broadcast.traces(world)) };
}

function samplesOf(frames: readonly FromLab[]): TraceSample[] {
  return frames.flatMap(message => {
    if (message.t !== 'frame') return [];
    const said = JSON.parse(new TextDecoder().decode(message.bytes)) as Down;
    return said.t === 'trace' ? [said] : [];
  });
}

test('each trace is told once to who inspects that virtual machine, and to nobody else', () => {
  const { happens, samples } = watched(['lab', 'vm:1', 'vm:2']);

  happens('vm:1', 3);
  happens('vm:3', 2);
  const first = samples();
  happens('vm:2', 1, 9);
  const second = samples();
  const third = samples();

  expect(first.map(({ scope, entries }) => [scope, entries.length])).toEqual([['vm:1', 3]]);
  expect(second.map(({ scope, entries }) => [scope, entries[0]?.packet])).toEqual([['vm:2', 9]]);
  expect(third).toEqual([]);
});

test('what is stored takes nothing from what is told', () => {
  const { world, happens, samples } = watched(['vm:1']);

  happens('vm:1', 3);
  world.tracesForProjection = [];

  expect(samples()[0]?.entries).toHaveLength(3);
});

test('of more than a screen can show some are told, from all over the second, and the rest counted', () => {
  const { happens, samples } = watched(['vm:1', 'vm:2']);

  happens('vm:1', 900);
  happens('vm:2', 5_000);
  const [one, two] = samples();

  expect([one?.entries.length, one?.dropped]).toEqual([500, 400]);
  expect(one?.entries.at(-1)?.packet).toBeGreaterThan(890);
  expect(new Set(one?.entries.map(({ packet }) => packet)).size).toBe(500);
  // 4,100 of its 5,000 are held: the rest was never looked at, and is missing all the same.
  expect((two?.entries.length ?? 0) + (two?.dropped ?? 0)).toBe(5_000);
});

test('whoever begins to inspect is not told what nobody inspected', () => {
  const { world, broadcast, happens, samples } = watched(['vm:1'], false);

  happens('vm:1', 3);
  const nobody = samples();
  const watch = {
    connection: 1,
    watcher: 9,
    scope: 'vm:1' as const,
    audience: 'everyone' as const,
  };
  broadcast.join(world, { ...watch, from: null, gauges: false, trace: true });

  expect(nobody).toEqual([]);
  expect(samples()).toEqual([]);
  expect(world.tracesForPacket).toEqual([]);
});

test('no fact leaves memory before the database has it', () => {
  const { world, broadcast } = watched([]);
  const turn = new Turn(world);
  const happen = (count: number): void => {
    for (let n = 0; n < count; n += 1) {
      world.turn += 1;
      turn.begin(world.now, world.turn, 0, null);
      turn.fact({ kind: 'event', from: 'vmms', summary: 'it happened' });
    }
    broadcast.drain(world);
  };

  happen(20_000);
  const before = [broadcast.recentFrom, broadcast.recent.length];
  broadcast.storedTo = 15_000;
  happen(1);
  const after = [broadcast.recentFrom, broadcast.recent.length];

  expect(before).toEqual([0, 20_000]);
  expect(after[0]).toBeLessThanOrEqual(15_000);
  expect(after[0]).toBeGreaterThan(11_000);
  expect(broadcast.recent.at(0)?.turn).toBe((after[0] ?? 0) + 1);
});
