import type { Json } from '../../base/json.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Values } from '../../protocol/record/index.ts';
import type { HeldMessage, UnpostedMessage } from '../../protocol/record/vmbus.ts';
import { ticks } from '../../protocol/time.ts';
import type { Message } from '../engine/message.ts';
import type { Turn } from '../engine/turn.ts';
import type { HypervisorFault } from '../hypervisor/fault.ts';
import type { Channel, Connection } from './bus-id.ts';
import { channelOf, channelsOf, connectionOf, gpadlOf, gpadlsOf } from './bus-id.ts';
import type { BusOwner } from './server.ts';
import { destroyBus } from './server.ts';
import {
  messagesOnTheWay,
  openInterruptPath,
  openMessagePath,
  openSignalPath,
} from './synic-path.ts';

// A bus as a saved state file has it. Rings lie in the guest's memory and travel with it; the host
// adds the states of channels and GPADLs. Ports and connections are not saved but made anew, under
// the same numbers on the guest's side, so that the guest notices nothing.

type Columns = { readonly [column: string]: Json };

export interface SavedBus {
  readonly connection: Columns;
  readonly channels: readonly Columns[];
  readonly gpadls: readonly Columns[];
}

/** Every column but the id, which names the partition that goes. */
function columns(record: { readonly id: string }): Columns {
  const { id: _, ...values } = record;
  return values as Columns;
}

export function saveBus(turn: Turn, connection: Connection): SavedBus {
  const channels = channelsOf(turn, connection);
  return {
    connection: { ...columns(connection), ...onTheWay(turn, connection) },
    channels: channels.map(columns),
    gpadls: channels.flatMap(channel => gpadlsOf(turn, channel.id)).map(columns),
  };
}

/** What the hypervisor's buffers hold is lost with the ports: it waits at the bus instead. */
function onTheWay(
  turn: Turn,
  connection: Connection,
): { readonly held: readonly HeldMessage[]; readonly unposted: readonly UnpostedMessage[] } {
  const { cause } = turn;
  const toGuest = messagesOnTheWay(turn, connection, 'guest').map(bytes => ({
    message: { type: 'Posted', bytes },
    cause,
  }));
  const toHost = messagesOnTheWay(turn, connection, 'host').map(
    bytes => ({ to: 'host', bytes, cause }) as const,
  );
  return {
    held: [...connection.held, ...toGuest],
    unposted: [...toHost, ...connection.unposted],
  };
}

export function restoreBus(
  turn: Turn,
  owner: BusOwner,
  saved: SavedBus,
): Result<null, HypervisorFault> {
  const { partition, host, vm } = owner;
  const connection = turn.insert('vmbus-connection', connectionOf(partition), {
    // Written by saveBus, and by nobody else.
    ...(saved.connection as Values<'vmbus-connection'>),
    host,
    vm,
    partition,
    paused: true,
    // Not saved; whoever runs again looks into its rings.
    monitorPending: [],
  });
  const channels = (saved.channels as readonly Values<'vmbus-channel'>[]).map(values =>
    turn.insert('vmbus-channel', channelOf(partition, values.relId), { ...values, host, vm }),
  );
  for (const values of saved.gpadls as readonly Values<'gpadl'>[]) {
    const channel = channelOf(partition, relIdOf(values.channel));
    turn.insert('gpadl', gpadlOf(partition, values.gpadlId), { ...values, host, vm, channel });
  }
  const opened = openPaths(turn, connection, channels);
  if (!opened.ok) {
    destroyBus(turn, partition);
    return opened;
  }
  for (const message of stepsUnderWay(connection)) turn.send(connection.id, message, ticks(0));
  for (const channel of channels) takeUp(turn, connection, channel);
  return ok(null);
}

/** The channel id in a record id of the partition that was saved. */
function relIdOf(id: string): number {
  return Number(id.slice(id.lastIndexOf('/') + 1));
}

function openPaths(
  turn: Turn,
  connection: Connection,
  channels: readonly Channel[],
): Result<null, HypervisorFault> {
  const messages = openMessagePath(turn, connection);
  if (!messages.ok) return messages;
  for (const channel of channels) {
    const signals = openSignalPath(turn, channel);
    if (!signals.ok) return signals;
    if (channel.state !== 'Open' && channel.state !== 'Opening') continue;
    const interrupts = openInterruptPath(turn, channel);
    if (!interrupts.ok) return interrupts;
  }
  return ok(null);
}

/** Steps of the server that were to end just when the state was taken. */
function stepsUnderWay(connection: Connection): Message[] {
  const { state, version, offersRequested, offersSent, unposted } = connection;
  const steps: Message[] = [];
  if (unposted.length > 0) steps.push({ type: 'PostAgain' });
  if (state === 'Connecting' && version !== null) steps.push({ type: 'ConnectionSetUp', version });
  if (state === 'Disconnecting') steps.push({ type: 'Unloading' });
  if (offersRequested && !offersSent) steps.push({ type: 'SendOffers' });
  return steps;
}

function takeUp(turn: Turn, connection: Connection, channel: Channel): void {
  const { state } = channel;
  const isOpening = state === 'Opening' || state === 'OpeningClientRelease';
  if (isOpening) turn.send(channel.id, { type: 'ChannelOpening' }, ticks(0));
  if (state === 'Closing' || state === 'ClosingReopen' || state === 'ClosingClientRelease') {
    turn.send(channel.id, { type: 'ChannelClosing' }, ticks(0));
  }
  for (const { state: at, gpadlId } of gpadlsOf(turn, channel.id)) {
    if (at === 'Offered' || at === 'OfferedTearingDown') {
      turn.send(connection.id, { type: 'GpadlMapped', gpadlId }, ticks(0));
    }
    if (at === 'TearingDown') {
      turn.send(connection.id, { type: 'GpadlReleased', gpadlId }, ticks(0));
    }
  }
}
