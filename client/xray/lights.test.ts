import { expect, test } from 'vitest';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import type { Box, Drawing } from './drawing.ts';
import { endOfRun, labelText, lightsOf } from './lights.ts';

const box = (id: string, x: number, y: number): Box => ({
  id,
  x,
  y,
  w: 80,
  h: 40,
  look: 'plain',
  title: id,
  lines: [],
  inspect: null,
});

const DRAWING: Drawing = {
  width: 800,
  height: 500,
  frames: [],
  labels: [],
  wires: [],
  boxes: [
    box('vmms', 0, 0),
    box('vid', 0, 200),
    box('hypervisor', 0, 400),
    box('vmwp vm:1', 200, 0),
    { ...box('more-workers', 200, 60), holds: new Set(['vm:2']) },
    box('guest vm:1', 500, 0),
    box('guest vm:2', 500, 100),
  ],
};

const fact = (n: number, more: Partial<Fact>): Fact => ({
  n,
  turn: n,
  at: n as SimTime,
  kind: 'step',
  from: 'vmms',
  to: null,
  host: 'host:HV1',
  vm: 'vm:1',
  cause: null,
  audience: 'everyone',
  summary: '',
  data: {},
  ...more,
});

test('a hypercall lights who made it and the hypervisor, with a way between', () => {
  const { lit, arrows } = lightsOf(
    [fact(1, { kind: 'hypercall', from: 'vid', to: 'hypervisor' })],
    DRAWING,
  );

  expect([...lit.keys()]).toEqual(['vid', 'hypervisor']);
  expect(arrows).toHaveLength(1);
  expect(arrows[0]).toMatchObject({ tint: 'hypercall', key: 1 });
});

test('of several facts at one component the newest counts', () => {
  const { lit } = lightsOf(
    [fact(1, { from: 'vmms' }), fact(2, { from: 'vmms', kind: 'event' })],
    DRAWING,
  );

  expect(lit.get('vmms')).toEqual({ n: 2, tint: 'quiet', age: 0 });
});

test('what happens in a machine that is not opened lights its card, and its worker in the count', () => {
  const { lit } = lightsOf(
    [fact(1, { from: 'vmwp', vm: 'vm:2' }), fact(2, { from: 'storvsc', vm: 'vm:2' })],
    DRAWING,
  );

  expect([...lit.keys()]).toEqual(['more-workers', 'guest vm:2']);
});

test('an intercept goes the dashed way from the devices over the hypervisor to VID and the worker', () => {
  const wire = (id: string, x: number): Drawing['wires'][number] => ({
    id,
    look: 'emulated',
    points: [
      { x, y: 1 },
      { x, y: 2 },
    ],
    about: '',
    inspect: null,
  });
  const drawing: Drawing = {
    ...DRAWING,
    boxes: [...DRAWING.boxes, box('intercepts', 300, 400), box('firmware vm:1', 600, 0)],
    wires: [
      wire('firmware vm:1>intercepts', 1),
      wire('intercepts>vid', 2),
      wire('vid>vmwp vm:1', 3),
    ],
  };
  const kind = 'intercept';

  const { lit, arrows } = lightsOf(
    [
      fact(1, { kind, from: 'guest', to: 'hypervisor' }),
      fact(2, { kind, from: 'hypervisor', to: 'vid' }),
      fact(3, { kind, from: 'vid', to: 'vmwp' }),
    ],
    drawing,
  );

  expect([...lit.keys()]).toEqual(['firmware vm:1', 'intercepts', 'vid', 'vmwp vm:1']);
  expect(arrows.map(({ points }) => points[0]?.x)).toEqual([1, 2, 3]);
  expect(new Set(arrows.map(({ tint }) => tint))).toEqual(new Set(['intercept']));
});

test('only the last few ways stay, oldest first', () => {
  const facts = Array.from({ length: 9 }, (_, index) =>
    fact(index + 1, { from: 'vid', to: 'hypervisor' }),
  );

  expect(lightsOf(facts, DRAWING).arrows.map(({ key }) => key)).toEqual([6, 7, 8, 9]);
});

test('a component that is not in the drawing is no reason to fail', () => {
  const { lit, arrows } = lightsOf([fact(1, { from: 'lab', to: 'netvsp', vm: null })], DRAWING);

  expect([lit.size, arrows]).toEqual([0, []]);
});

test.each<[Partial<Fact>, string]>([
  [
    { kind: 'hypercall', data: { name: 'HvCreatePartition', code: '0x0040' } },
    'HvCreatePartition 0x0040',
  ],
  [
    { kind: 'hypercall', data: { name: 'HvMapGpaPages', code: '0x004B', calls: 65, status: 0 } },
    'HvMapGpaPages 0x004B ×65',
  ],
  [
    {
      kind: 'hypercall',
      data: { name: 'HvCreateVp', code: '0x004E', status: 11, statusName: 'INSUFFICIENT_MEMORY' },
    },
    'HvCreateVp 0x004E: INSUFFICIENT_MEMORY',
  ],
  [{ kind: 'vmbus', data: { message: 'OfferChannel', number: 1 } }, 'OfferChannel 1'],
  [{ summary: 'VMMS reads the configuration' }, 'VMMS reads the configuration'],
  [{ summary: 'x'.repeat(60) }, `${'x'.repeat(33)}…`],
])('%o is labelled %s', (more, text) => {
  expect(labelText(fact(1, more))).toBe(text);
});

test('what one says to another again and again is one run, and a machine of its own ends it', () => {
  const call = (n: number, more: Partial<Fact> = {}) =>
    fact(n, { kind: 'hypercall', to: 'hypervisor', data: { name: 'HvCreatePort' }, ...more });
  const facts = [call(1), call(2), call(3, { vm: 'vm:2' }), call(4, { vm: 'vm:2' }), fact(5, {})];

  expect([0, 2, 4].map(from => endOfRun(facts, from))).toEqual([1, 3, 4]);
});
