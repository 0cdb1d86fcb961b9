import { expect, test } from 'vitest';
import { HandWall } from '../../test/swarm/hand-wall.ts';
import { CALM, LAB, aDatabase, aServer, answers } from './toy-labs.fixture.ts';

test('a command sent again is done once and answered with the stored result', async () => {
  const { wall, seen, submit } = aServer(aDatabase());

  submit('command-1', 'rename', { name: 'first' });
  await wall.pass(100);
  submit('command-1', 'rename', { name: 'second' });
  await wall.pass(100);

  expect(answers(seen).map(({ result, again }) => ({ result, again }))).toEqual([
    { result: { ok: true, value: 'first' }, again: false },
    { result: { ok: true, value: 'first' }, again: true },
  ]);
});

test('commands that come while an append fails are done once each, after those it had', async () => {
  const database = aDatabase();
  const wall = new HandWall();
  let isAway = false;
  const before = async (): Promise<void> => {
    await new Promise<void>(resolve => void wall.after(20, resolve));
    if (isAway) throw new Error('the database is away');
  };
  const { seen, logged, submit } = aServer(database, { ...CALM, before }, wall);
  submit('command-1', 'rename', { name: 'one' });
  await wall.pass(200);

  isAway = true;
  submit('command-2', 'rename', { name: 'two' });
  await wall.pass(10);
  submit('command-3', 'rename', { name: 'three' });
  await wall.pass(500);
  isAway = false;
  await wall.pass(5_000);
  submit('command-4', 'rename', { name: 'four' });
  await wall.pass(500);

  const inputs = database.labs.get(LAB)?.inputs ?? [];
  expect(inputs.map(({ seq, command }) => [seq, command])).toEqual([
    [1, 'command-1'],
    [2, 'command-2'],
    [3, 'command-3'],
    [4, 'command-4'],
  ]);
  expect(answers(seen).map(({ result }) => result)).toEqual(
    ['one', 'two', 'three', 'four'].map(value => ({ ok: true, value })),
  );
  expect(logged.filter(line => line.includes('did not answer'))).toHaveLength(1);
  expect(seen.filter(({ t }) => t === 'stopped')).toEqual([]);
});

test('a lab whose lease was taken by nobody else is opened again by whoever comes', async () => {
  const database = aDatabase();
  const { labs, wall, seen, submit } = aServer(database);
  submit('command-1', 'rename', { name: 'one' });
  await wall.pass(100);

  const durable = database.labs.get(LAB);
  if (durable !== undefined) durable.lease += 1;
  submit('command-2', 'rename', { name: 'two' });
  await wall.pass(100);
  labs.post({ t: 'open', lab: LAB });
  submit('command-2', 'rename', { name: 'two' });
  await wall.pass(100);

  expect(seen.filter(({ t }) => t === 'stopped')).toMatchObject([{ reason: 'moved' }]);
  expect(answers(seen).map(({ id, result }) => [id, result.ok])).toEqual([
    ['command-1', true],
    ['command-2', true],
  ]);
});

test('an input that throws is answered internal, journaled as poisoned, and leaves no trace', async () => {
  const database = aDatabase();
  const { wall, seen, submit } = aServer(database);
  submit('command-1', 'rename', { name: 'kept' });

  submit('command-2', 'throw');
  await wall.pass(100);
  submit('command-3', 'rename', { name: 'after' });
  await wall.pass(2_000);

  const byId = new Map(answers(seen).map(({ id, result }) => [id, result]));
  expect(byId.get('command-2')).toMatchObject({ ok: false, fault: { kind: 'Internal' } });
  expect(byId.get('command-1')).toEqual({ ok: true, value: 'kept' });
  expect(byId.get('command-3')).toEqual({ ok: true, value: 'after' });
  expect(database.labs.get(LAB)?.inputs.map(input => input.poisoned)).toEqual([false, true, false]);
  const row = database.labs.get(LAB)?.rows.get('service')?.get('service:one');
  expect(row?.values['name']).toBe('after');
});

test('a timer that throws stops its lab and says so', async () => {
  const { wall, seen, submit } = aServer(aDatabase());

  submit('command-1', 'rename', { name: 'broken' });
  await wall.pass(3_000);

  expect(seen.filter(({ t }) => t === 'stopped')).toMatchObject([{ reason: 'bug', lab: LAB }]);
  expect(answers(seen)).toMatchObject([{ id: 'command-1', result: { ok: true } }]);
});

test('rows changed by SQL while the lab was closed are shown, and the differing hash is reported', async () => {
  const database = aDatabase();
  const first = aServer(database);
  first.labs.post({ t: 'open', lab: LAB });
  await first.wall.pass(3_000);
  void first.labs.close();
  await first.wall.pass(1_000);
  const rows = database.labs.get(LAB)?.rows.get('service');
  const row = rows?.get('service:one');
  if (row !== undefined) rows?.set(row.id, { ...row, values: { ...row.values, name: 'by SQL' } });

  const second = aServer(database);
  second.labs.post({
    t: 'ask',
    id: 1,
    lab: LAB,
    question: { q: 'view', audience: 'everyone', scope: 'lab', at: { turn: 1 } },
  });
  second.labs.post({
    t: 'watch',
    lab: LAB,
    connection: 1,
    watcher: 1,
    scope: 'lab',
    audience: 'everyone',
    from: null,
    gauges: false,
    trace: false,
  });
  await second.wall.pass(100);

  const begin = second.seen.find(message => message.t === 'begin');
  const picture = new TextDecoder().decode(begin?.frames[0]);
  expect(picture).toContain('by SQL');
  expect(second.logged.join()).toContain('rows were changed outside the lab');
});

test('rows that were hashed in another way are not said to be changed', async () => {
  const database = aDatabase();
  const first = aServer(database);
  first.labs.post({ t: 'open', lab: LAB });
  await first.wall.pass(3_000);
  void first.labs.close();
  await first.wall.pass(1_000);
  const durable = database.labs.get(LAB);
  if (durable?.head) durable.head = { ...durable.head, stateHash: 'abc by another version' };

  const second = aServer(database);
  second.labs.post({ t: 'open', lab: LAB });
  await second.wall.pass(100);

  expect(second.logged.join()).toContain('hashed in another way');
  expect(second.logged.join()).not.toContain('changed outside the lab');
});

test('paused, time stands still over a restart; running, it goes on to what was promised', async () => {
  const database = aDatabase();
  const first = aServer(database);
  first.submit('command-1', 'clock.pause');
  await first.wall.pass(5_000);

  const second = aServer(database);
  second.labs.post({ t: 'ask', id: 1, lab: LAB, question: { q: 'state' } });
  await second.wall.pass(2_000);

  const reply = second.seen.find(message => message.t === 'reply');
  expect(reply?.answer).toMatchObject({ ok: true, value: { running: false } });
  const pause = database.labs.get(LAB)?.inputs[0];
  expect(reply?.answer).toMatchObject({ value: { at: pause?.at } });
});

test('a lab nobody watches goes to sleep, and wakes for whoever comes', async () => {
  const database = aDatabase();
  const { labs, wall, submit } = aServer(database);
  labs.post({ t: 'open', lab: LAB });
  await wall.pass(100);

  labs.post({ t: 'people', lab: LAB, count: 0 });
  await wall.pass(40_000);
  const asleep = database.labs.get(LAB)?.inputs.map(({ op }) => op);
  const sleptAt = database.labs.get(LAB)?.head?.now ?? 0;
  await wall.pass(60_000);
  submit('command-1', 'rename', { name: 'awake' });
  await wall.pass(500);

  expect(asleep).toEqual(['clock.sleep']);
  const inputs = database.labs.get(LAB)?.inputs ?? [];
  expect(inputs.map(({ op }) => op)).toEqual(['clock.sleep', 'clock.wake', 'rename']);
  expect(inputs[1]?.at).toBe(sleptAt);
});
