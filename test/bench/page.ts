import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';
import { launch } from '../browser/fixture.ts';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { makeJoinLink } from '../kill/entry.ts';
import { type BenchHouse, inHouse } from './bench-house.ts';
import { loadAverage } from './cpu.ts';
import type { Bench, Figure, Say } from './figure.ts';
import { median, percentile, rounded } from './figure.ts';
import { enter, startAll } from './people.ts';
import { idleFrames, type Named, xrayFrames } from './smooth.ts';
import { viewOf, visit } from './visit.ts';

const VMS = 24;
/** On one host, looked into by X-ray. */
const XRAY_VMS = 64;
const IDLE_VMS = 6;
/** Of 60: a frame now and then is the machine's. */
const LEAST_FRAMES = 59;
const LONGEST_TASK_MS = 50;
const PAINTS = 9;
const JOINS = 20;
/** Every view so many times; the first time draws it anew, and counts too. */
const SWITCHES = 6;
/** A view has come with its content when this is in it. */
const TABS: readonly (readonly [title: string, content: string])[] = [
  ['X-ray', 'path[role=button]'],
  ['VMBus', '[role=row][aria-selected]'],
  ['Processes', '[role=gridcell]'],
  ['Events', '[role=gridcell]'],
  ['Timeline', 'canvas'],
  ['Machines', '[role=gridcell]'],
];

const liveTree = async (page: Page): Promise<void> => {
  await page.getByRole('treeitem', { name: /^HV01,/u }).waitFor();
  await page
    .getByRole('timer', { name: 'Lab time' })
    .getByText(/\d\d:\d\d:\d\d/u)
    .waitFor();
};

interface FirstLoad {
  readonly kilobytes: number;
  readonly paint: number;
}

/** Everything of script that is fetched until the lab can be used, as gzip makes it, and the first paint. */
const firstLoad = async (browser: Browser, house: BenchHouse, lab: string): Promise<FirstLoad> => {
  const { context, page } = await visit(browser, house, house.instructor);
  const scripts: Response[] = [];
  const note = (response: Response): void => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response);
  };
  page.on('response', note);
  await page.goto(viewOf(lab, 'machines'));
  await liveTree(page);
  // What comes later is not waited for by anybody.
  page.off('response', note);
  const bodies = await Promise.all(scripts.map(response => response.body()));
  const paint: number = await page.evaluate(
    `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
  );
  await context.close();
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
  return { kilobytes: bytes / 1_000, paint };
};

/** From the button of the join page to the tree of the lab and its running clock, for a newcomer. */
const joinOnce = async (
  browser: Browser,
  house: BenchHouse,
  { path, name }: { readonly path: string; readonly name: string },
): Promise<number> => {
  const { context, page } = await visit(browser, house);
  await page.goto(path);
  await page.getByRole('textbox').fill(name);
  const button = page.getByRole('button', { name: 'Join the Lab' });
  await button.waitFor();
  const began = performance.now();
  await button.click();
  await liveTree(page);
  const took = performance.now() - began;
  await context.close();
  return took;
};

/**
 * Clicks the link of a view and waits until its content has been painted: the frame after the one it is
 * in. What is drawn on a canvas is there when the names at its left edge are.
 */
const SWITCH = `async ([title, content]) => {
  const link = [...document.querySelectorAll('nav[aria-label="Views"] a')].find(one => one.textContent === title);
  const room = document.querySelector('nav[aria-label="Views"]').nextElementSibling;
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  const isPainted = canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, 90, 120);
    return new Set(new Uint32Array(data.buffer)).size > 8;
  };
  const before = new Set(room.children);
  const isThere = () => [...room.children].some(one => {
    const found = !before.has(one) && one.offsetHeight > 0 && one.querySelector(content);
    return found && (found.localName !== 'canvas' || (found.width > 0 && isPainted(found)));
  });
  const began = performance.now();
  link.click();
  while (!isThere()) await frame();
  await frame();
  await new Promise(resolve => setTimeout(resolve));
  return performance.now() - began;
}`;

const switches = async (browser: Browser, house: BenchHouse, lab: string) => {
  const { context, page } = await visit(browser, house, house.instructor);
  await page.goto(viewOf(lab, 'machines'));
  await liveTree(page);
  await page
    .getByRole('treeitem', { name: /Running/u })
    .first()
    .click();
  // Somebody looks before the first click, and the page fetches the other views meanwhile.
  await page.waitForTimeout(2_000);
  const took: number[] = [];
  for (let round = 0; round < SWITCHES; round += 1)
    for (const tab of TABS) {
      took.push(await page.evaluate(`(${SWITCH})(${JSON.stringify(tab)})`));
      await page.waitForTimeout(150);
    }
  await context.close();
  return took;
};

const measure = async (house: BenchHouse, browser: Browser, say: Say) => {
  const lab = await house.lab('Page', labUnderFire({ hosts: 3, vms: VMS, seed: 'page' }));
  const link = enter(house, lab, house.instructor);
  say(`page: ${await startAll(link)} machines answer, load ${loadAverage()}`);
  const loads: FirstLoad[] = [];
  for (let round = 0; round < PAINTS; round += 1) loads.push(await firstLoad(browser, house, lab));
  const token = await makeJoinLink(house.url, house.instructor, lab);
  const joins: number[] = [];
  for (let round = 0; round < JOINS; round += 1) {
    const newcomer = { path: `/join/${token}`, name: `Newcomer ${round}` };
    joins.push(await joinOnce(browser, house, newcomer));
  }
  say(`page: joins took ${joins.map(Math.round).join(', ')} ms`);
  const views = await switches(browser, house, lab);
  say(`page: views took ${views.map(Math.round).join(', ')} ms, load ${loadAverage()}`);
  link.close();
  return { loads, joins, views };
};

type Bar = readonly [name: string, unit: string, most: number];

const figure = ([name, unit, most]: Bar, ours: number, rounds: number): Figure => ({
  bench: 'page',
  figure: name,
  unit,
  ours: rounded(ours),
  rounds,
  bar: `ours<=${most}`,
  ok: ours <= most,
});

const smoothFigures = (xray: readonly Named[], idle: readonly Named[]): readonly Figure[] => {
  const rate = Math.min(...xray.map(([, { perSecond }]) => perSecond));
  const longest = Math.max(...xray.map(([, { longestTask }]) => longestTask));
  const dropped = idle.reduce((sum, [, frames]) => sum + frames.dropped, 0);
  return [
    {
      ...figure(['xray_frames_per_second', '1/s', 60], rate, xray.length),
      bar: `ours>=${LEAST_FRAMES}`,
      ok: rate >= LEAST_FRAMES,
    },
    figure(['xray_longest_task', 'ms', LONGEST_TASK_MS], longest, xray.length),
    figure(['dropped_at_idle', 'frames', 0], dropped, idle.length),
  ];
};

export const page: Bench = {
  name: 'page',
  about:
    'the page in a real browser on this machine: first load, first paint, joining a lab, switching views, frames of X-ray and at idle',
  run: say =>
    inHouse({ settings: { COMMANDS_PER_SECOND: '100' }, say }, async house => {
      const browser = await launch();
      try {
        const { loads, joins, views } = await measure(house, browser, say);
        const idle = await idleFrames(browser, house, { vms: IDLE_VMS, say });
        const xray = await xrayFrames(browser, house, { vms: XRAY_VMS, say });
        const heaviest = Math.max(...loads.map(({ kilobytes }) => kilobytes));
        const paints = loads.map(({ paint }) => paint);
        return [
          figure(['first_load_script_gzip', 'kB', 350], heaviest, PAINTS),
          figure(['first_paint_median', 'ms', 1_000], median(paints), PAINTS),
          figure(['join_to_live_p95', 'ms', 1_500], percentile(joins, 0.95), JOINS),
          figure(['view_switch_p95', 'ms', 100], percentile(views, 0.95), views.length),
          ...smoothFigures(xray, idle),
        ];
      } finally {
        await browser.close();
      }
    }),
};
