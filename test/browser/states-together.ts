import type { Page, WebSocketRoute } from 'playwright-core';
import type { State } from './states.ts';
import { inTree } from './steps.ts';
import type { KnownWorld } from './world.ts';

// States that one person alone does not bring about: a network that is gone, somebody else in a wizard or
// in the same settings, a console in which much was said, a lab that is empty, a start in slow motion.

/** Somebody else in the same lab, in a browser of their own; gone when `leave` is called. */
const somebodyElse = async (page: Page, at: string): Promise<Page> => {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page is of a browser');
  const made = await page.request.post('/api/labs/lab:demo/links', { data: {} });
  const { url } = (await made.json()) as { readonly url: string };
  const context = await browser.newContext({ baseURL: new URL(page.url()).origin });
  context.setDefaultTimeout(60_000);
  const other = await context.newPage();
  await other.goto(new URL(url).pathname);
  // Nobody may come by a name that is there already: each look has its own Bob.
  await other.getByRole('textbox').fill(`Bob ${Date.now() % 100_000}`);
  await other.getByRole('button', { name: /join/iu }).click();
  await inTree(other, 'HV01').first().waitFor();
  await other.goto(at);
  await inTree(other, 'HV01').first().waitFor();
  return other;
};

const others = new WeakMap<Page, Page>();

const meet = async (page: Page, at: string): Promise<Page> => {
  const other = await somebodyElse(page, at);
  others.set(page, other);
  return other;
};

const part = async (page: Page): Promise<void> => {
  await others.get(page)?.context().close();
};

const mended = new WeakMap<Page, () => void>();

/** Pulls the cable of a page in its lab; what it tries then ends at once. */
const cut = async (page: Page): Promise<void> => {
  let isCut = false;
  const open: WebSocketRoute[] = [];
  mended.set(page, () => (isCut = false));
  await page.routeWebSocket(/\/ws/u, route => {
    if (isCut) return void route.close({ code: 1001 });
    route.connectToServer();
    open.push(route);
  });
  await page.reload();
  await inTree(page, 'WEB01').waitFor();
  await page.getByText('its guest answers').waitFor();
  isCut = true;
  for (const route of open) await route.close({ code: 1001 });
};

const settings = (page: Page) => page.getByRole('dialog', { name: /^Settings for/u });

/** The settings of a machine come later than its name. */
const writeNotes = async (page: Page, text: string): Promise<void> => {
  await settings(page)
    .getByRole('button', { name: /^BIOS.*Boot from \w/u })
    .waitFor();
  await settings(page).getByRole('textbox', { name: 'Notes' }).fill(text);
};

const conflict = async (page: Page, at: string): Promise<void> => {
  await writeNotes(page, 'for the class of Monday');
  const other = await meet(page, at);
  await writeNotes(other, `for the class of Tuesday, ${Date.now() % 100_000}`);
  await settings(other).getByRole('button', { name: 'Apply', exact: true }).click();
};

export const togetherOf = ({ lab, empty, slow, ids }: KnownWorld): readonly State[] => {
  const on = (name: string): string => `${lab}/machines?on=${ids.get(name) ?? ''}`;
  const names = `${on('DC01')}&open=settings&page=name`;
  return [
    {
      name: 'wizard-of-somebody-else',
      at: `${lab}/machines?on=host:HV01`,
      does: page => meet(page, `${lab}/machines?on=host:HV01&open=new-vm&page=memory`),
      shows: 'text=/is in New Virtual Machine/',
      undo: part,
    },
    {
      name: 'settings-conflict',
      at: names,
      does: page => conflict(page, names),
      shows: '[role=dialog] [role=alert]',
      undo: part,
    },
    {
      name: 'console-text',
      at: on('WEB01'),
      does: page => page.getByRole('tab', { name: /^HV01/u }).click(),
      shows: '.xterm-rows span:has-text("Copying")',
    },
    { name: 'lab-without-machines', at: `${empty}/machines?on=host:HV01`, shows: 'main' },
    { name: 'xray-start-slow', at: slow, shows: '[aria-label^="The virtualization stack"]' },
    // The last one: what goes through a cable that was cut once is a little slower.
    {
      name: 'offline',
      at: on('WEB01'),
      does: cut,
      shows: 'text=It connects again by itself',
      undo: async page => mended.get(page)?.(),
    },
  ];
};
