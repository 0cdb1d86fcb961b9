import { expect, test } from 'vitest';
import { fail, ok } from '../../server/base/result.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { findFact } from '../inspector/cause-chain.ts';
import type { Seen } from '../state/lab-store.ts';
import { arrowsOf } from './arrows.ts';
import { type AskOlder, History, KEPT_FACTS } from './history.ts';
import { type Frame, hitAt, ROW, RULER } from './layout.ts';
import { slicesOf } from './slices.ts';
import { firstAt, tracksOf } from './tracks.ts';

const fact = (n: number, given: Partial<Fact> = {}): Fact => ({
  n,
  turn: n,
  at: (n * 1_000) as SimTime,
  kind: 'step',
  from: 'vmms',
  to: null,
  host: 'host:HV1',
  vm: 'vm:1',
  cause: n > 1 ? n - 1 : null,
  audience: 'everyone',
  summary: `fact ${n}`,
  data: {},
  ...given,
});

const aJob = (given: Partial<Seen<'job'>> = {}): Seen<'job'> => ({
  id: 'job:1',
  rev: 1,
  cause: 0,
  host: 'host:HV1',
  vm: 'vm:1',
  title: 'Starting',
  state: 'Running',
  percent: 25,
  startedAt: 2_000,
  endedAt: null,
  ...given,
});

const nameOf = (id: string): string | null =>
  ({ 'vm:1': 'WEB01', 'vm:2': 'SQL01', 'host:HV1': 'HV1' })[id] ?? null;

const FACTS = [
  fact(1, { kind: 'action', from: 'person', to: 'vmms' }),
  fact(2),
  fact(3, { from: 'vmwp', to: 'vid' }),
  fact(4, { from: 'vid', to: 'hypervisor', kind: 'hypercall' }),
  fact(5, { from: 'guest', vm: 'vm:2', cause: null }),
  fact(6, { from: 'vmwp', vm: 'vm:2', cause: 4 }),
];

test('of one machine every component has a line, people first, jobs with their machine', () => {
  const tracks = tracksOf(FACTS.slice(0, 4), slicesOf([], [aJob()]), { nameOf, only: 'vm:1' });

  expect(tracks.map(({ title, facts, heard }) => [title, facts.length, heard.length])).toEqual([
    ['People', 1, 0],
    ['WEB01', 0, 0],
    ['VMMS', 1, 1],
    ['Worker process', 1, 0],
    ['VID', 1, 1],
    ['Hypervisor', 0, 1],
  ]);
  expect(tracks[1]?.slices).toMatchObject([{ id: 'job:1', from: 2_000, to: null, percent: 25 }]);
});

const step = (n: number, of: number, given: Partial<Fact> = {}): Fact =>
  fact(n, {
    summary: `step ${of} (WEB01)`,
    data: { job: 'job:HV1/7', procedure: 'start-vm', step: of, of: 3 },
    ...given,
  });

test('a job that VMMS has forgotten is put together from its steps', () => {
  const facts = [
    step(1, 1),
    fact(2, { kind: 'state' }),
    step(3, 2),
    step(5, 3),
    fact(9, { kind: 'state' }),
  ];

  const [slice, ...more] = slicesOf(facts, []);

  expect(more).toEqual([]);
  expect(slice).toMatchObject({
    owner: 'vm:1',
    title: 'Start virtual machine',
    from: 1_000,
    to: 9_000,
    isBad: false,
    inspect: 'fact:1',
    steps: [
      { at: 1_000, title: 'step 1' },
      { at: 3_000, title: 'step 2' },
      { at: 5_000, title: 'step 3' },
    ],
  });
});

test('of a job that is still known its own times and title count', () => {
  const job = aJob({
    id: 'job:HV1/7',
    endedAt: 6_500,
    title: 'Starting WEB01',
    state: 'Exception',
  });

  const [slice] = slicesOf([step(1, 1), step(3, 2)], [job]);

  expect(slice).toMatchObject({ title: 'Starting WEB01', from: 2_000, to: 6_500, isBad: true });
  expect(slice?.steps).toHaveLength(2);
});

test('of several machines each has a line for its worker process and for what is inside', () => {
  const tracks = tracksOf(FACTS, [], { nameOf, only: null });

  expect(tracks.map(({ title }) => title)).toEqual([
    'People',
    'VMMS',
    'vmwp of SQL01',
    'vmwp of WEB01',
    'VID',
    'Hypervisor',
    'Inside SQL01',
  ]);
});

test('arrows go back along the causes to the beginning, and on to what a fact caused itself', () => {
  const find = (n: number) => findFact(FACTS, n);

  const arrows = arrowsOf(FACTS[3] as Fact, FACTS, find);

  expect(arrows.map(({ from, to }) => [from.n, to.n])).toEqual([
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 6],
  ]);
});

test.each([
  [0, 0],
  [1_000, 0],
  [1_001, 1],
  [6_000, 5],
  [9_000, 6],
])('the first fact from %d on is that at %d', (at, index) => {
  expect(firstAt(FACTS, at)).toBe(index);
});

const FRAME: Frame = {
  width: 900,
  height: 400,
  gutter: 100,
  scale: { start: 0, ticksPerPixel: 10 },
  scrolled: 0,
  now: 8_000,
};

test('under the pointer is the nearest fact of its line, else a job, else nothing', () => {
  const tracks = tracksOf(FACTS.slice(0, 4), slicesOf([], [aJob()]), { nameOf, only: 'vm:1' });
  const at = (x: number, row: number) =>
    hitAt({ x: 100 + x, y: RULER + row * ROW + 5 }, tracks, FRAME);

  expect(at(203, 2)).toMatchObject({ on: 'fact', fact: { n: 2 }, others: 0 });
  expect(at(400, 5)).toMatchObject({ on: 'fact', fact: { n: 4 } });
  expect(at(500, 1)).toMatchObject({ on: 'slice', slice: { id: 'job:1' } });
  expect(at(190, 1)).toEqual({ on: 'nothing' });
  expect(at(-50, 2)).toEqual({ on: 'gutter' });
  expect(hitAt({ x: 300, y: 3 }, tracks, FRAME)).toEqual({ on: 'ruler' });
  expect(at(300, 40)).toEqual({ on: 'nothing' });
});

test('a history goes on with what comes, and further back when it is asked', async () => {
  const all = Array.from({ length: 5_000 }, (_, index) => fact(index + 1));
  const ask: AskOlder = ({ before, limit }) => {
    const found = all.filter(({ n }) => n < before);
    return Promise.resolve(ok({ facts: found.slice(-limit), more: found.length > limit }));
  };
  const history = new History(ask);
  history.take(all.slice(4_500, 4_900));
  history.take(all.slice(4_600, 5_000));

  expect(history.facts.length).toBe(500);
  while (history.hasOlder) await history.loadOlder();

  expect(history.facts.map(({ n }) => n)).toEqual(all.map(({ n }) => n));
});

test('a history of another past begins anew, and one that cannot be had asks no more', async () => {
  const history = new History(() => Promise.resolve(fail({ message: 'No.' })));
  history.take([fact(7), fact(8)]);
  await history.loadOlder();
  expect(history.hasOlder).toBe(false);

  history.take([fact(7, { summary: 'other' }), fact(8, { summary: 'other' })]);

  expect(history.facts.map(({ summary }) => summary)).toEqual(['other', 'other']);
});

test('what comes by itself pushes out the oldest, which can be asked for again', async () => {
  const all = Array.from({ length: 3 * KEPT_FACTS }, (_, index) =>
    fact(index + 1, { kind: index % 2 === 0 ? 'event' : 'step' }),
  );
  const ask: AskOlder = ({ before, limit }) => {
    const found = all.filter(({ n }) => n < before).slice(-limit);
    return Promise.resolve(ok({ facts: found, more: (found[0]?.n ?? 1) > 1 }));
  };
  const everything = new History(ask);
  const events = new History(ask, ({ kind }) => kind === 'event');

  for (let end = 100; end <= all.length; end += 100) {
    everything.take(all.slice(Math.max(0, end - 200), end));
    events.take(all.slice(Math.max(0, end - 200), end));
  }
  const kept = everything.facts.length;
  await everything.loadOlder();

  expect([kept, events.facts.length]).toEqual([KEPT_FACTS, KEPT_FACTS]);
  expect(events.facts.every(({ kind }) => kind === 'event')).toBe(true);
  const numbers = everything.facts.map(({ n }) => n);
  expect(numbers).toEqual(all.slice(-numbers.length).map(({ n }) => n));
  expect(numbers.length).toBeGreaterThan(KEPT_FACTS);
});
