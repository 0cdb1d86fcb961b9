import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LAB, aHub } from '../../test/fixture/hub-house.ts';
import type { Verb } from '../course/authorisation.ts';
import { AUTHORISATION, may } from '../course/authorisation.ts';
import { OPERATIONS } from '../protocol/operation/index.ts';
import { WIRE_ERRORS } from '../protocol/wire/error.ts';
import { UP } from '../protocol/wire/up.ts';

const ID = 'command-0000000001';
const VM = { vm: 'vm:1' };

/** A right message of every kind that may be said after hello. */
const SAID: { readonly [kind: string]: object } = {
  watch: { scope: 'lab', from: null },
  unwatch: { scope: 'lab' },
  command: { id: ID, op: 'vm.start', args: VM },
  presence: { view: 'xray', selection: null, typing: null },
  console: { id: 'request-1', console: null, what: { do: 'list' } },
  diverged: { scope: 'lab', lineage: 1, turn: 1, hash: '0' },
  ping: { n: 1 },
};

const operations = Object.entries(OPERATIONS).map(([op, { verb }]) => ({ op, verb }));

test('every kind of message asks the table, and does nothing where it says no', async () => {
  const denied = new Set<Verb>();
  const house = await aHub({ denied, limits: { commandsBurst: 1_000 } });
  house.lab.put('vm:1', { name: 'one' });
  const [client, witness] = [await house.enter('grace'), await house.enter('ada')];
  client.watch('lab');
  await client.next('picture');
  const asked = house.lab.watchesAsked;
  const kinds = Object.keys(UP).filter(kind => kind !== 'hello');

  denied.add('lab.watch').add('lab.command');
  for (const t of kinds) client.raw(JSON.stringify({ t, ...SAID[t] }));
  await expect.poll(() => client.all('error').length).toBe(kinds.length);
  await sleep(150);

  expect(client.all('error').map(({ kind }) => kind)).toEqual(kinds.map(() => 'not-allowed'));
  expect(client.closed).toBeNull();
  expect(client.all('pong')).toEqual([]);
  // It still watches what it watched, nothing reached the lab, nobody was shown anything.
  expect([house.lab.watchesAsked, house.lab.watches.size]).toEqual([asked, 1]);
  expect(house.lab.submitted).toEqual([]);
  expect(house.hub.figures.divergences).toBe(0);
  expect(
    witness.all('people').flatMap(({ people }) => people.map(({ view }) => view)),
  ).not.toContain('xray');
});

test.each(operations)('$op is refused to whoever may not $verb', async ({ op, verb }) => {
  const denied = new Set<Verb>([verb]);
  const house = await aHub({ denied });
  const client = await house.enter('grace');

  client.raw(JSON.stringify({ t: 'command', id: ID, op, args: {} }));
  const refused = await client.next('error');
  denied.clear();
  const others: readonly Verb[] = Object.keys(AUTHORISATION) as Verb[];
  for (const other of others) if (other !== verb && other !== 'lab.watch') denied.add(other);
  client.raw(JSON.stringify({ t: 'command', id: `${ID}-2`, op, args: {} }));
  await client.settle();

  expect(refused).toMatchObject({ kind: 'not-allowed', about: ID });
  // With that right and no other it comes to its arguments.
  expect(
    client
      .all('error')
      .slice(1)
      .map(({ kind }) => kind),
  ).not.toContain('not-allowed');
});

test('who may not watch is not let in, by the same words as where there is no lab', async () => {
  const house = await aHub({ denied: new Set<Verb>(['lab.watch']) });
  const client = await house.socket('grace');

  client.say({ t: 'hello', lab: LAB, client: 'client-0001' });

  expect(await client.end()).toBe(WIRE_ERRORS['not-found'].close);
});

test('what is for instructors is shown to whom the table says, and to nobody else', async () => {
  const house = await aHub({ denied: new Set<Verb>(['lab.inspect-instructor']) });
  house.lab.put('vm:1', { name: 'one', solution: 'hidden' });
  const client = await house.enter('ada');
  client.watch('lab');

  const picture = await client.next('picture');

  expect(may('instructor', 'lab.inspect-instructor')).toBe(true);
  expect(picture.records[0]?.[3]).toEqual({ name: 'one' });
});

test('a right that was lost while nobody told is found out', async () => {
  const house = await aHub({ recheckMs: 0 });
  const [ada, grace, guest] = await Promise.all(
    ['ada', 'grace', 'guest1'].map(name => house.enter(name)),
  );

  house.roles.set('person:ada', 'learner');
  house.roles.delete('person:grace');
  house.forgetSession('guest1');
  const ends = await Promise.all([ada?.end(), grace?.end(), guest?.end()]);

  expect(ends).toEqual([
    WIRE_ERRORS['role-changed'].close,
    WIRE_ERRORS['not-found'].close,
    WIRE_ERRORS['signed-out'].close,
  ]);
});
