import { setImmediate } from 'node:timers/promises';
import type { LeftBehind, Projection } from '../lab/port.ts';
import type { Fact, Trace } from '../protocol/fact.ts';
import { RECORD_KINDS } from '../protocol/record/kind.ts';
import { isLostFence, outcomeOf } from './failure.ts';
import { HEAD_COLUMNS, HEAD_FIELDS, type Head } from './head.ts';
import { type Column, columnsOf, insertInto, literal, name, whole } from './literal.ts';
import { RECORD_SQL } from './record-sql.ts';
import type { Session } from './session.ts';

// Rows behind the journal: all of a projection in one message and one transaction. The row of
// lab_clock, which the journal's writer waits for, is taken last; a fence that does not hold undoes
// everything before it. Written twice, the same projection leaves the same rows.

/** Rows of one statement: the text of so many is made in a millisecond or two. */
const ROWS = 500;
/** For so long the text of a message is made in one go, before others of the thread have their turn. */
const SLICE_MS = 3;

/** False when the fence does not hold. */
export const writeProjection = async (
  session: Session,
  projection: Projection,
): Promise<boolean> => {
  try {
    await session.write(await gently(statements(projection)));
    return true;
  } catch (error) {
    if (isLostFence(error)) return false;
    throw outcomeOf('wrote the rows of a lab', error);
  }
};

/** After a second of many commands the text is megabytes, and other commands wait for this thread. */
const gently = async (pieces: Iterable<string>): Promise<readonly string[]> => {
  const made: string[] = [];
  let since = performance.now();
  for (const piece of pieces) {
    made.push(piece);
    if (performance.now() - since < SLICE_MS) continue;
    await setImmediate();
    since = performance.now();
  }
  return made;
};

function* statements(projection: Projection): Generator<string> {
  yield* records(projection);
  yield* agenda(projection);
  yield* tombstones(projection);
  yield* history(projection);
  yield fence(projection);
}

/** By kind and id, so that two who write the same lab wait for each other and do not deadlock. */
function* records({ branch, upserts, deleted }: Projection): Generator<string> {
  for (const kind of RECORD_KINDS) {
    const put = (upserts[kind] ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const gone = (deleted[kind] ?? []).toSorted();
    for (const some of slices(gone)) yield RECORD_SQL[kind].remove(branch, some);
    for (const some of slices(put)) yield RECORD_SQL[kind].put(branch, some);
  }
}

function* slices<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += ROWS) yield rows.slice(from, from + ROWS);
}

const AGENDA = columnsOf<Projection['agendaAdded'][number]>({
  seq: 'int8',
  due: 'int8',
  to: 'text',
  message: 'json',
  cause: 'int8',
});

function* agenda({ branch, agendaAdded, agendaRan }: Projection): Generator<string> {
  for (const some of slices(agendaRan)) {
    yield `delete from agenda where branch = ${whole(branch)}
      and seq in (${some.map(whole).join(', ')})`;
  }
  yield* put('agenda', AGENDA, branch, agendaAdded);
}

const TOMBSTONE = columnsOf<Projection['tombstones'][number]>({
  turn: 'int8',
  id: 'text',
  host: 'text',
  vm: 'text',
});

function* tombstones({ branch, tombstones: buried, head }: Projection): Generator<string> {
  yield `delete from tombstone
    where branch = ${whole(branch)} and turn <= ${whole(head.tombstoneFloor)}`;
  const kept = buried.filter(({ turn }) => turn > head.tombstoneFloor);
  yield* put('tombstone', TOMBSTONE, branch, kept);
}

const FACT = columnsOf<Fact>({
  n: 'int8',
  turn: 'int8',
  at: 'int8',
  kind: 'text',
  from: 'text',
  to: 'text',
  host: 'text',
  vm: 'text',
  cause: 'int8',
  audience: 'text',
  summary: 'text',
  data: 'json',
});

const MARK = columnsOf<Projection['marks'][number]>({ at: 'int8', turn: 'int8', hash: 'text' });

/** What happened on a branch, as opposed to how it stands. */
export function* history({ branch, facts, marks, trace }: LeftBehind): Generator<string> {
  yield* put('fact', FACT, branch, facts);
  yield* put('mark', MARK, branch, marks);
  for (const some of slices(trace)) {
    yield `${insertInto('trace', TRACE, branch, some)} ${IF_DAY_IS_THERE}`;
  }
}

const TRACE = columnsOf<Trace>({
  turn: 'int8',
  at: 'int8',
  channel: 'text',
  vm: 'text',
  summary: 'text',
  packet: 'int8',
  rate: 'int8',
  bytes: 'text',
});

/** Trace is a sample: on a day that has no partition it is not kept, and nothing else is held up. */
const IF_DAY_IS_THERE = `
  where to_regclass('trace_' || to_char(now() at time zone 'utc', 'YYYYMMDD')) is not null`;

/** What is there already is there from the same projection, written before its outcome was lost. */
function* put<R>(
  table: string,
  columns: readonly Column<R>[],
  branch: number,
  rows: readonly R[],
): Generator<string> {
  for (const some of slices(rows)) {
    yield `${insertInto(table, columns, branch, some)} on conflict do nothing`;
  }
}

/**
 * The lease and branch are ours, the journal has every input that the rows include, and no later
 * projection was written: one whose connection was lost may arrive after its repetition and what
 * followed it. No row for it divides by zero, which takes the whole transaction back.
 */
const fence = ({ lab, branch, lease, head, seq }: Projection): string => `
  with held as (
    update lab_clock set projected_seq = ${whole(seq)},
      promised = greatest(promised, ${whole(head.now)}),
      ${HEAD_FIELDS.map(field => `${name(HEAD_COLUMNS[field])} = ${value(head, field)}`).join(', ')}
    where lab = ${literal(lab)} and branch = ${whole(branch)} and lease = ${whole(lease)}
      and journaled_seq >= ${whole(seq)} and coalesce(projected_turn, 0) <= ${whole(head.turn)}
    returning lab
  )
  select 1 / count(*) from held`;

const value = (head: Head, field: keyof Head): string => {
  const found = head[field];
  return typeof found === 'number' ? whole(found) : literal(found);
};
