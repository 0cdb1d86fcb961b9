import type { Component } from '../../protocol/fact.ts';
import type { PartitionId, VpId } from '../../protocol/id.ts';
import type { InterceptMessage } from '../../protocol/record/hypervisor.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { ticks } from '../../protocol/time.ts';
import type { Turn } from '../engine/turn.ts';
import { accessText, messageText, outcomeText } from './access-text.ts';
import type { AccessOutcome, GuestAccess } from './access.ts';
import { access } from './access.ts';
import { interceptBytes } from './intercept-bytes.ts';
import { countIntercepts } from './intercept.ts';
import { place } from './message-slot.ts';
import { rootOf, vpId } from './partition-id.ts';
import { maskText, parseMask } from './privilege.ts';
import { processorsOf } from './processors.ts';
import { suspendForIntercept } from './virtual-processor.ts';

// What an access that leaves the guest sets off. The processor stops at the instruction; the message
// in its one buffer goes through SINT0 of a root processor to whoever took the partition on, which
// answers by setting registers. Of many equal accesses in a row the first goes this way, all count.

export interface Exit {
  readonly partition: PartitionId;
  readonly vp: number;
  /** Who does it: the firmware or the system of the guest. */
  readonly as: Component;
  readonly times: number;
}

/** SINT0 is the hypervisor's own. */
const INTERCEPT_SINT = 0;

/** Makes the access; whether the processor waits for its parent now. */
export function exit(turn: Turn, by: Exit, made: GuestAccess): boolean {
  const outcome = access(turn, by, made);
  if (outcome.by !== 'parent') {
    if (outcome.by === 'nobody' || outcome.by === 'fault') tell(turn, by, { made, outcome });
    return false;
  }
  const id = vpId(by.partition, by.vp);
  const message = messageOf(turn, by, made, outcome.message);
  const { partition, times } = by;
  countIntercepts(turn, partition, { type: made.type, parameter: message.at, times });
  tell(turn, by, { made, outcome, message });
  suspendForIntercept(turn, turn.must('virtual-processor', id));
  turn.patch('virtual-processor', id, { intercepts: [message] });
  place(turn, rootProcessor(turn, id), { sint: INTERCEPT_SINT, source: id });
  return true;
}

/** Some processor of the root; which, TLFS leaves open: here always the same one for a child's. */
function rootProcessor(turn: Turn, child: VpId): RecordOf<'virtual-processor'> {
  const { partition, index } = turn.must('virtual-processor', child);
  const root = rootOf(partition);
  const among = processorsOf(turn, root).length;
  const { number } = turn.must('partition', partition);
  return turn.must('virtual-processor', vpId(root, (number - 2 + index) % among));
}

function messageOf(
  turn: Turn,
  { times }: Exit,
  made: GuestAccess,
  messageType: number,
): InterceptMessage {
  const { type } = made;
  const common = { number: turn.number, messageType, type, times, size: 0, write: false };
  const nothing = maskText(0n);
  switch (made.type) {
    case 'IoPort':
      return { ...common, at: made.port, size: made.size, ...written(made.value) };
    case 'Msr':
      return { ...common, at: made.msr, ...written(made.value) };
    case 'Cpuid':
      return { ...common, at: made.leaf, value: nothing };
    case 'Exception':
      return { ...common, at: made.vector, value: nothing };
    case 'Memory':
      return { ...common, at: made.page, write: made.how === 'write', value: nothing };
  }
}

function written(value: number | bigint | undefined): Pick<InterceptMessage, 'write' | 'value'> {
  return { write: value !== undefined, value: maskText(BigInt(value ?? 0)) };
}

interface Told {
  readonly made: GuestAccess;
  readonly outcome: AccessOutcome;
  readonly message?: InterceptMessage;
}

/** The fact of an access that leaves the guest, with the message's bytes where there is one. */
function tell(turn: Turn, by: Exit, { made, outcome, message }: Told): void {
  const { host, vm, guestOsId } = turn.must('partition', by.partition);
  const times = by.times > 1 ? ` ×${by.times}` : '';
  const longMode = parseMask(guestOsId) !== 0n;
  turn.fact({
    kind: 'intercept',
    from: by.as,
    to: 'hypervisor',
    host,
    vm,
    summary: `${accessText(made)}${times}${outcomeText(made, outcome)}`,
    data: {
      access: made.type,
      times: by.times,
      processor: by.vp,
      by: outcome.by,
      ...(message === undefined
        ? {}
        : {
            message: messageText(message.messageType),
            bytes: interceptBytes(message, { vpIndex: by.vp, longMode }),
          }),
    },
  });
}

/** What whoever took a partition on hears, at the partition's record. */
export interface InterceptArrived {
  readonly type: 'InterceptArrived';
  readonly vp: VpId;
  readonly number: number;
}

/** The root's interrupt routine for SINT0 found a message of that processor in its slot. */
export function reportIntercept(turn: Turn, root: RecordOf<'virtual-processor'>, id: VpId): void {
  const vp = turn.get('virtual-processor', id);
  const message = vp?.intercepts[0];
  // A reset or its parent let it run on meanwhile, or it is gone.
  if (vp === undefined || message === undefined) return;
  const { host, vm } = turn.must('partition', vp.partition);
  const type = messageText(message.messageType);
  turn.fact({
    kind: 'intercept',
    from: 'hypervisor',
    to: 'vid',
    host,
    vm,
    summary: `Message ${type} in slot 0 of root processor ${root.index}`,
    data: { processor: vp.index, root: root.index, message: type },
  });
  const { number } = message;
  const arrived: InterceptArrived = { type: 'InterceptArrived', vp: id, number };
  turn.send(vp.partition, { ...arrived }, ticks(0));
}
