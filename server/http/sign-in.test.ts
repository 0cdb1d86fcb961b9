import { expect, test } from 'vitest';
import { aBrowser, anInstructor } from '../../test/fixture/browser.ts';
import { aHouse } from '../../test/fixture/house.ts';

const house = await aHouse();
const { sql } = house.database;

test('a sign-in link works once', async () => {
  const { token } = await house.signInLinks.mint();
  const [first, second] = [aBrowser(house), aBrowser(house)];

  const used = await first.send('POST', '/api/sign-in', { token });
  const again = await second.send('POST', '/api/sign-in', { token });

  expect(used.json).toMatchObject({ name: 'Instructor', role: 'instructor' });
  expect(again.status).toBe(410);
  expect(again.json).toMatchObject({ error: { kind: 'link', next: 'Ask for a new one.' } });
  expect(second.cookies.size).toBe(0);
});

test('of many clicks at once on one link, one signs in', async () => {
  const { token } = await house.signInLinks.mint();

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => aBrowser(house).send('POST', '/api/sign-in', { token })),
  );

  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
    200,
    ...Array(7).fill(410),
  ]);
});

test('a sign-in link ends after 15 minutes', async () => {
  const { token, expires } = await house.signInLinks.mint();
  const minutes = (expires.getTime() - Date.now()) / 60_000;
  await sql`update sign_in_link set expires_at = now() - interval '1 second' where used_at is null`;

  const late = await aBrowser(house).send('POST', '/api/sign-in', { token });

  expect(minutes).toBeGreaterThan(14);
  expect(minutes).toBeLessThanOrEqual(15);
  expect(late.status).toBe(410);
});

test.each(['', 'x', 'A'.repeat(22), 'A'.repeat(23), '../../etc', '%00', "' or 1=1 --"])(
  'the guess %j opens nothing',
  async token => {
    const guessed = await aBrowser(house).send('POST', '/api/sign-in', { token });

    expect([400, 410]).toContain(guessed.status);
    expect(guessed.headers.getSetCookie()).toEqual([]);
  },
);

test('no token stands in the database, only hashes of 128 bits and more', async () => {
  const { token } = await house.signInLinks.mint();

  const rows = await sql`select * from sign_in_link`;

  expect(Buffer.from(token, 'base64url')).toHaveLength(16);
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('two links of a new house make one instructor, and a name makes another', async () => {
  const fresh = await aHouse();
  const tokens = await Promise.all([fresh.signInLinks.mint(), fresh.signInLinks.mint()]);
  await Promise.all(
    tokens.map(({ token }) => aBrowser(fresh).send('POST', '/api/sign-in', { token })),
  );
  await anInstructor(fresh, 'Ada');
  await anInstructor(fresh, 'Ada');

  const people = await fresh.database.sql`select name, role from person order by created_at`;

  expect(people.map(({ name }) => name)).toEqual(['Instructor', 'Ada']);
});

test('signing in never takes over a session that was there before', async () => {
  const mallory = await anInstructor(house, 'Mallory');
  const victim = aBrowser(house);
  // Mallory has put her own cookie into the victim's browser and hopes that it becomes Ada's session.
  for (const [name, value] of mallory.cookies) victim.cookies.set(name, value);
  const { token } = await house.signInLinks.mint('Ada');

  await victim.send('POST', '/api/sign-in', { token });

  expect([...victim.cookies.values()]).not.toEqual([...mallory.cookies.values()]);
  expect((await victim.get('/api/me')).json).toMatchObject({ name: 'Ada' });
  expect((await mallory.get('/api/me')).status).toBe(401);
});

test('a cookie of one’s own making is no session', async () => {
  const real = await anInstructor(house, 'Ada');
  const forger = aBrowser(house);
  const [row] = await sql`select token from auth_session limit 1`;
  for (const name of real.cookies.keys()) forger.cookies.set(name, `${row?.['token']}.c2lnbmVk`);

  const me = await forger.get('/api/me');

  expect(me.status).toBe(401);
});

test('signing out ends the session in the database and tells who holds sockets', async () => {
  const browser = await anInstructor(house, 'Leaver');
  const copy = aBrowser(house);
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
  const before = house.told.length;

  const left = await browser.send('POST', '/api/sign-out', {});

  expect(left.status).toBe(204);
  expect(browser.cookies.size).toBe(0);
  expect((await copy.get('/api/me')).status).toBe(401);
  expect(house.told.slice(before)).toMatchObject([{ type: 'SessionEnded' }]);
});

test('signing out everywhere ends every session of that person and of nobody else', async () => {
  const [here, there, other] = [
    await anInstructor(house, 'Many'),
    await anInstructor(house, 'Many'),
    await anInstructor(house, 'Other'),
  ];

  await here.send('POST', '/api/sign-out', { everywhere: true });

  expect((await there.get('/api/me')).status).toBe(401);
  expect((await other.get('/api/me')).status).toBe(200);
});

test('a session ends by time', async () => {
  const browser = await anInstructor(house, 'Sleeper');
  await sql`update auth_session set expires_at = now() - interval '1 second'
            where user_id = (select auth_user from person where name = 'Sleeper')`;

  expect((await browser.get('/api/me')).status).toBe(401);
});

test('asking who one is lengthens a session that is older than a day', async () => {
  const browser = await anInstructor(house, 'Regular');
  await sql`update auth_session set expires_at = expires_at - interval '10 days'
            where user_id = (select auth_user from person where name = 'Regular')`;

  const me = await browser.get('/api/me');

  const days = (Date.parse((me.json as { expires: string }).expires) - Date.now()) / 86_400_000;
  expect(me.headers.getSetCookie().join()).toContain('Max-Age=2592000');
  const later = (await browser.get('/api/me')).json as { expires: string };
  expect((Date.parse(later.expires) - Date.now()) / 86_400_000).toBeGreaterThan(29);
  expect(days).toBeGreaterThan(29);
});

test('a person renames itself, and a name that hides something is refused', async () => {
  const browser = await anInstructor(house, 'Before');

  const renamed = await browser.send('PATCH', '/api/me', { name: ' After ' });
  const refused = await browser.send('PATCH', '/api/me', { name: '\u202eretfA' });

  expect(renamed.json).toMatchObject({ name: 'After' });
  expect(refused.status).toBe(422);
  expect((await browser.get('/api/me')).json).toMatchObject({ name: 'After' });
});

test('too many attempts from one address have to wait, and another address has not', async () => {
  const busy = await aHouse({ edge: { trustProxy: true } });
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const attempt = (address: string) =>
    aBrowser(busy).send('POST', '/api/sign-in', { token: 'A'.repeat(22) }, from(address));
  for (let tries = 0; tries < 60; tries += 1) await attempt('192.0.2.1');

  const [stopped, other] = [await attempt('192.0.2.1'), await attempt('192.0.2.2')];

  expect(stopped.status).toBe(429);
  expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(other.status).toBe(410);
});
