import type { BrowserContext, Page } from 'playwright-core';
import type { ServerProcess } from '../kill/server-process.ts';
import { inTree } from './steps.ts';
import { makeEmptyLab, makeSlowStart, useConsole } from './world-around.ts';

// A lab in which there is something to see in every corner: a host that works, one without its service,
// one without power, machines that run, that are paused and saved, and one that found nothing to boot.

export interface KnownWorld {
  readonly cookies: Awaited<ReturnType<BrowserContext['cookies']>>;
  /** The address of the lab, and machines in it by name. */
  readonly lab: string;
  readonly ids: ReadonlyMap<string, string>;
  /** Another lab, without machines. */
  readonly empty: string;
  /** The X-ray of a start at a thousandth of the pace, in a lab of its own. */
  readonly slow: string;
}

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

const ask = async (page: Page, name: string): Promise<void> => {
  await press(page, `${name}…`);
  await page.getByRole('alertdialog').getByRole('button', { name, exact: true }).click();
};

const bring = async (page: Page, name: string, by: string, state: string): Promise<string> => {
  await inTree(page, name).click();
  await press(page, by);
  await page.getByRole('treeitem', { name: new RegExp(`^${name}, ${state}$`, 'u') }).waitFor();
  return new URL(page.url()).searchParams.get('on') ?? '';
};

/** The lab's clock, for everyone: nobody waits for a guest to boot. */
const pace = async (page: Page, speed: string): Promise<void> => {
  await page.getByRole('button', { name: /^Speed/u }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(`^${speed}`, 'u') }).click();
  await page.getByRole('button', { name: `Speed, ${speed}`, exact: true }).waitFor();
};

/** Without a disk: its firmware finds nothing. */
const makeBare = async (page: Page): Promise<void> => {
  await inTree(page, 'HV01').first().click();
  await press(page, 'New Virtual Machine…');
  const wizard = page.getByLabel('New Virtual Machine Wizard');
  const next = wizard.getByRole('button', { name: /^Next/u });
  await next.click();
  await wizard.getByRole('textbox', { name: /^Name/u }).fill('BARE01');
  for (let i = 0; i < 3; i += 1) await next.click();
  await wizard.getByRole('radio', { name: /later/u }).check();
  await wizard.getByRole('button', { name: 'Finish' }).click();
  await wizard.waitFor({ state: 'detached' });
};

export const makeWorld = async (page: Page, server: ServerProcess): Promise<KnownWorld> => {
  page.setDefaultTimeout(120_000);
  const [, address = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
  await page.goto(new URL(address).pathname);
  await press(page, 'Sign In');
  await page.getByRole('button', { name: 'Open' }).first().click();

  await pace(page, '10x');
  const ids = new Map<string, string>();
  ids.set('SQL01', await bring(page, 'SQL01', 'Start', 'Running'));
  await bring(page, 'SQL01', 'Save', 'Saved');
  ids.set('FILE01', await bring(page, 'FILE01', 'Start', 'Running'));
  await bring(page, 'FILE01', 'Pause', 'Paused');
  await makeBare(page);
  ids.set('BARE01', await bring(page, 'BARE01', 'Start', 'Running'));
  await inTree(page, 'HV02').click();
  await ask(page, 'Stop Service');
  await inTree(page, 'HV03').click();
  await ask(page, 'Cut Power');
  await inTree(page, 'DC01').click();
  ids.set('DC01', new URL(page.url()).searchParams.get('on') ?? '');
  ids.set('WEB01', await bring(page, 'WEB01', 'Start', 'Running'));
  await page.getByText('OK (No Application Data)').waitFor();

  await pace(page, '1x');
  await useConsole(page);

  const lab = new URL(page.url()).pathname.replace(/\/machines$/u, '');
  const empty = await makeEmptyLab(page);
  const slow = await makeSlowStart(page);
  return { cookies: await page.context().cookies(), lab, ids, empty, slow };
};
