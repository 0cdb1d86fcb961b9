import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { program } from '../../server/command-line.ts';
import { launch, person } from '../browser/fixture.ts';
import { bringTo, type State, statesOf } from '../browser/states.ts';
import { inTree } from '../browser/steps.ts';
import { type KnownWorld, makeWorld } from '../browser/world.ts';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';

// npm run screenshots -- --out DIR [--only PART] [--size 1280x720] [--theme dark]
//
// Every state of the page as a picture: in both themes, in a small and in an ordinary window and on a phone.
// The lab is paused before the first picture, so that all show the same moment.

const values = program('screenshots', 'Every state of the page as a picture.')
  .requiredOption('--out <folder>', 'where to')
  .option('--only <part>', 'only states with that in their names', '')
  .option('--size <sizes...>', 'of the window', ['1280x720', '1440x900', '390x844'])
  .option('--theme <themes...>', 'light, dark', ['light', 'dark'])
  .parse()
  .opts();
const out = resolve(values.out);

interface Look {
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
}

const looks = (): readonly Look[] =>
  values.size.flatMap(size => {
    const [width = 0, height = 0] = size.split('x').map(Number);
    return values.theme.map(
      theme => ({ theme: theme === 'dark' ? 'dark' : 'light', width, height }) as const,
    );
  });

/** Gives back what could not be shown. */
const photograph = async (
  browser: Browser,
  world: KnownWorld & { readonly url: string },
  look: Look,
): Promise<readonly string[]> => {
  const folder = join(out, `${look.width}x${look.height}-${look.theme}`);
  mkdirSync(folder, { recursive: true });
  const { context, page } = await person(browser, world.url, { ...look, reducedMotion: true });
  await context.addCookies(world.cookies);
  page.setDefaultTimeout(10_000);
  const missing: string[] = [];
  const take = async (state: State): Promise<void> => {
    try {
      await bringTo(page, state);
    } catch (error) {
      const [first = ''] = String(error).split('\n');
      missing.push(`${folder}: ${state.name}: ${first}`);
    }
    const path = join(folder, `${state.name}.png`);
    await page.screenshot({ path, fullPage: look.width < 820, animations: 'disabled' });
    await state.undo?.(page);
  };
  for (const state of statesOf(world)) if (state.name.includes(values.only)) await take(state);
  await context.close();
  return missing;
};

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-screenshots-'));
const port = await freePort();
const options = { dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') };
const server = new ServerProcess(options, null);
const browser = await launch();
try {
  const { page, context } = await person(browser, server.url);
  const world = await makeWorld(page, server);
  await page.goto(`${world.lab}/machines`);
  await inTree(page, 'WEB01').waitFor();
  await page.keyboard.press('p');
  await page.getByText('paused', { exact: true }).waitFor();
  await context.close();
  for (const look of looks()) {
    const missing = await photograph(browser, { ...world, url: server.url }, look);
    process.stdout.write(`${look.width}x${look.height} ${look.theme}: done\n`);
    for (const line of missing) process.stdout.write(`  not shown: ${line}\n`);
    if (missing.length > 0) process.exitCode = 1;
  }
} finally {
  await browser.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
}
