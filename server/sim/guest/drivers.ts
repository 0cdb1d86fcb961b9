import type { ChannelId } from '../../protocol/id.ts';
import type { VscToGuest } from '../devices/vsc.ts';
import { hasVsc, startVsc } from '../devices/vsc.ts';
import type { Turn } from '../engine/turn.ts';
import type { Guest } from './guest.ts';
import { componentsOf, stageOf } from './guest.ts';
import type { Stage } from './stage.ts';

// Which driver or service of the guest starts when: plug and play loads drivers as channels are
// offered, the integration services are services and come up with the others.

type Kind = 'driver' | 'service';

function kindOfDevice(device: string): Kind {
  return device.startsWith('ic-') ? 'service' : 'driver';
}

const STARTED: { readonly [K in Kind]: readonly Stage[] } = {
  driver: ['drivers', 'specialise', 'services', 'integration-services', 'ready'],
  service: ['integration-services', 'ready'],
};

/** The host offered a channel: its driver loads at once, unless its time has not come. */
export function offered(turn: Turn, guest: Guest, id: ChannelId): void {
  const channel = turn.get('vmbus-channel', id);
  if (channel === undefined) return;
  if (STARTED[kindOfDevice(channel.device)].includes(stageOf(guest))) start(turn, guest, id);
}

/** The services of the guest start: those of the integration components find their channels. */
export function startServices(turn: Turn, guest: Guest): void {
  const own = `vmbus-channel:${guest.id.slice('guest:'.length)}/`;
  for (const channel of turn.where('vmbus-channel', 'vm', guest.vm)) {
    if (!channel.id.startsWith(own) || kindOfDevice(channel.device) !== 'service') continue;
    if (channel.state === 'Closed') start(turn, guest, channel.id);
  }
}

/** A driver has its device, or gave up on it. */
export function driverReady(
  turn: Turn,
  guest: Guest,
  { channel }: Extract<VscToGuest, { readonly channel: string }>,
): void {
  const driversPending = guest.driversPending.filter(pending => pending !== channel);
  turn.patch('guest', guest.id, { driversPending });
}

export function driversAreReady(guest: Guest): boolean {
  return guest.offersDelivered && guest.driversPending.length === 0;
}

function start(turn: Turn, guest: Guest, channel: ChannelId): void {
  const os = componentsOf(guest);
  if (os === null || !hasVsc(turn, channel, os)) return;
  const { device } = turn.must('vmbus-channel', channel);
  if (kindOfDevice(device) === 'driver') {
    turn.patch('guest', guest.id, { driversPending: [...guest.driversPending, channel] });
  }
  startVsc(turn, channel, { guest: guest.id, os });
}
