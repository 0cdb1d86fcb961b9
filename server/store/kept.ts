import type { Kept, Keyframe, Moment, Segment } from '../lab/port.ts';
import type { BranchId } from '../protocol/id.ts';
import { boundOf, columnOf } from './history.ts';
import { lineOf } from './line.ts';
import type { Session } from './session.ts';

// What a look back goes on from. History is cut into segments, each moved by one version of the
// simulation; no state of one segment is gone on from into another.

type Mark = NonNullable<Kept['mark']>;

interface KeptRow extends Segment {
  readonly mark: Mark | null;
  readonly keyBranch: BranchId | null;
  readonly keyTurn: number;
  readonly keyAt: Keyframe['at'];
  readonly keySeq: number;
  readonly hash: string;
  readonly base: number | null;
  /** Of the keyframe, or of the state that the segment begins with. */
  readonly bytes: Uint8Array | null;
}

/**
 * The segment of a moment and the nearest state of it. Where it can be replayed, that state lies
 * before the last mark, so that every look back is compared with what was live.
 */
const KEPT = (column: 'turn' | 'at'): string => `
  with ${lineOf('$1')},
  segment_there as (
    select s.* from line l join segment s on s.branch = l.branch and s.turn <= l.turns
      and s.newest_branch < l.child
    where s.${column} <= $2 order by s.turn desc, s.branch desc limit 1
  ),
  mark_there as (
    select m.turn, m.at, m.hash from segment_there s, line l
      join mark m on m.branch = l.branch and m.turn < l.turns
    where s.simulation = $3 and m.${column} < $2 and m.at >= s.at and m.turn >= s.turn
    order by m.at desc limit 1
  ),
  keyframe_there as (
    select k.* from segment_there s, line l
      join keyframe k on k.branch = l.branch and k.turn < l.turns
    where k.simulation = s.simulation and k.turn >= s.turn and k.${column} <= $2
      and k.at <= coalesce((select at from mark_there), k.at) and ${HAS_BASE}
    order by k.turn desc limit 1
  )
  select s.branch, s.turn, s.at, s.seq, s.simulation,
    (select json_build_object('turn', turn, 'at', at, 'hash', hash) from mark_there) as mark,
    k.branch as "keyBranch", k.turn as "keyTurn", k.at as "keyAt", k.seq as "keySeq", k.hash, k.base,
    case when k.branch is null then s.bytes else k.bytes end as bytes
  from segment_there s left join keyframe_there k on true`;

const HAS_BASE = `(k.base is null or exists (
  select from keyframe w where w.branch = k.branch and w.turn = k.base
    and w.simulation = k.simulation and w.base is null))`;

export const keptBefore = async (
  session: Session,
  branch: BranchId,
  moment: Moment,
  simulation: number,
): Promise<Kept | null> => {
  const [row] = await session.read<KeptRow>(KEPT(columnOf(moment)), [
    String(branch),
    boundOf(moment),
    String(simulation),
  ]);
  if (row === undefined) return null;
  const { turn, at, seq } = row;
  const segment = { branch: row.branch, turn, at, seq, simulation: row.simulation };
  return { segment, mark: row.mark, keyframe: keyframeOf(row, segment) };
};

const keyframeOf = (row: KeptRow, segment: Segment): Keyframe | null => {
  if (row.bytes === null) return null;
  const bytes = new Uint8Array(row.bytes);
  if (row.keyBranch === null) return { ...segment, hash: '', base: null, bytes };
  const { keyBranch: branch, keyTurn: turn, keyAt: at, keySeq: seq, hash, base } = row;
  return { branch, turn, at, seq, simulation: segment.simulation, hash, base, bytes };
};

/**
 * For a branch that has no rows: `start` is the last state kept of what it began with, in its last
 * segment. What it did by itself is gone through again, because nobody has written what happened then.
 */
export const startOf = (branch: string): string => `
  ${lineOf(branch)},
  segment_last as (
    select s.* from line l join segment s on s.branch = l.branch and s.turn <= l.turns
      and s.newest_branch < l.child
    order by s.turn desc, s.branch desc limit 1
  ),
  start as (
    select k.* from segment_last s cross join lateral (
      (
        select k.branch, k.turn, k.at, k.seq, k.simulation, k.hash, k.base, k.bytes
        from line l join keyframe k on k.branch = l.branch and k.turn < l.turns
        where k.simulation = s.simulation and k.turn >= s.turn and ${HAS_BASE}
          and k.turn <= coalesce((select parent_turn from branch where id = ${branch}), 0)
        order by k.turn desc limit 1
      )
      union all
      select s.branch, s.turn, s.at, s.seq, s.simulation, '', null, s.bytes
      where s.bytes is not null
    ) k
    where exists (select from lab_clock c where c.branch = ${branch} and c.projected_turn is null)
    order by k.turn desc limit 1
  )`;
