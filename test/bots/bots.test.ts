import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { LAB, aHub } from '../fixture/hub-house.ts';
import { startBots, summary } from './bots.ts';

test('bots do things, are cut and come back, and their ledger has nothing against an honest server', async () => {
  const house = await aHub({ commitMs: 3 });
  house.lab.put('library-image:one', { type: 'Vhdx', host: 'host:HV01' });
  const folder = mkdtempSync(join(tmpdir(), 'enlighten-bots-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const names = ['guest1', 'guest2', 'guest3'];

  const bots = await startBots({
    url: house.url.replace('ws:', 'http:'),
    count: names.length,
    enter: {
      tickets: names.map(name => ({ lab: LAB, person: name, cookie: `person=${name}` })),
    },
    ledger: join(folder, 'ledger.jsonl'),
    seed: 7,
    everyMs: 20,
  });
  await sleep(700);
  for (const client of house.sockets()) client.destroy();
  await sleep(700);
  const findings = await bots.stop();

  expect(findings.acknowledged.length).toBeGreaterThan(30);
  expect(findings.acknowledged.map(({ id }) => id).toSorted()).toEqual(
    house.lab.submitted
      .map(({ command }) => command)
      .filter((command, index, all) => all.indexOf(command) === index)
      .toSorted(),
  );
  expect(summary(findings)).toMatchObject({
    unanswered: 0,
    answersChanged: 0,
    positionsBack: 0,
    diverged: 0,
    connections: 6,
    resumedByPicture: 0,
  });
  expect(findings.resumedByDelta).toBeGreaterThanOrEqual(3);
});
