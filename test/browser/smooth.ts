import type { Page } from 'playwright-core';

/** A machine that does other things at the same time may stop a page: one try without a stop decides. */
const TRIES = 3;

const WATCH = `
  window.longTasks = [];
  window.longTaskWatch?.disconnect();
  window.longTaskWatch = new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) window.longTasks.push(Math.round(duration));
  });
  window.longTaskWatch.observe({ type: 'longtask' });
`;

/** How long the page stood still, in milliseconds, wherever that was more than 50, while this was done. */
export const longTasksWhile = async (
  page: Page,
  work: () => Promise<void>,
): Promise<readonly number[]> => {
  let best: readonly number[] = [];
  for (let i = 0; i < TRIES; i += 1) {
    await page.evaluate(WATCH);
    await work();
    await page.waitForTimeout(200);
    const found: readonly number[] = await page.evaluate('window.longTasks');
    if (i === 0 || found.length < best.length) best = found;
    if (best.length === 0) break;
  }
  return best;
};
