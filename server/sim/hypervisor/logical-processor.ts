import type { HypercallInput, Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { lpId } from './lp-id.ts';
import { lpTimes } from './placement.ts';
import { replaceAll } from './schedule.ts';

// Logical processors, as the management OS's power management asks about them: TLFS 2.0a chapter 18.
// They are the host's, so that no privilege lets a child see or change them.

/** Drivers of the management OS call from its first processor, so it is the first they ask about. */
export function getLogicalProcessorRunTime({
  turn,
  target,
}: CallContext): Outcome<'HvGetLogicalProcessorRunTime'> {
  if (target.type === 'child') return refused('ACCESS_DENIED');
  const host = turn.must('host', target.host);
  const { total, hypervisor } = lpTimes(turn, turn.must('logical-processor', lpId(host, 0)));
  return succeeded({
    globalTime: turn.now - target.createdAt,
    localRunTime: total,
    hypervisorTime: hypervisor,
  });
}

/** The mask says which are parked from now on; one at least goes on (chosen). */
export function parkLogicalProcessors(
  { turn, target }: CallContext,
  { processorMask }: HypercallInput['HvParkLogicalProcessors'],
): Outcome<'HvParkLogicalProcessors'> {
  if (target.type === 'child') return refused('ACCESS_DENIED');
  const host = turn.must('host', target.host);
  const all = (1n << BigInt(host.logicalProcessors)) - 1n;
  if ((processorMask & ~all) !== 0n) return refused('INVALID_PARAMETER');
  if (processorMask === all) return refused('OPERATION_DENIED');
  for (let index = 0; index < host.logicalProcessors; index += 1) {
    const parked = ((processorMask >> BigInt(index)) & 1n) === 1n;
    turn.patch('logical-processor', lpId(host, index), { parked });
  }
  replaceAll(turn, host.id);
  return succeeded({});
}
