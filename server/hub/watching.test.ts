import { expect, test } from 'vitest';
import { LAB, aHub } from '../../test/fixture/hub-house.ts';

test('who says hello is welcomed with role and limits, and told that the lab is ready', async () => {
  const house = await aHub();
  const client = await house.socket('ada');

  client.say({ t: 'hello', lab: LAB, client: 'client-0001' });
  const welcome = await client.next('welcome');
  const ready = await client.next('ready');

  expect(welcome).toMatchObject({ lab: LAB, person: { name: 'ada', role: 'instructor' } });
  expect(welcome.limits['messageBytes']).toBe(64 * 1024);
  expect(ready).toMatchObject({ name: `Model of ${LAB}`, lineage: 1 });
});

test('a picture comes first, in parts, and packets go on from its turn without a gap', async () => {
  const house = await aHub({ part: 3 });
  for (let n = 1; n <= 7; n += 1) house.lab.put(`vm:${n}`, { name: `vm ${n}` });
  const client = await house.enter('grace');

  client.watch('lab');
  await client.next('picture', picture => picture.last);
  for (let n = 1; n <= 5; n += 1) house.lab.put('vm:1', { name: `again ${n}` });
  await client.next('packet', packet => packet.to === 12);

  const pictures = client.all('picture');
  expect(pictures.map(({ part, last, turn }) => [part, last, turn])).toEqual([
    [0, false, 7],
    [1, false, 7],
    [2, true, 7],
  ]);
  const spans = client.all('packet').map(({ from, to }) => [from, to]);
  expect(spans).toEqual([8, 9, 10, 11, 12].map(turn => [turn, turn]));
});

test('who comes back with a position is told only what it missed', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  house.lab.put('vm:2', { name: 'two' });
  house.lab.put('vm:3', { name: 'three' });
  house.lab.remove('vm:2');
  const client = await house.enter('grace');

  client.watch('lab', { lineage: 1, turn: 2 });
  const packet = await client.next('packet');

  expect(packet).toMatchObject({ from: 3, to: 4, gone: ['vm:2'] });
  expect(packet.put.map(([id]) => id)).toEqual(['vm:3']);
  expect(client.all('picture')).toEqual([]);
});

test('another lineage, or a turn below the floor, gets a picture', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  house.lab.floor = 1;
  const client = await house.enter('grace');

  client.watch('lab', { lineage: 1, turn: 0 });
  await client.next('picture');
  client.watch('lab', { lineage: 9, turn: 1 });
  await client.next('picture');

  expect(client.all('packet')).toEqual([]);
});

test('an instructor sees what is for instructors, a learner does not', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one', solution: 42 });
  const [ada, grace] = [await house.enter('ada'), await house.enter('grace')];

  for (const client of [ada, grace]) client.watch('lab');
  const seen = [await ada.next('picture'), await grace.next('picture')];
  house.lab.put('vm:1', { solution: 43 });
  const told = [await ada.next('packet'), await grace.next('packet')];

  expect(seen.map(({ records }) => records[0]?.[3])).toEqual([
    { name: 'one', solution: 42 },
    { name: 'one' },
  ]);
  expect(told.map(({ put }) => put[0]?.[3])).toEqual([
    { name: 'one', solution: 43 },
    { name: 'one' },
  ]);
});

test('one connection watches several scopes, and stops watching one', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const client = await house.enter('grace');

  client.watch('lab');
  client.watch('vm:1');
  await client.next('picture', ({ scope }) => scope === 'vm:1');
  house.lab.put('vm:1', { name: 'both' });
  await client.next('packet', ({ scope }) => scope === 'vm:1');
  client.say({ t: 'unwatch', scope: 'vm:1' });
  await client.settle();
  house.lab.put('vm:1', { name: 'lab only' });
  await client.next('packet', ({ to }) => to === 3);
  await client.settle();

  expect(client.all('packet').map(({ scope, to }) => [scope, to])).toEqual([
    ['lab', 2],
    ['vm:1', 2],
    ['lab', 3],
  ]);
  expect(house.lab.watches.size).toBe(1);
});

test('a scope that is not there is refused, and the connection stays', async () => {
  const house = await aHub();
  const client = await house.enter('grace');

  client.watch('vm:none');
  const refused = await client.next('error');
  await client.settle();

  expect(refused).toMatchObject({ kind: 'no-such-scope', about: 'vm:none' });
});

test('a client that diverged is counted and gets a picture', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const client = await house.enter('grace');
  client.watch('lab');
  await client.next('picture');

  client.say({ t: 'diverged', scope: 'lab', lineage: 1, turn: 1, hash: 'ffffffffffffffff' });
  await client.next('picture');

  expect(house.hub.figures.divergences).toBe(1);
  expect(house.lab.watches.size).toBe(1);
});

test('gauges and trace go to who asked for them', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const [asked, other] = [await house.enter('ada'), await house.enter('guest1')];
  asked.say({ t: 'watch', scope: 'lab', from: null });
  other.say({ t: 'watch', scope: 'lab', from: null, gauges: true, trace: true });
  await Promise.all([asked.next('picture'), other.next('picture')]);

  house.lab.gauges('lab', { 'vm:1': { packets: 7 } });
  house.lab.trace('lab');
  const gauges = await other.next('gauges');
  await other.next('trace');
  await asked.settle();

  expect(gauges.values).toEqual([['vm:1', { packets: 7 }]]);
  expect([...asked.all('gauges'), ...asked.all('trace')]).toEqual([]);
});

test('everyone sees who is there and what they look at, and who left', async () => {
  const house = await aHub();
  const ada = await house.enter('ada');
  const grace = await house.enter('grace');

  grace.say({ t: 'presence', view: 'machines', selection: 'vm:1', typing: null });
  const shown = await ada.next('people', ({ people }) => people.some(({ view }) => view !== null));
  grace.cut();
  const left = await ada.next('people', ({ people }) => people.some(({ online }) => !online));

  expect(shown.people).toContainEqual(
    expect.objectContaining({ name: 'grace', selection: 'vm:1', online: true }),
  );
  expect(left.people).toMatchObject([{ name: 'grace', view: null, online: false }]);
  expect(house.lab.people).toEqual([1, 2, 1]);
});
