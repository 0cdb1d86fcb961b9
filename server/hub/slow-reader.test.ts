import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { aHub } from '../../test/fixture/hub-house.ts';
import type { HubHouse } from '../../test/fixture/hub-house.ts';
import { WIRE_ERRORS } from '../protocol/wire/error.ts';

const KIB = 1024;

/** Changes a record by so many bytes, so many times, and lets others breathe in between. */
async function flood(house: HubHouse, times: number, bytes: number): Promise<{ most: number }> {
  let most = 0;
  for (let n = 0; n < times; n += 1) {
    house.lab.put('vm:1', { name: `${n}`, notes: 'x'.repeat(bytes) });
    if (n % 20 < 19) continue;
    await sleep(0);
    most = Math.max(most, await house.waitingBytes());
  }
  return { most };
}

test('who stops reading holds at most the limit, falls behind, and is later told all it missed', async () => {
  const house = await aHub();
  const [slow, quick] = [await house.enter('grace'), await house.enter('ada')];
  for (const client of [slow, quick]) client.watch('lab');
  await Promise.all([slow.next('picture'), quick.next('picture')]);

  slow.stopReading();
  const { most } = await flood(house, 3_000, 4 * KIB);
  await quick.next('packet', ({ to }) => to === 3_000);
  const behind = house.hub.figures.fellBehind;
  slow.readAgain();
  await slow.next('lag', ({ mode }) => mode === 'live');
  house.lab.put('vm:1', { name: 'last' });
  await slow.next('packet', ({ to }) => to === 3_001);

  expect(most).toBeGreaterThan(256 * KIB);
  expect(most).toBeLessThanOrEqual(1024 * KIB);
  expect(behind).toBeGreaterThanOrEqual(1);
  expect(slow.all('lag').map(({ mode }) => mode)).toContain('catching-up');
  const spans = slow.all('packet').map(({ from, to }) => [from, to] as const);
  let turn = 0;
  for (const [from, to] of spans) {
    expect(from).toBe(turn + 1);
    turn = to;
  }
  expect(turn).toBe(3_001);
  expect(quick.all('lag')).toEqual([]);
});

test('an answer waits until its sender has caught up with what it shows', async () => {
  const house = await aHub();
  const client = await house.enter('grace');
  client.watch('lab');
  await client.next('picture');
  client.stopReading();
  await flood(house, 3_000, 4 * KIB);
  await expect.poll(() => house.hub.figures.fellBehind).toBeGreaterThan(0);

  client.say({ t: 'command', id: 'command-0000000001', op: 'vm.start', args: { vm: 'vm:1' } });
  await expect.poll(() => house.lab.submitted.length).toBe(1);
  client.readAgain();
  const answer = await client.next('answer');

  const at = client.got.findIndex(({ t }) => t === 'answer');
  const last = client.got.slice(0, at).findLast(message => message.t === 'packet');
  expect(last?.t === 'packet' ? last.to : 0).toBeGreaterThanOrEqual(answer.turn ?? Infinity);
});

test('a slow reader gets no trace, and of gauges and people the last state', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  house.lab.put('vm:2', { name: 'two' });
  const [slow, other] = [await house.enter('grace'), await house.enter('ada')];
  slow.watch('lab');
  slow.say({ t: 'watch', scope: 'vm:2', from: null, gauges: true, trace: true });
  await slow.next('picture', ({ scope }) => scope === 'vm:2');

  slow.stopReading();
  // Behind in the one scope, and still live in the other.
  await flood(house, 3_000, 4 * KIB);
  await expect.poll(() => house.hub.figures.fellBehind).toBe(1);
  for (let n = 1; n <= 50; n += 1) {
    house.lab.gauges('vm:2', { 'vm:2': { packets: n }, [`channel:${n % 2}`]: { signals: n } });
    house.lab.trace('vm:2');
  }
  other.say({ t: 'presence', view: 'xray', selection: null, typing: null });
  await sleep(150);
  slow.readAgain();
  await slow.next('lag', ({ mode }) => mode === 'live');
  await slow.settle();

  expect(slow.all('gauges').flatMap(({ values }) => values)).toEqual([
    ['vm:2', { packets: 50 }],
    ['channel:1', { signals: 49 }],
    ['channel:0', { signals: 50 }],
  ]);
  expect(slow.all('trace')).toEqual([]);
  expect(slow.all('lag').reduce((sum, { dropped }) => sum + dropped, 0)).toBe(50);
  expect(
    slow
      .all('people')
      .at(-1)
      ?.people.some(({ view }) => view === 'xray'),
  ).toBe(true);
});

test('a picture of many parts is paced by how fast it is read', async () => {
  const house = await aHub({ part: 10 });
  for (let n = 0; n < 500; n += 1) house.lab.put(`vm:${n}`, { notes: 'x'.repeat(16 * KIB) });
  const client = await house.enter('grace');

  client.watch('lab');
  client.stopReading();
  await sleep(50);
  house.lab.put('vm:0', { notes: 'meanwhile' });
  client.readAgain();
  const last = await client.next('picture', picture => picture.last);
  const packet = await client.next('packet');

  expect(client.all('picture').map(({ part }) => part)).toEqual([...Array(50).keys()]);
  expect(packet.from).toBe(last.turn + 1);
  expect(packet.put).toMatchObject([['vm:0', 501, 0, { notes: 'meanwhile' }]]);
});

test('a picture of large parts arrives whole at one who reads each at once', async () => {
  const house = await aHub({ part: 1 });
  for (const n of [1, 2, 3, 4]) house.lab.put(`vm:${n}`, { notes: 'x'.repeat(260 * KIB) });
  const client = await house.enter('grace');

  client.watch('lab');
  await client.next('picture', picture => picture.last);

  expect(client.all('picture').map(({ part }) => part)).toEqual([0, 1, 2, 3]);
});

test('who does not read is given one picture at a time, however many it asks for', async () => {
  const house = await aHub({ part: 10 });
  for (let n = 0; n < 500; n += 1) house.lab.put(`vm:${n}`, { notes: 'x'.repeat(16 * KIB) });
  const client = await house.enter('grace');

  client.stopReading();
  client.watch('lab');
  await expect.poll(() => house.lab.watchesAsked).toBe(1);
  await sleep(50);
  for (let n = 0; n < 20; n += 1) client.watch('lab');
  client.say({ t: 'command', id: 'command-0000000001', op: 'vm.start', args: { vm: 'vm:1' } });
  await expect.poll(() => house.lab.submitted.length).toBe(1);
  const whileNotReading = house.lab.watchesAsked;
  client.readAgain();
  await client.next('answer');

  expect(whileNotReading).toBe(1);
  expect(house.lab.watchesAsked).toBeLessThanOrEqual(3);
});

test('one that reads nothing for too long is cut, and nothing of it stays', async () => {
  const house = await aHub({ limits: { stuckMs: 1_000 } });
  const client = await house.enter('grace');
  client.watch('lab');
  await client.next('picture');

  client.stopReading();
  await flood(house, 3_000, 4 * KIB);
  await expect.poll(() => house.hub.figures.refused.get('too-slow'), { timeout: 5_000 }).toBe(1);

  await expect.poll(() => house.lab.people.at(-1)).toBe(0);
  expect(house.lab.watches.size).toBe(0);
  expect(WIRE_ERRORS['too-slow'].close).toBeLessThan(4_100);
});

test('one stopped reader among many costs others nothing they can see', async () => {
  const house = await aHub();
  const names = [...Array(10).keys()].map(n => `guest${n}`);
  const readers = await Promise.all(names.map(name => house.enter(name)));
  for (const reader of readers) reader.watch('lab');
  await Promise.all(readers.map(reader => reader.next('picture')));

  readers[0]?.stopReading();
  await flood(house, 3_000, 4 * KIB);
  const quick = readers.slice(1);
  await Promise.all(quick.map(reader => reader.next('packet', ({ to }) => to === 3_000)));

  expect(quick.every(reader => reader.all('lag').length === 0)).toBe(true);
  expect(quick.map(reader => reader.all('packet').length)).toEqual(quick.map(() => 3_000));
  expect(house.hub.figures.fellBehind).toBe(1);
});
