import { assert, must } from '../../base/assert.ts';
import type { ChannelId, Id } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { guestOf, partitionOf } from '../vmbus/bus-id.ts';
import type { Channel } from '../vmbus/bus-id.ts';
import { openChannel } from '../vmbus/client-channel.ts';
import type { Components } from './components.ts';
import { COMPONENTS } from './components.ts';
import type { GuestSystem } from './guest-system.ts';
import { deviceNamed } from './index.ts';

export type { VscToGuest } from './vsc-outcome.ts';
export type { ServiceToWorker } from './worker.ts';

function componentsIn(os: GuestSystem): Components {
  return must(COMPONENTS[os.components], `${os.components} is a known version of the components`);
}

/**
 * Whether the guest has a driver to load for this channel: one that knows the device, and an offer
 * that still stands and that no driver has taken. News of an offer may be older than a reset.
 */
export function hasVsc(turn: Turn, id: ChannelId, os: GuestSystem): boolean {
  const { device, ends } = turn.must('vmbus-channel', id);
  return ends.client?.state === 'Offered' && deviceNamed(device).vsc.isIn(componentsIn(os));
}

/** The guest loads the driver of an offered channel: open, negotiate, initialise. */
export function startVsc(
  turn: Turn,
  id: ChannelId,
  { guest, os }: { readonly guest: Id<'guest'>; readonly os: GuestSystem },
): void {
  assert(guest === guestOf(id), 'a guest has drivers only for its own bus');
  const channel = turn.must('vmbus-channel', id);
  const { vsc } = deviceNamed(channel.device);
  const state = vsc.load(channel, os, componentsIn(os));
  turn.patch('vmbus-channel', id, {
    deviceState: 'Opening',
    ends: { ...channel.ends, vsc: state },
  });
  openChannel(turn, id, {
    toHostPages: vsc.ringPages,
    toGuestPages: vsc.ringPages,
    targetVp: targetFor(turn, channel),
  });
}

/** Storage and network are spread over the processors, everything else goes to the first (chosen). */
function targetFor(turn: Turn, channel: Channel): number {
  if (channel.monitorId === null) return 0;
  const processors = turn.where('virtual-processor', 'partition', partitionOf(channel.id)).length;
  return channel.relId % processors;
}
