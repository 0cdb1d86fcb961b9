import type { VpId } from '../../protocol/id.ts';
import type { InterceptMessage } from '../../protocol/record/hypervisor.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { ticks } from '../../protocol/time.ts';
import { handler } from '../engine/handler.ts';
import type { Message } from '../engine/message.ts';
import type { Turn } from '../engine/turn.ts';
import { messageText } from '../hypervisor/access-text.ts';
import type { RegisterValue } from '../hypervisor/call.ts';
import type { InterceptArrived } from '../hypervisor/exit.ts';
import { shareOf } from '../hypervisor/schedule.ts';
import { REGISTER } from '../hypervisor/virtual-processor.ts';
import { call } from '../hypervisor/winhv.ts';
import { DISPATCH } from './duration.ts';
import { asVid } from './vid.ts';

// VID's queue of intercept messages. It takes them from SINT0 of the management OS, hands each to the
// worker process that owns the partition, and carries the answer back as registers.

/** What a worker process hears: a processor of its partition waits for it. */
export interface InterceptForWorker {
  readonly type: 'Intercepted';
  readonly vp: VpId;
  readonly number: number;
}

export const partitionHandler = handler(
  'partition',
  (turn, partition, from: Message & (InterceptArrived | ResetRequested | ShareChanged)) => {
    if (from.type === 'ResetRequested') return passReset(turn, partition);
    if (from.type === 'ShareChanged') return passShare(turn, partition);
    const { vp, number } = from;
    const message = pendingIntercept(turn, vp, number);
    const worker = ownerOf(turn, partition);
    if (message === null || worker === undefined) return;
    const type = messageText(message.messageType);
    turn.fact({
      kind: 'intercept',
      from: 'vid',
      to: 'vmwp',
      host: partition.host,
      vm: partition.vm,
      summary: `Message ${type} of partition ${partition.number} for vmwp.exe ${worker.pid}`,
      data: { message: type, partition: partition.id, worker: worker.id },
    });
    const handed: InterceptForWorker = { type: 'Intercepted', vp, number };
    turn.send(worker.id, { ...handed }, DISPATCH);
  },
);

/** A guest wrote 1 to its RESET MSR. */
interface ResetRequested {
  readonly type: 'ResetRequested';
}

function passReset(turn: Turn, partition: RecordOf<'partition'>): void {
  const worker = ownerOf(turn, partition);
  if (worker === undefined) return;
  turn.fact({
    kind: 'intercept',
    from: 'vid',
    to: 'vmwp',
    host: partition.host,
    vm: partition.vm,
    summary: `Partition ${partition.number} wrote to RESET, for vmwp.exe ${worker.pid}`,
    data: { partition: partition.id, worker: worker.id },
  });
  turn.send(worker.id, { type: 'GuestReset' }, DISPATCH);
}

/** The scheduler gave its processors another share of the logical ones. */
interface ShareChanged {
  readonly type: 'ShareChanged';
}

/** What a worker process hears of it: thousandths of one logical processor. */
export interface ShareForWorker {
  readonly type: 'CpuShare';
  readonly load: number;
}

function passShare(turn: Turn, partition: RecordOf<'partition'>): void {
  const worker = ownerOf(turn, partition);
  const share: ShareForWorker = { type: 'CpuShare', load: shareOf(turn, partition.id) };
  if (worker !== undefined) turn.send(worker.id, { ...share }, ticks(0));
}

function ownerOf(
  turn: Turn,
  { id, vm }: RecordOf<'partition'>,
): RecordOf<'worker-process'> | undefined {
  if (vm === null) return undefined;
  return turn.where('worker-process', 'vm', vm).find(({ partition }) => partition === id);
}

/** The message that was in the processor's buffer then, if it still waits for an answer to it. */
export function pendingIntercept(turn: Turn, vp: VpId, number: number): InterceptMessage | null {
  const message = turn.get('virtual-processor', vp)?.intercepts[0];
  return message?.number === number ? message : null;
}

export interface InterceptAnswer {
  readonly vp: VpId;
  /** Beside those that let the processor run on behind its instruction. */
  readonly registers: readonly RegisterValue[];
}

/** The instruction is done: its results go into registers, and the processor runs on behind it. */
export function completeIntercept(turn: Turn, { vp, registers }: InterceptAnswer): void {
  const { partition, index } = turn.must('virtual-processor', vp);
  const { number } = turn.must('partition', partition);
  call(turn, asVid(turn, partition), 'HvSetVpRegisters', {
    partitionId: number,
    vpIndex: index,
    registers: [...registers, { name: REGISTER.interceptSuspend, value: 0n }],
  });
}
