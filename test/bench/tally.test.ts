import { expect, test } from 'vitest';
import { Tally } from './tally.ts';

test('a change that is made late is waited for, and is late, not lost', async () => {
  const tally = new Tally(2);
  for (const mark of [0, 1]) tally.sent(mark, 0);
  for (const at of [5, 9]) tally.seen(0, at);
  tally.answered(0);

  const settled = tally.settle(5_000);
  setTimeout(() => {
    tally.answered(1);
    for (const at of [3_400, 3_500]) tally.seen(1, at);
  }, 20);

  expect(await settled).toBe(true);
  expect(tally.fates).toMatchObject({ share: 1, p95: 3_500, lost: [], unanswered: [] });
});

test('what was made and not seen by everyone is lost; what was not made is not', async () => {
  const tally = new Tally(2);
  for (const mark of [0, 1, 2]) tally.sent(mark, 0);
  for (const mark of [0, 1]) tally.answered(mark);
  for (const at of [5, 9]) tally.seen(0, at);
  tally.seen(1, 7);

  const settled = await tally.settle(20);

  expect(settled).toBe(false);
  expect(tally.fates).toMatchObject({ share: 1 / 3, lost: [1], unanswered: [2] });
});
