import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerProcess } from '../kill/server-process.ts';
import { freePort } from '../fixture/free-port.ts';
import { launch, person } from './fixture.ts';
import { createMachine, inTree } from './steps.ts';

// The main job, on the shipped server: two people in one lab, one makes and starts a virtual machine,
// both watch every component do it, the server is killed in the middle, and nobody notices more than
// a moment's silence.

const dataDir = mkdtempSync(join(tmpdir(), 'enlighten-main-job-'));
let port = 0;
let server: ServerProcess;
let browser: Browser;

function start(): ServerProcess {
  return new ServerProcess({ dataDir, port, vmsPerLab: 200, log: join(dataDir, 'log') }, null);
}

beforeAll(async () => {
  port = await freePort();
  server = start();
  browser = await launch();
  await server.says(/Enlighten is ready/u);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  server.signal('SIGTERM');
  await server.endsWithin(20_000);
  rmSync(dataDir, { recursive: true, force: true });
});

async function shows(page: Page, text: string | RegExp, milliseconds = 30_000): Promise<void> {
  await page.getByText(text).first().waitFor({ timeout: milliseconds });
}

async function signedIn(): Promise<Page> {
  const [, address = ''] = await server.says(/(http:\S+\/sign-in\/\S+)/u);
  const { page } = await person(browser, server.url);
  await page.goto(new URL(address).pathname);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await shows(page, 'Demo lab');
  await page.goto('/lab/demo/machines');
  await shows(page, 'HV01');
  return page;
}

async function joined(instructor: Page, name: string): Promise<Page> {
  const made = await instructor.request.post(`${server.url}/api/labs/lab:demo/links`, { data: {} });
  const { url } = (await made.json()) as { readonly url: string };
  const { page } = await person(browser, server.url, { theme: 'dark' });
  await page.goto(new URL(url).pathname);
  await page.getByRole('textbox').fill(name);
  await page.getByRole('button', { name: /join/iu }).click();
  await shows(page, 'HV01');
  return page;
}

async function startMachine(page: Page, name: string): Promise<void> {
  await inTree(page, name).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
}

test(
  'two people make and start a virtual machine and watch, over a kill in the middle',
  { timeout: 180_000 },
  async () => {
    const ann = await signedIn();
    const bob = await joined(ann, 'Bob');

    await createMachine(bob, 'SHARED01');
    await inTree(ann, 'SHARED01').waitFor();
    await startMachine(bob, 'SHARED01');
    for (const page of [ann, bob]) {
      await inTree(page, 'SHARED01').getByText('Running').waitFor({ timeout: 60_000 });
    }
    await ann.goto('/lab/demo/xray');
    await inTree(ann, 'SHARED01').click();
    await shows(ann, /vmwp\.exe \d+/u);
    await shows(ann, 'Guest: Ready', 60_000);

    await createMachine(bob, 'KILLED01');
    await startMachine(bob, 'KILLED01');
    await inTree(bob, 'KILLED01')
      .getByText(/Starting/u)
      .waitFor();
    await server.kill();
    server = start();
    await server.says(/Enlighten is ready/u);
    for (const page of [ann, bob]) {
      await inTree(page, 'KILLED01').getByText('Running').waitFor({ timeout: 60_000 });
      await inTree(page, 'SHARED01').getByText('Running').waitFor();
    }

    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/enlighten_hub_divergences_total 0/u);
    expect(metrics).toMatch(/enlighten_hub_now\{what="connections"\} 2/u);
  },
);
