import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCable, type Cable, lanAddress } from '../fixture/cable.ts';
import { freePort } from '../fixture/free-port.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { launch, person } from './fixture.ts';
import { createMachine, inTree } from './steps.ts';

// Two people at two browsers, on this machine and over plain http in a network: one loses the cable
// while the other goes on, acts meanwhile, and comes back; both screens are as the server is.

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-two-people-'));
const address = lanAddress();
let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  const port = await freePort();
  const log = join(dataDir, 'log');
  server = new ServerProcess({ dataDir, port, vmsPerLab: 200, log }, null);
  browser = await launch(address);
  await server.says(/Enlighten is ready/u);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

/** The instructor, by a sign-in link of this address. */
async function instructor(baseUrl: string): Promise<Page> {
  const { page } = await person(browser, baseUrl);
  const [, link = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
  await page.goto(new URL(link).pathname);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await page.getByText('Demo lab').first().waitFor();
  return page;
}

async function guest(host: Page, baseUrl: string, name: string): Promise<Page> {
  const made = await host.request.post(`${server.url}/api/labs/lab:demo/links`, { data: {} });
  const { url } = (await made.json()) as { readonly url: string };
  const { page } = await person(browser, baseUrl, { theme: 'dark' });
  await page.goto(new URL(url).pathname);
  await page.getByRole('textbox').fill(name);
  await page.getByRole('button', { name: /join/iu }).click();
  await page.getByText('HV01').first().waitFor();
  return page;
}

const stateOf = (page: Page): Promise<string> =>
  page.evaluate(() => document.documentElement.dataset['inStep'] ?? '');

/** Until both screens say that at one and the same turn they had the hash that the server has. */
async function inStep(one: Page, other: Page): Promise<void> {
  const heard = [new Map<string, string>(), new Map<string, string>()];
  await expect
    .poll(
      async () => {
        for (const [index, page] of [one, other].entries()) {
          const [turn = '', hash = ''] = (await stateOf(page)).split(' ');
          if (turn !== '') heard[index]?.set(turn, hash);
        }
        const [mine, theirs] = heard;
        return [...(mine ?? [])].filter(([turn, hash]) => theirs?.get(turn) === hash).length;
      },
      { timeout: 60_000, interval: 150 },
    )
    .toBeGreaterThan(0);
}

let instructorPage: Page | null = null;

test.each([
  ['on this machine', '127.0.0.1', 'LOCAL01'],
  ['in the network, by plain http', address, 'REMOTE01'],
])(
  '%s, one loses the network, acts, and comes back without loss',
  { timeout: 180_000 },
  async (_where, at, name) => {
    const cable: Cable = await aCable(at, server.port);
    instructorPage ??= await instructor(server.url);
    const ann = instructorPage;
    await ann.goto('/lab/demo/machines');
    const bob = await guest(ann, `http://${at}:${cable.port}`, `Bob at ${name}`);

    await createMachine(bob, name);
    await inTree(ann, name).waitFor();
    await inTree(bob, name).click();
    await bob.getByRole('button', { name: 'Start', exact: true }).click();
    await inTree(ann, name).getByText('Running').waitFor({ timeout: 60_000 });

    cable.pull();
    await bob
      .getByRole('status')
      .filter({ hasText: /connection|offline/iu })
      .first()
      .waitFor();
    // Meanwhile both go on: Bob pauses what runs, without a network; Ann makes another machine.
    await bob.getByRole('button', { name: 'Pause', exact: true }).click();
    await createMachine(ann, `MEANWHILE-${name}`);
    cable.plugIn();

    await inTree(ann, name).getByText('Paused').waitFor({ timeout: 60_000 });
    await inTree(bob, name).getByText('Paused').waitFor({ timeout: 60_000 });
    await inTree(bob, `MEANWHILE-${name}`).waitFor();
    await inStep(ann, bob);

    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/enlighten_hub_divergences_total 0/u);
    await bob.context().close();
    await cable.close();
  },
);
