import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, type Person, person } from './fixture.ts';
import { violations } from './violations.ts';

// Every tab, wizard page, dialog, menu, empty and error state, in both themes: nothing that axe finds, and
// nothing that sticks out of the smallest window.

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-readable-'));
let server: ServerProcess;
let browser: Browser;
let cookies: Awaited<ReturnType<Person['context']['cookies']>>;
let web = '';

const inTree = (page: Page, name: string) =>
  page.getByRole('treeitem', { name: new RegExp(`^${name}`, 'u') });

/** Somebody answers yes. */
const agree = (page: Page, yes: string) =>
  page.getByRole('alertdialog').getByRole('button', { name: yes, exact: true }).click();

beforeAll(async () => {
  const port = await freePort();
  server = new ServerProcess({ dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') }, null);
  browser = await launch();
  const [, address = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
  const { context, page } = await person(browser, server.url);
  await page.goto(new URL(address).pathname);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await page.getByRole('button', { name: 'Open' }).first().click();
  // One host without its service, one without power, and a machine that runs.
  await inTree(page, 'HV02').click();
  await page.getByRole('button', { name: 'Stop Service…' }).click();
  await agree(page, 'Stop Service');
  await inTree(page, 'HV03').click();
  await page.getByRole('button', { name: 'Cut Power…' }).click();
  await agree(page, 'Cut Power');
  await inTree(page, 'WEB01').click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('OK (No Application Data)').waitFor({ timeout: 60_000 });
  web = new URL(page.url()).searchParams.get('on') ?? '';
  cookies = await context.cookies();
  await context.close();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

/** A state of the page: its address, what one does there, and what then is in sight. */
interface State {
  readonly at: string;
  readonly does?: (page: Page) => Promise<unknown>;
  readonly shows: string;
}

const HOUSE: readonly State[] = [
  { at: '/labs', shows: 'main a' },
  { at: '/labs/new', shows: 'main textarea' },
  { at: '/labs/demo/history', shows: 'h1' },
  { at: '/join/nowhere', shows: '[role=alert]' },
  {
    at: '/sign-in/nowhere',
    does: page => page.getByRole('button', { name: 'Sign In' }).click(),
    shows: '[role=alert]',
  },
  { at: '/nowhere', shows: 'main h1' },
  { at: '/lab/nowhere/machines', shows: '[role=alert]' },
];

const click = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name, exact: true }).first().click();

const DRAWING = '[aria-label^="The virtualization stack"]';

const PAGES_OF_WIZARD = [
  'begin',
  'name',
  'memory',
  'networking',
  'disk',
  'installation',
  'summary',
];
const PAGES_OF_SETTINGS = ['memory', 'processor', 'dvd', 'network', 'name', 'services'];

const inLab = (): readonly State[] => {
  const lab = '/lab/demo';
  const machine = `${lab}/machines?on=${web}`;
  const host = `${lab}/machines?on=host:HV01`;
  return [
    { at: `${lab}/machines`, shows: '[role=grid]' },
    { at: host, shows: 'section[aria-label="Details of HV01"]' },
    { at: `${lab}/machines?on=host:HV02`, shows: 'main [role=alert]' },
    { at: `${lab}/machines?on=host:HV03`, shows: 'main [role=alert]' },
    { at: machine, shows: '[role=tabpanel]' },
    ...['memory', 'networking', 'compare'].map(detail => ({
      at: `${machine}&detail=${detail}`,
      shows: '[role=tabpanel]',
    })),
    { at: `${machine}&inspect=${web}`, shows: 'section[aria-label^=Inspector]' },
    ...PAGES_OF_WIZARD.map(step => ({
      at: `${host}&open=new-vm&page=${step}`,
      shows: '[role=dialog] form',
    })),
    ...PAGES_OF_SETTINGS.map(step => ({
      at: `${machine}&open=settings&page=${step}`,
      shows: '[role=dialog] nav',
    })),
    { at: `${machine}&open=rename`, shows: '[role=dialog] form' },
    { at: `${machine}&open=connect`, shows: '[role=dialog] [role=toolbar]' },
    {
      at: `${machine}&open=connect`,
      does: page => page.getByRole('button', { name: 'Action', exact: true }).click(),
      shows: '[role=menu]',
    },
    { at: `${lab}/xray?on=${web}`, shows: DRAWING },
    { at: `${lab}/xray?on=${web}&level=full`, shows: DRAWING },
    { at: `${lab}/xray?on=${web}&inspect=component:vid`, shows: 'section[aria-label^=Inspector]' },
    { at: `${lab}/vmbus?on=${web}`, shows: 'main [role=grid]' },
    { at: `${lab}/processes?on=host:HV01`, shows: '[aria-label=Processes]' },
    { at: `${lab}/processes`, shows: '[aria-label=Processes]' },
    { at: `${lab}/events`, shows: '[aria-label=Events]' },
    { at: `${lab}/events?filter=nothing-has-this`, shows: '[aria-label=Events]' },
    { at: `${lab}/timeline?on=${web}`, shows: '[aria-label^=Timeline]' },
    { at: machine, does: click('Turn Off…'), shows: '[role=alertdialog]' },
    { at: machine, does: click('Invite'), shows: '[role=dialog]' },
    { at: machine, does: click('Theme'), shows: '[role=menu]' },
    { at: machine, does: click(/^Speed/u), shows: '[role=menu]' },
    { at: machine, does: page => page.keyboard.press('?'), shows: '[role=dialog]' },
    { at: machine, does: page => page.keyboard.press('t'), shows: '[role=dialog]' },
    { at: machine, does: click(/person here|people here/u), shows: '[role=group]' },
  ];
};

/** Pieces that stick out of the window, to the right or below, with nothing to scroll them. */
const sticksOut = (page: Page): Promise<boolean> =>
  page.evaluate(
    'document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight',
  );

test.each(['light', 'dark'] as const)(
  'every state of the page in the %s theme can be read, heard and fits a small window',
  { timeout: 280_000 },
  async theme => {
    const someone = await person(browser, server.url, { theme, width: 1280, height: 720 });
    await someone.context.addCookies(cookies);
    const { page } = someone;
    page.setDefaultTimeout(45_000);
    const found: (readonly [string, readonly string[]])[] = [];

    for (const { at, does, shows } of [...HOUSE, ...inLab()]) {
      await page.goto(at);
      if (at.startsWith('/lab/demo')) await page.locator('[role=treeitem]').first().waitFor();
      await does?.(page);
      await page.locator(shows).first().waitFor();
      // What fades in is not read while it does.
      await page.waitForTimeout(250);
      found.push([
        at,
        [...(await violations(page)), ...((await sticksOut(page)) ? ['sticks out'] : [])],
      ]);
    }

    expect(found.filter(([, faults]) => faults.length > 0)).toEqual([]);
    expect(someone.problems.filter(problem => !/status of 4\d\d/u.test(problem))).toEqual([]);
    await someone.context.close();
  },
);
