import type { FactQuery, JournaledInput, LabStore } from '../lab/port.ts';
import type { Fact } from '../protocol/fact.ts';
import type { BranchId, CommandId, LabId } from '../protocol/id.ts';
import { LAB_FACT_KINDS } from '../protocol/scoping.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import { INPUT_COLUMNS, INPUTS_OF_LINE, lineOf } from './line.ts';
import { literal } from './literal.ts';
import type { Session } from './session.ts';

type Mark = Awaited<ReturnType<LabStore['marks']>>[number];

/** What stands for "up to a turn or time" in a statement, with its parameter. */
export type Until = { readonly turn: number } | { readonly at: number };
export const columnOf = (until: Until): 'turn' | 'at' => ('turn' in until ? 'turn' : 'at');
export const boundOf = (until: Until): string => String('turn' in until ? until.turn : until.at);

/** A command is taken once in the life of a lab, so an answer is found on whatever branch it is. */
export const answered = async (
  session: Session,
  lab: LabId,
  command: CommandId,
): Promise<JournaledInput | null> => {
  const [input] = await session.read<JournaledInput>(
    `select ${INPUT_COLUMNS} from branch b join input i on i.branch = b.id
      where b.lab = $1 and i.command = $2 order by b.id limit 1`,
    [lab, command],
  );
  return input ?? null;
};

export const inputsAfter = (
  session: Session,
  branch: BranchId,
  seq: number,
  until: Until,
): Promise<readonly JournaledInput[]> =>
  session.read<JournaledInput>(
    `with ${lineOf('$1')} ${INPUTS_OF_LINE}
      where i.seq > $2 and i.${columnOf(until)} <= $3 order by i.seq`,
    [String(branch), String(seq), boundOf(until)],
  );

/** The one that follows, whenever that was. */
export const nextInput = async (
  session: Session,
  branch: BranchId,
  seq: number,
): Promise<JournaledInput | null> => {
  const [next] = await session.read<JournaledInput>(
    `with ${lineOf('$1')} ${INPUTS_OF_LINE} where i.seq > $2 order by i.seq limit 1`,
    [String(branch), String(seq)],
  );
  return next ?? null;
};

export const marks = (session: Session, branch: BranchId): Promise<readonly Mark[]> =>
  session.read<Mark>(
    `with ${lineOf('$1')}
      select m.turn, m.at, m.hash from line l
      join mark m on m.branch = l.branch and m.turn < l.turns order by m.at`,
    [String(branch)],
  );

/**
 * The newest facts of a scope, oldest first. Each branch gives its own newest from an index, so a
 * long history costs no more than a short one.
 */
export const facts = async (session: Session, query: FactQuery): Promise<readonly Fact[]> => {
  const { branch, scope, audience, afterTurn, upToTurn, before, limit } = query;
  const seen = audience === 'instructor' ? 'true' : `f.audience = 'everyone'`;
  const found = await session.read<Fact>(
    `with ${lineOf('$1')}
      select f.* from line l cross join lateral (
        select n, turn, at, kind, "from", "to", host, vm, cause, audience, summary, data
        from fact f
        where f.branch = l.branch and f.turn > $2 and f.turn <= least($3::int8, l.turns)
          and f.n < $5
          and ${inScope(scope)} and ${seen}
        order by turn desc, n desc limit $4
      ) f order by f.turn desc, f.n desc limit $4`,
    [
      ...[branch, afterTurn, upToTurn, limit, before ?? Number.MAX_SAFE_INTEGER].map(String),
      ...(scope === 'lab' ? [] : [scope]),
    ],
  );
  return found.toReversed();
};

const LAB_KINDS = LAB_FACT_KINDS.map(literal).join(', ');

/** As `factInScope` of the protocol has it. */
const inScope = (scope: Scope): string =>
  scope === 'lab'
    ? `f.kind in (${LAB_KINDS})`
    : scope.startsWith('host:')
      ? 'f.host = $6'
      : 'f.vm = $6';
