import type { Turn } from '../engine/turn.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { HypercallInput, Outcome, PartitionStream } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { vpId } from './partition-id.ts';
import { isSuspended, processorsOf } from './processors.ts';
import { referenceTime, restoreReference } from './reference-time.ts';

// Saving and restoring what the hypervisor knows of a partition: its processors, their SynIC, the
// hypercall page. Memory, properties, intercepts and ports are its parent's to save.

/** TLFS 2.0a chapter 17: bytes of one call. */
const CHUNK = 4080;

/** The first call of a stream carries this flag. */
export const STREAM_START = 1;

/** HV_SAVE_RESTORE_STATE_RESULT. */
export const STREAM_STATE = { complete: 0, incomplete: 1, processorCountMismatch: 7 } as const;

/** The stream's real form is opaque; its length is chosen. */
function streamLength(processors: number): number {
  return 4096 + processors * 6144;
}

export function savePartitionState(
  { turn, target }: CallContext,
  { flags }: HypercallInput['HvSavePartitionState'],
): Outcome<'HvSavePartitionState'> {
  const processors = processorsOf(turn, target.id);
  if (!processors.every(isSuspended)) return refused('OPERATION_DENIED');
  const before = leftOf(target, flags, streamLength(processors.length));
  if (before === null) return refused('INVALID_SAVE_RESTORE_STATE');
  const saveDataCount = Math.min(CHUNK, before);
  const left = before - saveDataCount;
  turn.patch('partition', target.id, { streamLeft: left === 0 ? null : left });
  return succeeded({
    saveState: left === 0 ? STREAM_STATE.complete : STREAM_STATE.incomplete,
    saveDataCount,
    stream: left === 0 ? streamOf(turn, target, processors) : null,
  });
}

function leftOf(target: RecordOf<'partition'>, flags: number, length: number): number | null {
  return (flags & STREAM_START) === 0 ? target.streamLeft : length;
}

function streamOf(
  turn: Turn,
  target: RecordOf<'partition'>,
  processors: readonly RecordOf<'virtual-processor'>[],
): PartitionStream {
  const { guestOsId, hypercallPage, msrs } = target;
  return {
    length: streamLength(processors.length),
    referenceTime: referenceTime(turn, target),
    guestOsId,
    hypercallPage,
    msrs,
    processors: processors.map(vp => ({
      index: vp.index,
      synicEnabled: vp.synicEnabled,
      simp: vp.simp,
      siefp: vp.siefp,
      sint0Vector: vp.sint0Vector,
      sint2Vector: vp.sint2Vector,
      runTime: vp.runTime,
      msrs: vp.msrs,
    })),
  };
}

export function restorePartitionState(
  { turn, target }: CallContext,
  { flags, restoreDataCount, stream }: HypercallInput['HvRestorePartitionState'],
): Outcome<'HvRestorePartitionState'> {
  const processors = processorsOf(turn, target.id);
  if (!processors.every(isSuspended)) return refused('OPERATION_DENIED');
  const before = leftOf(target, flags, stream.length);
  if (before === null) return refused('INVALID_SAVE_RESTORE_STATE');
  if (restoreDataCount < 0 || restoreDataCount > CHUNK) return refused('INVALID_PARAMETER');
  if (processors.length !== stream.processors.length) {
    turn.patch('partition', target.id, { streamLeft: null });
    const restoreState = STREAM_STATE.processorCountMismatch;
    return succeeded({ restoreState, restoreDataConsumed: 0 });
  }
  const restoreDataConsumed = Math.min(restoreDataCount, before);
  const left = before - restoreDataConsumed;
  turn.patch('partition', target.id, { streamLeft: left === 0 ? null : left });
  if (left > 0) {
    return succeeded({ restoreState: STREAM_STATE.incomplete, restoreDataConsumed });
  }
  putBack(turn, target, stream);
  return succeeded({ restoreState: STREAM_STATE.complete, restoreDataConsumed });
}

function putBack(turn: Turn, target: RecordOf<'partition'>, stream: PartitionStream): void {
  const { guestOsId, hypercallPage, msrs } = stream;
  turn.patch('partition', target.id, { guestOsId, hypercallPage, msrs });
  restoreReference(turn, target.id, stream.referenceTime);
  for (const { index, ...saved } of stream.processors) {
    turn.patch('virtual-processor', vpId(target.id, index), saved);
  }
}
