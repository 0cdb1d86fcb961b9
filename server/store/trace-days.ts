import { literal, name } from './literal.ts';
import type { Session } from './session.ts';
import { ADVISORY } from './advisory.ts';

// Trace is kept by wall day, in a partition each, so that letting go of a day is dropping a table.

const DAYS_KEPT = 7;

/** Made ahead, so that a server that is asleep at midnight finds its day there. */
const DAYS_AHEAD = 2;

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Makes the partitions of today and the next days, and drops those that are too old. */
export const keepTraceDays = async (session: Session): Promise<void> => {
  const [now] = await session.read<{ today: string }>(
    `select (now() at time zone 'utc')::date::text as today`,
    [],
  );
  const there = await session.read<{ partition: string }>(
    `select c.relname as partition from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = to_regclass('trace')`,
    [],
  );
  const today = Date.parse(now?.today ?? '');
  const wanted = Array.from({ length: DAYS_AHEAD + 1 }, (_, ahead) => today + ahead * DAY_MS);
  const present = new Set(there.map(({ partition }) => partition));
  const missing = wanted.filter(day => !present.has(partitionOf(day)));
  const oldest = partitionOf(today - DAYS_KEPT * DAY_MS);
  const old = [...present].filter(partition => partition < oldest);
  if (missing.length + old.length === 0) return;

  await session.write([
    // Of two servers or threads one does it and the other finds it done.
    `select pg_advisory_xact_lock(${ADVISORY.space}, ${ADVISORY.traceDays})`,
    ...missing.map(
      day => `create table if not exists ${name(partitionOf(day))} partition of trace
        for values from (${literal(dateOf(day))}) to (${literal(dateOf(day + DAY_MS))})`,
    ),
    ...old.map(partition => `drop table if exists ${name(partition)}`),
  ]);
};

const dateOf = (day: number): string => new Date(day).toISOString().slice(0, 10);

const partitionOf = (day: number): string => `trace_${dateOf(day).replaceAll('-', '')}`;
