import { must } from '../../../base/assert.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { OFFER_FLAG } from '../../vmbus/offer.ts';
import { KERNEL_VSC, WORKER_VSP } from '../duration.ts';
import { fromPipe, inPipe } from '../ic/message.ts';
import { sendPacket, shown } from '../packet-io.ts';
import { vscFailed, vscReady } from '../vsc-outcome.ts';
import { defineVsp, numberOf, patchVsp, vscState } from '../vsp.ts';
import type { MouseFields, MouseName } from './message.ts';
import {
  HID_DESCRIPTOR,
  REPORT_DESCRIPTOR,
  decodeMouse,
  encodeMouse,
  mouseName,
} from './message.ts';

// The synthetic mouse, served by the worker process: absolute, so that a console needs no capture once
// the driver is loaded. openvmm uidevices/src/mouse.

/** 2.0. */
const VERSION = 0x2_0000;

/** Microsoft's device as HID names it. */
const ATTRIBUTES = { size: 32, vendor: 0x045e, product: 0x0621, version: 1 };

function say<N extends MouseName>(
  turn: Turn,
  channel: Channel,
  to: 'host' | 'guest',
  { name, fields }: { readonly name: N; readonly fields: MouseFields<N> },
): void {
  sendPacket(turn, channel.id, {
    to,
    payload: inPipe(encodeMouse(name, fields)),
    telling: { as: 'fact', summary: name, data: { message: name, fields: shown(fields) } },
  });
}

export const mouse = defineVsp({
  name: 'mouse',
  interfaceType: 'cfa8b69e-5b4a-4cc0-b98b-8ba1a1f3f95a',
  offerFlags: OFFER_FLAG.NamedPipeMode,
  mmioMegabytes: 0,
  vsp: {
    component: 'vmwp',
    work: WORKER_VSP,
    offers: () => [
      { label: 'Mouse', instanceId: '58f75a6d-d949-4320-99e1-a2a2576d581c', userDefined: '04' },
    ],
    open: () => ({ state: 'Opened' }),
    receive(turn, channel, { payload }) {
      const message = fromPipe(payload);
      const name = mouseName(message);
      if (name === 'DeviceInformationAck') patchVsp(turn, channel.id, { state: 'Ready' });
      if (name !== 'ProtocolRequest') return;
      const { version } = decodeMouse(name, message);
      const accepted = version === VERSION ? 1 : 0;
      say(turn, channel, 'guest', {
        name: 'ProtocolResponse',
        fields: { versionRequested: version, accepted },
      });
      if (accepted === 0) return;
      turn.patch('vmbus-channel', channel.id, { protocol: '2.0' });
      say(turn, channel, 'guest', {
        name: 'DeviceInformation',
        fields: {
          ...ATTRIBUTES,
          descriptorInfo: HID_DESCRIPTOR,
          reportDescriptor: REPORT_DESCRIPTOR,
        },
      });
    },
  },
  vsc: {
    component: 'guest',
    work: KERNEL_VSC,
    // Linux: 40 KB each way.
    ringPages: 10,
    isIn: () => true,
    load: (_channel, _os, { mouse: versions }) => ({
      step: 'Protocol',
      version: must(versions[0], 'a driver knows a version'),
    }),
    start(turn, channel) {
      turn.patch('vmbus-channel', channel.id, { deviceState: 'ProtocolRequest 2.0' });
      say(turn, channel, 'host', {
        name: 'ProtocolRequest',
        fields: { version: numberOf(vscState(channel), 'version') },
      });
    },
    receive(turn, channel, { payload }) {
      const message = fromPipe(payload);
      const name = mouseName(message);
      if (name === 'ProtocolResponse' && decodeMouse(name, message).accepted === 0) {
        vscFailed(turn, channel.id, 'no version in common');
      }
      if (name !== 'DeviceInformation') return;
      say(turn, channel, 'host', { name: 'DeviceInformationAck', fields: { acknowledged: 1 } });
      vscReady(turn, channel.id);
    },
  },
});
