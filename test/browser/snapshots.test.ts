import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, person } from './fixture.ts';
import { inTree } from './steps.ts';

// Snapshots by hand: taken, renamed, applied, deleted, in the pane below the list.

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-snapshots-'));
const SOON = 90_000;
let server: ServerProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const port = await freePort();
  server = new ServerProcess({ dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') }, null);
  browser = await launch();
  const [, address = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
  ({ page } = await person(browser, server.url));
  page.setDefaultTimeout(SOON);
  await page.goto(new URL(address).pathname);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await page.getByRole('button', { name: 'Open' }).first().click();
  await inTree(page, 'DC01').click();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

const pane = () => page.getByRole('region', { name: 'Snapshots of DC01' });
const button = (name: string | RegExp) => pane().getByRole('button', { name });

test('a snapshot is taken, stands in the tree with Now below it, and is renamed', async () => {
  await pane().getByText('has no snapshots').waitFor();
  await button('Snapshot').click();
  await button(/^DC01 - \(/u).click();
  await button('Rename…').click();
  await pane().getByRole('textbox', { name: 'New name' }).fill('Clean');
  await button('Rename').click();
  await button(/^Clean/u).waitFor();

  const lines = await pane().getByRole('listitem').allInnerTexts();

  expect(lines.map(line => line.slice(0, 5))).toEqual(['Clean', 'Now']);
});

test('it is applied after a question that has its line, then deleted', async () => {
  await button('Apply…').click();
  const question = page.getByRole('alertdialog');
  const line = await question.getByRole('group', { name: 'The same in PowerShell' }).innerText();
  await question.getByRole('button', { name: 'Apply' }).click();
  await question.waitFor({ state: 'detached' });
  // Once it was applied: until then nothing else may be done to the machine.
  await button('Delete Snapshot…').click();
  await question.getByRole('button', { name: 'Delete', exact: true }).click();
  await pane().getByText('has no snapshots').waitFor();

  expect(line).toBe(
    'Restore-VMSnapshot -VMName DC01 -Name Clean -Confirm:$false -ComputerName HV01',
  );
});
