import type { PartitionId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { HypercallInput, Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { enqueue, targetOf } from './delivery.ts';
import { connectionKey } from './partition-id.ts';
import { portBehind } from './port.ts';
import { isMasked } from './sint.ts';

// Messages and event flags. Their checks are in the order that the sheet of errors lists them.

/** TLFS 2.0a chapter 14: buffers of a message port, bytes of a payload. */
export const MESSAGE_BUFFERS = 16;
export const PAYLOAD_LIMIT = 240;

/** A guest's own message types are not 0 and have the top bit clear. */
const TYPE_LIMIT = 0x8000_0000;

export function postMessage(
  { turn, caller }: CallContext,
  input: HypercallInput['HvPostMessage'],
): Outcome<'HvPostMessage'> {
  const connection = connectionOf(turn, caller.id, input.connectionId);
  if (connection === undefined) return refused('INVALID_CONNECTION_ID');
  const port = portBehind(turn, connection, 'Message');
  if (port === undefined) return refused('INVALID_PORT_ID');
  const { messageType, payloadSize } = input;
  if (messageType <= 0 || messageType >= TYPE_LIMIT) return refused('INVALID_PARAMETER');
  if (payloadSize > PAYLOAD_LIMIT || input.message.length !== payloadSize * 2) {
    return refused('INVALID_PARAMETER');
  }
  if (port.waiting.length >= MESSAGE_BUFFERS) {
    turn.count('port', port.id, 'refused');
    return refused('INSUFFICIENT_BUFFERS');
  }
  const target = targetOf(turn, port);
  if (target === undefined) return refused('INVALID_VP_INDEX');
  if (!target.synicEnabled || target.simp === null) return refused('INVALID_SYNIC_STATE');
  turn.count('port-connection', connection.id, 'posted');
  enqueue(turn, port, { messageType, bytes: input.message });
  return succeeded({});
}

export function signalEvent(
  { turn, caller }: CallContext,
  input: HypercallInput['HvSignalEvent'],
): Outcome<'HvSignalEvent'> {
  return signalFor(turn, caller.id, input);
}

/** By the partition itself, or for it by the hypervisor that found a bit of its monitor page set. */
export function signalFor(
  turn: Turn,
  partition: PartitionId,
  input: HypercallInput['HvSignalEvent'],
): Outcome<'HvSignalEvent'> {
  const connection = connectionOf(turn, partition, input.connectionId);
  if (connection === undefined) return refused('INVALID_CONNECTION_ID');
  const port = portBehind(turn, connection, 'Event');
  if (port === undefined) return refused('INVALID_PORT_ID');
  if (input.flagNumber >= port.flagCount) return refused('INVALID_PARAMETER');
  const target = targetOf(turn, port);
  if (target === undefined) return refused('INVALID_VP_INDEX');
  if (!target.synicEnabled || target.siefp === null || isMasked(target, port.targetSint)) {
    return refused('INVALID_SYNIC_STATE');
  }
  turn.count('port-connection', connection.id, 'signalled');
  const flag = port.baseFlag + input.flagNumber;
  // The bit is set already: no second interrupt.
  const isSet = port.waiting.some(item => 'flag' in item && item.flag === flag);
  if (!isSet) enqueue(turn, port, { flag });
  return succeeded({});
}

function connectionOf(
  turn: Turn,
  partition: PartitionId,
  id: number,
): RecordOf<'port-connection'> | undefined {
  return turn.get('port-connection', connectionKey(partition, id));
}
