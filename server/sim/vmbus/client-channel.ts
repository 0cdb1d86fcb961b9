import { assert, must } from '../../base/assert.ts';
import type { ChannelId } from '../../protocol/id.ts';
import type { ChannelClient } from '../../protocol/record/vmbus.ts';
import type { Turn } from '../engine/turn.ts';
import type { Channel, Connection, GpadlRecord } from './bus-id.ts';
import { channelOf, channelsOf, connectionOf, gpadlOf } from './bus-id.ts';
import { tellSystem } from './client.ts';
import { takePages } from './client-memory.ts';
import { BETWEEN_BURSTS, BURST, TELL_DRIVER } from './duration.ts';
import { bodiesOf, gpadlBody, gpadlHeader } from './gpadl.ts';
import type { Control } from './message.ts';
import { tellHost } from './post.ts';
import { NT_STATUS } from './status.ts';

/** What the guest's bus driver tells the driver of a channel, at the channel's own record. */
export type ClientToDriver =
  | { readonly type: 'ChannelOpened' }
  | { readonly type: 'ChannelOpenFailed'; readonly status: number }
  | { readonly type: 'GpadlEstablished'; readonly purpose: string; readonly gpadlId: number }
  | { readonly type: 'GpadlRefused'; readonly status: number }
  | { readonly type: 'ChannelRescinded' };

export interface OpenRequest {
  /** Pages of each ring, its control page included. */
  readonly toHostPages: number;
  readonly toGuestPages: number;
  readonly targetVp: number;
}

const RING = 'ring';

const NEW_CLIENT: ChannelClient = { state: 'Offered', gpadls: [], toHostPages: 0, targetVp: 0 };

function clientOf(channel: Channel): ChannelClient {
  return must(channel.ends.client, `the guest has been offered ${channel.id}`);
}

function patchClient(turn: Turn, id: ChannelId, values: Partial<ChannelClient>): void {
  const channel = turn.must('vmbus-channel', id);
  const client = { ...clientOf(channel), ...values };
  turn.patch('vmbus-channel', id, { ends: { ...channel.ends, client } });
}

function tellDriver(turn: Turn, channel: ChannelId, message: ClientToDriver): void {
  turn.send(channel, message, TELL_DRIVER);
}

export function receiveOfferChannel(
  turn: Turn,
  connection: Connection,
  message: Control<'OfferChannel'>,
): void {
  const id = channelOf(connection.id, message.channelId);
  const channel = turn.get('vmbus-channel', id);
  if (channel === undefined || connection.clientState === 'Idle') return;
  turn.patch('vmbus-channel', id, { ends: { ...channel.ends, client: NEW_CLIENT, vsc: null } });
  tellSystem(turn, connection, { type: 'ChannelOffered', channel: id });
}

/** Takes pages for both rings, registers them and opens the channel; `ChannelOpened` follows. */
export function openChannel(turn: Turn, id: ChannelId, request: OpenRequest): void {
  const channel = turn.must('vmbus-channel', id);
  assert(clientOf(channel).state === 'Offered', `${channel.label} is opened once`);
  const { toHostPages, toGuestPages, targetVp } = request;
  patchClient(turn, id, { state: 'Preparing', toHostPages, targetVp });
  establishGpadl(turn, id, { pages: toHostPages + toGuestPages, purpose: RING });
}

/** Registers pages for a channel under a new handle; `GpadlEstablished` follows. */
export function establishGpadl(
  turn: Turn,
  id: ChannelId,
  of: { readonly pages: number; readonly purpose: string },
): void {
  const connection = turn.must('vmbus-connection', connectionOf(id));
  const channel = turn.must('vmbus-channel', id);
  const gpadlId = connection.nextGpadlId;
  turn.patch('vmbus-connection', connection.id, { nextGpadlId: gpadlId + 1 });
  const gpadl = turn.insert('gpadl', gpadlOf(id, gpadlId), {
    host: connection.host,
    vm: connection.vm,
    channel: id,
    gpadlId,
    pages: of.pages,
    pagesSeen: 0,
    byteOffset: 0,
    firstPage: takePages(turn, connection, of.pages),
    state: 'InProgress',
    purpose: of.purpose,
  });
  patchClient(turn, id, { gpadls: [...clientOf(channel).gpadls, gpadlId] });
  tellHost(turn, connection, gpadlHeader({ ...gpadl, channelId: channel.relId }));
  sendPages(turn, connection, gpadlId, 0);
}

/** The bodies of a page list from the n-th on, a burst at a time. */
export function sendPages(turn: Turn, connection: Connection, gpadlId: number, n: number): void {
  const gpadl = turn.get('gpadl', gpadlOf(connection.id, gpadlId));
  if (gpadl === undefined) return;
  const { relId } = turn.must('vmbus-channel', gpadl.channel);
  const { cause } = turn;
  const bodies = bodiesOf(gpadl.pages);
  const end = Math.min(bodies, n + BURST);
  for (let i = n; i < end; i += 1) {
    turn.cause = cause;
    tellHost(turn, connection, gpadlBody({ ...gpadl, channelId: relId }, i));
  }
  if (end < bodies) {
    turn.send(connection.id, { type: 'SendPages', gpadlId, n: end }, BETWEEN_BURSTS);
  }
}

export function receiveGpadlCreated(
  turn: Turn,
  connection: Connection,
  message: Control<'GpadlCreated'>,
): void {
  const id = channelOf(connection.id, message.channelId);
  const channel = turn.get('vmbus-channel', id);
  const gpadl = turn.get('gpadl', gpadlOf(connection.id, message.gpadlId));
  const client = channel?.ends.client ?? null;
  if (channel === undefined || client === null) return;
  if (gpadl === undefined || message.status !== NT_STATUS.SUCCESS) {
    return gpadlRefused(turn, connection, channel, message);
  }
  const { relId: channelId } = channel;
  const { gpadlId, purpose } = gpadl;
  if (client.state === 'Rescinded' || client.state === 'Offered') {
    // The driver left while its pages were being registered.
    tellHost(turn, connection, { type: 'GpadlTeardown', channelId, gpadlId });
  } else if (purpose !== RING) {
    tellDriver(turn, id, { type: 'GpadlEstablished', purpose, gpadlId });
  } else {
    patchClient(turn, id, { state: 'Opening' });
    tellHost(turn, connection, {
      type: 'OpenChannel',
      channelId,
      // Linux opens a channel under its own channel id.
      openId: channelId,
      ringGpadlId: gpadlId,
      targetVp: client.targetVp,
      downstreamPageOffset: client.toHostPages,
      userData: '',
    });
  }
}

function gpadlRefused(
  turn: Turn,
  connection: Connection,
  channel: Channel,
  message: Control<'GpadlCreated'>,
): void {
  const client = clientOf(channel);
  const gpadls = client.gpadls.filter(gpadlId => gpadlId !== message.gpadlId);
  patchClient(turn, channel.id, { gpadls });
  if (client.state === 'Rescinded') return releaseWhenEmpty(turn, connection, channel.id);
  if (client.state === 'Preparing') {
    patchClient(turn, channel.id, { state: 'Offered' });
    tellDriver(turn, channel.id, { type: 'ChannelOpenFailed', status: message.status });
  } else {
    tellDriver(turn, channel.id, { type: 'GpadlRefused', status: message.status });
  }
}

export function receiveOpenChannelResult(
  turn: Turn,
  connection: Connection,
  message: Control<'OpenChannelResult'>,
): void {
  const id = channelOf(connection.id, message.channelId);
  const channel = turn.get('vmbus-channel', id);
  if (channel?.ends.client?.state !== 'Opening') return;
  if (message.status === NT_STATUS.SUCCESS) {
    patchClient(turn, id, { state: 'Open' });
    tellDriver(turn, id, { type: 'ChannelOpened' });
    return;
  }
  letGo(turn, connection, channel);
  patchClient(turn, id, { state: 'Offered' });
  tellDriver(turn, id, { type: 'ChannelOpenFailed', status: message.status });
}

/** The driver is done with its channel: close, then let go of its pages. */
export function closeChannel(turn: Turn, id: ChannelId): void {
  const channel = turn.must('vmbus-channel', id);
  const connection = turn.must('vmbus-connection', connectionOf(id));
  letGo(turn, connection, channel);
  patchClient(turn, id, { state: 'Offered' });
}

function letGo(turn: Turn, connection: Connection, channel: Channel): void {
  const client = clientOf(channel);
  const { relId: channelId } = channel;
  if (client.state === 'Open') tellHost(turn, connection, { type: 'CloseChannel', channelId });
  for (const gpadlId of client.gpadls) {
    const gpadl = turn.get('gpadl', gpadlOf(connection.id, gpadlId));
    if (gpadl === undefined || !isEstablished(gpadl)) continue;
    tellHost(turn, connection, { type: 'GpadlTeardown', channelId, gpadlId });
  }
}

/** One still being made is torn down when its GpadlCreated comes. */
function isEstablished(gpadl: GpadlRecord): boolean {
  return gpadl.state === 'Accepted';
}

export function receiveGpadlTorndown(
  turn: Turn,
  connection: Connection,
  message: Control<'GpadlTorndown'>,
): void {
  const { gpadlId } = message;
  const channel = channelsOf(turn, connection).find(
    each => each.ends.client?.gpadls.includes(gpadlId) === true,
  );
  if (channel === undefined) return;
  const gpadls = clientOf(channel).gpadls.filter(each => each !== gpadlId);
  patchClient(turn, channel.id, { gpadls });
  releaseWhenEmpty(turn, connection, channel.id);
}

export function receiveRescind(
  turn: Turn,
  connection: Connection,
  message: Control<'RescindChannelOffer'>,
): void {
  const id = channelOf(connection.id, message.channelId);
  const channel = turn.get('vmbus-channel', id);
  const client = channel?.ends.client ?? null;
  if (channel === undefined || client === null || client.state === 'Rescinded') return;
  tellDriver(turn, id, { type: 'ChannelRescinded' });
  tellSystem(turn, connection, { type: 'ChannelRescinded', channel: id });
  letGo(turn, connection, channel);
  patchClient(turn, id, { state: 'Rescinded' });
  releaseWhenEmpty(turn, connection, id);
}

/** The last page list of a rescinded channel is gone: the host may use its id again. */
function releaseWhenEmpty(turn: Turn, connection: Connection, id: ChannelId): void {
  const channel = turn.must('vmbus-channel', id);
  const client = clientOf(channel);
  if (client.state !== 'Rescinded' || client.gpadls.length > 0) return;
  turn.patch('vmbus-channel', id, { ends: { ...channel.ends, client: null, vsc: null } });
  tellHost(turn, connection, { type: 'RelIdReleased', channelId: channel.relId });
}
