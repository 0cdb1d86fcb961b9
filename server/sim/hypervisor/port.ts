import { must } from '../../base/assert.ts';
import type { Id, PartitionId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { HypercallInput, Outcome, PortType } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { COST } from './cost.ts';
import { ANY_VP, connectionKey, portKey, sibling, vpId } from './partition-id.ts';
import { charge, chargeSmall, refund, refundSmall } from './pool.ts';

// SynIC ports and connections. A port is where messages or event flags come in and is paid from its
// partition's pool; a connection is the sender's end and is paid from the sender's.

/** TLFS 2.0a chapter 14. */
export const PORT_TYPE = { Message: 1, Event: 2, Monitor: 3 } as const satisfies Record<
  PortType,
  number
>;

const TYPE_OF: { readonly [code: number]: PortType } = { 1: 'Message', 2: 'Event', 3: 'Monitor' };

/** Port and connection ids have 24 bits. */
const ID_LIMIT = 0x100_0000;

/** A page of event flags holds 2,048 for each SINT. */
const FLAGS = 2048;

const LAST_SINT = 15;

export function createPort(
  { turn, target, by }: CallContext,
  input: HypercallInput['HvCreatePort'],
): Outcome<'HvCreatePort'> {
  const id = portKey(target.id, input.portId);
  const connectionPartition = sibling(target.id, input.connectionPartition);
  const type = TYPE_OF[input.portType];
  if (turn.get('partition', connectionPartition) === undefined) {
    return refused('INVALID_PARTITION_ID');
  }
  if (!isPortNumber(input.portId) || turn.get('port', id) !== undefined) {
    return refused('INVALID_PORT_ID');
  }
  if (type === undefined || !isTarget(type, input)) return refused('INVALID_PARAMETER');
  if (!hasVp(turn, target.id, input.targetVp)) return refused('INVALID_VP_INDEX');
  const isPaid =
    type === 'Message' ? charge(turn, target.id, COST.messagePort) : chargeSmall(turn, target.id);
  if (!isPaid) return refused('INSUFFICIENT_MEMORY');

  turn.insert('port', id, {
    host: target.host,
    vm: must(by.vm, 'a port serves a virtual machine'),
    partition: target.id,
    portId: input.portId,
    type,
    targetSint: input.targetSint,
    targetVp: input.targetVp,
    messages: 0,
    connectionPartition,
    baseFlag: input.baseFlagNumber,
    flagCount: input.flagCount,
    waiting: [],
    refused: 0,
    receiver: null,
  });
  return succeeded({});
}

function isPortNumber(id: number): boolean {
  return id > 0 && id < ID_LIMIT;
}

function isTarget(type: PortType, input: HypercallInput['HvCreatePort']): boolean {
  if (type === 'Monitor') return true;
  // SINT0 is the hypervisor's own.
  if (input.targetSint < 1 || input.targetSint > LAST_SINT) return false;
  if (type === 'Message') return true;
  const { baseFlagNumber, flagCount } = input;
  return baseFlagNumber >= 0 && flagCount >= 1 && baseFlagNumber + flagCount <= FLAGS;
}

export function hasVp(turn: Turn, partition: PartitionId, index: number): boolean {
  return index === ANY_VP || turn.get('virtual-processor', vpId(partition, index)) !== undefined;
}

export function deletePort(
  { turn, target }: CallContext,
  { portId }: HypercallInput['HvDeletePort'],
): Outcome<'HvDeletePort'> {
  const port = turn.get('port', portKey(target.id, portId));
  if (port === undefined) return refused('INVALID_PORT_ID');
  turn.remove('port', port.id);
  if (port.type === 'Message') refund(turn, target.id, COST.messagePort);
  else refundSmall(turn, target.id);
  return succeeded({});
}

export function connectPort(
  { turn, target, by }: CallContext,
  input: HypercallInput['HvConnectPort'],
): Outcome<'HvConnectPort'> {
  const id = connectionKey(target.id, input.connectionId);
  const portPartition = turn.get('partition', sibling(target.id, input.portPartition));
  if (portPartition === undefined) return refused('INVALID_PARTITION_ID');
  if (!isPortNumber(input.connectionId) || turn.get('port-connection', id) !== undefined) {
    return refused('INVALID_CONNECTION_ID');
  }
  const port = turn.get('port', portKey(portPartition.id, input.portId));
  if (
    port === undefined ||
    portPartition.state !== 'Active' ||
    port.connectionPartition !== target.id ||
    PORT_TYPE[port.type] !== input.portType
  ) {
    return refused('INVALID_PORT_ID');
  }
  if (!chargeSmall(turn, target.id)) return refused('INSUFFICIENT_MEMORY');
  turn.insert('port-connection', id, {
    host: target.host,
    vm: must(by.vm, 'a connection serves a virtual machine'),
    partition: target.id,
    connectionId: input.connectionId,
    port: port.id,
    posted: 0,
    signalled: 0,
  });
  return succeeded({});
}

export function disconnectPort(
  { turn, target }: CallContext,
  { connectionId }: HypercallInput['HvDisconnectPort'],
): Outcome<'HvDisconnectPort'> {
  const id: Id<'port-connection'> = connectionKey(target.id, connectionId);
  if (turn.get('port-connection', id) === undefined) return refused('INVALID_CONNECTION_ID');
  turn.remove('port-connection', id);
  refundSmall(turn, target.id);
  return succeeded({});
}

/** The port behind a connection, while it can still take something. */
export function portBehind(
  turn: Turn,
  connection: RecordOf<'port-connection'>,
  type: PortType,
): RecordOf<'port'> | undefined {
  const port = turn.get('port', connection.port);
  if (port === undefined || port.type !== type) return undefined;
  const partition = turn.get('partition', port.partition);
  return partition?.state === 'Active' ? port : undefined;
}
