import type { Projection } from '../lab/port.ts';
import { type RecordKind, RECORD_KINDS } from '../protocol/record/kind.ts';
import { isLostFence, outcomeOf } from './failure.ts';
import { HEAD_COLUMNS, HEAD_FIELDS, type Head } from './head.ts';
import { literal, name, rowsLiteral, whole } from './literal.ts';
import { RECORD_SQL } from './record-sql.ts';
import type { Session } from './session.ts';

// Rows behind the journal: all of a projection in one message and one transaction. The row of
// lab_clock, which the journal's writer waits for, is taken last; a fence that does not hold undoes
// everything before it. Written twice, the same projection leaves the same rows.

/** False when the fence does not hold. */
export const writeProjection = async (
  session: Session,
  projection: Projection,
): Promise<boolean> => {
  try {
    await session.write([
      ...records(projection),
      ...agenda(projection),
      ...tombstones(projection),
      ...history(projection),
      fence(projection),
    ]);
    return true;
  } catch (error) {
    if (isLostFence(error)) return false;
    throw outcomeOf('wrote the rows of a lab', error);
  }
};

/** By kind and id, so that two who write the same lab wait for each other and do not deadlock. */
const records = ({ branch, upserts, deleted }: Projection): string[] =>
  RECORD_KINDS.flatMap((kind: RecordKind) => {
    const put = (upserts[kind] ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const gone = (deleted[kind] ?? []).toSorted();
    return [
      ...(gone.length > 0 ? [RECORD_SQL[kind].remove(branch, gone)] : []),
      ...(put.length > 0 ? [RECORD_SQL[kind].put(branch, put)] : []),
    ];
  });

const agenda = ({ branch, agendaAdded, agendaRan }: Projection): string[] => {
  const statements: string[] = [];
  if (agendaRan.length > 0)
    statements.push(`
      delete from agenda where branch = ${whole(branch)}
        and seq in (${agendaRan.map(whole).join(', ')})`);
  if (agendaAdded.length > 0)
    statements.push(`
      insert into agenda (branch, seq, due, "to", message, cause)
      select ${whole(branch)}, a.seq, a.due, a."to", a.message::json, a.cause
      from json_to_recordset(${rowsLiteral(
        agendaAdded.map(entry => ({ ...entry, message: JSON.stringify(entry.message) })),
      )}) as a(seq int8, due int8, "to" text, message text, cause int8)
      on conflict do nothing`);
  return statements;
};

const tombstones = ({ branch, tombstones: buried, head }: Projection): string[] => {
  const statements = [
    `delete from tombstone
      where branch = ${whole(branch)} and turn <= ${whole(head.tombstoneFloor)}`,
  ];
  const kept = buried.filter(({ turn }) => turn > head.tombstoneFloor);
  if (kept.length > 0)
    statements.push(`
      insert into tombstone (branch, turn, id, host, vm)
      select ${whole(branch)}, t.turn, t.id, t.host, t.vm
      from json_to_recordset(${rowsLiteral(kept)}) as t(turn int8, id text, host text, vm text)
      on conflict do nothing`);
  return statements;
};

const history = ({ branch, facts, marks, trace }: Projection): string[] => {
  const statements: string[] = [];
  if (facts.length > 0)
    statements.push(`
      insert into fact (branch, n, turn, at, kind, "from", "to", host, vm, cause, audience, summary,
        data)
      select ${whole(branch)}, f.n, f.turn, f.at, f.kind, f."from", f."to", f.host, f.vm, f.cause,
        f.audience, f.summary, f.data::json
      from json_to_recordset(${rowsLiteral(
        facts.map(fact => ({ ...fact, data: JSON.stringify(fact.data) })),
      )}) as f(n int8, turn int8, at int8, kind text, "from" text, "to" text, host text, vm text,
        cause int8, audience text, summary text, data text)
      on conflict do nothing`);
  if (marks.length > 0)
    statements.push(`
      insert into mark (branch, at, turn, hash)
      select ${whole(branch)}, m.at, m.turn, m.hash
      from json_to_recordset(${rowsLiteral(marks)}) as m(at int8, turn int8, hash text)
      on conflict do nothing`);
  // Trace is a sample: on a day that has no partition it is not kept, and nothing else is held up.
  if (trace.length > 0)
    statements.push(`
      insert into trace (branch, day, turn, at, channel, vm, summary, packet, rate, bytes)
      select ${whole(branch)}, utc.day, t.turn, t.at, t.channel, t.vm, t.summary, t.packet, t.rate,
        t.bytes
      from json_to_recordset(${rowsLiteral(trace)}) as t(turn int8, at int8, channel text, vm text,
        summary text, packet int8, rate int8, bytes text),
        (select (now() at time zone 'utc')::date as day) utc
      where to_regclass('trace_' || to_char(utc.day, 'YYYYMMDD')) is not null`);
  return statements;
};

/**
 * The lease and branch are ours, and the journal has every input that the rows include. No row for
 * it divides by zero, which takes the whole transaction back.
 */
const fence = ({ lab, branch, lease, head, seq }: Projection): string => `
  with held as (
    update lab_clock set projected_seq = ${whole(seq)},
      promised = greatest(promised, ${whole(head.now)}),
      ${HEAD_FIELDS.map(field => `${name(HEAD_COLUMNS[field])} = ${value(head, field)}`).join(', ')}
    where lab = ${literal(lab)} and branch = ${whole(branch)} and lease = ${whole(lease)}
      and journaled_seq >= ${whole(seq)}
    returning lab
  )
  select 1 / count(*) from held`;

const value = (head: Head, field: keyof Head): string => {
  const found = head[field];
  return typeof found === 'number' ? whole(found) : literal(found);
};
