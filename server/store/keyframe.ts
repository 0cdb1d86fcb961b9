import type { Keyframe } from '../lab/port.ts';
import type { BranchId } from '../protocol/id.ts';
import { isLostFence } from './failure.ts';
import { type Held, surplus } from './keyframe-retention.ts';
import { literal, whole } from './literal.ts';
import type { Session } from './session.ts';

/** What the keyframes of one branch may take: of 400 running machines some three hours of lab time. */
const KEYFRAME_BYTES = 256 * 1024 * 1024;

/**
 * Saves a keyframe for whoever has the lease, and lets others go where there are too many. One saved
 * again stands for what its turn is now. False when the lease is not ours any more.
 */
export const saveKeyframe = async (
  session: Session,
  lease: number,
  keyframe: Keyframe,
  limit = KEYFRAME_BYTES,
): Promise<boolean> => {
  const { branch, turn, simulation, at, seq, hash, base, bytes } = keyframe;
  const numbers = [branch, turn, simulation, at, seq].map(whole).join(', ');
  const text = `decode(${literal(base64Of(bytes))}, 'base64')`;
  const saved = await underLease(session, branch, lease, [
    `insert into keyframe (branch, turn, simulation, at, seq, hash, base, bytes)
      values (${numbers}, ${literal(hash)}, ${base === null ? 'null' : whole(base)}, ${text})
      on conflict (branch, turn, simulation) do update
        set at = excluded.at, seq = excluded.seq, hash = excluded.hash, base = excluded.base,
          bytes = excluded.bytes`,
  ]);
  return saved && thinOut(session, { branch, lease }, limit);
};

/**
 * All of it or, when the lease is not ours, nothing. The row of lab_clock is taken last, and held until
 * the commit against whoever takes the lab over, who finds it done or never; the journal goes past.
 */
const underLease = async (
  session: Session,
  branch: BranchId,
  lease: number,
  statements: readonly string[],
): Promise<boolean> => {
  try {
    await session.write([
      ...statements,
      `with held as (
          select lab from lab_clock
          where branch = ${whole(branch)} and lease = ${whole(lease)} for key share
        )
        select 1 / count(*) from held`,
    ]);
    return true;
  } catch (error) {
    if (isLostFence(error)) return false;
    throw error;
  }
};

export const base64Of = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

const thinOut = async (
  session: Session,
  { branch, lease }: { readonly branch: BranchId; readonly lease: number },
  limit: number,
): Promise<boolean> => {
  const held = await session.read<Held>(
    `select k.turn, k.simulation, k.base, octet_length(k.bytes)::int8 as size,
        k.turn = ${FIRST_OF_SEGMENT} or exists (
          select from branch b where b.parent = k.branch and k.turn = (
            select max(turn) from keyframe s where s.branch = k.branch and s.turn < b.parent_turn)
        ) as "isNeeded"
      from keyframe k where k.branch = $1 order by k.turn, k.simulation`,
    [String(branch)],
  );
  const gone = surplus(held, limit).map(
    ({ turn, simulation }) => `(${whole(turn)}, ${whole(simulation)})`,
  );
  if (gone.length === 0) return true;
  return underLease(session, branch, lease, [
    `delete from keyframe
      where branch = ${whole(branch)} and (turn, simulation) in (${gone.join(', ')})`,
  ]);
};

/** Also of the branch itself, which begins within a segment of its parent. */
const FIRST_OF_SEGMENT = `(
  select min(f.turn) from keyframe f where f.branch = k.branch and f.simulation = k.simulation
    and f.turn >= coalesce(
      (select max(s.turn) from segment s where s.branch = k.branch and s.turn <= k.turn), 0))`;

/** The bytes of a whole keyframe that others are changes to; null when it is gone. */
export const wholeKeyframe = async (
  session: Session,
  branch: BranchId,
  turn: number,
  simulation: number,
): Promise<Uint8Array | null> => {
  const [found] = await session.read<{ bytes: Uint8Array }>(
    `select bytes from keyframe
      where branch = $1 and turn = $2 and simulation = $3 and base is null`,
    [String(branch), String(turn), String(simulation)],
  );
  return found === undefined ? null : new Uint8Array(found.bytes);
};
