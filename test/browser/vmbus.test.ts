import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, type Person, person, type PersonOptions } from './fixture.ts';
import { longTasksWhile } from './smooth.ts';
import { violations } from './violations.ts';

// The bus of a machine as one person reads it, on the shipped server.

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-vmbus-'));
let server: ServerProcess;
let browser: Browser;
let cookies: Awaited<ReturnType<Person['context']['cookies']>>;
let bus = '';

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
  const on = new URL(page.url()).searchParams.get('on') ?? '';
  bus = `/lab/demo/vmbus?on=${on}`;
  await page.goto(bus);
  // Its integration services negotiate last.
  await page
    .getByRole('grid', { name: 'Messages' })
    .getByText('VSS: Negotiate answered')
    .first()
    .waitFor({ timeout: 90_000 });
  cookies = await context.cookies();
  await context.close();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

const SOON = { timeout: 60_000 };

const messages = (page: Page) => page.getByRole('grid', { name: 'Messages' }).getByRole('row');
const isFocused = (element: { matches: (selector: string) => boolean }): boolean =>
  element.matches(':focus');
const filterBox = (page: Page) => page.getByRole('combobox', { name: 'Display filter' });

const opened = async (options: PersonOptions = {}, filter = ''): Promise<Person> => {
  const someone = await signedIn(options);
  await someone.page.goto(filter === '' ? bus : `${bus}&filter=${encodeURIComponent(filter)}`);
  await messages(someone.page).nth(3).waitFor();
  return someone;
};

test('a filter is completed while it is typed, says what is wrong, and lists what it wants', async () => {
  const { page, context } = await opened();
  const box = filterBox(page);

  await box.click();
  await page.keyboard.type('type == Offer');
  await page.getByRole('option', { name: 'OfferChannel' }).waitFor();
  await page.keyboard.press('Enter');
  expect(await box.inputValue()).toBe('type == OfferChannel ');

  await page.keyboard.type('&& channel = 3');
  await page.getByText('Equal is written ==.').waitFor();
  expect(await box.getAttribute('aria-invalid')).toBe('true');

  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('= 3');
  await expect.poll(() => messages(page).count(), SOON).toBe(2);
  expect(await messages(page).nth(1).innerText()).toMatch(/OfferChannel/u);
  await expect
    .poll(() => new URL(page.url()).searchParams.get('filter'), SOON)
    .toBe('type == OfferChannel && channel == 3');

  await page.keyboard.press('Space');
  await page.getByRole('option', { name: '&&' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.getByRole('button', { name: 'Clear the filter' }).evaluate(isFocused)).toBe(
    true,
  );
  await context.close();
});

test('a message, its fields and its bytes are linked, whichever of them is chosen', async () => {
  const { page, context } = await opened({}, 'type == OfferChannel');
  const fields = page.getByRole('region', { name: 'Fields' });
  const bytes = page.getByRole('region', { name: 'Bytes' });

  await messages(page).nth(2).click();
  await fields.getByRole('button', { name: /^connectionId/u }).click();
  const lit = await bytes.locator('b[data-byte][class*=lit]').count();
  await bytes.locator('b[data-byte="184"]').click();
  const pressed = fields.locator('[aria-pressed=true]');

  expect(lit).toBe(4);
  await expect.poll(() => pressed.allInnerTexts(), SOON).toHaveLength(1);
  expect(await pressed.innerText()).toMatch(/^channelId/u);
  expect(new URL(page.url()).searchParams.get('inspect')).toMatch(/^fact:\d+$/u);
  await context.close();
});

test('the list is gone through by keys, and a link opens the same message', async () => {
  const { page, context } = await opened();
  await page.getByRole('grid', { name: 'Messages' }).focus();

  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  const chosen = page.locator('[role=row][aria-selected=true]');
  await chosen.first().waitFor();
  const text = await page
    .getByRole('grid', { name: 'Messages' })
    .locator('[aria-selected=true]')
    .innerText();
  await page.reload();
  await messages(page).nth(3).waitFor();

  await expect
    .poll(
      () =>
        page.getByRole('grid', { name: 'Messages' }).locator('[aria-selected=true]').innerText(),
      SOON,
    )
    .toBe(text);
  await context.close();
});

/** The packets of a capture: how long each is, and the first word of it. */
const packetsOf = (
  bytes: Buffer,
): readonly { readonly length: number; readonly type: number }[] => {
  const packets: { readonly length: number; readonly type: number }[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32LE(at + 4)) {
    if (bytes.readUInt32LE(at) !== 6) continue;
    packets.push({ length: bytes.readUInt32LE(at + 20), type: bytes.readUInt32LE(at + 28) });
  }
  return packets;
};

test('the download is a capture of the listed messages with their bytes', async () => {
  const { page, context } = await opened({}, 'type == OfferChannel');
  const listed = (await messages(page).count()) - 1;

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'pcapng' }).click(),
  ]);
  const bytes = readFileSync(await download.path());

  const packets = packetsOf(bytes);

  expect(download.suggestedFilename()).toBe('WEB01-vmbus.pcapng');
  expect(packets).toHaveLength(listed);
  // Every one of them is an OfferChannel of 196 bytes, type 1, as it lay in memory.
  expect(new Set(packets.map(({ length, type }) => `${length} ${type}`))).toEqual(
    new Set(['196 1']),
  );
  await context.close();
});

test('data packets are filtered, held and downloaded as they are listed', async () => {
  const { page, context } = await signedIn();
  await page.goto(`${bus}&show=packets`);
  const grid = page.getByRole('grid', { name: 'Data packets' });
  await grid.getByText('guest to host').first().waitFor();
  await grid.getByText('host to guest').first().waitFor();

  await filterBox(page).fill('direction == "guest to host" && summary contains "answered"');
  await expect
    .poll(() => new URL(page.url()).searchParams.get('filter'), SOON)
    .toBe('direction == "guest to host" && summary contains "answered"');
  await page.getByText(/^[\d,]+ of [\d,]+ of a sample/u).waitFor();
  await grid
    .getByRole('row', { name: /Heartbeat/u })
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Hold' }).click();
  const rows = await grid.getByRole('row').allInnerTexts();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'pcapng' }).click(),
  ]);
  const packets = packetsOf(readFileSync(await download.path()));

  expect(rows.slice(1).filter(text => !/guest to host[\s\S]*answered/u.test(text))).toEqual([]);
  expect(download.suggestedFilename()).toBe('WEB01-packets.pcapng');
  expect(packets).toHaveLength(Number(await grid.getAttribute('aria-rowcount')) - 1);
  // In-band packets of integration components: type 6 in a descriptor of 16 bytes.
  expect(new Set(packets.map(({ type }) => type & 0xffff))).toEqual(new Set([6]));
  await context.close();
});

test('held still, the list counts what comes, and goes on', async () => {
  const { page, context } = await opened();
  const grid = page.getByRole('grid', { name: 'Messages' });
  const listed = async () => Number(await grid.getAttribute('aria-rowcount'));
  await page.getByRole('button', { name: 'Hold' }).click();
  const before = await listed();

  await page.getByRole('button', { name: 'Shut Down…' }).click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: 'Shut Down', exact: true })
    .click();
  await page.getByRole('button', { name: /Go on.*new/u }).waitFor({ timeout: 60_000 });

  expect(await listed()).toBe(before);
  await page.getByRole('button', { name: /Go on/u }).click();
  await expect.poll(listed, SOON).toBeGreaterThan(before);
  await context.close();
});

const MILLION = 1_000_000;
const A_PAGE = 20_000;

/** The past of a bus with a million messages, by the pages that the page asks for. */
const aLongPast = async (page: Page): Promise<void> => {
  let left = MILLION;
  await page.route(/\/api\/labs\/[^/]+\/facts\?/u, async route => {
    const count = Math.min(A_PAGE, left);
    const first = left - count;
    left -= count;
    const facts = Array.from({ length: count }, (_, index) => {
      const n = first + index - MILLION;
      return {
        n,
        turn: 1,
        at: 0,
        kind: 'packet',
        from: n % 2 === 0 ? 'netvsp' : 'netvsc',
        to: n % 2 === 0 ? 'netvsc' : 'netvsp',
        host: null,
        vm: null,
        cause: null,
        audience: 'everyone',
        summary: `Network Adapter: frame of kind ${Math.abs(n % 97)}`,
        data: { channel: 1 + Math.abs(n % 13), packetType: 'InBand' },
      };
    });
    await route.fulfill({ json: { facts, more: left > 0 } });
  });
};

test(
  'a million messages are scrolled and filtered without a stop, in bounded memory',
  { timeout: 240_000 },
  async () => {
    const { page, context } = await signedIn();
    await aLongPast(page);
    await page.goto(bus);
    const grid = page.getByRole('grid', { name: 'Messages' });
    const count = async () => Number(await grid.getAttribute('aria-rowcount')) - 1;
    await messages(page).nth(3).waitFor();
    while ((await count()) < MILLION) {
      const before = await count();
      await grid.evaluate((element: { scrollTop: number }) => (element.scrollTop = 0));
      await expect.poll(count, { timeout: 60_000, interval: 20 }).toBeGreaterThan(before);
      await grid.evaluate((element: { scrollTop: number }) => (element.scrollTop = 2_000));
    }

    const scrolling = await longTasksWhile(page, async () => {
      await grid.hover();
      for (let i = 0; i < 60; i += 1) {
        await page.mouse.wheel(0, i < 30 ? 700 : -500);
        await page.waitForTimeout(30);
      }
      await grid.evaluate((element: { scrollTop: number }) => (element.scrollTop = 4_000_000));
      await page.waitForTimeout(300);
    });
    const filtering = await longTasksWhile(page, async () => {
      await filterBox(page).fill('channel == 3 && summary contains "kind 7"');
      await expect.poll(count, { timeout: 60_000 }).toBeLessThan(100_000);
      await page.getByText(/^[\d,]+ of 1,000,\d+$/u).waitFor({ timeout: 60_000 });
    });
    const session = await context.newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = (await session.send('Runtime.getHeapUsage')) as {
      usedSize: number;
      backingStorageSize?: number;
    };

    // A list that drew or searched all of them in one go would stop for seconds on any machine.
    expect(Math.max(0, ...scrolling)).toBeLessThan(1_000);
    expect(Math.max(0, ...filtering)).toBeLessThan(1_000);
    expect((usedSize + backingStorageSize) / 1e6).toBeLessThan(250);
    await context.close();
  },
);

test.each(['light', 'dark'] as const)(
  'the bus in the %s theme can be read and heard',
  async theme => {
    const { page, problems, context } = await opened({ theme });
    await messages(page).nth(2).click();
    await page.getByRole('region', { name: 'Fields' }).getByRole('button').first().waitFor();

    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  },
);
