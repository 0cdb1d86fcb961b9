import { must } from '../base/assert.ts';
import { snakeCase } from '../../db/snake-case.ts';
import type { Beginning, BranchEnd, LabStore } from '../lab/port.ts';
import type { BranchId, LabId } from '../protocol/id.ts';
import { RECORD_KINDS } from '../protocol/record/kind.ts';
import { isLostFence, outcomeOf } from './failure.ts';
import { HEAD_COLUMNS } from './head.ts';
import { base64Of } from './keyframe.ts';
import { lineOf } from './line.ts';
import { literal, name, whole } from './literal.ts';
import { history } from './projection.ts';
import type { Session } from './session.ts';

/**
 * A branch that goes on from a turn of another. What it begins with is a cache of a replay, or, where
 * no replay gives it, a segment of its own.
 */
export const forkBranch = async (
  session: Session,
  branch: BranchId,
  turn: number,
  beginning: Beginning | null,
): Promise<BranchId> => {
  const state = beginning?.state ?? null;
  const [made] = await session.query<{ id: BranchId }>(
    `with ${lineOf('$1')},
      made as (
        insert into branch (lab, parent, parent_turn, parent_at, parent_seq)
        select b.lab, b.id, $2::int8, nullif($3, '')::int8, greatest(
          (select max(i.seq) from line l join input i on i.branch = l.branch and i.seq <= l.inputs
            where i.turn <= $2::int8),
          (select max(s.seq) from line l join segment s on s.branch = l.branch
            and s.turn <= l.turns and s.newest_branch < l.child where s.turn <= $2::int8), 0)
        from branch b where b.id = $1 returning id, parent_seq
      ),
      cached as (
        insert into keyframe (branch, turn, simulation, at, seq, hash, bytes)
        select id, $2::int8, $4::int4, nullif($3, '')::int8, parent_seq, $5, decode($6, 'base64')
        from made where $7 = 'cached'
      ),
      begun as (
        insert into segment (branch, turn, at, seq, simulation, newest_branch, bytes)
        select id, $2::int8, nullif($3, '')::int8, parent_seq, $4::int4, id, decode($6, 'base64')
        from made where $7 = 'begun'
      )
      select id from made`,
    [
      ...[branch, turn].map(String),
      beginning === null ? '' : String(beginning.at),
      String(state?.simulation ?? 0),
      state?.hash ?? '',
      state === null ? '' : base64Of(state.bytes),
      state === null ? '' : state.isReplayed ? 'cached' : 'begun',
    ],
  );
  return must(made, `there is no branch ${branch} to go on from`).id;
};

/** The last of what was journaled, recorded or kept: a branch that nobody runs goes no further. */
export const branchEnd = async (
  session: Session,
  lab: LabId,
  branch: BranchId,
): Promise<BranchEnd | null> => {
  const [end] = await session.read<BranchEnd>(
    `with ${lineOf('$1')}
      select max(known.turn) as turn, max(known.at) as at from branch b cross join lateral (
        select 0::int8 as turn, 0::int8 as at
        union all
        select b.parent_turn, b.parent_at
        union all
        select f.turn, f.at from line l cross join lateral (
          select turn, at from fact where branch = l.branch and turn <= l.turns
          order by turn desc, n desc limit 1) f
        union all
        select i.turn, i.at from line l cross join lateral (
          select turn, at from input where branch = l.branch and seq <= l.inputs
          order by seq desc limit 1) i
        union all
        select m.turn, m.at from line l cross join lateral (
          select turn, at from mark where branch = l.branch and turn < l.turns
          order by at desc limit 1) m
      ) known where b.id = $1 and b.lab = $2 group by b.id`,
    [String(branch), lab],
  );
  return end ?? null;
};

/** Only the current branch of a lab has rows: they are a cache of its journal. */
const ROW_TABLES = [...RECORD_KINDS.map(kind => name(snakeCase(kind))), 'agenda', 'tombstone'];

const HEAD = ['projected_seq', ...Object.values(HEAD_COLUMNS)];

/**
 * Moves the lab's pointer, under the fence, with what the old branch had not written yet, and starts a new lineage. The lab has no image then: who
 * runs the branch projects one whole. What is promised begins again at the latest that is known to
 * have happened on the branch.
 */
export const adoptBranch = async (
  session: Session,
  [lab, lease, branch, left]: Parameters<LabStore['adopt']>,
): Promise<boolean> => {
  const branches = `(select id from branch where lab = ${literal(lab)})`;
  try {
    await session.write([
      ...history(left),
      ...ROW_TABLES.map(table => `delete from ${table} where branch in ${branches}`),
      `with ${lineOf(whole(branch))},
        known as (
          select max(f.at) as at from line l cross join lateral (
            select at from fact where branch = l.branch and turn <= l.turns
            order by turn desc, n desc limit 1) f
          union all
          select max(i.at) from line l join input i on i.branch = l.branch and i.seq <= l.inputs
          union all
          select parent_at from branch where id = ${whole(branch)}
        ),
        held as (
          update lab_clock c set branch = b.id, lineage = c.lineage + 1,
            promised = coalesce((select max(at) from known), 0),
            journaled_seq = coalesce(
              (select max(seq) from input where branch = b.id), b.parent_seq, 0),
            simulation = coalesce((
              select s.simulation from line l join segment s on s.branch = l.branch
                and s.turn <= l.turns and s.newest_branch < l.child
              order by s.turn desc, s.branch desc limit 1), c.simulation),
            ${HEAD.map(column => `${name(column)} = null`).join(', ')}
          from branch b
          where b.id = ${whole(branch)} and b.lab = c.lab
            and c.lab = ${literal(lab)} and c.lease = ${whole(lease)}
          returning c.lab
        )
      select 1 / count(*) from held`,
    ]);
    return true;
  } catch (error) {
    if (isLostFence(error)) return false;
    throw outcomeOf('made a branch the lab’s own', error);
  }
};
