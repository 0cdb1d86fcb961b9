import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launch } from '../browser/fixture.ts';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { type BenchHouse, inHouse } from './bench-house.ts';
import { loadAverage } from './cpu.ts';
import type { Amounts, Bench, Figure, Say } from './figure.ts';
import { median, rounded } from './figure.ts';
import { bestOf, framesOf } from './frames.ts';
import { enter, startAll } from './people.ts';
import { Crowd } from './soak/crowd.ts';
import { openTabs, type Tab } from './soak/tabs.ts';

const VMS = 6;
const HOSTS = 3;
const MINUTE_MS = 60_000;
const IDLE_EVERY = 5;
const IDLE_MS = 2_000;
/** Percent. */
const MOST_GROWTH = 10;

/** Minutes of an hour in which caches fill, and that are compared: the first after those and the last. */
const WARM = 10;
const COMPARED = 10;

async function weigh(tabs: readonly Tab[]): Promise<void> {
  for (const { heap, bytes } of tabs) bytes.push(await heap.bytes());
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** A page with nothing on it drops what the machine takes from everybody. */
interface Watched {
  readonly tabs: readonly Tab[];
  readonly blank: Page;
  blankDropped: number;
}

async function watchFrames(watched: Watched): Promise<void> {
  const { tabs, blank } = watched;
  for (const tab of tabs) {
    tab.dropped += (await bestOf(() => framesOf(tab.page, IDLE_MS))).dropped;
    watched.blankDropped += (await bestOf(() => framesOf(blank, IDLE_MS))).dropped;
  }
}

async function pass(watched: Watched, crowd: Crowd, minutes: number, say: Say): Promise<void> {
  const { tabs } = watched;
  let next = performance.now();
  for (let minute = 1; minute <= minutes; minute += 1) {
    next += MINUTE_MS;
    await sleep(Math.max(0, next - performance.now()));
    await weigh(tabs);
    const { answers, lost } = crowd.count;
    const weights = tabs.map(({ name, bytes }) => `${name} ${megabytes(bytes.at(-1) ?? 0)}`);
    say(
      `soak minute ${minute}: ${weights.join(', ')} MB; ${answers} answers, ${lost} lost, load ${loadAverage()}`,
    );
    if (minute % IDLE_EVERY !== 0) continue;
    await crowd.idle(() => watchFrames(watched));
    const dropped = tabs.map(tab => `${tab.name} ${tab.dropped}`).join(', ');
    say(`soak: dropped at idle ${dropped}, by an empty page ${watched.blankDropped}`);
  }
}

async function measure(house: BenchHouse, amounts: Amounts, say: Say): Promise<Watched> {
  const { minutes, bots, browsers } = amounts;
  const lab = await house.lab('Soak', labUnderFire({ hosts: HOSTS, vms: VMS, seed: 'soak' }));
  const link = enter(house, lab, house.instructor);
  say(`soak: ${await startAll(link)} machines answer`);
  const machine = link.scope('lab')?.records('vm')[Symbol.iterator]().next().value;
  if (machine === undefined) throw new Error('the lab has no machine');
  const host = String(machine.values['host']);
  const browser = await launch();
  try {
    const crowd = await Crowd.of(house, lab, { link, bots, vm: machine.id });
    const tabs = await openTabs(browser, house, { lab, host, vm: machine.id, count: browsers });
    say(`soak: ${tabs.length} tabs are open, ${bots} bots at work`);
    const watched = { tabs, blank: await browser.newPage(), blankDropped: 0 };
    await pass(watched, crowd, minutes, say);
    await crowd.stop();
    link.close();
    return watched;
  } finally {
    await browser.close();
  }
}

/** Percent by which the last minutes are above the first ones after the warm-up. */
function growthOf(bytes: readonly number[]): number {
  const warm = Math.min(WARM, Math.floor(bytes.length / 5));
  const compared = Math.min(COMPARED, Math.ceil((bytes.length - warm) / 3));
  const before = median(bytes.slice(warm, warm + compared));
  return (median(bytes.slice(-compared)) / before - 1) * 100;
}

function figuresOf({ tabs, blankDropped }: Watched): readonly Figure[] {
  const figure = (name: string, unit: string, ours: number, most: number): Figure => ({
    bench: 'soak',
    figure: name,
    unit,
    ours: rounded(ours),
    rounds: tabs[0]?.bytes.length ?? 0,
    bar: `ours<=${most}`,
    ok: ours <= most,
  });
  const dropped = tabs.reduce((sum, tab) => sum + tab.dropped, 0);
  return [
    ...tabs.map(({ name, bytes }) => figure(`growth_${name}`, '%', growthOf(bytes), MOST_GROWTH)),
    {
      ...figure('dropped_at_idle', 'frames', dropped, blankDropped),
      limit: blankDropped,
      bar: 'ours<=limit',
    },
    figure(
      'problems',
      '1',
      tabs.reduce((sum, { problems }) => sum + problems.length, 0),
      0,
    ),
  ];
}

export const soak: Bench = {
  name: 'soak',
  about:
    'an hour (--minutes) with 30 bots (--bots) and 10 open browsers (--browsers) on different views: what each tab keeps, and frames dropped while nobody does anything',
  isLong: true,
  run: (say, amounts) =>
    inHouse({ say }, async house => {
      const watched = await measure(house, amounts, say);
      for (const { name, problems } of watched.tabs)
        for (const problem of problems) say(`soak: ${name}: ${problem}`);
      return figuresOf(watched);
    }),
};
