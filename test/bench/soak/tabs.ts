import type { Browser, Page } from 'playwright-core';
import { must } from '../../../server/base/assert.ts';
import type { BenchHouse } from '../bench-house.ts';
import { TabHeap } from '../tab-heap.ts';
import { viewOf, visit } from '../visit.ts';

export interface Tab {
  readonly name: string;
  readonly page: Page;
  readonly heap: TabHeap;
  /** What went wrong there. */
  readonly problems: readonly string[];
  /** Bytes after a collection, a minute each. */
  readonly bytes: number[];
  dropped: number;
}

interface Objects {
  readonly lab: string;
  readonly host: string;
  /** A machine that is reset again and again. */
  readonly vm: string;
}

/** What each browser shows: the view, and what has come when it is there. */
const VIEWS: readonly (readonly [name: string, to: (of: Objects) => string, sign: string])[] = [
  ['machines', ({ lab, host }) => viewOf(lab, `machines?on=${host}`), '[role=grid] [role=row]'],
  ['xray-simple', ({ lab, vm }) => viewOf(lab, `xray?on=${vm}`), '[role=region] svg'],
  ['xray-full', ({ lab, vm }) => viewOf(lab, `xray?on=${vm}&level=full`), '[role=region] svg'],
  ['vmbus', ({ lab, vm }) => viewOf(lab, `vmbus?on=${vm}`), 'main'],
  ['timeline', ({ lab }) => viewOf(lab, 'timeline'), 'main canvas'],
  ['events', ({ lab }) => viewOf(lab, 'events'), '[role=grid] [role=row]'],
  ['processes', ({ lab, host }) => viewOf(lab, `processes?on=${host}`), '[role=grid] [role=row]'],
  ['console', ({ lab }) => viewOf(lab, 'machines'), '.xterm-screen'],
  ['history', ({ lab }) => `/labs/${lab.replace('lab:', '')}/history`, 'h1'],
  ['vmconnect', ({ lab, vm }) => viewOf(lab, `machines?on=${vm}&open=connect`), '[role=dialog]'],
];

/** Of the lower part of a screen, what was chosen there last: facts everywhere but on one. */
const BOTTOM = (shown: string): string =>
  `localStorage.setItem('enlighten.bottom', '${JSON.stringify({ shown, collapsed: false })}')`;

/** So many browsers, each of a person of its own; the first of them shows the first view. */
export async function openTabs(
  browser: Browser,
  house: BenchHouse,
  { count, ...of }: Objects & { readonly count: number },
): Promise<readonly Tab[]> {
  const guests = await house.guests(of.lab, count);
  const tabs: Tab[] = [];
  for (const [index, guest] of guests.entries()) {
    const [name, to, sign] = must(VIEWS[index % VIEWS.length], 'there are views');
    // The past is for instructors.
    const visitor = name === 'history' ? house.instructor : guest;
    const { context, page, problems } = await visit(browser, house, visitor);
    await context.addInitScript(BOTTOM(name === 'console' ? 'new' : 'facts'));
    await page.goto(to(of));
    await page.locator(sign).first().waitFor({ timeout: 120_000 });
    const heap = await TabHeap.of(page);
    tabs.push({ name, page, heap, problems, bytes: [], dropped: 0 });
  }
  return tabs;
}
