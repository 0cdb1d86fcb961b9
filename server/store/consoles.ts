import {
  type ConsoleChange,
  type ConsoleStore,
  LINES_KEPT,
  type StoredConsole,
  TEXT_KEPT,
} from '../lab/console-store.ts';
import type { LabId } from '../protocol/id.ts';
import { literal, whole } from './literal.ts';
import type { Session } from './session.ts';

// Consoles are no part of the machine: what they printed is kept for who comes late, beside the lab.

export const consoleStore = (session: Session): ConsoleStore => ({
  read: lab => readConsoles(session, lab),
  write: (lab, lease, changes) => writeConsoles(session, { lab, lease }, changes),
});

const readConsoles = async (session: Session, lab: LabId): Promise<readonly StoredConsole[]> => {
  const mine = literal(lab);
  const [consoles, texts, lines] = await session.gather<Row>([
    `select id, host, title from console where lab = ${mine} and closed_at is null order by opened_at, id`,
    `select t.console as id, max(t.start + length(t.text)) as position,
        string_agg(t.text, '' order by t.start) as text
      from console_text t where t.lab = ${mine} group by t.console`,
    `select console as id, json_agg(line order by n) as lines, max(n) as entered
      from console_line where lab = ${mine} group by console`,
  ]);
  return (consoles ?? []).map(({ id, host, title }) => ({
    id,
    host,
    title,
    position: texts?.find(row => row.id === id)?.position ?? 0,
    text: texts?.find(row => row.id === id)?.text ?? '',
    lines: lines?.find(row => row.id === id)?.lines ?? [],
    entered: lines?.find(row => row.id === id)?.entered ?? 0,
  }));
};

interface Row extends StoredConsole {}

/** Nothing of it is written by whoever lost the lab: each statement asks for the lease itself. */
const writeConsoles = async (
  session: Session,
  { lab, lease }: { readonly lab: LabId; readonly lease: number },
  changes: readonly ConsoleChange[],
): Promise<boolean> => {
  const held = `exists (select from lab_clock where lab = ${literal(lab)} and lease = ${whole(lease)})`;
  const results = await session.gather<object>([
    `select from lab_clock where lab = ${literal(lab)} and lease = ${whole(lease)} for share`,
    ...changes.flatMap(change => statementsOf(lab, change, held)),
  ]);
  return results[0]?.length === 1;
};

/** Each gives no rows, for what is run together gives one list a statement. */
const statementsOf = (lab: LabId, change: ConsoleChange, held: string): string[] => {
  const key = `${literal(lab)}, ${literal(change.id)}`;
  const those = `lab = ${literal(lab)} and console = ${literal(change.id)}`;
  switch (change.c) {
    case 'opened':
      return [
        `insert into console (lab, id, host, title)
          select ${key}, ${literal(change.host)}, ${literal(change.title)} where ${held}
          on conflict do nothing returning null`,
      ];
    case 'closed':
      return [
        `update console set closed_at = now()
          where lab = ${literal(lab)} and id = ${literal(change.id)} and ${held} returning null`,
        `delete from console_text where ${those} and ${held} returning null`,
      ];
    case 'printed':
      return [
        `insert into console_text (lab, console, start, text)
          select ${key}, ${whole(change.start)}, ${literal(change.text)} where ${held}
          on conflict (lab, console, start) do update set text = excluded.text returning null`,
        `delete from console_text where ${those}
          and start < ${whole(Math.max(0, change.start - TEXT_KEPT))} and ${held} returning null`,
      ];
    case 'entered':
      return [
        `insert into console_line (lab, console, n, person, line)
          select ${key}, ${whole(change.n)}, ${literal(change.person)}, ${literal(change.line)}
          where ${held} on conflict do nothing returning null`,
        `delete from console_line where ${those}
          and n <= ${whole(Math.max(0, change.n - LINES_KEPT))} and ${held} returning null`,
      ];
  }
};
