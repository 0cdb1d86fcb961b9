import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, type Person, person, type PersonOptions } from './fixture.ts';

// The page as one person meets it, on the shipped server: how much is loaded, by keys alone, the tour of a
// newcomer, and while the server is away.

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
  await page.getByRole('treeitem', { name: /^WEB01, Running/u }).waitFor({ timeout: 60_000 });
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

test('what a browser loads before a lab can be used is small', async () => {
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

test('the lab can be worked in by keys alone', async () => {
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

test('a newcomer is offered the tour once, and takes it by keys', { timeout: 90_000 }, async () => {
  const { page, context, problems } = await signedIn({ newcomer: true });
  await page.goto('/lab/demo/machines');

  await page.getByRole('button', { name: 'Show Me Around' }).click();
  const stops: string[] = [];
  const card = page.getByRole('dialog', { name: /^Tour/u });
  for (let stop = 1; stop <= 8; stop += 1) {
    await page.getByRole('dialog', { name: `Tour, ${stop} of 8` }).waitFor();
    stops.push(await card.innerText());
    await page.keyboard.press(stop % 2 === 0 ? 'ArrowRight' : 'Enter');
  }
  await card.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('treeitem', { name: /^HV01,/u }).waitFor();

  expect(new Set(stops).size).toBe(8);
  expect(await page.getByRole('button', { name: 'Show Me Around' }).count()).toBe(0);
  expect(problems).toEqual([]);
  await context.close();
});

test('the browser’s own tab wears the lab’s name and colour', async () => {
  const { page, context } = await signedIn();
  await page.goto(`/lab/demo/machines?on=${chosen}`);
  await page.getByRole('treeitem', { name: /^WEB01/u }).waitFor();

  await expect.poll(() => page.title()).toBe('WEB01 · Demo lab · Enlighten');
  const icon = await page.locator('link[rel=icon]').getAttribute('href');
  await page.getByRole('link', { name: 'Labs' }).click();
  await page.getByRole('heading', { name: 'Labs', exact: true }).waitFor();

  expect(icon).toMatch(/^data:image\/svg\+xml,/u);
  expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe('/mark.svg');
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
    await bar.waitFor({ state: 'detached', timeout: 60_000 });

    expect(said).toMatch(/You see the lab as it was at \d\d:\d\d:\d\d\.\d{3}/u);
    expect(stillThere).toBe(true);
    await page.getByRole('treeitem', { name: /^WEB01, Running/u }).waitFor();
    await context.close();
  },
);
