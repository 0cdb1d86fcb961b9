import { expect, test } from 'vitest';
import { aDatabase } from '../../../test/fixture/postgres.ts';
import { createAttempts, network } from './attempts.ts';
import { databaseOf } from './database.ts';

const { sql } = await aDatabase();
const attempts = createAttempts(databaseOf(sql));
const times = (count: number) => Array.from({ length: count });

test('of many attempts at once exactly as many as allowed get through', async () => {
  const limit = { name: 'many', max: 5, seconds: 60 };

  const taken = await Promise.all(times(20).map(() => attempts.take(limit, '192.0.2.1')));

  expect(taken.filter(({ ok }) => ok)).toHaveLength(5);
});

test('another address and another limit are counted apart', async () => {
  const limit = { name: 'apart', max: 1, seconds: 60 };
  await attempts.take(limit, '192.0.2.1');

  const same = await attempts.take(limit, '192.0.2.1');
  const others = [
    await attempts.take(limit, '192.0.2.2'),
    await attempts.take({ ...limit, name: 'else' }, '192.0.2.1'),
  ];

  expect(same).toMatchObject({ ok: false, fault: { retryAfterSeconds: 60 } });
  expect(others.every(({ ok }) => ok)).toBe(true);
});

test('after the window one begins again', async () => {
  const limit = { name: 'window', max: 1, seconds: 60 };
  await attempts.take(limit, '192.0.2.1');
  await sql`update attempt set window_ends = now() where key = 'window 192.0.2.1'`;

  const [again, more] = [
    await attempts.take(limit, '192.0.2.1'),
    await attempts.take(limit, '192.0.2.1'),
  ];

  expect([again.ok, more.ok]).toEqual([true, false]);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:DB8:0:0:ffff::1', '2001:db8:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
])('%s is counted as %s', (address, counted) => {
  expect(network(address)).toBe(counted);
});
