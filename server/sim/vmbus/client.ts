import { must } from '../../base/assert.ts';
import type { Id, PartitionId } from '../../protocol/id.ts';
import type { VmbusClientState } from '../../protocol/record/vmbus.ts';
import type { Turn } from '../engine/turn.ts';
import type { Connection } from './bus-id.ts';
import { channelsOf, connectionOf, guestOf } from './bus-id.ts';
import { addressOf, takePages } from './client-memory.ts';
import { TELL_DRIVER } from './duration.ts';
import type { Control } from './message.ts';
import { tellHost } from './post.ts';
import type { ClientTrigger } from './state.ts';
import { CLIENT_TRANSITIONS, next } from './state.ts';
import { answersUnload, hasDedicatedInterrupt } from './version.ts';

// VMBus, guest half (vmbus.sys): the driver in the guest that finds the bus, agrees on a version,
// makes a device of each offer and registers the pages that rings and buffers lie in.

/** What the bus tells the guest, `guest:<key>`. */
export type VmbusToGuest =
  | { readonly type: 'VmbusConnected'; readonly version: number }
  | { readonly type: 'VmbusRefused' }
  | { readonly type: 'ChannelOffered'; readonly channel: string }
  | { readonly type: 'OffersDelivered' }
  | { readonly type: 'ChannelRescinded'; readonly channel: string }
  | { readonly type: 'VmbusUnloaded' };

export function tellSystem(turn: Turn, connection: Connection, message: VmbusToGuest): void {
  turn.send(guestOf(connection.id), message, TELL_DRIVER);
}

export function moveClient(turn: Turn, connection: Connection, trigger: ClientTrigger): boolean {
  const { clientState } = turn.must('vmbus-connection', connection.id);
  const to = next<VmbusClientState, ClientTrigger>(CLIENT_TRANSITIONS, clientState, trigger);
  if (to === undefined || to === 'Gone') return false;
  turn.patch('vmbus-connection', connection.id, { clientState: to });
  return true;
}

/** Proposes the versions the guest's driver knows, highest first, until the server takes one. */
export function connectVmbus(turn: Turn, guest: Id<'guest'>, versions: readonly number[]): void {
  const connection = turn.must('vmbus-connection', connectionOf(guest));
  for (const channel of channelsOf(turn, connection)) {
    const { vsp } = channel.ends;
    turn.patch('vmbus-channel', channel.id, { ends: { client: null, vsp, vsc: null } });
  }
  moveClient(turn, connection, 'connect');
  propose(
    turn,
    connection,
    versions.toSorted((a, b) => b - a),
  );
}

/** `proposals` keeps what is proposed now, then what would be proposed next. */
function propose(turn: Turn, connection: Connection, proposals: readonly number[]): void {
  const version = must(proposals[0], 'a driver knows at least one version');
  turn.patch('vmbus-connection', connection.id, { proposals });
  const pages = hasDedicatedInterrupt(version) ? 2 : 3;
  const first = takePages(turn, connection, pages);
  tellHost(turn, connection, {
    type: 'InitiateContact',
    versionRequested: version,
    targetMessageVp: 0,
    interruptPage: pages === 3 ? addressOf(first + 2) : 0,
    parentToChildMonitorPage: addressOf(first),
    childToParentMonitorPage: addressOf(first + 1),
  });
}

export function receiveVersionResponse(
  turn: Turn,
  connection: Connection,
  message: Control<'VersionResponse'>,
): void {
  if (connection.clientState !== 'AwaitingVersion') return;
  const [proposed, ...lower] = connection.proposals;
  if (message.versionSupported === 1 && message.connectionState === 0) {
    moveClient(turn, connection, 'agreed');
    turn.patch('vmbus-connection', connection.id, { proposals: [] });
    tellSystem(turn, connection, {
      type: 'VmbusConnected',
      version: must(proposed, 'an answer follows a proposal'),
    });
    tellHost(turn, connection, { type: 'RequestOffers' });
  } else if (lower.length > 0) {
    moveClient(turn, connection, 'refused');
    propose(turn, connection, lower);
  } else {
    moveClient(turn, connection, 'exhausted');
    turn.patch('vmbus-connection', connection.id, { proposals: [] });
    tellSystem(turn, connection, { type: 'VmbusRefused' });
  }
}

export function receiveAllOffersDelivered(turn: Turn, connection: Connection): void {
  if (!moveClient(turn, connection, 'offersDelivered')) return;
  tellSystem(turn, connection, { type: 'OffersDelivered' });
}

/** Tells the server that the guest is leaving the bus: shutting down, rebooting, dumping. */
export function unloadVmbus(turn: Turn, partition: PartitionId): void {
  const connection = turn.must('vmbus-connection', connectionOf(partition));
  if (!moveClient(turn, connection, 'unload')) {
    tellSystem(turn, connection, { type: 'VmbusUnloaded' });
    return;
  }
  const version = must(connection.version, 'a client that leaves had connected');
  tellHost(turn, connection, { type: 'Unload' });
  if (!answersUnload(version)) receiveUnloadComplete(turn, connection);
}

export function receiveUnloadComplete(turn: Turn, connection: Connection): void {
  if (!moveClient(turn, connection, 'unloaded')) return;
  tellSystem(turn, connection, { type: 'VmbusUnloaded' });
}
