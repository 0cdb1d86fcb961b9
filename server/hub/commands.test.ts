import { expect, test } from 'vitest';
import { LAB, aHub } from '../../test/fixture/hub-house.ts';
import type { WireClient } from '../../test/fixture/wire-client.ts';

let lastCommand = 0;

const rename = (client: WireClient, name: string): string => {
  lastCommand += 1;
  const id = `command-${String(lastCommand).padStart(10, '0')}`;
  client.say({ t: 'command', id, op: 'vm.rename', args: { vm: 'vm:1', name } });
  return id;
};

test('a command is answered after the packet that shows its effect, to its sender alone', async () => {
  const house = await aHub({ commitMs: 5 });
  house.lab.put('vm:1', { name: 'one' });
  const [grace, ada] = [await house.enter('grace'), await house.enter('ada')];
  for (const client of [grace, ada]) client.watch('lab');
  await Promise.all([grace.next('picture'), ada.next('picture')]);

  const id = rename(grace, 'renamed');
  const answer = await grace.next('answer');
  await ada.next('packet');
  await ada.settle();

  expect(answer).toMatchObject({ id, turn: 2, again: false, result: { ok: true } });
  const kinds = grace.got.map(({ t }) => t);
  expect(kinds.indexOf('packet')).toBeLessThan(kinds.indexOf('answer'));
  expect(ada.all('answer')).toEqual([]);
});

test('the same id again is done once and answered again, also on another connection', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const first = await house.enter('grace');
  const id = rename(first, 'renamed');
  const once = await first.next('answer');
  first.cut();

  const second = await house.enter('grace');
  second.say({ t: 'command', id, op: 'vm.rename', args: { vm: 'vm:1', name: 'renamed' } });
  const again = await second.next('answer');

  expect(again).toEqual({ ...once, again: true });
  expect(house.lab.turn).toBe(2);
});

test('an id that is still waiting for its answer is not asked twice', async () => {
  const house = await aHub({ commitMs: 30 });
  house.lab.put('vm:1', { name: 'one' });
  const client = await house.enter('grace');
  const args = { vm: 'vm:1', name: 'renamed' };

  for (let n = 0; n < 3; n += 1) {
    client.say({ t: 'command', id: 'command-000000000x', op: 'vm.rename', args });
  }
  await client.next('answer');
  await client.settle();

  expect(house.lab.submitted).toHaveLength(1);
  expect(client.all('answer')).toHaveLength(1);
});

test('a refusal of the lab is an answer', async () => {
  const house = await aHub();
  const client = await house.enter('grace');

  rename(client, 'nobody');
  const answer = await client.next('answer');

  expect(answer.result).toMatchObject({ ok: false, fault: { kind: 'NotFound' } });
});

test('commands of a person have a rate, over all connections of that person', async () => {
  const house = await aHub({ limits: { commandsPerSecond: 1, commandsBurst: 3 } });
  house.lab.put('vm:1', { name: 'one' });
  const clients = [
    await house.enter('grace'),
    await house.enter('grace'),
    await house.enter('ada'),
  ];

  for (const client of clients) for (let n = 0; n < 3; n += 1) rename(client, 'renamed');
  await Promise.all(clients.map(client => client.settle()));

  const refused = clients.map(client => client.all('error').map(({ kind }) => kind));
  expect(refused[0]?.concat(refused[1] ?? [])).toEqual(Array(3).fill('rate-limited'));
  expect(refused[2]).toEqual([]);
  expect(clients.flatMap(client => client.all('error'))[0]?.retryMs).toBeGreaterThan(500);
});

test('a connection and a lab have so many commands waiting at most', async () => {
  const limits = { commandsPending: 2, commandsPendingPerLab: 3 };
  const house = await aHub({ limits, commitMs: 50 });
  house.lab.put('vm:1', { name: 'one' });
  const [grace, ada] = [await house.enter('grace'), await house.enter('ada')];

  for (const client of [grace, ada]) for (let n = 0; n < 3; n += 1) rename(client, 'renamed');
  await Promise.all([grace.next('answer'), ada.next('answer')]);
  await Promise.all([grace.settle(), ada.settle()]);
  rename(ada, 'and one more');
  const later = await ada.next('answer');

  const refused = [grace, ada].map(client => client.all('error').map(({ kind }) => kind));
  expect(refused).toEqual([['too-much-pending'], ['too-much-pending', 'too-much-pending']]);
  expect(later.result.ok).toBe(true);
});

test('who sends faster than anybody may is read more slowly, and answered all the same', async () => {
  const house = await aHub({ limits: { messagesPerSecond: 1_000, messagesBurst: 10 } });
  const client = await house.enter('grace');
  const began = performance.now();

  for (let n = 0; n < 30; n += 1) client.say({ t: 'ping', n });
  await client.next('pong', ({ n }) => n === 29);
  for (let n = 0; n < 200; n += 1) {
    client.say({ t: 'ping', n: 1_000 + n });
    if (n % 10 === 0) await client.next('pong', pong => pong.n === 1_000 + n);
  }
  await client.next('pong', ({ n }) => n === 1_199);

  expect(performance.now() - began).toBeGreaterThan(20);
  expect(client.all('pong')).toHaveLength(230);
  expect(client.all('error')).toEqual([]);
});

test('a learner may command, and who has no role there is not let in', async () => {
  const house = await aHub();
  const grace = await house.enter('grace');
  const stranger = await house.socket('stranger');

  grace.say({ t: 'command', id: 'command-0000000001', op: 'clock.pause', args: {} });
  const answer = await grace.next('answer');
  stranger.say({ t: 'hello', lab: LAB, client: 'client-0001' });

  expect(answer.result.ok).toBe(true);
  expect(await stranger.end()).toBe(4206);
});

test('so many connections a person, so many scopes a connection', async () => {
  const house = await aHub({ limits: { connectionsPerPerson: 2, scopesPerConnection: 2 } });
  for (let n = 1; n <= 3; n += 1) house.lab.put(`vm:${n}`, { name: `vm ${n}` });
  const [first] = [await house.enter('grace'), await house.enter('grace')];

  const third = await house.socket('grace');
  for (const scope of ['vm:1', 'vm:2', 'vm:3', 'vm:1'] as const) first.watch(scope);
  const error = await first.next('error');
  await first.settle();

  expect(await third.end()).toBe(4004);
  expect(error).toMatchObject({ kind: 'too-many-scopes', about: 'vm:3' });
  expect(house.lab.watches.size).toBe(2);
});

test('a full lab takes nobody more', async () => {
  const house = await aHub({ limits: { connectionsPerLab: 1 } });
  await house.enter('grace');
  const ada = await house.socket('ada');

  ada.say({ t: 'hello', lab: LAB, client: 'client-0001' });

  expect(await ada.end()).toBe(4004);
});
