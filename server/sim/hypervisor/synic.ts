import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Id, PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import type { Caller, HypercallInput, PortType } from './call.ts';
import type { HypervisorFault } from './fault.ts';
import { hypercall } from './hypercall.ts';
import { connectionKey, portKey, sibling } from './partition-id.ts';
import { PORT_TYPE } from './port.ts';
import { signalFor } from './post.ts';
import type { HvStatus } from './status.ts';
import { call } from './winhv.ts';

// The synthetic interrupt controller, as a component of either side uses it: ports and connections
// made and deleted through winhv, messages posted and events signalled by hypercall.

export interface NewPort {
  /** The receiving partition's number, and the number of the one that may connect. */
  readonly portPartition: number;
  readonly connectionPartition: number;
  readonly portId: number;
  readonly type: PortType;
  readonly targetSint: number;
  readonly targetVp: number;
  /** Event ports: the first flag and how many; 0 for others. */
  readonly baseFlagNumber?: number;
  readonly flagCount?: number;
  /** The record that hears `Posted` and `Signalled`. */
  readonly receiver: Id;
}

export function createPort(
  turn: Turn,
  by: Caller,
  wanted: NewPort,
): Result<Id<'port'>, HypervisorFault> {
  const { type, receiver, baseFlagNumber = 0, flagCount = 0, ...rest } = wanted;
  const input: HypercallInput['HvCreatePort'] = {
    ...rest,
    portType: PORT_TYPE[type],
    baseFlagNumber,
    flagCount,
  };
  const made = call(turn, by, 'HvCreatePort', input);
  if (!made.ok) return made;
  const id = portKey(sibling(by.partition, wanted.portPartition), wanted.portId);
  turn.patch('port', id, { receiver });
  return ok(id);
}

export interface NewConnection {
  readonly connectionPartition: number;
  readonly connectionId: number;
  readonly portPartition: number;
  readonly portId: number;
  readonly type: PortType;
}

export function connectPort(
  turn: Turn,
  by: Caller,
  { type, ...wanted }: NewConnection,
): Result<Id<'port-connection'>, HypervisorFault> {
  const made = call(turn, by, 'HvConnectPort', { ...wanted, portType: PORT_TYPE[type] });
  if (!made.ok) return made;
  return ok(connectionKey(sibling(by.partition, wanted.connectionPartition), wanted.connectionId));
}

/** Deletes a port by its record's id; a connection to it stays behind, of no use. */
export function deletePort(turn: Turn, by: Caller, port: Id<'port'>): HvStatus {
  const { partition, portId } = turn.must('port', port);
  const portPartition = turn.must('partition', partition).number;
  return hypercall(turn, by, 'HvDeletePort', { portPartition, portId }).status;
}

export function disconnectPort(
  turn: Turn,
  by: Caller,
  connection: Id<'port-connection'>,
): HvStatus {
  const { partition, connectionId } = turn.must('port-connection', connection);
  const connectionPartition = turn.must('partition', partition).number;
  return hypercall(turn, by, 'HvDisconnectPort', { connectionPartition, connectionId }).status;
}

export interface PostedBy extends Caller {
  readonly connectionId: number;
  readonly messageType: number;
  /** The payload, at most 240 bytes, as hexadecimal text. */
  readonly bytes: string;
}

/**
 * Posts a message. INSUFFICIENT_BUFFERS says that the port's 16 buffers are full: the sender waits
 * and posts again, as Windows and Linux do.
 */
export function postMessage(turn: Turn, posted: PostedBy): HvStatus {
  const { connectionId, messageType, bytes } = posted;
  return hypercall(turn, posted, 'HvPostMessage', {
    connectionId,
    messageType,
    payloadSize: bytes.length >> 1,
    message: bytes,
  }).status;
}

/** The hypervisor signals for a guest whose monitor page asks for it; that it fails nobody hears. */
export function signalByMonitor(
  turn: Turn,
  partition: PartitionId,
  { connectionId, flagNumber }: HypercallInput['HvSignalEvent'],
): void {
  signalFor(turn, partition, { connectionId, flagNumber });
}

export interface SignalledBy extends Caller {
  readonly connectionId: number;
  readonly flagNumber: number;
}

export function signalEvent(turn: Turn, signalled: SignalledBy): HvStatus {
  const { connectionId, flagNumber } = signalled;
  return hypercall(turn, signalled, 'HvSignalEvent', { connectionId, flagNumber }).status;
}
