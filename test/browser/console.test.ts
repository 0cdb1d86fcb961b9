import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, type Person, person, type PersonOptions } from './fixture.ts';
import { violations } from './violations.ts';

// PowerShell in the page, on the shipped server: what one person types, what several share.

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-console-'));
let server: ServerProcess;
let port = 0;
let browser: Browser;
let token = '';

const start = (): ServerProcess =>
  new ServerProcess({ dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') }, null);

beforeAll(async () => {
  port = await freePort();
  server = start();
  browser = await launch();
  const [, address = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
  const { context, page } = await person(browser, server.url);
  await page.goto(new URL(address).pathname);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await page.getByRole('button', { name: 'Open' }).first().click();
  await page.getByRole('treeitem', { name: /^WEB01/u }).waitFor();
  const made = await context.request.post(`${server.url}/api/labs/lab:demo/links`, { data: {} });
  token = new URL(((await made.json()) as { url: string }).url).pathname.split('/').at(-1) ?? '';
  await context.close();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

const SOON = { timeout: 60_000 };

/** Somebody who came by the link, in a browser of their own, at the lab. */
const joined = async (name: string, options: PersonOptions = {}): Promise<Person> => {
  const someone = await person(browser, server.url, options);
  await someone.page.goto(`/join/${token}`);
  await someone.page.getByRole('textbox').fill(name);
  await someone.page.getByRole('button', { name: 'Join the Lab' }).click();
  await someone.page.getByRole('treeitem', { name: /^WEB01/u }).waitFor();
  return someone;
};

const tabs = (page: Page) => page.getByRole('tab', { name: /^HV0\d/u });
const panel = (page: Page) => page.getByRole('region', { name: 'PowerShell', exact: true });
/** What the terminal shows, its rows as they stand. */
const screen = (page: Page): Promise<string> => page.locator('.xterm-rows').innerText();
const shows = (page: Page, text: string | RegExp) =>
  expect.poll(() => screen(page), SOON).toMatch(text);
/** Who entered the lines that the terminal shows. */
const enteredBy = async (page: Page): Promise<readonly string[]> =>
  page.locator('.xterm-decoration:visible').allInnerTexts();
/** They stand at the right end, where nothing is typed. */
const areAtTheEnd = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`{
    const screen = document.querySelector('.xterm-screen').getBoundingClientRect();
    const marks = [...document.querySelectorAll('.xterm-decoration')];
    marks.every(mark => screen.right - mark.getBoundingClientRect().right < 4);
  }`);
const prompts = async (page: Page): Promise<number> =>
  (await screen(page)).split('\n').filter(row => row.startsWith('PS C:')).length;

/** A console of one's own, opened from the menu or from the empty state. */
const opened = async (page: Page, host: string): Promise<void> => {
  const first = page.getByRole('tab', { name: 'PowerShell' });
  const menu = page.getByRole('button', { name: 'Open a console' });
  await first.or(menu).first().waitFor();
  if (await menu.isVisible()) {
    await menu.click();
    await page.getByRole('menuitem', { name: host }).click();
  } else {
    await first.click();
    await page.getByRole('button', { name: new RegExp(`^Open on ${host}`, 'u') }).click();
  }
  await shows(page, /PS C:\\Users\\Administrator>/u);
  await page.keyboard.press('Escape');
};

const enter = async (page: Page, line: string): Promise<void> => {
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
};

test('a line is completed, coloured, run, and found again', { timeout: 90_000 }, async () => {
  const { page, problems, context } = await joined('Cleo');
  await opened(page, 'HV01');

  await page.keyboard.type('Get-VM -Na');
  await page.keyboard.press('Tab');
  await shows(page, /> Get-VM -Name/u);
  const colour = await page.evaluate(`
    const typed = [...document.querySelectorAll('.xterm-rows span')]
      .find(span => span.textContent.includes('Get-VM'));
    getComputedStyle(typed).color`);
  await enter(page, ' WEB01');
  await shows(page, /WEB01\s+Off\s+0/u);
  await enter(page, 'if ($true) {');
  await shows(page, /^>>\s*$/mu);
  await enter(page, '"it is so" }');
  await shows(page, /^it is so/mu);
  await page.keyboard.press('Control+r');
  await page.keyboard.type('name w');
  await shows(page, /bck-i-search: name w_/u);
  await page.keyboard.press('Control+c');
  await enter(page, 'Get-VM Nobody');
  await shows(page, /Get-VM : .*"Nobody"/u);
  await page.keyboard.press('Control+l');
  await expect.poll(() => prompts(page), SOON).toBe(1);

  expect(colour).toBe('rgb(255, 255, 0)');
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});

test(
  'a question is answered, a secret stays one, and Ctrl+C ends what runs',
  { timeout: 60_000 },
  async () => {
    const { page, context } = await joined('Dora');
    await opened(page, 'HV02');

    await enter(page, '$n = Read-Host "Which"');
    await shows(page, /^Which: /mu);
    await enter(page, 'FILE01');
    await enter(page, '"heard $n"');
    await shows(page, /^heard FILE01/mu);
    await enter(page, '$s = Read-Host -AsSecureString "Password"');
    await shows(page, /^Password: /mu);
    await page.keyboard.type('pass');
    await shows(page, /^Password: \*{4}/mu);
    await page.keyboard.press('Enter');
    await enter(page, 'while ($true) {}');
    await page.keyboard.press('Control+c');
    await shows(page, /\^C/u);
    await enter(page, '"and on"');
    await shows(page, /^and on/mu);

    expect(await screen(page)).not.toContain('pass\n');
    await context.close();
  },
);

test(
  'too much to paste is refused in a sentence, and what fits is one entry',
  { timeout: 60_000 },
  async () => {
    const { page, context } = await joined('Emil');
    await opened(page, 'HV02');
    const paste = (text: string) =>
      page.evaluate(`{
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', ${JSON.stringify(text)});
        const event = { clipboardData, bubbles: true, cancelable: true };
        document.querySelector('.xterm-helper-textarea').dispatchEvent(new ClipboardEvent('paste', event));
      }`);

    await paste('x'.repeat(30_000));
    await page.getByText(/30,000 characters; a console takes 24,000/u).waitFor();
    await paste('1..3 | foreach {\r\n  "row $_"\r\n}\r\n');
    await shows(page, />>\s+"row \$_"/u);
    await page.keyboard.press('Enter');

    await shows(page, /^row 1\n+row 2\n+row 3/mu);
    await context.close();
  },
);

test(
  'two share a console, one hands it to the other, a third comes late, the server dies, all is there',
  { timeout: 180_000 },
  async () => {
    const [ann, bob] = [await joined('Ann'), await joined('Bob')];
    await opened(ann.page, 'HV03');

    // Bob sees what Ann types while she types it, and cannot type himself.
    await tabs(bob.page).filter({ hasText: 'HV03' }).click();
    await panel(bob.page).getByText('The keyboard is with Ann').waitFor();
    await ann.page.keyboard.type('$kept = "of Ann"');
    await shows(bob.page, /> \$kept = "of Ann"/u);
    await bob.page.locator('.xterm').click();
    await bob.page.keyboard.type('x');
    await bob.page.getByText('The keyboard is with Ann. Ask for it above.').waitFor();
    await ann.page.keyboard.press('Enter');
    await enter(ann.page, 'Get-VM | Select-Object Name');
    await shows(bob.page, /^DOS01/mu);
    await tabs(ann.page).filter({ hasText: 'looking on' }).waitFor();

    // Bob asks; not now; he asks again; Ann hands over in the middle of a line.
    await bob.page.getByRole('button', { name: 'Ask for the keyboard' }).click();
    await ann.page.getByText('Bob asks for the keyboard').waitFor();
    await ann.page.getByRole('button', { name: 'Not now', exact: true }).click();
    await panel(ann.page).getByText('You have the keyboard').waitFor();
    await bob.page.getByRole('button', { name: 'Asked; take back' }).click();
    await bob.page.getByRole('button', { name: 'Ask for the keyboard' }).click();
    await ann.page.locator('.xterm').click();
    await ann.page.keyboard.type('"half by Ann, ');
    await ann.page.getByRole('button', { name: 'Hand over' }).click();
    await panel(bob.page).getByText('You have the keyboard').waitFor();
    await bob.page.locator('.xterm').click();
    await enter(bob.page, 'half by Bob, $kept"');
    await shows(ann.page, /^half by Ann, half by Bob, of Ann/mu);
    await panel(ann.page).getByText('The keyboard is with Bob').waitFor();

    // Late, and again after a reload: the screen as the others have it.
    const cem = await joined('Cem');
    await tabs(cem.page).filter({ hasText: 'HV03' }).click();
    await shows(cem.page, /^half by Ann, half by Bob, of Ann/mu);
    const before = await screen(bob.page);
    expect(await screen(cem.page)).toBe(before);
    await bob.page.keyboard.type('"typed before');
    await shows(cem.page, /> "typed before/u);
    await bob.page.reload();
    await shows(bob.page, /^half by Ann, half by Bob, of Ann/mu);
    await shows(bob.page, /> "typed before/u);
    await panel(bob.page).getByText('You have the keyboard').waitFor();

    // Killed and started again: text and lines are there, variables are gone, and it says so.
    await server.kill();
    await bob.page.getByText('Not connected.').waitFor();
    server = start();
    await shows(bob.page, /began anew.*variables are gone/u);
    await shows(bob.page, /^half by Ann, half by Bob, of Ann/mu);
    // Who entered what stands beside each line, for who was there and for who was not.
    const names = ['Ann', 'Ann', 'Bob'];
    await expect.poll(() => enteredBy(bob.page), SOON).toEqual(names);
    await expect.poll(() => enteredBy(cem.page), SOON).toEqual(names);
    expect(await areAtTheEnd(cem.page)).toBe(true);
    await panel(bob.page).getByText('You have the keyboard').waitFor(SOON);
    await bob.page.locator('.xterm').click();
    await bob.page.keyboard.press('Escape');
    await bob.page.keyboard.press('ArrowUp');
    await shows(bob.page, /> "half by Ann, half by Bob, \$kept"/u);
    await bob.page.keyboard.press('Escape');
    await enter(bob.page, '"now [$kept]"');
    await shows(cem.page, /^now \[\]/mu);
    for (const { context } of [ann, bob, cem]) await context.close();
  },
);

test('the lower part is moved by keys, remembered, and the terminal left by F6', async () => {
  const { page, context } = await joined('Finn', { theme: 'dark' });
  await opened(page, 'HV02');
  const edge = page.getByRole('separator', { name: 'Height of the lower part' });
  const height = async () => Number(await edge.getAttribute('aria-valuenow'));
  const before = await height();

  await page.keyboard.press('F6');
  const focused = await page.evaluate('document.activeElement.getAttribute("role")');
  await edge.focus();
  await page.keyboard.press('ArrowUp');
  const higher = await height();
  await page.reload();
  await shows(page, /PS C:/u);

  expect(focused).toBe('tab');
  expect(higher).toBe(before + 24);
  expect(await height()).toBe(higher);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Hide this part' }).click();
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Hide this part' }).waitFor();
  await context.close();
});
