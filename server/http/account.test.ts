import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  aBrowser,
  aGuest,
  aJoinToken,
  aLab,
  anInstructor,
  type Browser,
} from '../../test/fixture/browser.ts';
import { aHouse } from '../../test/fixture/house.ts';

const house = await aHouse();
const { sql } = house.database;

const GOOD = 'correct horse battery';
const OTHER = 'a different sentence';

const setPassword = (browser: Browser, email: string, more: Record<string, unknown> = {}) =>
  browser.send('POST', '/api/me/password', { email, password: GOOD, ...more });

const signIn = (email: string, password: string, browser = aBrowser(house)) =>
  browser.send('POST', '/api/sign-in/password', { email, password });

const kindOf = ({ json }: { readonly json: unknown }) =>
  (json as { error?: { kind: string } } | undefined)?.error?.kind;

const copyOf = (browser: Browser): Browser => {
  const copy = aBrowser(house);
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
  return copy;
};

/** The right to set one without the old lasts a while after a sign-in link. */
const later = () => sql`update auth_verification set expires_at = now() - interval '1 second'`;

/** Until so many statements wait for a lock. */
const waiting = async (wanted: number): Promise<void> => {
  for (;;) {
    const [row] = await sql`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (row?.['count'] === wanted) return;
    await sleep(10);
  }
};

interface Sessions {
  readonly sessions: readonly { session: string; current: boolean; userAgent: string | null }[];
}
const sessionsOf = async (browser: Browser) =>
  ((await browser.get('/api/me/sessions')).json as Sessions).sessions;

test('an instructor who came by the printed link sets a password and comes back with it', async () => {
  const ada = await anInstructor(house, 'Ada');
  const before = (await ada.get('/api/me/account')).json;

  const set = await setPassword(ada, ' Ada@School.example ');
  const back = aBrowser(house);
  const entered = await signIn('ADA@school.example', GOOD, back);

  expect(before).toEqual({ email: null, asksCurrent: false });
  expect(set.json).toEqual({ email: 'ada@school.example', asksCurrent: true });
  expect(entered.json).toMatchObject({ name: 'Ada', role: 'instructor' });
  expect((await back.get('/api/me')).json).toMatchObject({ name: 'Ada' });
});

test('a wrong password and an address of nobody are refused in the same words', async () => {
  await setPassword(await anInstructor(house, 'Wanda'), 'wanda@school.example');

  const answers = [
    await signIn('wanda@school.example', OTHER),
    await signIn('nobody@school.example', GOOD),
    await signIn('x@guest.invalid', ''),
  ];

  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.flatMap(({ headers }) => headers.getSetCookie())).toEqual([]);
});

test('a guest who sets a password stays the same person, in the lab and everywhere', async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  const guest = await aGuest(house, await aJoinToken(ada, lab), 'Grace');
  const before = (await guest.get('/api/me')).json as { person: string };

  await setPassword(guest, 'grace@school.example');
  const back = aBrowser(house);
  await signIn('grace@school.example', GOOD, back);

  const people = (await ada.get(`/api/labs/${lab}/people`)).json as { people: object[] };
  expect((await back.get('/api/me')).json).toMatchObject({
    person: before.person,
    role: 'learner',
  });
  expect((await back.get(`/api/labs/${lab}`)).status).toBe(200);
  expect(people.people).toContainEqual(
    expect.objectContaining({ person: before.person, guest: false }),
  );
});

test('a new password ends every other session, and asks for the current one', async () => {
  const zoe = await anInstructor(house, 'Zoe');
  await setPassword(zoe, 'zoe@school.example');
  const elsewhere = aBrowser(house);
  await signIn('zoe@school.example', GOOD, elsewhere);
  await later();
  const told = house.told.length;

  const refused = [
    await setPassword(zoe, 'zoe@school.example', { password: OTHER }),
    await setPassword(zoe, 'zoe@school.example', { password: OTHER, current: OTHER }),
  ];
  const stillThere = (await elsewhere.get('/api/me')).status;
  const changed = await setPassword(zoe, 'zoe@school.example', { password: OTHER, current: GOOD });

  expect(refused.map(kindOf)).toEqual(['password', 'password']);
  expect([stillThere, changed.status]).toEqual([200, 200]);
  expect((await elsewhere.get('/api/me')).status).toBe(401);
  expect((await zoe.get('/api/me')).status).toBe(200);
  expect(house.told.slice(told)).toMatchObject([{ type: 'SessionEnded' }]);
  expect((await signIn('zoe@school.example', GOOD)).status).toBe(401);
  expect((await signIn('zoe@school.example', OTHER)).status).toBe(200);
});

test('whoever signs in by the old password while it changes is nowhere signed in afterwards', async () => {
  const ivy = await anInstructor(house, 'Ivy');
  await setPassword(ivy, 'ivy@school.example');
  const late = aBrowser(house);

  const { changing, entering } = await sql.begin(async at => {
    await at`select from person where name = 'Ivy' for update`;
    const changing = setPassword(ivy, 'ivy@school.example', { password: OTHER, current: GOOD });
    await waiting(1);
    // The old password was right when it was looked at; the session would come after the change.
    const entering = signIn('ivy@school.example', GOOD, late);
    await waiting(2);
    return { changing, entering };
  });

  expect([(await changing).status, (await entering).status]).toEqual([200, 401]);
  expect((await late.get('/api/me')).status).toBe(401);
  expect(await sessionsOf(ivy)).toMatchObject([{ current: true }]);
});

test('who forgot a password sets another one after a new sign-in link, once', async () => {
  await setPassword(await anInstructor(house, 'Fay'), 'fay@school.example');

  const fay = await anInstructor(house, 'Fay');
  const reset = await setPassword(fay, 'fay@school.example', { password: OTHER });
  const again = await setPassword(fay, 'fay@school.example');

  expect([reset.status, kindOf(again)]).toEqual([200, 'password']);
  expect((await signIn('fay@school.example', OTHER)).status).toBe(200);
});

test('a sign-in link gives the right to a new password to its own session and to no other', async () => {
  await setPassword(await anInstructor(house, 'Eve'), 'eve@school.example');
  const other = aBrowser(house);
  await signIn('eve@school.example', GOOD, other);

  await anInstructor(house, 'Eve');
  const refused = await setPassword(other, 'eve@school.example', { password: OTHER });

  expect(kindOf(refused)).toBe('password');
});

test('of two who want one address at once, one gets it', async () => {
  const both = await Promise.all([anInstructor(house, 'Tom'), anInstructor(house, 'Tim')]);

  const answers = await Promise.all(both.map(one => setPassword(one, 'twin@school.example')));
  const reserved = await setPassword(await anInstructor(house, 'Rob'), 'rob@guest.invalid');

  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect(kindOf(reserved)).toBe('email-taken');
  expect(house.errors).toEqual([]);
});

test.each([
  ['short', { email: 'a@school.example', password: 'elevenchars' }],
  ['endless', { email: 'a@school.example', password: 'x'.repeat(201) }],
  ['no address', { email: 'school.example', password: GOOD }],
  ['an address with a NUL', { email: 'a\0@school.example', password: GOOD }],
])('what is %s is refused by its form', async (_name, body) => {
  const ada = await anInstructor(house, 'Form');

  const refused = await ada.send('POST', '/api/me/password', body);

  expect([refused.status, kindOf(refused)]).toEqual([400, 'malformed']);
});

test('one sees where one is signed in, and ends it there; nobody ends another’s', async () => {
  const uma = await anInstructor(house, 'Uma');
  const phone = await anInstructor(house, 'Uma');
  const stranger = await anInstructor(house, 'Stranger');
  const own = await sessionsOf(uma);
  const other = own.find(({ current }) => !current)?.session ?? '';

  const byStranger = await stranger.send('DELETE', `/api/me/sessions/${other}`);
  const rubbish = await uma.send('DELETE', '/api/me/sessions/%00');
  const ended = await uma.send('DELETE', `/api/me/sessions/${other}`);
  const twice = await uma.send('DELETE', `/api/me/sessions/${other}`);

  expect(own.map(({ current }) => current)).toEqual([false, true]);
  expect([byStranger, rubbish, ended, twice].map(({ status }) => status)).toEqual([
    404, 404, 204, 404,
  ]);
  expect((await phone.get('/api/me')).status).toBe(401);
  expect(await sessionsOf(uma)).toMatchObject([{ current: true }]);
});

test('signing in with a password never takes over a session that came along', async () => {
  await setPassword(await anInstructor(house, 'Vic'), 'vic@school.example');
  const mallory = await anInstructor(house, 'Mallory');
  const victim = copyOf(mallory);

  await signIn('vic@school.example', GOOD, victim);

  expect((await victim.get('/api/me')).json).toMatchObject({ name: 'Vic' });
  expect((await mallory.get('/api/me')).status).toBe(401);
});

test('guesses at one account have to wait, wherever they come from', async () => {
  const busy = await aHouse({ edge: { trustProxy: true } });
  const guess = (email: string, last: number) =>
    aBrowser(busy).send(
      'POST',
      '/api/sign-in/password',
      { email, password: OTHER },
      { 'x-forwarded-for': `192.0.2.${last}` },
    );
  const first = [];
  for (let tries = 1; tries <= 10; tries += 1) first.push(await guess('a@school.example', tries));

  const stopped = await guess('A@school.example', 99);
  const other = await guess('b@school.example', 1);

  expect(new Set(first.map(({ status }) => status))).toEqual(new Set([401]));
  expect([stopped.status, other.status]).toEqual([429, 401]);
});

test('each is written down with who and where, and no password stands anywhere', async () => {
  const kim = await anInstructor(house, 'Kim');
  const { person } = (await kim.get('/api/me')).json as { person: string };
  await setPassword(kim, 'kim@school.example');
  await signIn('kim@school.example', OTHER);
  await signIn('kim@school.example', GOOD);
  await setPassword(kim, 'kim@school.example', { current: GOOD, password: OTHER });

  const rows = await sql`select * from audit where person = ${person} order by id`;
  const accounts = await sql`select * from auth_account`;

  expect(rows.map(({ action }) => action as string)).toEqual([
    'SignedIn',
    'AccountMade',
    'SignInRefused',
    'SignedIn',
    'PasswordSet',
  ]);
  for (const { address } of rows) expect(address).not.toBeNull();
  const written = JSON.stringify([rows, accounts]);
  for (const password of [GOOD, OTHER]) expect(written).not.toContain(password);
});
