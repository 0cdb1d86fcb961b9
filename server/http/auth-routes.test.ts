import { expect, test } from 'vitest';
import { aBrowser, anInstructor } from '../../test/fixture/browser.ts';
import { aHouse } from '../../test/fixture/house.ts';

const house = await aHouse();

// From better-auth's own list: every one of these works on a server that mounts it whole.
const CLOSED = [
  'POST /sign-in/anonymous',
  'POST /sign-in/email',
  'POST /sign-in/social',
  'POST /sign-up/email',
  'POST /sign-out',
  'GET /get-session',
  'GET /list-sessions',
  'POST /revoke-session',
  'POST /update-user',
  'POST /delete-user',
  'POST /change-email',
  'POST /change-password',
  'POST /request-password-reset',
  'POST /open-session',
  'POST /enlighten-door/open-session',
  'GET /callback/github',
  'GET /ok',
  'GET /error',
  'GET /revoke-other-sessions',
] as const;

test.each(CLOSED)('%s of better-auth is not there', async line => {
  const [method = '', path = ''] = line.split(' ');
  const ada = await anInstructor(house, 'Ada');
  const users = await house.database.sql`select count(*) from auth_user`;
  const body = { email: 'ada@example.org', password: 'correct horse', name: 'Ada', userId: 'x' };

  const answer =
    method === 'GET'
      ? await ada.get(`/api/auth${path}`)
      : await ada.send(method, `/api/auth${path}`, body);

  expect(answer.status).toBe(404);
  expect(answer.json).toMatchObject({ error: { kind: 'not-found' } });
  expect(await house.database.sql`select count(*) from auth_user`).toEqual(users);
});

test('a detour to a closed route ends at the same wall', async () => {
  const browser = aBrowser(house);
  const paths = [
    '/./sign-in/anonymous',
    '//sign-in/anonymous',
    '/revoke-other-sessions/../ok',
    '/OK',
    '/%6fk',
  ];

  const answers = await Promise.all(
    paths.map(path => browser.send('POST', `/api/auth${path}`, {})),
  );

  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 404));
});

test('one can end one’s other sessions, and whoever holds their sockets is told', async () => {
  const [here, there] = [await anInstructor(house, 'Ida'), await anInstructor(house, 'Ida')];
  const before = house.told.length;

  const ended = await here.send('POST', '/api/auth/revoke-other-sessions', {});

  expect(ended.status).toBe(200);
  expect((await there.get('/api/me')).status).toBe(401);
  expect((await here.get('/api/me')).status).toBe(200);
  expect(house.told.slice(before)).toMatchObject([{ type: 'SessionEnded' }]);
});

test('better-auth answers in our shape, and not to pages of other addresses', async () => {
  const ada = await anInstructor(house, 'Ada');
  const path = '/api/auth/revoke-other-sessions';

  const nobody = await aBrowser(house).send('POST', path, {});
  const foreign = await ada.send('POST', path, {}, { origin: 'https://evil.example' });

  expect(nobody.json).toMatchObject({ error: { kind: 'not-signed-in' } });
  expect(foreign.json).toMatchObject({ error: { kind: 'foreign-page' } });
});

test('better-auth counts in the database, by the address that we believe and no other', async () => {
  const browser = aBrowser(house);
  const pose = { 'x-enlighten-address': '203.0.113.99', 'x-forwarded-for': '203.0.113.98' };

  await browser.send('POST', '/api/auth/revoke-other-sessions', {}, pose);

  const rows = await house.database.sql`select key from auth_rate_limit`;
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain('203.0.113');
});
