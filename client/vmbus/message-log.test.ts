import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fail, ok } from '../../server/base/result.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import type { Wanted } from './filter/compile.ts';
import { type AskOlder, MessageLog } from './message-log.ts';
import { MessageTable } from './message-table.ts';
import { MessageView } from './message-view.ts';

const fact = (n: number, kind: Fact['kind'] = 'vmbus', era = 'first'): Fact => ({
  n,
  turn: n,
  at: n as SimTime,
  kind,
  from: 'vmbusr',
  to: n % 2 === 0 ? 'vmbus' : 'vmbusr',
  host: null,
  vm: 'vm:1',
  cause: null,
  audience: 'everyone',
  summary: `${era} ${n}`,
  data: { message: `Type${n % 3}`, fields: { channelId: n % 5 }, bytes: '00'.repeat(n % 7) },
});

const facts = (from: number, to: number): readonly Fact[] =>
  Array.from({ length: to - from + 1 }, (_, index) => fact(from + index));

const numbers = ({ table }: Pick<MessageLog, 'table'>): readonly number[] =>
  Array.from({ length: table.count }, (_, index) => table.n(table.first + index));

/** The server's past: facts 1 to `last`, by pages as it gives them. */
const pastOf =
  (all: readonly Fact[]): AskOlder =>
  ({ before, limit }) => {
    const found = all.filter(({ n }) => n < before);
    return Promise.resolve(ok({ facts: found.slice(-limit), more: found.length > limit }));
  };

const nobody: AskOlder = () => Promise.resolve(fail({ message: 'The server does not answer.' }));

test('messages are taken once, however often and cut they are told, and older facts fall off', () => {
  const log = new MessageLog(nobody);

  log.take(facts(5, 8));
  log.take(facts(5, 8));
  log.take(facts(7, 11));
  log.take([...facts(9, 11), fact(12, 'step'), fact(13)]);

  expect(numbers(log)).toEqual([5, 6, 7, 8, 9, 10, 11, 13]);
});

test('after a gap, or on another history, it begins anew', () => {
  const log = new MessageLog(nobody);
  expect(log.take(facts(5, 8))).toBe(false);
  expect(log.take(facts(6, 9))).toBe(false);

  expect(log.take(facts(20, 21))).toBe(true);
  expect(numbers(log)).toEqual([20, 21]);

  log.take([fact(20, 'vmbus', 'second'), fact(21, 'vmbus', 'second'), fact(22, 'vmbus', 'second')]);
  expect(numbers(log)).toEqual([20, 21, 22]);
  expect(log.table.summary(1)).toBe('second 21');
});

test('older messages are put in front, page by page, to the beginning', async () => {
  const log = new MessageLog(pastOf(facts(1, 2_500)));
  log.take(facts(2_490, 2_500));
  const seen: number[] = [];

  while (log.hasOlder) await log.loadOlder(page => seen.push(page.length));

  expect(numbers(log)).toEqual(facts(1, 2_500).map(({ n }) => n));
  expect(seen).toEqual([1_000, 1_000, 489]);
  expect(log.table.placeOf(17)).toBe(17 - 2_490);
});

test('a stretch without any message is passed over', async () => {
  const quiet = Array.from({ length: 3_000 }, (_, index) => fact(index + 2, 'step'));
  const log = new MessageLog(pastOf([fact(1), ...quiet]));
  log.take([fact(3_002)]);

  await log.loadOlder(() => undefined);

  expect(numbers(log)).toEqual([1, 3_002]);
});

test('a page that cannot be had says why and may be asked for again', async () => {
  const log = new MessageLog(nobody);
  log.take(facts(5, 8));

  await log.loadOlder(() => undefined);

  expect([log.problem, log.hasOlder, log.isLoading]).toEqual([
    'The server does not answer.',
    true,
    false,
  ]);
});

const fives: Wanted = (table, place) => table.channel(place) === 0;

test('what a filter lists is what it wants, whatever comes in front and behind and in which slices', () => {
  const step = fc.oneof(
    fc.record({ is: fc.constant('newer' as const), many: fc.integer({ min: 1, max: 600 }) }),
    fc.record({ is: fc.constant('older' as const), many: fc.integer({ min: 1, max: 600 }) }),
    fc.record({ is: fc.constant('work' as const), many: fc.constant(0) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), steps => {
      const table = new MessageTable();
      const view = new MessageView(table, fives);
      let [low, high] = [100_000, 100_000];
      for (const { is, many } of steps) {
        if (is === 'newer') table.append(facts(high, high + many - 1));
        if (is === 'older') table.prepend(facts(low - many, low - 1));
        if (is === 'newer') high += many;
        if (is === 'older') low -= many;
        let clock = 0;
        if (is === 'work') view.work(1, () => (clock += 1));
      }
      while (!view.isComplete) view.work(1_000, () => 0);

      const listed = Array.from({ length: view.count }, (_, index) => table.n(view.place(index)));
      const all = low === high ? [] : facts(low, high - 1);
      expect(listed).toEqual(all.filter(({ n }) => n % 5 === 0).map(({ n }) => n));
      listed.forEach((n, index) => expect(view.indexOf(table.placeOf(n) ?? Infinity)).toBe(index));
    }),
    { numRuns: 60 },
  );
});

test('a paused view lists what was there, counts what came, and goes on', () => {
  const table = new MessageTable();
  table.append(facts(1, 20));
  for (const view of [new MessageView(table, null), new MessageView(table, fives)]) {
    view.work(1_000, () => 0);
    const before = view.count;
    view.pauseAt(table.end);
    table.append(facts(21, 30));
    view.work(1_000, () => 0);
    expect([view.count, view.withheld]).toEqual([before, 10]);

    view.pauseAt(null);
    expect([view.count > before, view.withheld]).toEqual([true, 0]);
  }
});

test('a million messages take some tens of megabytes, and any of them is found at once', () => {
  const table = new MessageTable();
  const before = process.memoryUsage().arrayBuffers;
  const page = facts(1, 1_000);
  for (let i = 0; i < 1_000; i += 1) {
    table.append(page.map(one => ({ ...one, n: i * 1_000 + one.n })));
  }
  const used = process.memoryUsage().arrayBuffers - before;

  expect(table.count).toBe(1_000_000);
  expect(table.isFull).toBe(true);
  expect(used).toBeLessThan(100e6);
  const started = performance.now();
  for (let n = 1; n <= 1_000_000; n += 997) expect(table.placeOf(n)).toBe(n - 1);
  expect(performance.now() - started).toBeLessThan(5_000);
});
