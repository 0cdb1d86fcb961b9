import { getTableColumns } from 'drizzle-orm';
import { getAuthTables } from 'better-auth/db';
import { expect, test } from 'vitest';
import * as tables from '../../../db/identity.ts';
import { aDatabase } from '../../../test/fixture/postgres.ts';
import { createRevocations } from '../../course/revocation.ts';
import { buildAuth } from './auth.ts';
import { databaseOf } from './database.ts';

const database = await aDatabase();

const auth = (publicUrl: string | null, secret = 'a'.repeat(64)) =>
  buildAuth({
    database: databaseOf(database.sql),
    secret,
    edge: { publicUrl, trustProxy: false },
    revocations: createRevocations(),
    log: line => process.stderr.write(`${line}\n`),
  });

const ours = {
  user: tables.authUser,
  session: tables.authSession,
  account: tables.authAccount,
  verification: tables.authVerification,
  rateLimit: tables.authRateLimit,
};

test('our tables have every column that this version of better-auth writes', () => {
  const wanted = getAuthTables(auth(null).options);

  expect(Object.keys(wanted)).toEqual(expect.arrayContaining(Object.keys(ours)));
  for (const [name, table] of Object.entries(ours)) {
    const fields = Object.keys(wanted[name]?.fields ?? {});
    expect(fields.length).toBeGreaterThan(2);
    expect(Object.keys(getTableColumns(table))).toEqual(expect.arrayContaining(fields));
  }
});

test('two installations on one machine do not take each other’s cookies', async () => {
  const [one, other] = await Promise.all([
    auth(null).$context,
    auth(null, 'b'.repeat(64)).$context,
  ]);

  expect(one.authCookies.sessionToken.name).not.toBe(other.authCookies.sessionToken.name);
});

test.each([
  [null, false],
  ['http://192.168.1.20:7420', false],
  ['https://lab.example', true],
])('at %s the cookie is marked secure: %s', async (publicUrl, secure) => {
  const { authCookies } = await auth(publicUrl).$context;

  const { attributes } = authCookies.sessionToken;
  expect(attributes).toMatchObject({ secure, httpOnly: true, sameSite: 'lax', path: '/' });
});
