import type { Turn } from '../engine/turn.ts';
import { handler } from '../engine/handler.ts';
import type { FromPort } from '../hypervisor/delivery.ts';
import type { Channel } from '../vmbus/bus-id.ts';
import type { ClientToDriver } from '../vmbus/client-channel.ts';
import { presenceOf } from '../vmbus/guest-presence.ts';
import type { ServerToDevice } from '../vmbus/server-channel.ts';
import { closeComplete, openResult } from '../vmbus/server-channel.ts';
import { NT_STATUS } from '../vmbus/status.ts';
import type { Side } from '../vmbus/synic-path.ts';
import { sideOfPort } from '../vmbus/synic-path.ts';
import { deviceNamed } from './index.ts';
import { drain } from './packet-io.ts';
import { vscFailed } from './vsc-outcome.ts';
import { patchVsc, proceedAt } from './vsp.ts';

/** What reaches a channel: from its ports, from the bus, from its own ends. */
type ChannelMessage =
  | (FromPort & { readonly type: 'Signalled' })
  | ServerToDevice
  | ClientToDriver
  | { readonly type: 'Drain'; readonly side: Side }
  | { readonly type: 'Proceed'; readonly at: number }
  | { readonly type: 'Beat' };

/** Both ends of a channel: the VSP in the parent, the VSC in the guest. */
export const vmbusChannel = handler<'vmbus-channel', ChannelMessage>('vmbus-channel', receive);

function receive(turn: Turn, channel: Channel, message: ChannelMessage): void {
  switch (message.type) {
    case 'Signalled': {
      const side = sideOfPort(channel, message.port);
      const { vsp, vsc } = deviceNamed(channel.device);
      const work = side === 'host' ? vsp.work : vsc.work;
      return turn.send(channel.id, { type: 'Drain', side }, work);
    }
    case 'Drain':
      return message.side === 'host' ? drainAtHost(turn, channel) : drainAtGuest(turn, channel);
    case 'Beat':
      if (channel.state === 'Open') deviceNamed(channel.device).vsp.beat?.(turn, channel);
      return;
    case 'ChannelOpening':
      return open(turn, channel);
    case 'ChannelClosing':
      return close(turn, channel);
    case 'Proceed':
      return proceed(turn, channel, message.at);
    default:
      return receiveAtGuest(turn, channel, message);
  }
}

function open(turn: Turn, channel: Channel): void {
  if (channel.state !== 'Opening' && channel.state !== 'OpeningClientRelease') return;
  const { vsp } = deviceNamed(channel.device);
  const state = vsp.open(turn, channel);
  turn.patch('vmbus-channel', channel.id, { ends: { ...channel.ends, vsp: state } });
  openResult(turn, channel, NT_STATUS.SUCCESS);
  const opened = turn.must('vmbus-channel', channel.id);
  if (opened.state === 'Open') vsp.opened?.(turn, opened);
}

function close(turn: Turn, channel: Channel): void {
  deviceNamed(channel.device).vsp.close?.(turn, channel);
  turn.patch('vmbus-channel', channel.id, {
    protocol: null,
    deviceState: 'Closed',
    ends: { ...channel.ends, vsp: null },
  });
  closeComplete(turn, channel);
}

function drainAtHost(turn: Turn, channel: Channel): void {
  const { vsp } = deviceNamed(channel.device);
  if (channel.ends.vsp === null || channel.rings.toHost.length === 0) return;
  drain(turn, channel.id, 'host', (now, packet) => vsp.receive(turn, now, packet));
}

/** A guest whose processors stand, or that hangs, leaves its ring as it is. */
function drainAtGuest(turn: Turn, channel: Channel): void {
  const { vsc } = deviceNamed(channel.device);
  // Until its driver hears that the channel is open, nobody looks into the ring.
  if (channel.ends.client?.state !== 'Open' || channel.ends.vsc === null) return;
  if (isDeaf(channel)) return;
  if (channel.rings.toGuest.length === 0) return;
  if (presenceOf(turn, channel.id) !== 'listening') return;
  drain(turn, channel.id, 'guest', (now, packet) => vsc.receive(turn, now, packet));
}

/** Something else in the guest closed it: the driver has nobody on the other end any more. */
function isDeaf({ ends }: Channel): boolean {
  return ends.vsp === null;
}

/** What the guest's own drivers hear waits while the guest is paused, and is lost when it is gone. */
function receiveAtGuest(turn: Turn, channel: Channel, message: ClientToDriver): void {
  const { ends } = channel;
  if (ends.vsc === null) return;
  const presence = presenceOf(turn, channel.id);
  if (presence === 'paused') {
    const held = [...heldOf(channel), { ...message }];
    turn.patch('vmbus-channel', channel.id, { ends: { ...ends, vsc: { ...ends.vsc, held } } });
  }
  if (presence !== 'listening') return;
  const { vsc } = deviceNamed(channel.device);
  switch (message.type) {
    case 'ChannelOpened':
      vsc.start(turn, channel);
      // A host that speaks first has done so before anybody looked.
      if (channel.rings.toGuest.length === 0) return;
      return turn.send(channel.id, { type: 'Drain', side: 'guest' }, vsc.work);
    case 'ChannelOpenFailed':
    case 'GpadlRefused':
      return vscFailed(turn, channel.id, `0x${message.status.toString(16).toUpperCase()}`);
    case 'GpadlEstablished':
      if (isDeaf(channel)) return;
      return vsc.established?.(turn, channel, message.gpadlId);
    case 'ChannelRescinded':
      return turn.patch('vmbus-channel', channel.id, {
        deviceState: 'Rescinded',
        ends: { ...ends, vsc: null },
      });
  }
}

/** Only the last that its driver asked for counts; a paused driver is woken when it runs again. */
function proceed(turn: Turn, channel: Channel, at: number): void {
  if (proceedAt(channel) !== at || presenceOf(turn, channel.id) !== 'listening') return;
  if (isDeaf(channel)) return;
  patchVsc(turn, channel.id, { proceedAt: null });
  deviceNamed(channel.device).vsc.proceed?.(turn, channel);
}

type Held = ClientToDriver & { readonly [field: string]: string | number };

/** What waits for the processors of a paused guest, oldest first. */
export function heldOf(channel: Channel): readonly Held[] {
  return (channel.ends.vsc?.['held'] ?? []) as readonly Held[];
}
