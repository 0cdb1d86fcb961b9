import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, person } from './fixture.ts';
import { inTree } from './steps.ts';

// The Settings window of one machine, by the instructor and by somebody who has it open at the same time;
// and what dialogs say when the lab refuses what they ask for.

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-settings-'));
const SOON = { timeout: 60_000 };
let server: ServerProcess;
let browser: Browser;
let ann: Page;
let bob: Page;
let on = '';

beforeAll(async () => {
  const port = await freePort();
  server = new ServerProcess({ dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') }, null);
  browser = await launch();
  const [, address = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
  ({ page: ann } = await person(browser, server.url));
  await ann.goto(new URL(address).pathname);
  await ann.getByRole('button', { name: 'Sign In' }).click();
  await ann.getByRole('button', { name: 'Open' }).first().click();
  await inTree(ann, 'DC01').click();
  on = new URL(ann.url()).searchParams.get('on') ?? '';
  const made = await ann.request.post(`${server.url}/api/labs/lab:demo/links`, { data: {} });
  const { url } = (await made.json()) as { readonly url: string };
  ({ page: bob } = await person(browser, server.url, { theme: 'dark' }));
  await bob.goto(new URL(url).pathname);
  await bob.getByRole('textbox').fill('Bob');
  await bob.getByRole('button', { name: /join/iu }).click();
  await bob.getByText('HV01').first().waitFor();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

const settings = (page: Page) => page.getByRole('dialog', { name: /^Settings for/u });
const button = (page: Page, name: string) =>
  settings(page).getByRole('button', { name, exact: true });
const line = (page: Page) => settings(page).getByRole('group', { name: 'The same in PowerShell' });

/** Until the settings of the machine are there, which come later than its name. */
const open = async (page: Page, step: string): Promise<void> => {
  await page.goto(`/lab/demo/machines?on=${on}&open=settings&page=${step}`);
  await settings(page).getByRole('button', { name: 'Network Adapter' }).waitFor();
  await settings(page)
    .getByRole('button', { name: /^BIOS.*Boot from \w/u })
    .waitFor();
};

const applied = async (page: Page): Promise<void> => {
  await button(page, 'Apply').click();
  await expect.poll(() => line(page).count(), SOON).toBe(0);
};

test('the boot order and the start action are changed, shown as PowerShell, and stay', async () => {
  await open(ann, 'bios');
  await settings(ann).getByRole('listbox', { name: 'Startup order' }).selectOption('IDE');
  await button(ann, 'Move Up').click();
  await settings(ann).getByRole('button', { name: 'Automatic Start Action' }).click();
  await settings(ann).getByRole('radio', { name: 'Nothing' }).check();

  const shown = await line(ann).innerText();
  await applied(ann);
  await ann.reload();
  await settings(ann)
    .getByRole('button', { name: /^BIOS.*Boot from IDE/u })
    .waitFor();

  expect(shown).toBe(
    'Set-VMBios DC01 -StartupOrder IDE, CD, LegacyNetworkAdapter, Floppy -ComputerName HV01; ' +
      'Set-VM DC01 -AutomaticStartAction Nothing -ComputerName HV01',
  );
  await settings(ann)
    .getByRole('button', { name: /^Automatic Start Action.*None/u })
    .waitFor();
});

test('what somebody else saves meanwhile is a conflict that names them, and is settled', async () => {
  await open(ann, 'name');
  await open(bob, 'name');
  const notes = (page: Page) => settings(page).getByRole('textbox', { name: 'Notes' });
  await notes(ann).fill('mine');
  await notes(bob).fill('theirs');

  await applied(bob);
  const conflict = settings(ann).getByRole('alert');
  await conflict.getByText('Bob changed the notes to “theirs”').waitFor();
  const held = await button(ann, 'OK').isDisabled();
  await conflict.getByRole('button', { name: 'Keep “mine”' }).click();
  await applied(ann);

  expect(held).toBe(true);
  await expect.poll(() => notes(bob).inputValue(), SOON).toBe('mine');
});

test('what is refused stays in the window, with the sentence of the product', async () => {
  await open(ann, 'stop');
  await settings(ann)
    .getByRole('radio', { name: /^Turn off/u })
    .check();
  await bob.goto(`/lab/demo/machines?on=${on}`);
  await bob.getByRole('button', { name: 'Start', exact: true }).click();
  await settings(ann).getByText('It is running now.').waitFor();

  await button(ann, 'Apply').click();
  const refusal = settings(ann).getByRole('alert').filter({ hasText: 'was not changed' });
  await refusal.waitFor();

  expect(await refusal.innerText()).toContain(
    'The operation cannot be performed while the object is in its current state.',
  );
  expect(await line(ann).innerText()).toBe(
    'Set-VM DC01 -AutomaticStopAction TurnOff -ComputerName HV01',
  );
});

test('a wizard that is refused stays open, with everything in it and the sentence of the product', async () => {
  await ann.goto('/lab/demo/machines?on=host:HV02');
  await ann.getByRole('button', { name: 'Stop Service…' }).click();
  const question = ann.getByRole('alertdialog');
  await question.getByRole('button', { name: 'Stop Service', exact: true }).click();
  await ann.getByRole('button', { name: 'Start Service', exact: true }).first().waitFor();
  await ann.goto('/lab/demo/machines?on=host:HV02&open=new-vm&page=name');
  const wizard = ann.getByLabel('New Virtual Machine Wizard');
  const name = wizard.getByRole('textbox', { name: /^Name/u });
  await name.fill('REFUSED01');

  await wizard.getByRole('button', { name: 'Finish' }).click();
  const refusal = wizard.getByRole('alert').filter({ hasText: 'was not created' });
  await refusal.waitFor();

  expect(await refusal.innerText()).toContain(
    'Check that the Virtual Machine Management service is running',
  );
  expect(await name.inputValue()).toBe('REFUSED01');
});
