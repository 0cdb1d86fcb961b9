import type { Page } from 'playwright-core';
import { inTree } from './steps.ts';

// What stands around the lab of the screenshots: an empty lab, a start in slow motion, a console that is used.

const hostOnly = `name: Empty lab
era: 2012
seed: empty
calendarStart: 2013-03-04T08:00:00Z
hosts:
  - name: HV01
    logicalProcessors: 8
    memory: 32 GB
    volumes:
      - letter: C
        capacity: 500 GB
`;

const makeLab = async (page: Page, name: string, file: string): Promise<string> => {
  const made = await page.request.post('/api/labs', { data: { name, file } });
  const { lab } = (await made.json()) as { readonly lab: string };
  return `/lab/${lab.slice('lab:'.length)}`;
};

/** The address of a lab in which nothing was made yet. */
export const makeEmptyLab = (page: Page): Promise<string> =>
  makeLab(page, 'Nothing here yet', hostOnly);

/** The address of an X-ray in which a start stands still, as it nearly does at a thousandth of the pace. */
export const makeSlowStart = async (page: Page): Promise<string> => {
  const samples = await page.request.get('/api/samples');
  const { samples: found } = (await samples.json()) as {
    readonly samples: readonly { readonly file: string }[];
  };
  const lab = await makeLab(page, 'A start in slow motion', found[0]?.file ?? '');
  await page.goto(`${lab}/xray`);
  await inTree(page, 'Empty').click();
  const slower = page.getByRole('button', { name: /^Slower for everyone/u });
  const pace = page.getByRole('group', { name: 'Pace of the lab' });
  while (!(await pace.getByText('1/1000x').isVisible())) {
    await slower.click();
    await page.waitForTimeout(200);
  }
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('treeitem', { name: /^Empty, Starting/u }).waitFor();
  return new URL(page.url()).pathname + new URL(page.url()).search;
};

/** In a console on HV01 a table, an error, and something that takes its time. */
export const useConsole = async (page: Page): Promise<void> => {
  await page.getByRole('tab', { name: 'PowerShell' }).click();
  await page.getByRole('button', { name: /^Open on HV01/u }).click();
  const rows = page.locator('.xterm-rows');
  // A row is many pieces, one for each colour: only together they are what is read.
  const shows = async (what: RegExp): Promise<void> => {
    for (let tries = 0; tries < 600; tries += 1) {
      if (what.test(await rows.innerText())) return;
      await page.waitForTimeout(200);
    }
    throw new Error(`the console does not show ${String(what)}`);
  };
  await shows(/PS C:/u);
  // The first console proposes a line.
  await page.keyboard.press('Escape');
  const lines = [
    ['Get-VM', /WEB01\s+Running/u],
    ['Get-VM Nobody', /"Nobody"/u],
    [
      '1..900 | % { Write-Progress Copying "file $_ of 900" -PercentComplete ($_ / 9); Start-Sleep 1 }',
      /Copying/u,
    ],
  ] as const;
  for (const [line, answer] of lines) {
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
    await shows(answer);
  }
};
