import { expect, test } from 'vitest';
import { aDatabase } from '../../../test/fixture/postgres.ts';
import type { Incoming, Revocation } from '../../course/port.ts';
import { createRevocations } from '../../course/revocation.ts';
import { createIdentity } from './identity.ts';
import { createSignInLinks } from './sign-in-link.ts';

const database = await aDatabase();
const revocations = createRevocations();
const identity = createIdentity({
  sql: database.sql,
  secret: 'a'.repeat(64),
  edge: { publicUrl: null, trustProxy: false },
  revocations,
  log: message => process.stderr.write(`${message}\n`),
});
const links = createSignInLinks(identity.door);

const from = (cookies: readonly string[] = [], headers: Record<string, string> = {}): Incoming => ({
  headers: {
    host: 'lab.test:7420',
    cookie: cookies.map(cookie => cookie.split(';')[0]).join('; '),
    ...headers,
  },
  remoteAddress: '192.0.2.7',
});

const signedIn = async (name?: string) => {
  const { token } = await links.mint(name);
  const entry = await links.redeem(token, from());
  if (!entry.ok) throw new Error('a fresh link is good');
  return entry.value;
};

test('a sign-in link makes an instructor whose cookie says who it is', async () => {
  const { viewer, cookies } = await signedIn();

  const seen = await identity.identify(from(cookies));

  expect(seen).toMatchObject({ person: viewer.person, name: 'Instructor', role: 'instructor' });
  expect(cookies.join()).toContain('HttpOnly');
  expect(cookies.join()).toContain('SameSite=Lax');
});

test('signing out everywhere ends the other sessions of the person and tells of each', async () => {
  const [one, two] = [await signedIn('Ada'), await signedIn('Ada')];
  const told: Revocation[] = [];
  const stop = revocations.listen(revocation => told.push(revocation));

  await identity.signOut(from(one.cookies), 'every');
  stop();

  expect(one.viewer.person).toBe(two.viewer.person);
  expect(await identity.identify(from(two.cookies))).toBeNull();
  expect(told).toHaveLength(2);
});
