import type { PartitionId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { processorsOf } from './processors.ts';

// The reference counter of a partition, in 100 ns: 0 when it is made, the same rate everywhere. It
// stands only while all its processors are explicitly suspended, and a saved state carries it on. TLFS
// 2.0a chapters 10, 15, 17.

export function referenceTime(
  turn: Turn,
  { createdAt, clockLost, clockStoppedAt }: RecordOf<'partition'>,
): number {
  return (clockStoppedAt ?? turn.now) - createdAt - clockLost;
}

/** A processor's explicit suspend bit has changed. */
export function followSuspension(turn: Turn, id: PartitionId): void {
  const { clockLost, clockStoppedAt } = turn.must('partition', id);
  const stands = processorsOf(turn, id).every(vp => vp.explicitSuspend);
  if (stands && clockStoppedAt === null) turn.patch('partition', id, { clockStoppedAt: turn.now });
  if (!stands && clockStoppedAt !== null) {
    const lost = clockLost + turn.now - clockStoppedAt;
    turn.patch('partition', id, { clockLost: lost, clockStoppedAt: null });
  }
}

/** A restored partition, whose processors still stand, goes on from the time it was saved at. */
export function restoreReference(turn: Turn, id: PartitionId, saved: number): void {
  const { createdAt } = turn.must('partition', id);
  turn.patch('partition', id, {
    clockLost: turn.now - createdAt - saved,
    clockStoppedAt: turn.now,
  });
}
