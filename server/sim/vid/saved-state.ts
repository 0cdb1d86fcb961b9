import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import { must } from '../../base/assert.ts';
import type { PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import type { OutputOf, PartitionStream } from '../hypervisor/call.ts';
import type { HypervisorFault } from '../hypervisor/fault.ts';
import { STREAM_START, STREAM_STATE } from '../hypervisor/save-state.ts';
import { call } from '../hypervisor/winhv.ts';
import { asVid } from './vid.ts';

/** TLFS 2.0a chapter 17: a call moves at most 4,080 bytes. */
const CHUNK = 4080;

/** What the hypervisor has to say of a partition whose processors are suspended. */
export function saveState(
  turn: Turn,
  partition: PartitionId,
): Result<PartitionStream, HypervisorFault> {
  const by = asVid(turn, partition);
  const partitionId = turn.must('partition', partition).number;
  for (let calls = 0; ; calls += 1) {
    const flags = calls === 0 ? STREAM_START : 0;
    const saved = call(turn, { ...by, quiet: calls > 0 }, 'HvSavePartitionState', {
      partitionId,
      flags,
    });
    if (!saved.ok) return saved;
    if (saved.value.saveState === STREAM_STATE.complete) {
      return ok(must(saved.value.stream, 'a complete stream is there'));
    }
  }
}

/** Puts it back into a new partition with as many processors, before they run. */
export function restoreState(
  turn: Turn,
  partition: PartitionId,
  stream: PartitionStream,
): Result<null, HypervisorFault> {
  const by = asVid(turn, partition);
  const partitionId = turn.must('partition', partition).number;
  for (let sent = 0; ; sent += CHUNK) {
    const restored = call(turn, { ...by, quiet: sent > 0 }, 'HvRestorePartitionState', {
      partitionId,
      flags: sent === 0 ? STREAM_START : 0,
      restoreDataCount: Math.min(CHUNK, stream.length - sent),
      stream,
    });
    if (!restored.ok) return restored;
    const { restoreState: state } = restored.value;
    if (state === STREAM_STATE.complete) return ok(null);
    if (state !== STREAM_STATE.incomplete) return fail(notRestored(restored.value));
  }
}

function notRestored({
  restoreState: state,
}: OutputOf<'HvRestorePartitionState'>): HypervisorFault {
  return {
    kind: 'HypercallFailed',
    message: `The saved state does not fit this virtual machine: restore result ${state}.`,
    code: null,
    data: { call: 'HvRestorePartitionState', restoreState: state },
  };
}
