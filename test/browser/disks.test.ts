import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, person } from './fixture.ts';
import { inTree } from './steps.ts';

// Virtual hard disks by hand: made in the wizard, looked at, attached, converted.

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-disks-'));
const SOON = { timeout: 90_000 };
let server: ServerProcess;
let browser: Browser;
let page: Page;
let vm = '';

beforeAll(async () => {
  const port = await freePort();
  server = new ServerProcess({ dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') }, null);
  browser = await launch();
  const [, address = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
  ({ page } = await person(browser, server.url));
  page.setDefaultTimeout(SOON.timeout);
  await page.goto(new URL(address).pathname);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await page.getByRole('button', { name: 'Open' }).first().click();
  await inTree(page, 'DC01').click();
  vm = new URL(page.url()).searchParams.get('on') ?? '';
}, 240_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

const FOLDER = 'C:\\VHDs';

test('a disk is made in the wizard, whose last page has the line that does the same', async () => {
  await page.goto('/lab/demo/machines?on=host:HV01');
  await page.getByRole('button', { name: 'New Hard Disk…' }).click();
  const wizard = page.getByLabel('New Virtual Hard Disk Wizard');
  const next = wizard.getByRole('button', { name: /^Next/u });
  await next.click();
  await next.click();
  await wizard.getByRole('radio', { name: 'Dynamically expanding' }).waitFor();
  await next.click();
  await wizard.getByRole('textbox', { name: /^Name/u }).fill('Data.vhdx');
  await wizard.getByRole('textbox', { name: 'Location' }).fill(FOLDER);
  await next.click();
  await wizard.getByRole('spinbutton').fill('40');
  await next.click();
  const line = await wizard.getByRole('group', { name: 'The same in PowerShell' }).innerText();

  await wizard.getByRole('button', { name: 'Finish' }).click();
  await wizard.waitFor({ state: 'detached' });

  expect(line).toBe(
    `New-VHD -Path ${FOLDER}\\Data.vhdx -SizeBytes 40GB -Dynamic -ComputerName HV01`,
  );
});

test('it is inspected: what it is, how large, and which blocks are there', async () => {
  await page.getByRole('button', { name: 'Inspect Disk…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Virtual Hard Disk Properties' });
  await dialog.getByRole('combobox').selectOption(`${FOLDER}\\Data.vhdx`);
  await dialog.getByText('Dynamically expanding virtual hard disk').waitFor();

  const text = await dialog.innerText();

  expect(text).toContain('4.00 MB');
  expect(text).toContain('40.00 GB');
  expect(text).toContain('0 of 1,280 blocks');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'detached' });
});

test('it is attached to a SCSI controller in Settings, by two buttons that say their lines', async () => {
  await page.goto(`/lab/demo/machines?on=${vm}&open=settings&page=scsi-0`);
  const settings = page.getByRole('dialog', { name: /^Settings for/u });
  const on = new URL(page.url()).searchParams.get('on');
  await settings.getByRole('button', { name: 'Add', exact: true }).click();
  const drive = settings.getByRole('button', { name: /^Hard Drive.*None/u });
  await drive.click();
  await settings.getByRole('combobox', { name: 'File' }).selectOption(`${FOLDER}\\Data.vhdx`);
  const attach = settings.getByRole('button', { name: 'Attach', exact: true });
  await attach.waitFor();
  const [line] = await settings
    .getByRole('group', { name: 'The same in PowerShell' })
    .allInnerTexts();

  await attach.click();
  await settings.getByRole('button', { name: /^Hard Drive.*Data\.vhdx/u }).waitFor();

  expect(on).toBe(vm);
  expect(line).toBe(
    `Set-VMHardDiskDrive DC01 -ControllerType SCSI -ControllerNumber 0 -ControllerLocation 0 -Path ${FOLDER}\\Data.vhdx -ComputerName HV01`,
  );
});

test('a disk is converted in the other wizard, and a refusal stays in it', async () => {
  await page.goto('/lab/demo/machines?on=host:HV01&open=edit-disk');
  const wizard = page.getByLabel('Edit Virtual Hard Disk Wizard');
  const next = wizard.getByRole('button', { name: /^Next/u });
  await wizard.getByRole('combobox').selectOption(`${FOLDER}\\Data.vhdx`);
  await next.click();
  await wizard.getByRole('radio', { name: 'Convert' }).check();
  await next.click();
  const to = wizard.getByRole('textbox', { name: 'Name and location' });
  await to.fill(`${FOLDER}\\Data.vhdx`);
  await wizard.getByRole('button', { name: 'Finish' }).click();
  const refusal = wizard.getByRole('alert').filter({ hasText: 'was not converted' });
  await refusal.waitFor();
  const sentence = await refusal.innerText();

  await to.fill(`${FOLDER}\\Copy.vhd`);
  await wizard.getByRole('button', { name: 'Finish' }).click();
  await wizard.waitFor({ state: 'detached' });

  expect(sentence).toContain('The file exists. (0x80070050)');
});
