import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { aHub } from '../../test/fixture/hub-house.ts';
import type { Incoming, Viewer } from '../course/port.ts';
import { WIRE_ERRORS } from '../protocol/wire/error.ts';
import { Acquaintances } from './acquaintance.ts';

const from = (cookie: string): Incoming => ({ headers: { cookie }, remoteAddress: '127.0.0.1' });

const grace = (expires = new Date(Date.now() + 60_000)): Viewer => ({
  person: 'person:grace',
  name: 'Grace',
  role: 'learner',
  session: 'session of grace',
  expires,
});

test('who comes back soon is let in without another look at the database', async () => {
  const house = await aHub();
  const first = await house.enter('grace');
  first.cut();

  const again = await house.enter('grace');

  expect(again.all('welcome')).toHaveLength(1);
  expect(house.lookups()).toBe(1);
});

test('a session that ended is not believed, however lately it was', async () => {
  const house = await aHub();
  await house.enter('grace');

  house.endSession('grace');
  const again = await house.socket('grace');

  expect(await again.end()).toBe(WIRE_ERRORS['not-signed-in'].close);
});

test('who was renamed is looked up again, and others are not', async () => {
  const house = await aHub();
  await house.enter('grace');
  await house.enter('ada');

  house.revocations.tell({ type: 'PersonRenamed', person: 'person:grace' });
  await house.enter('grace');
  await house.enter('ada');

  expect(house.lookups()).toBe(3);
});

test('somebody is known for as long as was said, and no longer than the session', async () => {
  const known = new Acquaintances(60_000);
  known.keep(from('a'), grace(), 0, known.epoch);
  known.keep(from('b'), grace(new Date(Date.now() + 10)), 0, known.epoch);

  await sleep(20);

  expect(known.get(from('a'), 59_999)).toMatchObject({ name: 'Grace' });
  expect(known.get(from('a'), 60_000)).toBeNull();
  expect(known.get(from('b'), 20)).toBeNull();
  expect(known.get(from('c'), 20)).toBeNull();
});

test('what was asked before a session ended is not kept when the answer comes after it', () => {
  const known = new Acquaintances(60_000);
  const { epoch } = known;

  known.forget({ session: 'session of grace' });
  known.keep(from('a'), grace(), 0, epoch);

  expect(known.get(from('a'), 0)).toBeNull();
});

test('nobody is kept for ever', () => {
  const known = new Acquaintances(60_000);
  known.keep(from('a'), grace(), 0, known.epoch);
  known.keep(from('b'), grace(), 1, known.epoch);
  known.keep(from('a'), grace(), 2, known.epoch);

  known.sweep(60_001);

  expect(known.size).toBe(1);
});

test('whoever varies one cookie without end does not fill the memory', () => {
  const acquaintances = new Acquaintances(60_000);
  const long = from(`session=x; junk=${'y'.repeat(8_000)}`);

  for (let n = 0; n < 30_000; n += 1) acquaintances.keep(from(`session=x; n=${n}`), grace(), 0, 0);
  acquaintances.keep(long, grace(), 0, 0);

  expect(acquaintances.size).toBeLessThanOrEqual(10_000);
  expect(acquaintances.get(from('session=x; n=29999'), 1)).not.toBeNull();
  expect(acquaintances.get(from('session=x; n=0'), 1)).toBeNull();
  expect(acquaintances.get(long, 1)).toBeNull();
});
