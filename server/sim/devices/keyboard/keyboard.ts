import { must } from '../../../base/assert.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { at, layout, u32 } from '../../vmbus/layout.ts';
import { KERNEL_VSC, WORKER_VSP } from '../duration.ts';
import { sendPacket } from '../packet-io.ts';
import { vscFailed, vscReady } from '../vsc-outcome.ts';
import { defineVsp, numberOf, patchVsp, vscState } from '../vsp.ts';

// The synthetic keyboard, served by the worker process. openvmm uidevices/src/keyboard: plain in-band
// packets, no pipe header. The emulated i8042 stays beside it.

const HEADER = layout(4, { messageType: at(0, u32) });
export const KEYBOARD_REQUEST = layout(8, { messageType: at(0, u32), version: at(4, u32) });
export const KEYBOARD_RESPONSE = layout(8, { messageType: at(0, u32), accepted: at(4, u32) });

const REQUEST = 1;
const RESPONSE = 2;

/** 1.0. */
const VERSION = 0x1_0000;

export const keyboard = defineVsp({
  name: 'keyboard',
  interfaceType: 'f912ad6d-2b17-48ea-bd65-f927a61c7684',
  offerFlags: 0,
  mmioMegabytes: 0,
  vsp: {
    component: 'vmwp',
    work: WORKER_VSP,
    offers: () => [
      {
        label: 'Keyboard',
        instanceId: 'd34b2567-b9b6-42b9-8778-0a4ec0b955bf',
        userDefined: '',
      },
    ],
    open: () => ({ state: 'Opened' }),
    receive(turn, channel, { payload }) {
      if (HEADER.decode(payload).messageType !== REQUEST) return;
      const accepted = KEYBOARD_REQUEST.decode(payload).version === VERSION ? 1 : 0;
      if (accepted === 1) {
        patchVsp(turn, channel.id, { state: 'Ready' });
        turn.patch('vmbus-channel', channel.id, { protocol: '1.0' });
      }
      say(turn, channel, 'guest', {
        summary: `Protocol response: ${accepted === 1 ? 'accepted' : 'refused'}`,
        payload: KEYBOARD_RESPONSE.encode({ messageType: RESPONSE, accepted }),
      });
    },
  },
  vsc: {
    component: 'guest',
    work: KERNEL_VSC,
    // Linux: 40 KB each way.
    ringPages: 10,
    isIn: components => components.keyboard !== null,
    load: (_channel, _os, components) => ({
      step: 'Protocol',
      version: must(components.keyboard?.[0], 'this generation has the driver'),
    }),
    start(turn, channel) {
      const version = numberOf(vscState(channel), 'version');
      turn.patch('vmbus-channel', channel.id, { deviceState: 'ProtocolRequest 1.0' });
      say(turn, channel, 'host', {
        summary: 'Protocol request 1.0',
        payload: KEYBOARD_REQUEST.encode({ messageType: REQUEST, version }),
      });
    },
    receive(turn, channel, { payload }) {
      if (HEADER.decode(payload).messageType !== RESPONSE) return;
      if (KEYBOARD_RESPONSE.decode(payload).accepted === 1) vscReady(turn, channel.id);
      else vscFailed(turn, channel.id, 'no version in common');
    },
  },
});

function say(
  turn: Turn,
  channel: Channel,
  to: 'host' | 'guest',
  { summary, payload }: { readonly summary: string; readonly payload: Uint8Array },
): void {
  sendPacket(turn, channel.id, {
    to,
    payload,
    telling: { as: 'fact', summary, data: { message: summary.split(':')[0] ?? summary } },
  });
}
