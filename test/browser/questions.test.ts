import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, person } from './fixture.ts';

// Twelve questions of somebody who is new, each answered on the screen in at most three clicks from the
// lab as it opens, in a small window. The walk clicks what is in sight; the words that answer stand where
// one need not scroll, and nothing lies over them.

const MOST_CLICKS = 3;
const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-questions-'));
let server: ServerProcess;
let browser: Browser;
let page: Page;

const inTree = (name: string): Locator =>
  page.getByRole('treeitem', { name: new RegExp(`^${name},`, 'u') });
const tab = (name: string): Locator =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name, exact: true });
const detail = (name: string): Locator => page.getByRole('tab', { name, exact: true });
const action = (name: string): Locator => page.getByRole('button', { name, exact: true });
const actions = (of: string): Locator => page.getByRole('region', { name: `Actions of ${of}` });
const inspector = (): Locator => page.getByRole('region', { name: /^Inspector/u });
const drawing = (): Locator => page.getByRole('region', { name: /^The virtualization stack/u });
const list = (name: string): Locator => page.getByRole('grid', { name, exact: true });
const row = (of: string, text: RegExp): Locator => list(of).getByRole('row', { name: text });

/** Brings a machine to a state, as somebody would. */
const bring = async (name: string, by: string, state: string): Promise<void> => {
  await inTree(name).click();
  await actions(name).getByRole('button', { name: by }).click();
  if (by.includes('…'))
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: 'Turn Off', exact: true })
      .click();
  await page.getByRole('treeitem', { name: new RegExp(`^${name}, ${state}$`, 'u') }).waitFor();
};

beforeAll(async () => {
  const port = await freePort();
  server = new ServerProcess({ dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') }, null);
  browser = await launch();
  const [, address = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
  ({ page } = await person(browser, server.url));
  page.setDefaultTimeout(30_000);
  await page.goto(new URL(address).pathname);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await page.getByRole('button', { name: 'Open' }).first().click();
  await bring('DC01', 'Start', 'Running');
  await bring('DC01', 'Turn Off…', 'Off');
  await bring('WEB01', 'Start', 'Running');
  await page.getByText('OK (No Application Data)').waitFor({ timeout: 60_000 });
}, 240_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

interface Question {
  readonly asks: string;
  readonly clicks: () => readonly Locator[];
  readonly answer: () => readonly [where: Locator, says: RegExp];
  /** The words of it that answer. */
  readonly words: RegExp;
}

/** Whether the middle of one of them is on the screen, and it is what one sees there. */
const inSight = (words: Locator): Promise<boolean> =>
  words.evaluateAll(elements =>
    elements.some(element => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const there = document.elementFromPoint(left + Math.min(width, 60) / 2, top + height / 2);
      return there !== null && (element.contains(there) || there.contains(element));
    }),
  );

const part = (name: RegExp): Locator => drawing().getByRole('button', { name }).first();

const QUESTIONS: readonly Question[] = [
  {
    asks: 'Where is the hypervisor?',
    clicks: () => [inTree('HV01'), tab('X-ray'), part(/^Hypervisor/u)],
    answer: () => [inspector(), /Runs in: under every partition/u],
    words: /^Runs under everything/u,
  },
  {
    asks: 'What did Start do first?',
    clicks: () => [row('Tasks', /Starting WEB01/u).first()],
    answer: () => [inspector(), /Its steps\s+[^\n]*[Cc]hecking the configuration/u],
    words: /[Cc]hecking the configuration/u,
  },
  {
    asks: 'Which process runs WEB01?',
    clicks: () => [inTree('HV01'), tab('Processes')],
    answer: () => [row('Processes', /vmwp\.exe/u), /vmwp\.exe\s+\d+\s+WEB01/u],
    words: /^vmwp\.exe$/u,
  },
  {
    asks: 'Why is DC01 off?',
    clicks: () => [inTree('DC01'), action('Why Is It Off?')],
    answer: () => [inspector(), /Why is it off\?[\s\S]*Turn off/iu],
    words: /^Turn off DC01/iu,
  },
  {
    asks: 'What is the difference between DC01 and WEB01?',
    clicks: () => [inTree('DC01'), detail('Compare')],
    answer: () => [
      page.getByRole('tabpanel', { name: 'Compare' }),
      /\d+ of \d+ differ[\s\S]*State/u,
    ],
    words: /^\d+ of \d+ differ/u,
  },
  {
    asks: 'How much memory has WEB01?',
    clicks: () => [inTree('WEB01'), detail('Memory')],
    answer: () => [page.getByRole('tabpanel', { name: 'Memory' }), /Assigned Memory\s+\d+ MB/u],
    words: /^Assigned Memory/u,
  },
  {
    asks: 'Which network is WEB01 in, and what is its address?',
    clicks: () => [inTree('WEB01'), detail('Networking')],
    answer: () => [
      page.getByRole('tabpanel', { name: 'Networking' }),
      /LAN[\s\S]*10\.\d+\.\d+\.\d+/u,
    ],
    words: /^10\.\d+\.\d+\.\d+/u,
  },
  {
    asks: 'Does its guest answer?',
    clicks: () => [inTree('WEB01')],
    answer: () => [
      page.getByRole('tabpanel', { name: 'Summary' }),
      /Heartbeat\s+OK[^\n]*\s+its guest answers/u,
    ],
    words: /^its guest answers$/u,
  },
  {
    asks: 'Why can I not save DC01?',
    clicks: () => [inTree('DC01')],
    answer: () => [actions('DC01').getByRole('button', { name: /^Save/u }), /Save\s*it is off/u],
    words: /^it is off$/u,
  },
  {
    asks: 'Who turned DC01 off?',
    clicks: () => [row('Tasks', /Turning off/u).first()],
    answer: () => [inspector(), /Instructor[\s\S]*Turn off/iu],
    words: /^Instructor/u,
  },
  {
    asks: 'What was logged about it?',
    clicks: () => [inTree('DC01'), tab('Events'), row('Events', /18502/u).first()],
    answer: () => [inspector(), /Hyper-V-Worker 18502: 'DC01' was turned off/u],
    words: /was turned off/u,
  },
  {
    asks: 'What do WEB01 and its host say to each other?',
    clicks: () => [inTree('WEB01'), tab('VMBus')],
    answer: () => [page.getByRole('main'), /host to guest\s+\d+\s+\w+/u],
    words: /host to guest/u,
  },
];

test('there are twelve of them, and none needs more than three clicks', () => {
  expect(QUESTIONS).toHaveLength(12);
  for (const { asks, clicks } of QUESTIONS)
    expect([asks, clicks().length <= MOST_CLICKS]).toEqual([asks, true]);
});

test.each(QUESTIONS)('$asks', { timeout: 90_000 }, async ({ clicks, answer, words }) => {
  await page.goto('/lab/demo/machines');
  await inTree('WEB01').waitFor();

  for (const target of clicks()) await target.click();
  const [where, says] = answer();

  await where.waitFor();
  await expect.poll(() => where.innerText(), { timeout: 60_000 }).toMatch(says);
  await expect.poll(() => inSight(where.getByText(words)), { timeout: 60_000 }).toBe(true);
});
