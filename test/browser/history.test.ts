import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, person } from './fixture.ts';

// Looking back and going back, as an instructor does it, on the shipped server.

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-history-'));
let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  const port = await freePort();
  server = new ServerProcess({ dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') }, null);
  browser = await launch();
  await server.says(/Enlighten is ready/u);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

const machine = (page: Page, state: string) =>
  page.getByRole('treeitem', { name: new RegExp(`^WEB01, ${state}`, 'u') });

const lookBack = async (page: Page, second: number): Promise<string> => {
  await page.getByRole('textbox', { name: 'Second' }).fill(String(second));
  await page.getByRole('button', { name: 'Look Back' }).click();
  const picture = page.getByRole('region', { name: 'Past picture' });
  await picture.getByText('State hash').waitFor();
  return picture.innerText();
};

test(
  'an instructor looks at the past, branches off it and takes the lab back to it',
  { timeout: 120_000 },
  async () => {
    const [, address = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
    const { page, problems } = await person(browser, server.url);
    await page.goto(new URL(address).pathname);
    await page.getByRole('button', { name: 'Sign In' }).click();
    await page.getByRole('button', { name: 'Open' }).first().click();
    await machine(page, 'Off').click();
    await page.getByRole('button', { name: /^Speed/u }).click();
    await page.getByRole('menuitemradio', { name: /^10x/u }).click();
    // Marks are made every ten lab seconds: the machine starts after the first of them.
    await expect
      .poll(() => page.getByRole('timer').innerText(), { timeout: 60_000 })
      .toMatch(/:(1[5-9]|[2-5]\d)\.\d{3}$/u);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await machine(page, 'Running').waitFor({ timeout: 60_000 });
    const lab = new URL(page.url()).pathname.split('/')[2] ?? '';

    await page.getByRole('button', { name: 'History' }).click();
    // What was live is compared once it is in the database, a second behind.
    let seen = '';
    await expect
      .poll(async () => (seen = await lookBack(page, 12)), { timeout: 60_000 })
      .toMatch(/equal, live and now/u);
    const addressOfPage = new URL(page.url()).pathname;
    await page.getByRole('button', { name: 'Make a Branch' }).click();
    await page
      .getByText(/^Branch \d+ goes on from turn \d+\. The lab stays as it is\.$/u)
      .waitFor();
    await page.getByRole('link', { name: 'To the lab' }).click();
    const stayed = await machine(page, 'Running').waitFor();

    await page.goBack();
    await lookBack(page, 12);
    await page.getByRole('button', { name: 'Rewind the Lab…' }).click();
    const asked = await page.getByRole('alertdialog').innerText();
    await page.getByRole('button', { name: 'Rewind', exact: true }).click();
    await page.getByText(/^The lab is at turn \d+ again, for everyone/u).waitFor();
    await page.getByRole('link', { name: 'To the lab' }).click();
    await machine(page, 'Off').waitFor();

    expect(addressOfPage).toBe(`/labs/${lab}/history`);
    expect(seen).toMatch(/WEB01\s+Off\s+HV01/u);
    expect(stayed).toBeUndefined();
    expect(asked).toMatch(/for everybody in it/u);
    expect(asked).toMatch(/stays in the database as a branch/u);
    expect(problems).toEqual([]);
  },
);
