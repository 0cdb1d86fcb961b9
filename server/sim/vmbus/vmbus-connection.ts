import { ticks } from '../../protocol/time.ts';
import { handler } from '../engine/handler.ts';
import type { Turn } from '../engine/turn.ts';
import type { Connection } from './bus-id.ts';
import {
  receiveGpadlCreated,
  receiveGpadlTorndown,
  receiveOfferChannel,
  receiveOpenChannelResult,
  receiveRescind,
  sendPages,
} from './client-channel.ts';
import {
  receiveAllOffersDelivered,
  receiveUnloadComplete,
  receiveVersionResponse,
} from './client.ts';
import { decodeMessage } from './decode.ts';
import { presenceOf } from './guest-presence.ts';
import { fromHex } from './hex.ts';
import type { ClientMessage, ControlMessage, ServerMessage } from './message.ts';
import { CONTROL_MESSAGES } from './message.ts';
import { postAgain } from './post.ts';
import { receiveCloseChannel, receiveOpenChannel, receiveRelIdReleased } from './server-channel.ts';
import {
  finishSetUp,
  finishUnload,
  receiveInitiateContact,
  receiveRequestOffers,
  receiveUnload,
  sendOffers,
} from './server-connection.ts';
import {
  finishMapping,
  finishRelease,
  receiveGpadlBody,
  receiveGpadlHeader,
  receiveGpadlTeardown,
} from './server-gpadl.ts';
import { monitorChecked } from './synic-path.ts';

/** What reaches a bus: messages from the SynIC, and the ends of its own steps. */
type ConnectionMessage =
  | { readonly type: 'Posted'; readonly bytes: string }
  | { readonly type: 'PostAgain' }
  | { readonly type: 'ConnectionSetUp'; readonly version: number }
  | { readonly type: 'SendOffers' }
  | { readonly type: 'Unloading' }
  | { readonly type: 'GpadlMapped'; readonly gpadlId: number }
  | { readonly type: 'GpadlReleased'; readonly gpadlId: number }
  | { readonly type: 'MonitorChecked'; readonly monitorId: number; readonly relId: number }
  | { readonly type: 'SendPages'; readonly gpadlId: number; readonly n: number };

/** Both ends of the control path of one bus. */
export const vmbusConnection = handler<'vmbus-connection', ConnectionMessage>(
  'vmbus-connection',
  receive,
);

function receive(turn: Turn, connection: Connection, message: ConnectionMessage): void {
  switch (message.type) {
    case 'Posted':
      return receivePosted(turn, connection, message);
    case 'PostAgain':
      return postAgain(turn, connection);
    case 'ConnectionSetUp':
      return finishSetUp(turn, connection, message.version);
    case 'SendOffers':
      return sendOffers(turn, connection);
    case 'Unloading':
      return finishUnload(turn, connection);
    case 'GpadlMapped':
      return finishMapping(turn, connection, message.gpadlId);
    case 'GpadlReleased':
      return finishRelease(turn, connection, message.gpadlId);
    case 'MonitorChecked':
      return monitorChecked(turn, connection, message);
    case 'SendPages':
      if (!isHeld(turn, connection, message)) {
        sendPages(turn, connection, message.gpadlId, message.n);
      }
  }
}

/** True when the guest does not take it: it waits for the processors, or falls to the floor. */
function isHeld(turn: Turn, connection: Connection, message: ConnectionMessage): boolean {
  const presence = presenceOf(turn, connection.id);
  if (presence === 'paused') {
    const held = [...connection.held, { message, cause: turn.cause }];
    turn.patch('vmbus-connection', connection.id, { held });
  }
  return presence !== 'listening';
}

/** The processors run again: what waited in the message slot arrives now, in order. */
export function releaseHeld(turn: Turn, connection: Connection): void {
  const { cause } = turn;
  for (const each of connection.held) {
    turn.cause = each.cause;
    turn.send(connection.id, each.message, ticks(0));
  }
  turn.cause = cause;
  if (connection.unposted.length > 0) turn.send(connection.id, { type: 'PostAgain' }, ticks(0));
  turn.patch('vmbus-connection', connection.id, { held: [] });
}

function receivePosted(
  turn: Turn,
  connection: Connection,
  posted: ConnectionMessage & { readonly type: 'Posted' },
): void {
  const decoded = decodeMessage(fromHex(posted.bytes));
  if (!decoded.ok) return;
  const message = decoded.value;
  if (isForServer(message)) receiveAtServer(turn, connection, message);
  else if (!isHeld(turn, connection, posted)) receiveAtClient(turn, connection, message);
}

function isForServer(message: ControlMessage): message is ClientMessage {
  return CONTROL_MESSAGES[message.type].to === 'host';
}

function receiveAtServer(turn: Turn, connection: Connection, message: ClientMessage): void {
  switch (message.type) {
    case 'InitiateContact':
      return receiveInitiateContact(turn, connection, message);
    case 'RequestOffers':
      return receiveRequestOffers(turn, connection);
    case 'OpenChannel':
      return receiveOpenChannel(turn, connection, message);
    case 'CloseChannel':
      return receiveCloseChannel(turn, connection, message);
    case 'GpadlHeader':
      return receiveGpadlHeader(turn, connection, message);
    case 'GpadlBody':
      return receiveGpadlBody(turn, connection, message);
    case 'GpadlTeardown':
      return receiveGpadlTeardown(turn, connection, message);
    case 'RelIdReleased':
      return receiveRelIdReleased(turn, connection, message);
    case 'Unload':
      return receiveUnload(turn, connection);
  }
}

function receiveAtClient(turn: Turn, connection: Connection, message: ServerMessage): void {
  switch (message.type) {
    case 'VersionResponse':
      return receiveVersionResponse(turn, connection, message);
    case 'OfferChannel':
      return receiveOfferChannel(turn, connection, message);
    case 'AllOffersDelivered':
      return receiveAllOffersDelivered(turn, connection);
    case 'RescindChannelOffer':
      return receiveRescind(turn, connection, message);
    case 'OpenChannelResult':
      return receiveOpenChannelResult(turn, connection, message);
    case 'GpadlCreated':
      return receiveGpadlCreated(turn, connection, message);
    case 'GpadlTorndown':
      return receiveGpadlTorndown(turn, connection, message);
    case 'UnloadComplete':
      return receiveUnloadComplete(turn, connection);
  }
}
