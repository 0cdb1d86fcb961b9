import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, type Person, person, type PersonOptions } from './fixture.ts';

// The page as one person meets it, on the shipped server: every view readable in both themes by those
// who see and those who hear, in a small window, by keys alone, and while the server is away.

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-page-'));
let server: ServerProcess;
let port = 0;
let browser: Browser;
let cookies: Awaited<ReturnType<Person['context']['cookies']>>;
let chosen = '';

const start = (): ServerProcess =>
  new ServerProcess({ dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') }, null);

const signedIn = async (options: PersonOptions = {}): Promise<Person> => {
  const someone = await person(browser, server.url, options);
  await someone.context.addCookies(cookies);
  return someone;
};

beforeAll(async () => {
  port = await freePort();
  server = start();
  browser = await launch();
  const [, address = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
  const { context, page } = await person(browser, server.url);
  await page.goto(new URL(address).pathname);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await page.getByRole('button', { name: 'Open' }).first().click();

  await page.getByRole('treeitem', { name: /^WEB01/u }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('treeitem', { name: /^WEB01, Running/u }).waitFor({ timeout: 30_000 });
  chosen = new URL(page.url()).searchParams.get('on') ?? '';
  cookies = await context.cookies();
  await context.close();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

const views = (): readonly string[] => [
  '/labs',
  '/labs/new',
  '/labs/demo/history',
  '/join/nowhere',
  '/sign-in/nowhere',
  '/nowhere',
  '/lab/nowhere/machines',
  `/lab/demo/machines?on=${chosen}`,
  `/lab/demo/machines?on=${chosen}&inspect=${chosen}`,
  `/lab/demo/machines?on=${chosen}&open=settings`,
  `/lab/demo/machines?on=${chosen}&open=connect`,
  `/lab/demo/machines?on=host:HV01&open=new-vm`,
  `/lab/demo/xray?on=${chosen}`,
  `/lab/demo/xray?on=${chosen}&inspect=component:vid`,
  `/lab/demo/vmbus?on=${chosen}`,
  `/lab/demo/timeline?on=${chosen}`,
  '/lab/demo/processes?on=host:HV01',
  '/lab/demo/events',
];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe finds, without the invisible stops that Fluent sets to keep the focus inside a dialog. */
const violations = async ({ page }: Person): Promise<readonly string[]> => {
  await page.evaluate(axe);
  const found: readonly Violation[] = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ html }) => !html.includes('data-tabster-dummy'))
      .map(({ html }) => `${id}: ${html.slice(0, 200)}`),
  );
};

/** Pieces that stick out of the window, to the right or below, with nothing to scroll them. */
const sticksOut = ({ page }: Person): Promise<boolean> =>
  page.evaluate(
    'document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight',
  );

test.each(['light', 'dark'] as const)(
  'every view in the %s theme can be read, heard and fits a small window',
  { timeout: 120_000 },
  async theme => {
    const someone = await signedIn({ theme, width: 1280, height: 720 });

    for (const view of views()) {
      await someone.page.goto(view);
      await someone.page.waitForLoadState('networkidle');
      const room = view.includes('open=') ? '[role=dialog]' : 'main';
      await someone.page.locator(room).first().waitFor();

      expect([view, await violations(someone)]).toEqual([view, []]);
      expect([view, await sticksOut(someone)]).toEqual([view, false]);
    }

    const unexpected = someone.problems.filter(problem => !/status of 4\d\d/u.test(problem));
    expect(unexpected).toEqual([]);
    await someone.context.close();
  },
);

test('what a browser loads before a lab can be used is small', { timeout: 60_000 }, async () => {
  const { page, context } = await signedIn();
  await page.goto('/lab/demo/machines');
  await page.getByRole('treeitem', { name: /^HV01/u }).waitFor();

  const bytes: number = await page.evaluate(
    `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`,
  );

  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(350_000);
  await context.close();
});

test('a lab that is not there says so, and what to do', async () => {
  const { page, context } = await signedIn();

  await page.goto('/lab/nowhere/machines');

  await page.getByRole('heading', { name: 'There is no such lab for you' }).waitFor();
  await page.getByRole('link', { name: 'To your labs' }).click();
  await page.getByRole('heading', { name: 'Labs', exact: true }).waitFor();
  await context.close();
});

test('the lab can be worked in by keys alone', { timeout: 60_000 }, async () => {
  const { page, context } = await signedIn();
  await page.goto('/lab/demo/machines');
  const tree = page.getByRole('tree');
  await tree.getByRole('treeitem', { name: /^HV01/u }).focus();

  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('2');

  await page.getByText('Parent partition').waitFor();
  expect(new URL(page.url()).searchParams.get('on')).toMatch(/^vm:/u);
  expect(new URL(page.url()).pathname).toBe('/lab/demo/xray');

  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
  await context.close();
});

test(
  'without the server the last picture stays, with its time, and goes on by itself',
  { timeout: 120_000 },
  async () => {
    const { page, context } = await signedIn();
    await page.goto(`/lab/demo/machines?on=${chosen}`);
    await page.getByRole('treeitem', { name: /^WEB01, Running/u }).waitFor();
    const bar = page.getByRole('status');

    await server.kill();
    await bar.getByText('Offline').waitFor();
    const said = await bar.innerText();
    const stillThere = await page.getByRole('treeitem', { name: /^WEB01, Running/u }).isVisible();
    server = start();
    await server.says(/Enlighten is ready/u);
    await bar.waitFor({ state: 'detached', timeout: 30_000 });

    expect(said).toMatch(/You see the lab as it was at \d\d:\d\d:\d\d\.\d{3}/u);
    expect(stillThere).toBe(true);
    await page.getByRole('treeitem', { name: /^WEB01, Running/u }).waitFor();
    await context.close();
  },
);
