import type { NewSegment } from '../lab/port.ts';
import { isLostFence, outcomeOf } from './failure.ts';
import { base64Of } from './keyframe.ts';
import { literal, whole } from './literal.ts';
import type { Session } from './session.ts';

/**
 * Begins a segment where the rows of a lab stand, under the fence. What the journal and the keyframes
 * have beyond it is not its past. A new lineage where another simulation goes on: what was shown last
 * may be taken back.
 */
export const beginSegment = async (session: Session, begun: NewSegment): Promise<boolean> => {
  const { lab, lease, branch, turn, at, seq, simulation, bytes } = begun;
  try {
    await session.write([
      `delete from keyframe where branch = ${whole(branch)} and turn >= ${whole(turn)}`,
      `insert into segment (branch, turn, at, seq, simulation, newest_branch, bytes)
        select ${[branch, turn, at, seq, simulation].map(whole).join(', ')}, max(id),
          ${bytes === null ? 'null' : `decode(${literal(base64Of(bytes))}, 'base64')`}
        from branch where lab = ${literal(lab)}
        on conflict (branch, turn) do update
          set at = excluded.at, seq = excluded.seq, simulation = excluded.simulation,
            newest_branch = excluded.newest_branch, bytes = excluded.bytes`,
      `with held as (
          update lab_clock set
            lineage = case when simulation = ${whole(simulation)} then lineage else lineage + 1 end,
            simulation = ${whole(simulation)},
            projected_seq = case when projected_turn is not null then ${whole(seq)} end
          where lab = ${literal(lab)} and branch = ${whole(branch)} and lease = ${whole(lease)}
            and coalesce(projected_turn, ${whole(turn)}) = ${whole(turn)}
          returning lab
        )
        select 1 / count(*) from held`,
    ]);
    return true;
  } catch (error) {
    if (isLostFence(error)) return false;
    throw outcomeOf('began a segment', error);
  }
};
