import {
  type ConsoleChange,
  type ConsoleStore,
  LINES_KEPT,
  LINES_TEXT_KEPT,
  type StoredConsole,
  TEXT_KEPT,
} from '../lab/console-store.ts';
import type { LabId } from '../protocol/id.ts';
import { isLostFence } from './failure.ts';
import { literal, whole } from './literal.ts';
import type { Session } from './session.ts';

// Consoles are no part of the machine: what they printed is kept for who comes late, beside the lab.

export const consoleStore = (session: Session): ConsoleStore => ({
  read: lab => readConsoles(session, lab),
  write: (lab, lease, changes) => writeConsoles(session, { lab, lease }, changes),
});

const readConsoles = async (session: Session, lab: LabId): Promise<readonly StoredConsole[]> => {
  const open = `console c where c.lab = ${literal(lab)} and c.closed_at is null`;
  const [consoles, texts, lines] = await session.gather<Row>([
    `select c.id, c.host, c.title from ${open} order by c.opened_at, c.id`,
    `select t.console as id, min(t.start) as start, string_agg(t.text, '' order by t.start) as text
      from console_text t where t.lab = ${literal(lab)}
        and t.console in (select c.id from ${open}) group by t.console`,
    `select l.console as id, max(l.n) as entered,
        json_agg(l.line order by l.n) filter (where l.size <= ${LINES_TEXT_KEPT}) as lines
      from (
        select console, n, line,
          sum(length(line)) over (partition by console order by n desc) as size
        from console_line
        where lab = ${literal(lab)} and console in (select c.id from ${open})
      ) l group by l.console`,
  ]);
  return (consoles ?? []).map(({ id, host, title }) => {
    const { text = '', start = 0 } = texts?.find(row => row.id === id) ?? {};
    const { entered = 0, lines: kept } = lines?.find(row => row.id === id) ?? {};
    // Counted here: Postgres counts characters, and everybody else halves of some.
    return { id, host, title, position: start + text.length, text, lines: kept ?? [], entered };
  });
};

interface Row extends Omit<StoredConsole, 'position'> {
  /** Characters printed before `text`. */
  readonly start: number;
}

/**
 * Nothing of it is written by whoever lost the lab. The row of lab_clock is taken last, and held until
 * the commit: what another owner reads then is all there is. It is held against owners alone (their
 * lock is `for update`); the journal's writer, which every command waits for, goes past.
 */
const writeConsoles = async (
  session: Session,
  { lab, lease }: { readonly lab: LabId; readonly lease: number },
  changes: readonly ConsoleChange[],
): Promise<boolean> => {
  try {
    await session.write([
      ...changes.flatMap(change => statementsOf(lab, change)),
      `with held as (
          select lab from lab_clock where lab = ${literal(lab)} and lease = ${whole(lease)}
          for key share
        )
        select 1 / count(*) from held`,
    ]);
    return true;
  } catch (error) {
    if (isLostFence(error)) return false;
    throw error;
  }
};

const statementsOf = (lab: LabId, change: ConsoleChange): string[] => {
  const key = `${literal(lab)}, ${literal(change.id)}`;
  const those = `lab = ${literal(lab)} and console = ${literal(change.id)}`;
  switch (change.c) {
    case 'opened':
      return [
        `insert into console (lab, id, host, title)
          values (${key}, ${literal(change.host)}, ${literal(change.title)}) on conflict do nothing`,
      ];
    case 'closed':
      return [
        `update console set closed_at = now()
          where lab = ${literal(lab)} and id = ${literal(change.id)}`,
        `delete from console_text where ${those}`,
      ];
    case 'printed':
      return [
        `insert into console_text (lab, console, start, text)
          values (${key}, ${whole(change.start)}, ${literal(change.text)})
          on conflict (lab, console, start) do update set text = excluded.text`,
        `delete from console_text where ${those}
          and start < ${whole(Math.max(0, change.start - TEXT_KEPT))}`,
      ];
    case 'entered':
      return [
        `insert into console_line (lab, console, n, person, line)
          values (${key}, ${whole(change.n)}, ${literal(change.person)}, ${literal(change.line)})
          on conflict do nothing`,
        `delete from console_line where ${those}
          and n <= ${whole(Math.max(0, change.n - LINES_KEPT))}`,
      ];
  }
};
