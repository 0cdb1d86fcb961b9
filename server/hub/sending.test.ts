import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { HubHouse } from '../../test/fixture/hub-house.ts';
import { aHub } from '../../test/fixture/hub-house.ts';
import type { WireClient } from '../../test/fixture/wire-client.ts';

const KIB = 1024;
const ID = 'command-0000000001';

async function readers(house: HubHouse, count: number): Promise<readonly WireClient[]> {
  const names = [...Array(count).keys()].map(n => `guest${n}`);
  const clients = await Promise.all(names.map(name => house.enter(name)));
  for (const client of clients) client.watch('lab');
  await Promise.all(clients.map(client => client.next('picture')));
  // Whoever came last is live with the next packet; and people who came are told a moment later.
  house.lab.put('vm:0', { name: 'first' });
  await Promise.all(clients.map(client => client.next('packet')));
  await sleep(150);
  return clients;
}

test('what changes together leaves in one write a reader, encoded once, and never compressed', async () => {
  const house = await aHub();
  const clients = await readers(house, 5);
  const { writes, deliveries, messagesOut } = house.hub.figures;

  for (let n = 0; n < 20; n += 1) house.lab.put('vm:1', { name: `${n}` });
  await Promise.all(clients.map(client => client.next('packet', ({ to }) => to === 21)));

  expect(house.hub.figures.deliveries - deliveries).toBe(5);
  expect(house.hub.figures.writes - writes).toBe(5);
  expect(house.hub.figures.messagesOut - messagesOut).toBe(100);
  expect(clients.map(({ ws }) => ws.extensions)).toEqual(['', '', '', '', '']);
});

test('in a tick state goes first, then what may be dropped, then the answer', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const client = await house.enter('grace');
  client.say({ t: 'watch', scope: 'vm:1', from: null, gauges: true, trace: true });
  client.watch('lab');
  await client.next('picture', ({ scope }) => scope === 'lab');
  const before = client.got.length;

  house.lab.trace('vm:1');
  house.lab.gauges('vm:1', { 'vm:1': { packets: 1 } });
  client.say({ t: 'command', id: ID, op: 'vm.start', args: { vm: 'vm:1' } });
  house.lab.put('vm:1', { name: 'two' });
  await client.next('answer');

  const kinds = client.got.slice(before).map(({ t }) => t);
  expect(kinds.slice(0, 4)).toEqual(['packet', 'packet', 'gauges', 'trace']);
  expect(kinds.at(-1)).toBe('answer');
});

test('a busy hub collects longer and says so; answers still come after what shows them', async () => {
  let busy = 1;
  const house = await aHub({ utilisation: () => busy });
  const clients = await readers(house, 20);
  const [first] = clients as [WireClient];
  const windowIs = (wanted: number): (() => Promise<boolean>) => {
    return async () => {
      house.lab.put('vm:1', { name: 'again' });
      await sleep(0);
      return first.all('lag').at(-1)?.windowMs === wanted;
    };
  };
  await expect.poll(windowIs(50), { timeout: 10_000, interval: 0 }).toBe(true);

  const { deliveries } = house.hub.figures;
  const began = performance.now();
  for (let n = 0; performance.now() - began < 500; n += 1) {
    house.lab.put('vm:2', { name: `${n}` });
    await sleep(2);
  }
  first.say({ t: 'command', id: ID, op: 'vm.start', args: { vm: 'vm:1' } });
  const answer = await first.next('answer');
  const rounds = (house.hub.figures.deliveries - deliveries) / clients.length;
  const waiting = await house.metrics.getSingleMetricAsString('enlighten_hub_now');
  busy = 0;
  await expect
    .poll(
      async () => {
        house.lab.put('vm:1', { name: 'calm' });
        await first.settle();
        return first.all('lag').at(-1)?.windowMs;
      },
      { timeout: 5_000 },
    )
    .toBe(0);

  expect(rounds).toBeLessThanOrEqual(15);
  const at = first.got.indexOf(answer);
  const shown = first.got.slice(0, at).findLast(message => message.t === 'packet');
  expect(shown?.t === 'packet' ? shown.to : 0).toBeGreaterThanOrEqual(answer.turn ?? Infinity);
  expect(waiting).toContain('what="window_ms"} 50');
  expect(first.all('lag').every(({ mode }) => mode === 'live')).toBe(true);
});

test('who reads well is not closed for what is large', async () => {
  const house = await aHub({ part: 1_000 });
  for (let n = 0; n < 1_000; n += 1) house.lab.put(`vm:${n}`, { notes: 'x'.repeat(16 * KIB) });
  const client = await house.enter('grace');

  client.watch('lab');
  let pings = 0;
  for (; client.all('picture').length === 0 && pings < 1_000; pings += 1) {
    client.say({ t: 'ping', n: pings });
    await sleep(0);
  }
  await client.settle();

  expect(pings).toBeGreaterThan(3);
  expect(client.all('pong').length).toBe(pings + 1);
  expect(client.closed).toBeNull();
});

test('who asks and never reads is closed before what it asked for fills the memory', async () => {
  const house = await aHub({ limits: { messagesPerSecond: 1_000_000, messagesBurst: 1_000_000 } });
  const client = await house.enter('grace');

  client.stopReading();
  let most = 0;
  for (let n = 0; client.closed === null && n < 2_000; n += 1) {
    for (let each = 0; each < 200; each += 1) client.say({ t: 'ping', n: each });
    await sleep(0);
    most = Math.max(most, await house.waitingBytes());
    if (house.hub.figures.refused.get('too-slow') === 1) break;
  }

  expect(house.hub.figures.refused.get('too-slow')).toBe(1);
  expect(most).toBeLessThanOrEqual(1024 * KIB);
});
