import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, person } from './fixture.ts';
import { bringTo, statesOf } from './states.ts';
import { colourViolations, violations } from './violations.ts';
import { type KnownWorld, makeWorld } from './world.ts';

// Every tab, wizard page, dialog, menu, empty and error state, in both themes: nothing that axe finds, and
// nothing that sticks out of the smallest window. In the dark nothing but the colours is another.

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-readable-'));
let server: ServerProcess;
let browser: Browser;
let world: KnownWorld;

beforeAll(async () => {
  const port = await freePort();
  server = new ServerProcess({ dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') }, null);
  browser = await launch();
  const { context, page } = await person(browser, server.url);
  world = await makeWorld(page, server);
  await context.close();
}, 400_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

/** Pieces that stick out of the window, to the right or below, with nothing to scroll them. */
const sticksOut = (page: Page): Promise<boolean> =>
  page.evaluate(
    'document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight',
  );

test.each([
  ['light', violations],
  ['dark', colourViolations],
] as const)(
  'every state of the page in the %s theme can be read, heard and fits a small window',
  { timeout: 900_000 },
  async (theme, faultsOf) => {
    const someone = await person(browser, server.url, {
      theme,
      width: 1280,
      height: 720,
      reducedMotion: true,
    });
    await someone.context.addCookies(world.cookies);
    const { page } = someone;
    page.setDefaultTimeout(60_000);
    const found: (readonly [string, readonly string[]])[] = [];

    for (const state of statesOf(world)) {
      await bringTo(page, state);
      const faults = [
        ...(await faultsOf(page)),
        ...((await sticksOut(page)) ? ['sticks out'] : []),
      ];
      found.push([state.name, faults]);
      await state.undo?.(page);
    }

    expect(found.filter(([, faults]) => faults.length > 0)).toEqual([]);
    expect(someone.problems.filter(problem => !/status of 4\d\d/u.test(problem))).toEqual([]);
    await someone.context.close();
  },
);
