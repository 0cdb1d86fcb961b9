import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, type Person, person, type PersonOptions } from './fixture.ts';
import { longTasksWhile } from './smooth.ts';
import { violations } from './violations.ts';

// The timeline as one person reads it, on the shipped server.

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-timeline-'));
let server: ServerProcess;
let browser: Browser;
let cookies: Awaited<ReturnType<Person['context']['cookies']>>;
let timeline = '';

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
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('treeitem', { name: /^WEB01, Running/u }).waitFor({ timeout: 60_000 });
  timeline = `/lab/demo/timeline?on=${new URL(page.url()).searchParams.get('on') ?? ''}`;
  cookies = await context.cookies();
  await context.close();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

const drawing = (page: Page) => page.getByRole('application', { name: /^Timeline/u });

const opened = async (options: PersonOptions = {}): Promise<Person> => {
  const someone = await signedIn(options);
  await someone.page.goto(timeline);
  await someone.page.getByText(/^[1-9][\d,]* facts/u).waitFor();
  return someone;
};

const turnOf = (page: Page): string | null => new URL(page.url()).searchParams.get('turn');

test('by keys one goes from fact to fact, and the inspector says what and why', async () => {
  const { page, context } = await opened();
  await drawing(page).focus();

  await page.keyboard.press('Home');
  await page.waitForURL(/inspect=fact/u);
  const gone = [page.url()];
  for (let i = 0; i < 5; i += 1) {
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(url => url.href !== gone.at(-1));
    gone.push(page.url());
  }
  await page.keyboard.press('ArrowLeft');

  await page.waitForURL(gone.at(-2) ?? '');
  await page.getByRole('heading', { name: 'Why?' }).waitFor();
  expect(new Set(gone).size).toBe(gone.length);
  await context.close();
});

test('the same stands in a list, in order', async () => {
  const { page, context } = await opened();

  await page.getByRole('button', { name: 'List', exact: true }).click();
  const list = page.getByRole('grid', { name: 'Timeline' });
  const times = await list.getByRole('row').locator('[role=gridcell]:first-child').allInnerTexts();

  expect(times.length).toBeGreaterThan(5);
  expect(times).toEqual(times.toSorted());
  await list.getByRole('row').nth(2).click();
  await page.getByRole('heading', { name: 'Why?' }).waitFor();
  await context.close();
});

test(
  'dragging the clock back shows the past to oneself alone, under an address that opens it',
  { timeout: 60_000 },
  async () => {
    const { page, context } = await opened();
    const other = await opened();
    await page.getByRole('button', { name: /^All of it/u }).click();
    const box = (await drawing(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };

    await page.mouse.move(box.x + box.width - 80, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(box.x + 175, box.y + 12, { steps: 6 });
    await page.mouse.up();
    const bar = page.getByRole('status').filter({ hasText: 'for you alone' });
    await bar.getByText(/WEB01 was Off/u).waitFor({ timeout: 60_000 });
    // What happens tells what had happened, and not yet that it started.
    const told = page.getByRole('region', { name: 'What happens' });
    await told.getByText(/up to \d\d:\d\d:\d\d/u).waitFor({ timeout: 60_000 });
    const toldThen = await told.innerText();
    const shared = page.url();
    await page.getByRole('treeitem', { name: /^WEB01, Running/u }).waitFor();

    expect(turnOf(page)).toMatch(/^\d+$/u);
    expect(turnOf(other.page)).toBeNull();
    expect(toldThen).not.toMatch(/Starting to Running/u);
    await other.page.goto(shared);
    await other.page.getByText(/WEB01 was Off/u).waitFor({ timeout: 60_000 });

    await page.getByRole('button', { name: 'Back to now' }).click();
    await bar.waitFor({ state: 'detached' });
    expect(turnOf(page)).toBeNull();
    await context.close();
    await other.context.close();
  },
);

test('a moment has a menu: look, copy a link, fork', async () => {
  const { page, context } = await opened();
  await drawing(page).focus();
  await page.keyboard.press('End');

  await drawing(page).click({ button: 'right', position: { x: 400, y: 150 } });
  const menu = page.getByRole('menu', { name: /^Moment/u });
  await menu.getByRole('menuitem', { name: 'Copy a link to this moment' }).click();
  await page.getByText('The link is copied').waitFor();
  await drawing(page).focus();
  await page.keyboard.press('Shift+F10');
  await menu.getByRole('menuitem', { name: 'Fork here' }).click();

  await page.getByText(/Branch \d+ begins at turn \d+/u).waitFor({ timeout: 60_000 });
  await context.close();
});

const MANY = 50_000;

/** A long past: every component does something, each fact follows from the one before. */
const aLongPast = async (page: Page): Promise<void> => {
  let left = MANY;
  const parts = ['vmms', 'vmwp', 'vid', 'winhv', 'vmbusr', 'storvsp', 'guest', 'netvsc'] as const;
  await page.route(/\/api\/labs\/[^/]+\/facts\?/u, async route => {
    const count = Math.min(2_000, left);
    const first = left - count;
    left -= count;
    const facts = Array.from({ length: count }, (_, index) => {
      const n = first + index - MANY;
      return {
        n,
        turn: 1,
        at: n * 20_000,
        kind: n % 3 === 0 ? 'hypercall' : 'step',
        from: parts[Math.abs(n * 7) % parts.length],
        to: 'hypervisor',
        host: null,
        vm: null,
        cause: n - 1,
        audience: 'everyone',
        summary: `What happened as number ${n}`,
        data: {},
      };
    });
    await route.fulfill({ json: { facts, more: left > 0 } });
  });
};

test(
  'fifty thousand facts are moved and zoomed without a stop, at the pace of the screen',
  { timeout: 120_000 },
  async () => {
    const { page, context } = await signedIn();
    await aLongPast(page);
    await page.goto(timeline);
    await page.getByText(/^[1-9][\d,]* facts/u).waitFor();
    await drawing(page).focus();
    await expect
      .poll(
        async () => {
          await page.keyboard.press('0');
          return page.getByText(/^50,\d+ facts$|^49,\d+ facts$/u).count();
        },
        { timeout: 60_000 },
      )
      .toBe(1);

    let frames = 0;
    const long = await longTasksWhile(page, async () => {
      await drawing(page).hover();
      await page.evaluate(`(() => {
        window.frames60 = 0;
        const count = () => { window.frames60 += 1; window.counting = requestAnimationFrame(count); };
        cancelAnimationFrame(window.counting ?? 0);
        count();
      })()`);
      const from = performance.now();
      for (let i = 0; i < 40; i += 1) {
        await page.mouse.wheel(i % 10 === 0 ? 120 : 0, i < 20 ? -120 : 120);
        await page.waitForTimeout(25);
      }
      const counted: number = await page.evaluate('window.frames60');
      frames = Math.max(frames, (counted / (performance.now() - from)) * 1_000);
    });

    // Drawing all of them for every frame would stop it for seconds on any machine.
    expect(Math.max(0, ...long)).toBeLessThan(1_000);
    expect(frames).toBeGreaterThan(5);
    await context.close();
  },
);

test.each(['light', 'dark'] as const)('the timeline in the %s theme can be heard', async theme => {
  const { page, problems, context } = await opened({ theme, reducedMotion: true });
  await page.goto(`${timeline}&turn=5`);
  await page.getByRole('button', { name: 'Back to now' }).waitFor();

  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});
