import type { Browser, Page } from 'playwright-core';
import type { Link } from '../../client/link/port.ts';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import type { BenchHouse } from './bench-house.ts';
import type { Say } from './figure.ts';
import { bestOf, type Frames, framesOf } from './frames.ts';
import { enter, startAll } from './people.ts';
import { viewOf, visit } from './visit.ts';

const LOOK_MS = 5_000;
/** What comes with a page has come. */
const SETTLE_MS = 1_500;

export type Named = readonly [name: string, frames: Frames];

const told = ([name, { perSecond, dropped, longestTask }]: Named): string =>
  `${name} ${perSecond.toFixed(1)}/s, ${dropped} dropped, longest task ${Math.round(longestTask)} ms`;

const open = async (page: Page, address: string, content: string): Promise<void> => {
  await page.goto(address);
  await page.locator(content).first().waitFor({ state: 'attached' });
  await page.waitForTimeout(SETTLE_MS);
};

/** Longer than a machine takes from Start to its first processes. */
const START_MS = 10_000;

const framesOfStart = async (page: Page, link: Link, vm: string): Promise<Frames> => {
  await link.submit('vm.turnOff', { vm });
  await page.waitForTimeout(SETTLE_MS);
  const started = link.submit('vm.start', { vm });
  const frames = await framesOf(page, START_MS);
  await started;
  return frames;
};

/** X-ray of a host full of running machines, at both levels, and while one of them starts. */
export async function xrayFrames(
  browser: Browser,
  house: BenchHouse,
  { vms, say }: { readonly vms: number; readonly say: Say },
): Promise<readonly Named[]> {
  const lab = await house.lab('X-ray', labUnderFire({ hosts: 1, vms, seed: 'xray' }));
  const link = enter(house, lab, house.instructor);
  say(`page: ${await startAll(link)} machines of one host answer`);
  const [machine] = [...(link.scope('lab')?.records('vm') ?? [])];
  const vm = String(machine?.id);
  const { context, page } = await visit(browser, house, house.instructor);
  const seen: Named[] = [];
  for (const level of ['simple', 'full']) {
    for (const on of [String(machine?.values['host']), vm]) {
      await open(page, viewOf(lab, `xray?on=${on}&level=${level}`), 'path[role=button]');
      const of = on === vm ? 'of a machine' : 'of the host';
      seen.push([`${level} ${of}`, await bestOf(() => framesOf(page, LOOK_MS))]);
    }
    seen.push([`${level} while it starts`, await bestOf(() => framesOfStart(page, link, vm))]);
  }
  await context.close();
  link.close();
  for (const one of seen) say(`page: X-ray ${told(one)}`);
  return seen;
}

const VIEWS: readonly (readonly [view: string, content: string])[] = [
  ['machines', '[role=gridcell]'],
  ['xray', 'path[role=button]'],
  ['xray&level=full', 'path[role=button]'],
  ['vmbus', '[role=gridcell]'],
  ['processes', '[role=gridcell]'],
  ['events', '[role=gridcell]'],
  ['timeline', 'main canvas'],
];

/** Every view of a lab of a few running machines in which nobody does anything. */
export async function idleFrames(
  browser: Browser,
  house: BenchHouse,
  { vms, say }: { readonly vms: number; readonly say: Say },
): Promise<readonly Named[]> {
  const lab = await house.lab('Idle', labUnderFire({ hosts: 3, vms, seed: 'idle' }));
  const link = enter(house, lab, house.instructor);
  say(`page: ${await startAll(link)} machines answer`);
  const [machine] = [...(link.scope('lab')?.records('vm') ?? [])];
  const { context, page } = await visit(browser, house, house.instructor);
  const seen: Named[] = [];
  for (const [view, content] of VIEWS) {
    const [tab, level = ''] = view.split('&');
    await open(page, viewOf(lab, `${tab}?on=${machine?.id}&${level}`), content);
    seen.push([view, await bestOf(() => framesOf(page, LOOK_MS))]);
  }
  await context.close();
  link.close();
  for (const one of seen) say(`page: idle ${told(one)}`);
  return seen;
}
