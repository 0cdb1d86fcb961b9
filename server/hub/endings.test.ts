import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LAB, aHub } from '../../test/fixture/hub-house.ts';
import { WIRE_ERRORS, returnAfter } from '../protocol/wire/error.ts';

test('when the lab stops, connections stay, and go on where they were when it is back', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const client = await house.enter('grace');
  client.watch('lab');
  await client.next('picture');

  house.lab.stop('database', null);
  const stopped = await client.next('stopped');
  house.lab.put('vm:1', { name: 'while it was away' });
  house.lab.goOn();
  await client.next('ready');
  const packet = await client.next('packet');
  house.lab.put('vm:1', { name: 'after' });
  const live = await client.next('packet');

  expect(stopped).toMatchObject({ reason: 'database', retryMs: null });
  expect([packet.from, packet.to, live.from]).toEqual([2, 2, 3]);
  expect(client.all('picture')).toHaveLength(1);
});

test('a lab that comes back by itself is asked for again, and commands wait for it', async () => {
  const house = await aHub();
  const client = await house.enter('grace');

  house.lab.stop('moved', 20);
  await client.next('stopped');
  client.say({ t: 'command', id: 'command-0000000001', op: 'clock.pause', args: {} });
  const error = await client.next('error');
  house.lab.isRunning = true;
  await client.next('ready');

  expect(error).toMatchObject({ kind: 'unavailable', about: 'command-0000000001', retryMs: 20 });
});

test('who comes while the lab is stopped is told so', async () => {
  const house = await aHub();
  const first = await house.enter('grace');
  house.lab.stop('bug', null);
  await first.next('stopped');

  const late = await house.socket('ada');
  late.say({ t: 'hello', lab: LAB, client: 'client-0001' });
  const stopped = await late.next('stopped');

  expect(stopped.message).toBe('Stopped: bug.');
});

test('when history is replaced, everyone gets a picture of the new one', async () => {
  const house = await aHub();
  for (let n = 1; n <= 5; n += 1) house.lab.put('vm:1', { name: `${n}` });
  const client = await house.enter('grace');
  client.watch('lab');
  await client.next('picture');

  house.lab.replaceHistory();
  const ready = await client.next('ready');
  const picture = await client.next('picture');
  house.lab.put('vm:1', { name: 'otherwise' });
  const packet = await client.next('packet');

  expect(ready.lineage).toBe(2);
  expect(picture).toMatchObject({ lineage: 2, turn: 1 });
  expect(packet).toMatchObject({ lineage: 2, from: 2 });
});

test('the end of a session closes its sockets and nobody else’s', async () => {
  const house = await aHub();
  const [grace, ada] = [await house.enter('grace'), await house.enter('ada')];
  const silent = await house.socket('grace');

  house.endSession('grace');

  expect(await grace.end()).toBe(4102);
  expect(await silent.end()).toBe(4102);
  await ada.settle();
  expect(returnAfter(4102)).toBe('sign-in');
});

test('who is removed from a lab, and everybody when it is archived, leaves it', async () => {
  const house = await aHub();
  const [grace, ada] = [await house.enter('grace'), await house.enter('ada')];

  house.revocations.tell({ type: 'MembershipEnded', lab: LAB, person: 'person:grace' });
  const removed = await grace.end();
  await ada.settle();
  house.revocations.tell({ type: 'LabArchived', lab: LAB });

  expect([removed, await ada.end()]).toEqual([4206, 4206]);
});

test('who says nothing for too long is let go of', async () => {
  const house = await aHub({ limits: { silenceMs: 300 } });
  const [silent, alive] = [await house.enter('grace'), await house.enter('ada')];
  const beating = setInterval(() => alive.ws.ping(), 100);

  const code = await silent.end();
  clearInterval(beating);

  expect(code).toBe(WIRE_ERRORS.silent.close);
  expect(alive.closed).toBeNull();
});

test('who cannot be looked up just now is told to come back, and can', async () => {
  const house = await aHub();
  const get = house.roles.get.bind(house.roles);
  house.roles.get = () => {
    throw new Error('the database is away');
  };
  const early = await house.socket('grace');
  early.say({ t: 'hello', lab: LAB, client: 'client-0001' });
  const code = await early.end();

  house.roles.get = get;
  const later = await house.enter('grace');

  expect(code).toBe(WIRE_ERRORS.trouble.close);
  expect(early.all('error').map(({ message }) => message)).toEqual([WIRE_ERRORS.trouble.message]);
  expect(later.all('welcome')).toHaveLength(1);
});

test('a drain sends everybody away, spread over time, and takes nobody any more', async () => {
  const house = await aHub();
  const clients = await Promise.all([...Array(20).keys()].map(n => house.enter(`guest${n}`)));

  const drained = house.hub.drain({ spreadMs: 10_000 });
  const goaways = await Promise.all(clients.map(client => client.next('goaway')));
  const codes = await Promise.all(clients.map(client => client.end()));
  await drained;
  const late = house.socket('ada');

  expect(new Set(codes)).toEqual(new Set([WIRE_ERRORS.restart.close]));
  expect(new Set(goaways.map(({ retryMs }) => retryMs)).size).toBeGreaterThan(10);
  await expect(late).rejects.toThrow('503');
});

test('a socket that vanishes without a word leaves nothing behind', async () => {
  const house = await aHub({ commitMs: 20 });
  house.lab.put('vm:1', { name: 'one' });
  const client = await house.enter('grace');
  client.watch('lab');
  client.watch('vm:1');
  client.say({ t: 'command', id: 'command-0000000001', op: 'vm.start', args: { vm: 'vm:1' } });

  client.cut();
  await expect.poll(() => house.lab.people).toEqual([1, 0]);
  await sleep(50);

  expect(house.lab.watches.size).toBe(0);
  expect(await house.waitingBytes()).toBe(0);
  const text = await house.metrics.metrics();
  expect(text).toContain('enlighten_hub_now{what="connections"} 0');
  expect(text).toContain('enlighten_hub_now{what="labs"} 0');
});
