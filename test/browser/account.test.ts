import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, person } from './fixture.ts';
import { violations } from './violations.ts';

// An instructor comes by the printed link, sets a password, comes back with it from another browser, and
// ends what is open elsewhere; on the shipped server.

const EMAIL = 'ada@school.example';
const PASSWORD = 'correct horse battery';

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-account-'));
let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  const port = await freePort();
  server = new ServerProcess({ dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') }, null);
  browser = await launch();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

const signIn = async (page: Page, password: string): Promise<void> => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in with a password' }).click();
  await field(page, 'E-mail address').fill(EMAIL);
  await field(page, 'Password').fill(password);
  await page.keyboard.press('Enter');
};

test('a password is set after the printed link, and opens another browser', async () => {
  const [, address = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
  const first = await person(browser, server.url);
  const second = await person(browser, server.url, { theme: 'dark' });
  await first.page.goto(new URL(address).pathname);
  await button(first.page, 'Sign In').click();
  await first.page.getByRole('link', { name: /, instructor$/u }).click();

  await field(first.page, 'E-mail address').fill(EMAIL);
  await field(first.page, 'New password').fill('too short');
  await button(first.page, 'Set Password').click();
  await first.page.getByText('A password has at least 12 characters.').waitFor();
  const inLight = await violations(first.page);
  await field(first.page, 'New password').fill(PASSWORD);
  await button(first.page, 'Set Password').click();
  await first.page.getByText(`Done. You can sign in as ${EMAIL}`).waitFor();
  await field(first.page, 'Current password').waitFor();

  await signIn(second.page, 'not that one at all');
  await second.page.getByText('The e-mail address or the password is not right.').waitFor();
  const inDark = [...(await violations(second.page))];
  await field(second.page, 'Password').fill(PASSWORD);
  await second.page.keyboard.press('Enter');
  await second.page.getByRole('heading', { name: 'Labs', exact: true }).waitFor();
  await second.page.goto('/account');
  await second.page.getByText('This browser').waitFor();
  inDark.push(...(await violations(second.page)));

  await first.page.reload();
  await button(first.page, /^Sign out .* signed in/u).click();
  await button(first.page, /^Sign out .* signed in/u).waitFor({ state: 'detached' });
  await second.page.goto('/labs');
  await second.page.getByText('You are not signed in.').waitFor();
  await button(first.page, 'Sign Out Everywhere').click();
  await first.page.getByRole('link', { name: 'Sign in with a password' }).click();
  await field(first.page, 'Password').waitFor();
  const signInLight = await violations(first.page);

  expect(signInLight).toEqual([]);
  expect(inLight).toEqual([]);
  expect(inDark).toEqual([]);
}, 120_000);
