import type { Keyframe } from '../lab/port.ts';
import type { BranchId } from '../protocol/id.ts';
import { boundOf, columnOf, type Until } from './history.ts';
import { lineOf } from './line.ts';
import type { Session } from './session.ts';

/** A keyframe saved again stands for what its turn is now: rows may have been changed by hand since. */
export const saveKeyframe = async (session: Session, keyframe: Keyframe): Promise<void> => {
  const { branch, turn, simulation, at, seq, hash, bytes } = keyframe;
  await session.read(
    `insert into keyframe (branch, turn, simulation, at, seq, hash, bytes)
      values ($1, $2, $3, $4, $5, $6, decode($7, 'base64'))
      on conflict (branch, turn, simulation) do update
        set at = excluded.at, seq = excluded.seq, hash = excluded.hash, bytes = excluded.bytes`,
    [
      ...[branch, turn, simulation, at, seq].map(String),
      hash,
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
    ],
  );
};

/** The nearest keyframe; of two at one turn the one of the newer simulation. */
export const nearestKeyframe = async (
  session: Session,
  branch: BranchId,
  before: Until,
): Promise<Keyframe | null> => {
  const [found] = await session.read<Keyframe>(
    `with ${lineOf('$1')}
      select k.branch, k.turn, k.at, k.seq, k.simulation, k.hash, k.bytes
      from line l join keyframe k on k.branch = l.branch and k.turn < l.turns
      where k.${columnOf(before)} <= $2
      order by k.turn desc, k.simulation desc limit 1`,
    [String(branch), boundOf(before)],
  );
  return found === undefined ? null : { ...found, bytes: new Uint8Array(found.bytes) };
};
