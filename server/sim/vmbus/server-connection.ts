import type { VmbusConnectionState } from '../../protocol/record/vmbus.ts';
import { assert } from '../../base/assert.ts';
import type { Turn } from '../engine/turn.ts';
import type { Channel, Connection } from './bus-id.ts';
import { channelsOf, gpadlsOf } from './bus-id.ts';
import { moveChannel } from './channel-state.ts';
import { BETWEEN_BURSTS, BURST, SET_UP_CONNECTION, TELL_DEVICE, UNLOAD } from './duration.ts';
import type { Control } from './message.ts';
import { tellGuest } from './post.ts';
import type { ConnectionTrigger } from './state.ts';
import { CONNECTION_TRANSITIONS, next } from './state.ts';
import { closeInterruptPath } from './synic-path.ts';
import { SERVER_VERSIONS, answersUnload, readsConnectionState } from './version.ts';

const NO_MONITOR = 0xff;
/** connection_state of VersionResponse: the monitor pages could not be set up. */
const UNKNOWN_FAILURE = 2;

function move(turn: Turn, connection: Connection, trigger: ConnectionTrigger): boolean {
  const to = next<VmbusConnectionState, ConnectionTrigger>(
    CONNECTION_TRANSITIONS,
    connection.state,
    trigger,
  );
  if (to === undefined) return false;
  assert(to !== 'Gone', 'a connection lives as long as its partition');
  turn.patch('vmbus-connection', connection.id, { state: to });
  return true;
}

export function receiveInitiateContact(
  turn: Turn,
  connection: Connection,
  message: Control<'InitiateContact'>,
): void {
  // The guest rebooted without Unload: what the earlier system held is let go first.
  if (connection.state !== 'Disconnected') dropClient(turn, connection);
  move(turn, connection, 'contact');

  const { versionRequested: version } = message;
  const pages = [message.parentToChildMonitorPage, message.childToParentMonitorPage];
  const given = pages.filter(page => page !== 0).length;
  if (!SERVER_VERSIONS.includes(version)) return refuse(turn, connection, { version, state: 0 });
  if (given === 1) return refuse(turn, connection, { version, state: UNKNOWN_FAILURE });
  turn.patch('vmbus-connection', connection.id, { version });
  turn.send(connection.id, { type: 'ConnectionSetUp', version }, SET_UP_CONNECTION);
}

/** A client older than 2.4 reads no connection state, so it is told that its version is unknown. */
function refuse(
  turn: Turn,
  connection: Connection,
  why: { readonly version: number; readonly state: number },
): void {
  turn.patch('vmbus-connection', connection.id, { version: null });
  move(turn, turn.must('vmbus-connection', connection.id), 'rejected');
  const known = why.state !== 0 && readsConnectionState(why.version);
  tellGuest(turn, connection, {
    type: 'VersionResponse',
    versionSupported: known ? 1 : 0,
    connectionState: known ? why.state : 0,
    selectedVersion: known ? why.version : 0,
  });
}

export function finishSetUp(turn: Turn, connection: Connection, version: number): void {
  // Another contact or an unload came meanwhile.
  if (connection.state !== 'Connecting' || connection.version !== version) return;
  move(turn, connection, 'accepted');
  tellGuest(turn, connection, {
    type: 'VersionResponse',
    versionSupported: 1,
    connectionState: 0,
    selectedVersion: version,
  });
}

export function receiveRequestOffers(turn: Turn, connection: Connection): void {
  // A second request on one connection is an error, and ignored.
  if (connection.state !== 'Connected' || connection.offersRequested) return;
  turn.patch('vmbus-connection', connection.id, { offersRequested: true });
  sendOffers(turn, turn.must('vmbus-connection', connection.id));
}

/** As many offers as a burst holds; the last burst ends with AllOffersDelivered. */
export function sendOffers(turn: Turn, connection: Connection): void {
  if (connection.state !== 'Connected' || !connection.offersRequested) return;
  const { cause } = turn;
  const open = channelsOf(turn, connection).filter(channel => channel.state === 'ClientReleased');
  for (const channel of open.slice(0, BURST)) {
    turn.cause = cause;
    sendOffer(turn, connection, channel);
  }
  turn.cause = cause;
  if (open.length > BURST) {
    turn.send(connection.id, { type: 'SendOffers' }, BETWEEN_BURSTS);
  } else if (!connection.offersSent) {
    turn.patch('vmbus-connection', connection.id, { offersSent: true });
    tellGuest(turn, connection, { type: 'AllOffersDelivered' });
  }
}

export function sendOffer(turn: Turn, connection: Connection, channel: Channel): void {
  moveChannel(turn, channel, 'offered');
  tellGuest(turn, connection, {
    type: 'OfferChannel',
    interfaceId: channel.interfaceType,
    instanceId: channel.instanceId,
    flags: channel.offer.flags,
    mmioMegabytes: channel.offer.mmioMegabytes,
    userDefined: channel.offer.userDefined,
    subchannelIndex: channel.offer.subchannelIndex,
    channelId: channel.relId,
    monitorId: channel.monitorId ?? NO_MONITOR,
    monitorAllocated: channel.monitorId === null ? 0 : 1,
    isDedicated: 1,
    connectionId: channel.connectionId,
  });
}

export function receiveUnload(turn: Turn, connection: Connection): void {
  if (!move(turn, connection, 'unload')) return;
  dropClient(turn, connection);
  turn.send(connection.id, { type: 'Unloading' }, UNLOAD);
}

/** Once every device has let go: the bus is as before its first contact. */
export function finishUnload(turn: Turn, connection: Connection): void {
  if (connection.state !== 'Disconnecting') return;
  const held = channelsOf(turn, connection).some(channel => channel.state !== 'ClientReleased');
  if (held) {
    turn.send(connection.id, { type: 'Unloading' }, UNLOAD);
    return;
  }
  const version = connection.version ?? 0;
  move(turn, connection, 'unloaded');
  turn.patch('vmbus-connection', connection.id, { version: null });
  if (answersUnload(version)) tellGuest(turn, connection, { type: 'UnloadComplete' });
}

/** All channels and GPADLs of the client are dropped; devices are told to close. */
export function dropClient(turn: Turn, connection: Connection): void {
  turn.patch('vmbus-connection', connection.id, { offersRequested: false, offersSent: false });
  for (const channel of channelsOf(turn, connection)) {
    for (const gpadl of gpadlsOf(turn, channel.id)) turn.remove('gpadl', gpadl.id);
    closeInterruptPath(turn, channel);
    const wasOpen = channel.state === 'Open';
    const to = moveChannel(turn, channel, 'disconnect');
    if (to === 'Gone') continue;
    turn.patch('vmbus-channel', channel.id, {
      openId: null,
      ringGpadl: null,
      targetVp: null,
      rings: { toHost: [], toGuest: [] },
      ends: { client: null, vsp: channel.ends.vsp, vsc: null },
    });
    // A channel that was opening or closing already has its device at work.
    if (wasOpen) turn.send(channel.id, { type: 'ChannelClosing' }, TELL_DEVICE);
  }
}
