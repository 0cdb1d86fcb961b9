import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, type Person, person, type PersonOptions } from './fixture.ts';

// X-ray on the shipped server: a start read step by step, the past looked at by one person alone, and
// the inspector that says why. The tests follow each other: the machine that one starts the next looks at.

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-xray-'));
let server: ServerProcess;
let browser: Browser;
let cookies: Awaited<ReturnType<Person['context']['cookies']>>;
let machine = '';

const signedIn = async (options: PersonOptions = {}): Promise<Person> => {
  const someone = await person(browser, server.url, options);
  await someone.context.addCookies(cookies);
  return someone;
};

beforeAll(async () => {
  const port = await freePort();
  server = new ServerProcess({ dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') }, null);
  browser = await launch();
  const [, address = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
  const { context, page } = await person(browser, server.url);
  await page.goto(new URL(address).pathname);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await page.getByRole('button', { name: 'Open' }).first().click();
  await page.getByRole('treeitem', { name: /^WEB01/u }).click();
  await page.waitForURL(/on=vm:/u);
  machine = new URL(page.url()).searchParams.get('on') ?? '';
  cookies = await context.cookies();
  await context.close();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

/** For machines that do much else. */
const PATIENT = { timeout: 90_000 };
const FOR_LONG = { timeout: 60_000, interval: 250 };

const xray = (query = ''): string => `/lab/demo/xray?on=${machine}${query}`;

const picture = (page: Page) => page.getByRole('region', { name: /^The virtualization stack/u });
const moment = (page: Page) => page.getByRole('group', { name: 'Moment' });
const inspector = (page: Page) => page.getByRole('region', { name: /^Inspector/u });

/** The drawing with the facts of the machine's start: before them no key has anywhere to go. */
const opened = async (page: Page): Promise<void> => {
  await page.goto(xray());
  await picture(page).getByText('Guest: Ready').waitFor();
  await moment(page)
    .getByText(/^\d{2,} of (the last )?\d{2,}$/u)
    .waitFor();
};

/** Opens the drawing, and goes back to the first fact of the machine. */
const toBeginning = async (page: Page): Promise<void> => {
  await opened(page);
  await moment(page).getByRole('slider').focus();
  // What is older than what a page is sent is asked for meanwhile: then the beginning is further back.
  await expect
    .poll(async () => {
      await page.keyboard.press('Home');
      return moment(page).innerText();
    }, FOR_LONG)
    .toMatch(/^1 of \d+$/mu);
  await moment(page).getByRole('button', { name: 'Back to now' }).waitFor();
};

/** Writes down every name that an arrow of the drawing carries, from now on. */
const noteArrows = (page: Page): Promise<void> =>
  page.evaluate(`
    window.arrows = [];
    new MutationObserver(() => {
      for (const tag of document.querySelectorAll('[class*=tag]'))
        if (!window.arrows.includes(tag.textContent)) window.arrows.push(tag.textContent);
    }).observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true });
  `);

const arrows = (page: Page): Promise<readonly string[]> => page.evaluate('window.arrows');

/** The names in their order, of those that are asked for. */
const inOrder = (seen: readonly string[], names: readonly string[]): readonly string[] =>
  seen.flatMap(text => names.filter(name => text.startsWith(name)));

test(
  'a start is seen in its order, with the real names and numbers',
  { timeout: 120_000 },
  async () => {
    const { page, context, problems } = await signedIn();
    await page.goto(xray());
    await picture(page).getByText('No partition', { exact: true }).first().waitFor();
    await moment(page)
      .getByRole('button', { name: /^Slower/u })
      .click();
    await moment(page).getByText('1/2x').waitFor();
    await noteArrows(page);

    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect.poll(() => arrows(page), { timeout: 90_000 }).toContain('OpenChannel 5');

    const order = [
      'vmwp.exe',
      'HvCreatePartition 0x0040',
      'HvMapGpaPages 0x004B',
      'HvCreateVp 0x004E',
      'HvCreatePort 0x0057',
      'InitiateContact 14',
      'OfferChannel 1',
      'OpenChannel 5',
    ];
    const seen = inOrder(await arrows(page), order);
    expect(order.filter(name => !seen.includes(name))).toEqual([]);
    const first = order.map(name => seen.indexOf(name));
    expect(first).toEqual(first.toSorted((a, b) => a - b));
    expect(problems).toEqual([]);
    await moment(page)
      .getByRole('button', { name: /^Faster/u })
      .click();
    await context.close();
  },
);

test('one who steps back sees the past, alone', PATIENT, async () => {
  const one = await signedIn();
  const other = await signedIn();
  await other.page.goto(xray());
  await opened(one.page);
  const { page } = one;

  await page.keyboard.press(',');
  await moment(page).getByRole('button', { name: 'Back to now' }).waitFor();
  const address = new URL(page.url());
  await moment(page).getByRole('slider').focus();
  await page.keyboard.press('Home');
  await picture(page).getByText('No partition', { exact: true }).first().waitFor();
  const saidPast = await moment(page).innerText();
  await picture(other.page).getByText('Guest: Ready').waitFor();
  const othersBack = await moment(other.page).getByRole('button', { name: 'Back to now' }).count();
  await moment(page).getByRole('button', { name: 'Back to now' }).click();
  await picture(page).getByText('Guest: Ready').waitFor();

  expect(address.searchParams.get('turn')).toMatch(/^\d+$/u);
  expect(saidPast).toMatch(/\d\d:\d\d:\d\d\.\d{3}/u);
  expect(othersBack).toBe(0);
  expect(new URL(page.url()).searchParams.get('turn')).toBeNull();
  await one.context.close();
  await other.context.close();
});

test('step by step forward through the past, the worker comes first', PATIENT, async () => {
  const { page, context } = await signedIn();
  await toBeginning(page);
  const said = moment(page).locator('[aria-live]');
  const steps: string[] = [];

  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('.');
    await page.waitForTimeout(60);
    steps.push(await said.innerText());
  }

  const worker = steps.findIndex(text => /vmwp\.exe \d+ started/u.test(text));
  const partition = steps.findIndex(text => text.includes('HvCreatePartition 0x0040'));
  expect(worker).toBeGreaterThanOrEqual(0);
  expect(partition).toBeGreaterThan(worker);
  await picture(page)
    .getByText(/^vmwp\.exe \d+$/u)
    .first()
    .waitFor();
  await context.close();
});

test('the inspector says why, back to a person, and by which rule of whose', PATIENT, async () => {
  const { page, context } = await signedIn();
  await toBeginning(page);
  const said = moment(page).locator('[aria-live]');
  for (let step = 0; step < 12; step += 1) {
    if ((await said.innerText()).includes('HvCreatePartition')) break;
    await page.keyboard.press('.');
    await page.waitForTimeout(60);
  }

  await said.getByRole('button').click();
  const pane = inspector(page);
  await pane.getByRole('heading', { name: /HvCreatePartition 0x0040/u }).waitFor();
  await pane.getByText('Start WEB01').waitFor();
  const rules = await pane.getByText('VID1', { exact: true }).locator('..').innerText();
  const text = await pane.innerText();

  expect(rules).toMatch(/create, deposit, initialize/u);
  expect(rules).toMatch(/TLFS 2\.0a ch\. 5/u);
  expect(text.indexOf('Start WEB01')).toBeLessThan(text.indexOf('Starting the worker process'));
  expect(text).toMatch(/New partition id/u);
  await context.close();
});

test('a wire, a box and a number open what they stand for', PATIENT, async () => {
  const { page, context } = await signedIn();
  await page.goto(xray('&level=full'));
  await picture(page).getByText('Guest: Ready').waitFor();

  await page
    .getByRole('button', { name: /^Wire: Storage channels of WEB01/u })
    .first()
    .press('Enter');
  await inspector(page)
    .getByRole('heading', { name: /Synthetic storage of WEB01/u })
    .waitFor();
  await inspector(page)
    .getByText(/\d+ packets, \d+ signals/u)
    .first()
    .waitFor();
  await picture(page).getByRole('button', { name: /^VP 0/u }).click();
  await inspector(page).getByText('VIRTUAL PROCESSOR', { exact: true }).waitFor();
  await inspector(page).getByText('Its last facts').waitFor();
  await picture(page)
    .getByRole('button', { name: /^Hypercalls, .*\d/u })
    .click();
  await inspector(page).getByText('PARTITION', { exact: true }).waitFor();
  await inspector(page)
    .getByText(/hypercall counts?$/u)
    .click();

  await inspector(page).getByText('HvCreatePartition', { exact: true }).waitFor();
  await context.close();
});

test('without motion, and by keys alone, the drawing says the same', PATIENT, async () => {
  const { page, context } = await signedIn({ reducedMotion: true });
  await page.goto(xray());
  await picture(page).getByText('Guest: Ready').waitFor();
  await picture(page).locator('[data-part][tabindex="0"]').focus();

  await page.keyboard.press('ArrowDown');
  const below = await page.evaluate('document.activeElement.getAttribute("aria-label")');
  await page.keyboard.press('Enter');
  await inspector(page).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press(',');
  await moment(page).getByRole('button', { name: 'Back to now' }).waitFor();
  const moves = await page.evaluate(
    `document.getAnimations().filter(({ effect }) => effect.getComputedTiming().duration > 1).length`,
  );

  expect(below).toMatch(/Management OS|VID/u);
  expect(moves).toBe(0);
  await context.close();
});

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

test.each(['light', 'dark'] as const)(
  'the past, the full picture and their inspector can be read and heard in the %s theme',
  { timeout: 90_000 },
  async theme => {
    const { page, context, problems } = await signedIn({ theme });
    const views = [
      xray('&level=full'),
      xray(`&level=full&inspect=wire:emulated:${machine}`),
      xray(`&inspect=${machine}`),
      xray('&turn=9'),
      '/lab/demo/xray?on=host:HV01',
    ];

    for (const view of views) {
      await page.goto(view);
      await page.waitForLoadState('networkidle');
      await picture(page).getByText('Parent partition').waitFor();
      await page.evaluate(axe);
      const found: readonly Violation[] = await page.evaluate(
        `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }).then(({ violations }) => violations)`,
      );
      const said = found.flatMap(({ id, nodes }) =>
        nodes
          .filter(({ html }) => !html.includes('data-tabster-dummy'))
          .map(({ html }) => `${id}: ${html.slice(0, 200)}`),
      );
      expect([view, said]).toEqual([view, []]);
    }
    expect(problems).toEqual([]);
    await context.close();
  },
);
