import type { ChannelId } from '../../protocol/id.ts';
import type { ChannelState } from '../../protocol/record/vmbus.ts';
import type { Turn } from '../engine/turn.ts';
import type { Channel, Connection } from './bus-id.ts';
import { channelOf, connectionOf, gpadlOf } from './bus-id.ts';
import { moveChannel } from './channel-state.ts';
import { TELL_DEVICE } from './duration.ts';
import type { Control } from './message.ts';
import { tellGuest } from './post.ts';
import { sendOffer } from './server-connection.ts';
import type { ChannelTrigger } from './state.ts';
import { CHANNEL_TRANSITIONS, next } from './state.ts';
import { NT_STATUS } from './status.ts';
import { closeInterruptPath, openInterruptPath } from './synic-path.ts';

/** Says that the guest wants no interrupts. */
const NO_VP = 0xffff_ffff;

/** What the server tells the device of a channel; the device answers by the two functions below. */
export type ServerToDevice =
  | { readonly type: 'ChannelOpening' }
  | { readonly type: 'ChannelClosing' };

export function receiveOpenChannel(
  turn: Turn,
  connection: Connection,
  message: Control<'OpenChannel'>,
): void {
  const channel = turn.get('vmbus-channel', channelOf(connection.id, message.channelId));
  if (channel === undefined) return;
  // Out of order, or of a device that was revoked: no answer, whatever its ring.
  const { state } = channel;
  if (next<ChannelState, ChannelTrigger>(CHANNEL_TRANSITIONS, state, 'open') === undefined) return;
  const ring = turn.get('gpadl', gpadlOf(connection.id, message.ringGpadlId));
  const usable =
    ring !== undefined &&
    ring.channel === channel.id &&
    ring.state === 'Accepted' &&
    message.downstreamPageOffset >= 2 &&
    message.downstreamPageOffset <= ring.pages - 2;
  if (!usable) {
    answerOpen(turn, connection, {
      channel,
      openId: message.openId,
      status: NT_STATUS.INVALID_PARAMETER,
    });
    return;
  }
  const to = moveChannel(turn, channel, 'open');
  if (to === undefined) return;
  turn.patch('vmbus-channel', channel.id, {
    openId: message.openId,
    ringGpadl: message.ringGpadlId,
    ringPages: ring.pages,
    downstreamPage: message.downstreamPageOffset,
    targetVp: message.targetVp === NO_VP ? null : message.targetVp,
  });
  // While the last close is under way the device hears of the new open when that has finished.
  if (to === 'Opening') startOpening(turn, channel.id);
}

function startOpening(turn: Turn, channel: ChannelId): void {
  turn.patch('vmbus-channel', channel, {
    toHostIn: 0,
    toHostOut: 0,
    toGuestIn: 0,
    toGuestOut: 0,
    rings: { toHost: [], toGuest: [] },
  });
  const opening = turn.must('vmbus-channel', channel);
  const path = openInterruptPath(turn, opening);
  if (path.ok) turn.send(channel, { type: 'ChannelOpening' }, TELL_DEVICE);
  else openResult(turn, opening, NT_STATUS.INSUFFICIENT_RESOURCES);
}

/** The device's answer to `ChannelOpening`. */
export function openResult(turn: Turn, channel: Channel, status: number): void {
  const to = moveChannel(turn, channel, status === NT_STATUS.SUCCESS ? 'opened' : 'refused');
  if (to === 'ClosingClientRelease') {
    // The guest left while the device was opening.
    turn.send(channel.id, { type: 'ChannelClosing' }, TELL_DEVICE);
    return;
  }
  if (to !== 'Open' && to !== 'Closed') return;
  if (to === 'Closed') closeInterruptPath(turn, channel);
  const connection = turn.must('vmbus-connection', connectionOf(channel.id));
  answerOpen(turn, connection, { channel, openId: channel.openId ?? 0, status });
}

interface OpenAnswer {
  readonly channel: Channel;
  readonly openId: number;
  readonly status: number;
}

function answerOpen(turn: Turn, connection: Connection, answer: OpenAnswer): void {
  tellGuest(turn, connection, {
    type: 'OpenChannelResult',
    channelId: answer.channel.relId,
    openId: answer.openId,
    status: answer.status,
  });
}

export function receiveCloseChannel(
  turn: Turn,
  connection: Connection,
  message: Control<'CloseChannel'>,
): void {
  const channel = turn.get('vmbus-channel', channelOf(connection.id, message.channelId));
  if (channel === undefined || moveChannel(turn, channel, 'close') === undefined) return;
  closeInterruptPath(turn, channel);
  turn.send(channel.id, { type: 'ChannelClosing' }, TELL_DEVICE);
}

const NOT_OPEN = {
  openId: null,
  ringGpadl: null,
  targetVp: null,
  rings: { toHost: [], toGuest: [] },
} as const;

/** The device's answer to `ChannelClosing`. The guest gets no message of it. */
export function closeComplete(turn: Turn, channel: Channel): void {
  const to = moveChannel(turn, channel, 'closed');
  if (to === 'Closed' || to === 'ClientReleased') turn.patch('vmbus-channel', channel.id, NOT_OPEN);
  if (to === 'Opening') startOpening(turn, channel.id);
  if (to === 'ClientReleased') offerAgain(turn, channel.id);
}

/** A channel that became free after the guest asked for offers is offered by itself. */
function offerAgain(turn: Turn, channel: ChannelId): void {
  const connection = turn.must('vmbus-connection', connectionOf(channel));
  if (connection.state !== 'Connected' || !connection.offersSent) return;
  sendOffer(turn, connection, turn.must('vmbus-channel', channel));
}

export function receiveRelIdReleased(
  turn: Turn,
  connection: Connection,
  message: Control<'RelIdReleased'>,
): void {
  const channel = turn.get('vmbus-channel', channelOf(connection.id, message.channelId));
  if (channel === undefined) return;
  const offered = channel.state === 'Reoffered';
  const to = moveChannel(turn, channel, 'release');
  if (to !== 'ClientReleased' || !offered) return;
  turn.patch('vmbus-channel', channel.id, NOT_OPEN);
  offerAgain(turn, channel.id);
}
