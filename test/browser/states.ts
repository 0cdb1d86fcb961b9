import type { Locator, Page } from 'playwright-core';
import { togetherOf } from './states-together.ts';
import type { KnownWorld } from './world.ts';

// Every tab, wizard page, dialog, menu, empty and error state of the page, by its address and what one does
// there: read by the test of readability, and photographed by `npm run screenshots`.

export interface State {
  readonly name: string;
  readonly at: string;
  readonly does?: (page: Page) => Promise<unknown>;
  /** What then is in sight. */
  readonly shows: string;
  /** Whatever of it would stay when one goes elsewhere. */
  readonly undo?: (page: Page) => Promise<unknown>;
}

/** The picture of the past is here. */
const lookedBack = (page: Page): Promise<void> =>
  page.getByText('looking back…').waitFor({ state: 'detached' });

const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: true }).first();

const click = (name: string | RegExp) => (page: Page) => button(page, name).click();

const HOUSE: readonly State[] = [
  { name: 'labs', at: '/labs', shows: 'main a' },
  { name: 'new-lab', at: '/labs/new', shows: 'main textarea' },
  {
    name: 'new-lab-faults',
    at: '/labs/new',
    does: async page => {
      await page.getByRole('textbox', { name: /^Name/u }).fill('A lab with faults');
      await page.locator('main textarea').fill('name: Broken\nera: 1999\nhosts: none\n');
      await click(/^Create/u)(page);
    },
    shows: '[role=alert]',
  },
  { name: 'history', at: '/labs/demo/history', shows: 'h1' },
  {
    name: 'history-past',
    at: '/labs/demo/history',
    does: async page => {
      await page.getByRole('textbox', { name: 'Second' }).fill('12');
      await click('Look Back')(page);
      await page.getByRole('region', { name: 'Past picture' }).getByText('State hash').waitFor();
    },
    shows: '[aria-label="Past picture"]',
  },
  { name: 'join-nowhere', at: '/join/nowhere', shows: '[role=alert]' },
  { name: 'sign-in', at: '/sign-in/nowhere', shows: 'main button' },
  {
    name: 'sign-in-refused',
    at: '/sign-in/nowhere',
    does: click('Sign In'),
    shows: '[role=alert]',
  },
  { name: 'password', at: '/sign-in', shows: 'main input' },
  {
    name: 'account',
    at: '/account',
    does: page => page.getByText('This browser').waitFor(),
    shows: 'main input',
  },
  { name: 'unknown-page', at: '/nowhere', shows: 'main h1' },
  { name: 'unknown-lab', at: '/lab/nowhere/machines', shows: '[role=alert]' },
];

const DRAWING = '[aria-label^="The virtualization stack"]';
const DIALOG = '[role=dialog]';
const QUESTION = '[role=alertdialog]';
const MENU = '[role=menu]';
const INSPECTOR = 'section[aria-label^=Inspector]';
const TIMELINE = '[aria-label^=Timeline]';

const PAGES_OF_WIZARD = [
  'begin',
  'name',
  'memory',
  'networking',
  'disk',
  'installation',
  'summary',
];
const PAGES_OF_SETTINGS = [
  'add',
  'bios',
  'memory',
  'processor',
  'compatibility',
  'numa',
  'ide-0',
  'disk-ide-0-0',
  'ide-1',
  'dvd',
  'scsi-0',
  'network',
  'acceleration',
  'features',
  'com-1',
  'diskette',
  'name',
  'services',
  'snapshots',
  'paging',
  'start',
  'stop',
];
const FROZEN_WHILE_RUNNING = ['bios', 'memory', 'processor', 'stop'];

interface Addresses {
  readonly lab: string;
  readonly of: (name: string) => string;
}

const machines = ({ lab, of }: Addresses): readonly State[] => [
  { name: 'machines', at: `${lab}/machines`, shows: '[role=grid]' },
  {
    name: 'machines-host',
    at: `${lab}/machines?on=host:HV01`,
    shows: 'section[aria-label="Details of HV01"]',
  },
  {
    name: 'machines-no-service',
    at: `${lab}/machines?on=host:HV02`,
    shows: 'main [role=alert]',
  },
  { name: 'machines-no-power', at: `${lab}/machines?on=host:HV03`, shows: 'main [role=alert]' },
  ...['summary', 'memory', 'networking', 'compare'].map(detail => ({
    name: `machine-${detail}`,
    at: `${lab}/machines?on=${of('WEB01')}&detail=${detail}`,
    shows: '[role=tabpanel]',
  })),
  { name: 'machine-off', at: `${lab}/machines?on=${of('DC01')}`, shows: '[role=tabpanel]' },
  {
    name: 'machine-nothing-to-boot',
    at: `${lab}/machines?on=${of('BARE01')}`,
    shows: '[role=tabpanel]',
  },
  {
    name: 'machine-inspected',
    at: `${lab}/machines?on=${of('WEB01')}&inspect=${of('WEB01')}`,
    shows: INSPECTOR,
  },
  {
    name: 'machine-menu',
    at: `${lab}/machines?on=${of('WEB01')}`,
    does: page =>
      page
        .getByRole('row', { name: /^WEB01/u })
        .first()
        .click({ button: 'right' }),
    shows: MENU,
  },
];

const dialogs = ({ lab, of }: Addresses): readonly State[] => {
  const on = (name: string): string => `${lab}/machines?on=${of(name)}`;
  const wizard = `${lab}/machines?on=host:HV01&open=new-vm`;
  return [
    ...PAGES_OF_WIZARD.map(step => ({
      name: `wizard-${step}`,
      at: `${wizard}&page=${step}`,
      shows: `${DIALOG} form`,
    })),
    {
      name: 'wizard-fault',
      at: `${wizard}&page=name`,
      does: async page => {
        await page.getByRole('dialog').getByRole('textbox', { name: /^Name/u }).fill('');
        await button(page, /^Next/u).click();
      },
      shows: `${DIALOG} [role=alert]`,
    },
    ...PAGES_OF_SETTINGS.map(step => ({
      name: `settings-${step}`,
      at: `${on('DC01')}&open=settings&page=${step}`,
      shows: `${DIALOG} nav`,
    })),
    ...FROZEN_WHILE_RUNNING.map(step => ({
      name: `settings-running-${step}`,
      at: `${on('WEB01')}&open=settings&page=${step}`,
      shows: `${DIALOG} nav`,
    })),
    { name: 'rename', at: `${on('WEB01')}&open=rename`, shows: `${DIALOG} form` },
    ...['WEB01', 'DC01', 'BARE01'].map(name => ({
      name: `connect-${name.toLowerCase()}`,
      at: `${on(name)}&open=connect`,
      shows: `${DIALOG} [role=toolbar]`,
    })),
    {
      name: 'connect-menu',
      at: `${on('WEB01')}&open=connect`,
      does: click('Action'),
      shows: MENU,
    },
    ...(['Turn Off…', 'Shut Down…', 'Reset…'] as const).map(name => ({
      name: `ask-${name.slice(0, -1).toLowerCase().replace(' ', '-')}`,
      at: on('WEB01'),
      does: click(name),
      shows: QUESTION,
    })),
    { name: 'ask-delete', at: on('DC01'), does: click('Delete…'), shows: QUESTION },
    ...(['Stop Service…', 'Shut Down Host…', 'Cut Power…'] as const).map(name => ({
      name: `ask-${name.slice(0, -1).toLowerCase().replaceAll(' ', '-')}`,
      at: on('WEB01'),
      does: click(name),
      shows: QUESTION,
    })),
  ];
};

const insides = ({ lab, of }: Addresses): readonly State[] => {
  const web = of('WEB01');
  return [
    { name: 'xray-nothing-chosen', at: `${lab}/xray`, shows: 'main' },
    ...['simple', 'full'].flatMap(level => [
      { name: `xray-${level}`, at: `${lab}/xray?on=${web}&level=${level}`, shows: DRAWING },
      {
        name: `xray-host-${level}`,
        at: `${lab}/xray?on=host:HV01&level=${level}`,
        shows: DRAWING,
      },
    ]),
    { name: 'xray-no-power', at: `${lab}/xray?on=host:HV03`, shows: DRAWING },
    {
      name: 'xray-inspected',
      at: `${lab}/xray?on=${web}&inspect=component:vid`,
      shows: INSPECTOR,
    },
    {
      name: 'xray-past',
      at: `${lab}/xray?on=${web}&level=full&turn=60`,
      does: lookedBack,
      shows: DRAWING,
    },
    { name: 'vmbus-nothing-chosen', at: `${lab}/vmbus`, shows: 'main' },
    { name: 'vmbus', at: `${lab}/vmbus?on=${web}`, shows: 'main [role=grid]' },
    {
      name: 'vmbus-message',
      at: `${lab}/vmbus?on=${web}`,
      does: page => page.locator('main [role=grid] [role=row]').nth(3).click(),
      shows: 'main [role=grid] [aria-selected=true]',
    },
    {
      name: 'vmbus-packets',
      at: `${lab}/vmbus?on=${web}&show=packets`,
      shows: '[aria-label="Data packets"]',
    },
    {
      name: 'vmbus-completion',
      at: `${lab}/vmbus?on=${web}`,
      does: page => page.getByRole('combobox').first().pressSequentially('ty'),
      shows: '[role=listbox]',
    },
    { name: 'vmbus-off', at: `${lab}/vmbus?on=${of('DC01')}`, shows: 'main' },
    {
      name: 'processes',
      at: `${lab}/processes?on=host:HV01`,
      shows: '[aria-label=Processes]',
    },
    { name: 'processes-all', at: `${lab}/processes`, shows: '[aria-label=Processes]' },
    {
      name: 'processes-no-power',
      at: `${lab}/processes?on=host:HV03`,
      shows: 'main',
    },
    { name: 'events', at: `${lab}/events`, shows: '[aria-label=Events]' },
    {
      name: 'events-one',
      at: `${lab}/events`,
      does: page => page.locator('[aria-label=Events] [role=row]').nth(2).click(),
      shows: '[aria-label=Events]',
    },
    {
      name: 'events-none',
      at: `${lab}/events?filter=nothing-has-this`,
      shows: '[aria-label=Events]',
    },
    { name: 'timeline', at: `${lab}/timeline?on=${web}`, shows: TIMELINE },
    { name: 'timeline-lab', at: `${lab}/timeline`, shows: TIMELINE },
    {
      name: 'timeline-past',
      at: `${lab}/timeline?on=${web}&turn=60`,
      does: lookedBack,
      shows: TIMELINE,
    },
    {
      name: 'timeline-list',
      at: `${lab}/timeline?on=${web}`,
      does: click('List'),
      shows: '[role=grid][aria-label=Timeline]',
    },
  ];
};

const around = ({ lab, of }: Addresses): readonly State[] => {
  const at = `${lab}/machines?on=${of('WEB01')}`;
  return [
    { name: 'invite', at, does: click('Invite'), shows: DIALOG },
    { name: 'theme', at, does: click('Theme'), shows: MENU },
    { name: 'speed', at, does: click(/^Speed/u), shows: MENU },
    { name: 'keys', at, does: page => page.keyboard.press('?'), shows: DIALOG },
    { name: 'tour', at, does: page => page.keyboard.press('t'), shows: DIALOG },
    { name: 'people', at, does: click(/person here|people here/u), shows: '[role=group]' },
    {
      name: 'what-happens',
      at,
      does: page => page.getByRole('tab', { name: 'What happens' }).click(),
      shows: '[aria-label="What happens"]',
    },
    {
      name: 'task',
      at,
      does: page => page.getByRole('grid', { name: 'Tasks' }).getByRole('row').nth(1).click(),
      shows: INSPECTOR,
    },
  ];
};

export const statesOf = (world: KnownWorld): readonly State[] => {
  const { lab, ids } = world;
  const addresses: Addresses = { lab, of: name => ids.get(name) ?? '' };
  return [
    ...HOUSE,
    ...machines(addresses),
    ...dialogs(addresses),
    ...insides(addresses),
    ...around(addresses),
    ...togetherOf(world),
  ];
};

/** Goes there and does it, until it is in sight and still. */
export const bringTo = async (page: Page, { at, does, shows }: State): Promise<void> => {
  await page.goto(at);
  if (at.startsWith('/lab/demo')) await page.locator('[role=treeitem]').first().waitFor();
  await does?.(page);
  await page.locator(shows).first().waitFor();
  // What fades in is not looked at while it does.
  await page.waitForTimeout(250);
};
