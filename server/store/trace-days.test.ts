import { afterAll, beforeEach, expect, test } from 'vitest';
import { aProjection, mustOpen } from '../../test/contract/lab-store-data.ts';
import { aDatabase } from '../../test/fixture/postgres.ts';
import type { Trace } from '../protocol/fact.ts';
import { createLabStore } from './lab-store.ts';
import { Session } from './session.ts';
import { keepTraceDays } from './trace-days.ts';

const database = await aDatabase();
const { sql, url } = database;
const session = new Session({ url, name: 'test', connections: 2 });
const store = await createLabStore({ url });
afterAll(async () => {
  await Promise.all([session.close(), store.close()]);
});

const partitions = async (): Promise<string[]> => {
  const rows = await sql<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'trace'::regclass order by 1`;
  return rows.map(({ name }) => name);
};

const day = (offset: number): string =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');

const aTrace: Trace = {
  turn: 3,
  at: 30 as Trace['at'],
  channel: 'vmbus-channel:1',
  vm: 'vm:1',
  summary: 'heartbeat',
  packet: 64,
  rate: 2,
  bytes: '00ff',
};

beforeEach(async () => {
  for (const name of await partitions()) await sql`drop table ${sql(name)}`;
});

test('today and the next days get a partition, once, however many ask', async () => {
  await Promise.all([keepTraceDays(session), keepTraceDays(session), keepTraceDays(session)]);

  expect(await partitions()).toEqual([0, 1, 2].map(offset => `trace_${day(offset)}`));
});

test('a day is dropped when it is more than seven days ago', async () => {
  for (const offset of [-9, -8, -7])
    await sql.unsafe(`create table trace_${day(offset)} partition of trace
      for values from ('${day(offset)}') to ('${day(offset + 1)}')`);

  await keepTraceDays(session);

  expect(await partitions()).toEqual([-7, 0, 1, 2].map(offset => `trace_${day(offset)}`));
});

test('trace goes to its day; on a day without a partition only the trace is missing', async () => {
  await sql`insert into lab (id, name, file) values ('lab:traced', 'A lab', '')`;
  const opened = await mustOpen(store, 'lab:traced');
  const without = await store.project(aProjection(opened, 3, { trace: [aTrace] }));
  await keepTraceDays(session);

  const held = await store.project(aProjection(opened, 4, { trace: [aTrace, aTrace] }));

  const rows =
    await sql`select branch, turn, at, channel, vm, summary, packet, rate, bytes from trace`;
  expect([without, held]).toEqual([true, true]);
  const { branch } = opened;
  const expected = { ...aTrace, branch, turn: 3, at: 30, packet: 64, rate: 2 };
  expect(rows.map(row => JSON.parse(JSON.stringify(row)))).toEqual(
    [expected, expected].map(row =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key,
          typeof value === 'number' ? String(value) : value,
        ]),
      ),
    ),
  );
});
