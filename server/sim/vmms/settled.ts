import type { HostId, VmId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { ticks } from '../../protocol/time.ts';

/** What a virtual machine's host hears when one of them came to rest. */
export interface VmSettled {
  readonly type: 'VmSettled';
  readonly vm: VmId;
}

/**
 * A virtual machine came to a steady state. A host that is shutting down wants to know: it may now
 * be stopped, or it was the last one that was not.
 */
export function settled(turn: Turn, vm: VmId): void {
  const host: HostId = turn.must('vm', vm).host;
  if (turn.must('host', host).state !== 'Stopping') return;
  const message: VmSettled = { type: 'VmSettled', vm };
  turn.send(host, { ...message }, ticks(0));
}
