import { expect, test } from 'vitest';
import { HandWall } from '../../test/swarm/hand-wall.ts';
import type { Weather } from '../../test/swarm/memory-store.ts';
import { CALM, LAB, aDatabase, aServer, answers } from './toy-labs.fixture.ts';

// Putting a lab away, and what comes in its way: an absent database, another owner, somebody who comes.

/** A database that takes its time for some calls, and is away while `isAway`. */
function aWeather(wall: HandWall, slow: { readonly [call: string]: number } = {}) {
  const state = { isAway: false };
  const before = async (call: string): Promise<void> => {
    const wait = slow[call] ?? 0;
    if (wait > 0) await new Promise<void>(resolve => void wall.after(wait, resolve));
    if (state.isAway) throw new Error('the database is away');
  };
  const weather: Weather = { ...CALM, before };
  return { state, weather };
}

test('a lab that falls asleep while the database is away is there again for whoever comes', async () => {
  const wall = new HandWall();
  const { state, weather } = aWeather(wall, { project: 20 });
  const { labs, submit, seen } = aServer(aDatabase(), weather, wall);
  submit('command-1', 'clock.pause');
  await wall.pass(5_000);
  submit('command-2', 'rename', { name: 'two' });
  labs.post({ t: 'people', lab: LAB, count: 0 });

  // It sleeps at 30 s; its last projection is under way when the database goes.
  await wall.pass(29_995);
  wall.after(10, () => (state.isAway = true));
  await wall.pass(5_000);
  state.isAway = false;
  await wall.pass(5_000);
  submit('command-3', 'rename', { name: 'three' });
  await wall.pass(5_000);

  expect(answers(seen).at(-1)).toMatchObject({ id: 'command-3', result: { ok: true } });
});

test('a lab closed while it is loaded again says nothing any more', async () => {
  const wall = new HandWall();
  const slow = { project: 195, facts: 0 };
  const { state, weather } = aWeather(wall, slow);
  const { labs, watch, submit, seen, logged } = aServer(aDatabase(), weather, wall);
  watch(1);
  // The rows hold a turn later than the last that was shown: facts in between are to be read.
  await wall.pass(5_980);
  state.isAway = true;
  slow.facts = 5_000;
  submit('command-1', 'rename', { name: 'one' });
  await wall.pass(10);
  state.isAway = false;
  await wall.pass(1_000);

  let isClosed = false;
  void labs.close().then(() => (isClosed = true));
  await wall.pass(1_000);
  const said = seen.length;
  await wall.pass(20_000);

  expect(logged.join()).toContain('loaded again');
  expect(isClosed).toBe(true);
  expect(seen.slice(said)).toEqual([]);
});

test('closing ends although another server has taken the lab', async () => {
  const wall = new HandWall();
  const { weather } = aWeather(wall, { append: 50 });
  const database = aDatabase();
  const { labs, submit } = aServer(database, weather, wall);
  submit('command-1', 'rename', { name: 'one' });
  await wall.pass(500);

  submit('command-2', 'rename', { name: 'two' });
  let isClosed = false;
  void labs.close().then(() => (isClosed = true));
  const durable = database.labs.get(LAB);
  if (durable !== undefined) durable.lease += 1;
  await wall.pass(5_000);

  expect(isClosed).toBe(true);
});

test('who looks away at once is shown nothing', async () => {
  const { labs, wall, watch, seen } = aServer(aDatabase());
  labs.post({ t: 'open', lab: LAB });
  await wall.pass(100);

  watch(1);
  labs.post({ t: 'unwatch', lab: LAB, watcher: 1 });
  await wall.pass(3_000);

  expect(seen.filter(({ t }) => t === 'frame' || t === 'begin')).toEqual([]);
});

test('who looks away while the lab is opened is shown nothing', async () => {
  const wall = new HandWall();
  const { weather } = aWeather(wall, { open: 100 });
  const { labs, watch, seen } = aServer(aDatabase(), weather, wall);

  watch(1);
  await wall.pass(50);
  labs.post({ t: 'unwatch', lab: LAB, watcher: 1 });
  await wall.pass(3_000);

  expect(seen.filter(({ t }) => t === 'frame' || t === 'begin')).toEqual([]);
});

test('commands that come while a lab is put away and opened again are taken in their order', async () => {
  const wall = new HandWall();
  const database = aDatabase();
  const { weather } = aWeather(wall, { open: 30, append: 40 });
  const { labs, submit } = aServer(database, weather, wall);
  labs.post({ t: 'open', lab: LAB });
  labs.post({ t: 'people', lab: LAB, count: 0 });
  await wall.pass(29_000);
  labs.post({ t: 'people', lab: LAB, count: 0 });
  await wall.pass(30_005);

  submit('command-1', 'rename', { name: 'one' });
  await wall.pass(50);
  submit('command-2', 'rename', { name: 'two' });
  await wall.pass(5_000);

  const inputs = database.labs.get(LAB)?.inputs ?? [];
  expect(inputs.map(({ command }) => command).filter(id => id.startsWith('command'))).toEqual([
    'command-1',
    'command-2',
  ]);
});

test('a lab that was only asked a question goes to sleep again', async () => {
  const database = aDatabase();
  const { wall, ask } = aServer(database);

  ask({ q: 'state' });
  await wall.pass(100_000);

  expect(database.labs.get(LAB)?.inputs.map(({ op }) => op)).toEqual(['clock.sleep']);
});

test('a past that is not durable yet is shown once it is', async () => {
  const wall = new HandWall();
  const database = aDatabase();
  const { weather } = aWeather(wall, { append: 300 });
  const { submit, ask, reply } = aServer(database, weather, wall);
  submit('command-1', 'clock.pause');
  await wall.pass(1_000);

  submit('command-2', 'rename', { name: 'two' });
  await wall.pass(10);
  const turn = 3;
  const view = ask({ q: 'view', audience: 'everyone', scope: 'lab', at: { turn } });
  await wall.pass(100);
  const early = reply(view);
  await wall.pass(2_000);

  expect(early).toBeNull();
  expect(reply(view)).toMatchObject({ ok: true, value: { turn } });
  expect(JSON.stringify(reply(view))).toContain('"name":"two"');
});

test('facts are asked for page by page, newest first, from memory and from the rows', async () => {
  const database = aDatabase();
  const first = aServer(database);
  for (const n of [1, 2, 3]) first.submit(`command-${n}`, 'rename', { name: `name ${n}` });
  await first.wall.pass(3_000);
  void first.labs.close();
  await first.wall.pass(1_000);
  const second = aServer(database);
  for (const n of [4, 5]) second.submit(`command-${n}`, 'rename', { name: `name ${n}` });
  await second.wall.pass(100);
  const question = { q: 'facts', audience: 'everyone', scope: 'lab', turn: null } as const;

  const newest = second.ask({ ...question, before: null, limit: 3 });
  await second.wall.pass(100);
  const page = second.reply(newest);
  const oldest = numbersOf(page)[0] ?? null;
  const older = second.ask({ ...question, before: oldest, limit: 100 });
  await second.wall.pass(100);

  expect(page).toMatchObject({ ok: true, value: { more: true } });
  expect(second.reply(older)).toMatchObject({ ok: true, value: { more: false } });
  const numbers = [...numbersOf(second.reply(older)), ...numbersOf(page)];
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.length).toBeGreaterThanOrEqual(5);
});

/** Of a reply with facts. */
const numbersOf = (reply: unknown): number[] => {
  const { value } = reply as { readonly value: { readonly facts: readonly { n: number }[] } };
  return value.facts.map(({ n }) => n);
};

test('a lab that fails while it is replayed is stopped, not tried for ever, and says so', async () => {
  const database = aDatabase();
  const first = aServer(database);
  first.submit('command-1', 'rename', { name: 'broken' });
  await first.wall.pass(3_000);

  const second = aServer(database);
  second.labs.post({ t: 'open', lab: LAB });
  await second.wall.pass(3_000);
  const state = second.ask({ q: 'state' });
  second.submit('command-2', 'rename', { name: 'whole' });
  await second.wall.pass(100);

  const stops = second.seen.filter(message => message.t === 'stopped');
  expect([...new Set(stops.map(({ reason }) => reason))]).toEqual(['bug']);
  expect(second.reply(state)).toMatchObject({ ok: true, value: { phase: 'stopped' } });
  expect(answers(second.seen)).toMatchObject([{ result: { fault: { kind: 'Stopped' } } }]);
});
