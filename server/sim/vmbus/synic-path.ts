import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Id, PartitionId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { Caller, PortType } from '../hypervisor/call.ts';
import { countCalls } from '../hypervisor/call-count.ts';
import type { HypervisorFault } from '../hypervisor/fault.ts';
import { ROOT, connectionKey, portKey, rootOf } from '../hypervisor/partition-id.ts';
import { HV_STATUS } from '../hypervisor/status.ts';
import {
  connectPort,
  createPort,
  deletePort,
  disconnectPort,
  postMessage as post,
  signalByMonitor,
  signalEvent,
} from '../hypervisor/synic.ts';
import { HYPERCALLS } from '../hypervisor/table.ts';
import type { Channel, Connection } from './bus-id.ts';
import { channelOf, connectionOf, partitionOf } from './bus-id.ts';
import { MONITOR_LATENCY } from './duration.ts';
import { CHANNEL_MESSAGE_TYPE } from './message.ts';

// The SynIC ports of one bus: a message port each way, and for each channel an event port in the
// parent from its offer on and one in the guest while it is open.

export type Side = 'host' | 'guest';

/** The interrupt source that VMBus uses, on either side. */
const SINT = 2;

/** The client's connection for messages, up to protocol 4.1. */
const MESSAGE_CONNECTION = 1;

/** The guest's message port; the server's choice, and the origin the guest sees in the slot. */
const GUEST_MESSAGE_PORT = 1;

/** The root's ports and connections are numbered by the partition and, below it, by the channel. */
const NUMBERS_A_PARTITION = 4096;
const MESSAGES = 0;

interface Ends {
  readonly by: Caller;
  readonly root: PartitionId;
  readonly child: PartitionId;
  readonly childNumber: number;
}

function endsOf(turn: Turn, of: Connection | Channel): Ends {
  const child = partitionOf(of.id);
  const root = rootOf(child);
  const { number } = turn.must('partition', child);
  return { by: { partition: root, as: 'vmbusr', vm: of.vm }, root, child, childNumber: number };
}

/** A number of the root's own that is free, from the one that partition and channel suggest on. */
function freeNumber(childNumber: number, slot: number, isTaken: (id: number) => boolean): number {
  for (let number = childNumber; ; number += 1) {
    const id = numberFor(number, slot);
    if (id > 0 && !isTaken(id)) return id;
  }
}

function numberFor(partition: number, slot: number): number {
  return (partition % NUMBERS_A_PARTITION) * NUMBERS_A_PARTITION + slot;
}

interface PathToRoot {
  readonly type: PortType;
  readonly slot: number;
  /** The guest's connection id. */
  readonly connectionId: number;
  readonly receiver: Id;
}

/** A port in the root that the guest may connect to, and the guest's connection. */
function openToRoot(turn: Turn, ends: Ends, path: PathToRoot): Result<null, HypervisorFault> {
  const { by, root, childNumber } = ends;
  const { type, slot, connectionId, receiver } = path;
  const portId = freeNumber(
    childNumber,
    slot,
    id => turn.get('port', portKey(root, id)) !== undefined,
  );
  const port = createPort(turn, by, {
    portPartition: ROOT,
    connectionPartition: childNumber,
    portId,
    type,
    targetSint: SINT,
    targetVp: 0,
    ...(type === 'Event' ? { baseFlagNumber: slot, flagCount: 1 } : {}),
    receiver,
  });
  if (!port.ok) return port;
  const connected = connectPort(turn, by, {
    connectionPartition: childNumber,
    connectionId,
    portPartition: ROOT,
    portId,
    type,
  });
  return connected.ok ? ok(null) : connected;
}

interface PathToGuest {
  readonly type: PortType;
  readonly slot: number;
  readonly portId: number;
  readonly targetVp: number;
  readonly receiver: Id;
}

function openToGuest(turn: Turn, ends: Ends, path: PathToGuest): Result<null, HypervisorFault> {
  const { by, root, childNumber } = ends;
  const { type, slot, portId, targetVp, receiver } = path;
  const port = createPort(turn, by, {
    portPartition: childNumber,
    connectionPartition: ROOT,
    portId,
    type,
    targetSint: SINT,
    targetVp,
    ...(type === 'Event' ? { baseFlagNumber: slot, flagCount: 1 } : {}),
    receiver,
  });
  if (!port.ok) return port;
  const connectionId = freeNumber(
    childNumber,
    slot,
    id => turn.get('port-connection', connectionKey(root, id)) !== undefined,
  );
  const connected = connectPort(turn, by, {
    connectionPartition: ROOT,
    connectionId,
    portPartition: childNumber,
    portId,
    type,
  });
  return connected.ok ? ok(null) : connected;
}

export function openMessagePath(turn: Turn, connection: Connection): Result<null, HypervisorFault> {
  const ends = endsOf(turn, connection);
  const up = openToRoot(turn, ends, {
    type: 'Message',
    slot: MESSAGES,
    connectionId: MESSAGE_CONNECTION,
    receiver: connection.id,
  });
  if (!up.ok) return up;
  return openToGuest(turn, ends, {
    type: 'Message',
    slot: MESSAGES,
    portId: GUEST_MESSAGE_PORT,
    // The client names a processor only from 3.0 on; before, messages go to the first.
    targetVp: 0,
    receiver: connection.id,
  });
}

/** What the guest signals: a port in the root that wakes the channel's VSP. */
export function openSignalPath(turn: Turn, channel: Channel): Result<null, HypervisorFault> {
  return openToRoot(turn, endsOf(turn, channel), {
    type: 'Event',
    slot: channel.relId,
    connectionId: channel.connectionId,
    receiver: channel.id,
  });
}

/** What interrupts the guest: its event flag of that channel, at the processor it named. */
export function openInterruptPath(turn: Turn, channel: Channel): Result<null, HypervisorFault> {
  if (channel.targetVp === null) return ok(null);
  return openToGuest(turn, endsOf(turn, channel), {
    type: 'Event',
    slot: channel.relId,
    portId: channel.connectionId,
    targetVp: channel.targetVp,
    receiver: channel.id,
  });
}

/** Ports that wake a bus or a channel, in one partition. */
function portsFor(
  turn: Turn,
  of: Connection | Channel,
  partition: PartitionId,
): RecordOf<'port'>[] {
  return turn
    .where('port', 'vm', of.vm)
    .filter(port => port.receiver === of.id && port.partition === partition);
}

/** Ports first: a connection whose port is gone is of no use, and disconnected next. */
function close(turn: Turn, of: Connection | Channel, side: PartitionId): void {
  // Closing comes in rows of equal calls, and at the end of a partition in hundreds.
  const by: Caller = { partition: rootOf(side), as: 'vmbusr', vm: of.vm, quiet: true };
  const ports = portsFor(turn, of, side);
  if (ports.length === 0) return;
  const connections = turn.where('port-connection', 'vm', of.vm);
  for (const port of ports) {
    deletePort(turn, by, port.id);
    for (const each of connections) if (each.port === port.id) disconnectPort(turn, by, each.id);
  }
}

export function closeMessagePath(turn: Turn, connection: Connection): void {
  const child = partitionOf(connection.id);
  close(turn, connection, rootOf(child));
  close(turn, connection, child);
}

export function closeSignalPath(turn: Turn, channel: Channel): void {
  close(turn, channel, rootOf(partitionOf(channel.id)));
}

export function closeInterruptPath(turn: Turn, channel: Channel): void {
  close(turn, channel, partitionOf(channel.id));
}

/**
 * What became of a post: *try again* is a want that passes, as Linux's vmbus_post_msg sees it; *lost*
 * says that nobody takes messages there, a guest that has no SynIC running.
 */
export type Posting = 'Posted' | 'TryAgain' | 'Lost';

export function postMessage(turn: Turn, connection: Connection, to: Side, bytes: string): Posting {
  const child = partitionOf(connection.id);
  const root = rootOf(child);
  const connectionId =
    to === 'host' ? MESSAGE_CONNECTION : connectionToGuest(turn, connection, GUEST_MESSAGE_PORT);
  if (connectionId === null) return 'Lost';
  const status = post(turn, {
    partition: to === 'host' ? child : root,
    as: to === 'host' ? 'vmbus' : 'vmbusr',
    vm: connection.vm,
    connectionId,
    messageType: CHANNEL_MESSAGE_TYPE,
    bytes,
  });
  if (status === HV_STATUS.SUCCESS) return 'Posted';
  const passes =
    status === HV_STATUS.INSUFFICIENT_BUFFERS || status === HV_STATUS.INSUFFICIENT_MEMORY;
  return passes ? 'TryAgain' : 'Lost';
}

/** Messages in the buffers of a side's port that the bus has not got yet, oldest first. */
export function messagesOnTheWay(turn: Turn, connection: Connection, to: Side): string[] {
  const child = partitionOf(connection.id);
  const [port] = portsFor(turn, connection, to === 'guest' ? child : rootOf(child));
  return (port?.waiting ?? []).flatMap(item => ('bytes' in item ? [item.bytes] : []));
}

/** The root's connection to a port of the guest. */
function connectionToGuest(turn: Turn, of: Connection | Channel, portId: number): number | null {
  const child = partitionOf(of.id);
  const port = portKey(child, portId);
  const root = rootOf(child);
  const found = turn
    .where('port-connection', 'vm', of.vm)
    .find(each => each.port === port && each.partition === root);
  return found?.connectionId ?? null;
}

/**
 * The VSC tells the VSP that its ring has something: by hypercall, or by its bit of the monitor page,
 * which the hypervisor looks at in its own time and then signals for the guest.
 */
export function signalHost(turn: Turn, channel: Channel): void {
  turn.count('vmbus-channel', channel.id, 'signalsToHost');
  const child = partitionOf(channel.id);
  const { connectionId, vm } = channel;
  const { monitorId, relId } = channel;
  if (monitorId !== null) {
    const { id, monitorPending } = turn.must('vmbus-connection', connectionOf(child));
    // A bit that is set already says nothing new.
    if (monitorPending.includes(monitorId)) return;
    turn.patch('vmbus-connection', id, { monitorPending: [...monitorPending, monitorId] });
    turn.send(id, { type: 'MonitorChecked', monitorId, relId }, MONITOR_LATENCY);
    return;
  }
  signalEvent(turn, { partition: child, as: 'vmbus', vm, connectionId, flagNumber: 0 });
}

/** The hypervisor comes to the trigger, finds its bit set, and signals in the guest's place. */
export function monitorChecked(
  turn: Turn,
  { id, monitorPending }: Connection,
  { monitorId, relId }: { readonly monitorId: number; readonly relId: number },
): void {
  if (!monitorPending.includes(monitorId)) return;
  const others = monitorPending.filter(each => each !== monitorId);
  turn.patch('vmbus-connection', id, { monitorPending: others });
  const partition = partitionOf(id);
  const channel = turn.get('vmbus-channel', channelOf(partition, relId));
  if (channel === undefined) return;
  const { connectionId } = channel;
  signalByMonitor(turn, partition, { connectionId, flagNumber: 0 });
}

/** The VSP interrupts the VSC. */
export function signalGuest(turn: Turn, channel: Channel): void {
  const connectionId = connectionToGuest(turn, channel, channel.connectionId);
  if (connectionId === null) return;
  turn.count('vmbus-channel', channel.id, 'signalsToGuest');
  const root = rootOf(partitionOf(channel.id));
  signalEvent(turn, {
    partition: root,
    as: 'vmbusr',
    vm: channel.vm,
    connectionId,
    flagNumber: 0,
  });
}

/**
 * A signal whose arrival the caller models by itself: the hypercall, the connection and the port are
 * counted as for any other, and no event is put on the agenda. A beat of an idle guest costs one turn.
 */
export function countSignal(turn: Turn, channel: Channel, to: Side): void {
  const child = partitionOf(channel.id);
  const root = rootOf(child);
  const id =
    to === 'host' ? connectionKey(child, channel.connectionId) : interruptOf(turn, channel);
  const connection = id === null ? undefined : turn.get('port-connection', id);
  if (connection === undefined) return;
  const { code } = HYPERCALLS.HvSignalEvent;
  countCalls(turn, turn.must('partition', to === 'host' ? child : root), {
    code,
    name: 'HvSignalEvent',
    calls: 1,
    failed: false,
  });
  turn.count('port-connection', connection.id, 'signalled');
  turn.count('port', connection.port, 'messages');
}

/** The root's connection to a channel's event port: mostly at its suggested number, else looked for. */
function interruptOf(turn: Turn, channel: Channel): Id<'port-connection'> | null {
  const child = partitionOf(channel.id);
  const root = rootOf(child);
  const { number } = turn.must('partition', child);
  const likely = connectionKey(root, numberFor(number, channel.relId));
  const port = portKey(child, channel.connectionId);
  if (turn.get('port-connection', likely)?.port === port) return likely;
  const found = connectionToGuest(turn, channel, channel.connectionId);
  return found === null ? null : connectionKey(root, found);
}

/** Which side a signal that came through this port is for. */
export function sideOfPort(channel: Channel, port: string): Side {
  return port.startsWith(`port:${partitionOf(channel.id).slice('partition:'.length)}/`)
    ? 'guest'
    : 'host';
}
