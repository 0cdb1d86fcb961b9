import { expect, test } from 'vitest';
import { fail, ok } from '../../server/base/result.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { stepsBefore } from './steps-before.ts';

const fact = (n: number, job: string | null): Fact => ({
  n,
  turn: n,
  at: n as SimTime,
  kind: job === null ? 'hypercall' : 'step',
  from: 'vmms',
  to: null,
  host: 'host:one',
  vm: 'vm:one',
  cause: null,
  audience: 'everyone',
  summary: `step ${n}`,
  data: job === null ? {} : { job },
});

/** Facts 1 to 3,000; the task has steps at 1,500, 2,100 and 2,600, another one in between. */
const STEPS: ReadonlyMap<number, string> = new Map([
  [1_500, 'job:7'],
  [1_600, 'job:6'],
  [2_100, 'job:7'],
  [2_600, 'job:7'],
]);
const PAST = Array.from({ length: 3_000 }, (_, index) =>
  fact(index + 1, STEPS.get(index + 1) ?? null),
);

test('the steps of a task are looked for back to its beginning, and no further', async () => {
  const asked: number[] = [];

  const found = await stepsBefore(
    ({ before, limit }) => {
      asked.push(before);
      const facts = PAST.filter(({ n }) => n < before);
      return Promise.resolve(ok({ facts: facts.slice(-limit), more: facts.length > limit }));
    },
    { job: 'job:7', startedAt: 1_450, oldest: { n: 2_500, turn: 2_500 } },
  );

  expect(found.map(({ n }) => n)).toEqual([1_500, 2_100]);
  expect(asked).toEqual([2_500, 1_500]);
});

test('what the server does not give is not there', async () => {
  const found = await stepsBefore(() => Promise.resolve(fail({ message: 'It does not answer.' })), {
    job: 'job:7',
    startedAt: 1,
    oldest: { n: 9, turn: 9 },
  });

  expect(found).toEqual([]);
});
