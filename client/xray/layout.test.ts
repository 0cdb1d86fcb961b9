import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { VmState } from '../../server/protocol/record/vm.ts';
import type { Seen } from '../state/lab-store.ts';
import type { Box, Drawing } from './drawing.ts';
import type { Level } from '../route/address.ts';
import { LEAST, layout } from './layout.ts';
import { ringFill } from './layout-channel.ts';
import { isEmulating, NO_READINGS, sceneOf, type SceneRecords } from './scene.ts';

const HOST: Seen<'host'> = {
  id: 'host:HV1',
  rev: 1,
  cause: 0,
  name: 'HV1',
  state: 'Running',
  hypervisorRunning: true,
  logicalProcessors: 8,
  memory: 32 * 1024 ** 3,
};

const NOTHING: SceneRecords = {
  vms: [],
  services: [],
  workers: [],
  partitions: [],
  guests: [],
  processors: [],
  channels: [],
  connections: [],
  images: [],
  nics: [],
  volumes: [],
  logicalProcessors: [],
};

/** Machines with everything that their state has. */
const recordsOf = (states: readonly VmState[], channels: number, processors: number) => {
  const all = states.map((state, index) => ({ state, key: `m${index}` }));
  const active = all.filter(({ state }) => state !== 'Off' && state !== 'Saved');
  const common = { rev: 1, cause: 0, host: HOST.id } as const;
  const records: SceneRecords = {
    ...NOTHING,
    vms: all.map(({ state, key }) => ({
      ...common,
      id: `vm:${key}`,
      name: key,
      state,
      partition: active.some(one => one.key === key) ? (`partition:${key}` as const) : null,
    })),
    workers: active.map(({ key }) => ({
      ...common,
      id: `worker-process:${key}`,
      vm: `vm:${key}`,
      pid: 1_000,
    })),
    partitions: active.map(({ key }, index) => ({
      ...common,
      id: `partition:${key}`,
      vm: `vm:${key}`,
      number: index + 2,
      state: 'Active',
    })),
    guests: active.map(({ key }) => ({
      ...common,
      id: `guest:${key}`,
      vm: `vm:${key}`,
      phase: 'Ready',
      enlightened: true,
    })),
    logicalProcessors: Array.from({ length: 8 }, (_, index) => ({
      ...common,
      id: `logical-processor:${index}` as const,
      index,
    })),
    connections: active.map(({ key }) => ({
      ...common,
      id: `vmbus-connection:${key}`,
      vm: `vm:${key}`,
      state: 'Connected',
    })),
    channels: active.flatMap(({ key }) =>
      Array.from({ length: channels }, (_, relId) => ({
        ...common,
        id: `vmbus-channel:${key}/${relId}` as const,
        vm: `vm:${key}` as const,
        relId,
        device: relId % 2 === 0 ? 'storvsp' : 'netvsp',
        state: 'Open' as const,
      })),
    ),
    processors: active.flatMap(({ key }) =>
      Array.from({ length: processors }, (_, index) => ({
        ...common,
        id: `virtual-processor:${key}/${index}` as const,
        vm: `vm:${key}` as const,
        index,
      })),
    ),
  };
  return records;
};

const overlaps = (a: Box, b: Box): boolean =>
  a.x + 0.5 < b.x + b.w && b.x + 0.5 < a.x + a.w && a.y + 0.5 < b.y + b.h && b.y + 0.5 < a.y + a.h;

const collisions = ({ boxes }: Drawing): readonly string[] =>
  boxes.flatMap((box, index) =>
    boxes
      .slice(index + 1)
      .flatMap(other => (overlaps(box, other) ? [`${box.id} / ${other.id}`] : [])),
  );

const outside = ({ boxes, width, height }: Drawing): readonly string[] =>
  boxes
    .filter(
      ({ x, y, w, h }) => x < 0 || y < 0 || x + w > width || y + h > height || w < 20 || h < 12,
    )
    .map(({ id }) => id);

const STATES: readonly VmState[] = ['Off', 'Starting', 'Running', 'Paused', 'Saved'];

test('whatever is on a host and however large the window, no box lies on another or leaves the sheet', () => {
  const rooms = fc.record({
    width: fc.integer({ min: 300, max: 2_400 }),
    height: fc.integer({ min: 200, max: 1_600 }),
    level: fc.constantFrom<Level>('simple', 'full'),
    states: fc.array(fc.constantFrom(...STATES), { maxLength: 80 }),
    channels: fc.integer({ min: 0, max: 30 }),
    processors: fc.integer({ min: 0, max: 64 }),
    chosen: fc.nat(),
  });

  fc.assert(
    fc.property(rooms, ({ states, channels, processors, chosen, ...view }) => {
      const records = recordsOf(states, channels, processors);
      const vm = records.vms[chosen % (records.vms.length + 1)] ?? null;

      const drawing = layout(sceneOf(HOST, vm, records), view, NO_READINGS);

      expect(collisions(drawing)).toEqual([]);
      expect(outside(drawing)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('what there is no room for is counted, and nothing is left out', () => {
  const states: VmState[] = Array.from({ length: 100 }, () => 'Running');
  const records = recordsOf(states, 12, 4);

  const { boxes } = layout(
    sceneOf(HOST, records.vms[0] ?? null, records),
    { ...LEAST, level: 'simple' },
    NO_READINGS,
  );

  const counted = (prefix: string): number => {
    const drawn = boxes.filter(({ id }) => id.startsWith(`${prefix} vm:`)).length;
    const rest = boxes.flatMap(({ id, holds }) =>
      id.startsWith(prefix === 'vmwp' ? 'more-workers' : 'more-machines') ? [holds?.size ?? 0] : [],
    );
    return rest.reduce((sum, count) => sum + count, drawn);
  };
  expect(counted('vmwp')).toBe(100);
  expect(counted('guest')).toBe(100);
});

test('up to 64 machines are drawn one by one on an ordinary screen, with their workers', () => {
  const records = recordsOf(
    Array.from({ length: 64 }, () => 'Running'),
    0,
    1,
  );
  const view = { width: 906, height: 520, level: 'simple' } as const;

  const chosen = layout(sceneOf(HOST, records.vms[0] ?? null, records), view, NO_READINGS);
  const none = layout(sceneOf(HOST, null, records), view, NO_READINGS);

  for (const { boxes } of [chosen, none]) {
    expect(boxes.filter(({ id }) => id.startsWith('guest vm:'))).toHaveLength(64);
    expect(boxes.some(({ id }) => id.startsWith('more-machines'))).toBe(false);
  }
});

test('the machine that is chosen is the one whose worker and bus are drawn', () => {
  const records = recordsOf(
    Array.from({ length: 40 }, () => 'Running'),
    3,
    1,
  );
  const chosen = records.vms[39] as Seen<'vm'>;

  const { boxes, wires } = layout(
    sceneOf(HOST, chosen, records),
    { width: 900, height: 500, level: 'simple' },
    NO_READINGS,
  );

  const ids = boxes.map(({ id }) => id);
  expect(ids).toContain(`vmwp ${chosen.id}`);
  expect(boxes.find(({ id }) => id === 'bus')?.title).toBe(`VMBus of ${chosen.name ?? ''}`);
  expect(
    wires.some(({ id, look }) => id === `vmbus ${chosen.id}>bus` && look === 'synthetic'),
  ).toBe(true);
});

test('a host without power shows its hardware and nothing that runs on it', () => {
  const off: Seen<'host'> = { ...HOST, state: 'Off', hypervisorRunning: false };

  const { boxes } = layout(sceneOf(off, null, NOTHING), { ...LEAST, level: 'simple' }, NO_READINGS);

  expect(boxes.map(({ id }) => id)).toEqual(['hardware', 'memory', 'nic', 'volume']);
});

test('firmware and systems without drivers of VMBus are emulated, an enlightened system is not', () => {
  const vm: Seen<'vm'> = { id: 'vm:1', rev: 1, cause: 0, partition: 'partition:1' };
  const machine = (phase: 'Firmware' | 'Ready', enlightened: boolean) => ({
    vm,
    guest: { id: 'guest:1', rev: 1, cause: 0, phase, enlightened } as const,
  });

  expect([
    isEmulating(machine('Firmware', false)),
    isEmulating(machine('Ready', false)),
    isEmulating(machine('Ready', true)),
  ]).toEqual([true, true, false]);
});

test('a ring is as full as what was written and not yet read, also over its end', () => {
  const rings = { ringPages: 10, downstreamPage: 5 };
  const size = 4 * 4096;

  const half = ringFill(rings, { toHostIn: size / 2, toHostOut: 0, toGuestIn: 0, toGuestOut: 0 });
  const wrapped = ringFill(rings, {
    toHostIn: 0,
    toHostOut: 0,
    toGuestIn: 100,
    toGuestOut: size - 100,
  });

  expect(half).toBeCloseTo(0.5);
  expect(wrapped).toBeCloseTo(200 / size);
  expect(ringFill({}, {})).toBe(0);
});
