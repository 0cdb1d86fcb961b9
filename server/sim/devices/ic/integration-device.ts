import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { OFFER_FLAG } from '../../vmbus/offer.ts';
import type { Components } from '../components.ts';
import { GUEST_SERVICE, WORKER_VSP } from '../duration.ts';
import type { GuestSystem } from '../guest-system.ts';
import type { Device, EndState } from '../vsp.ts';
import { defineVsp, textOf, vscState, vspState } from '../vsp.ts';
import type { IcMessage } from './message.ts';
import { IC_TYPE, decodeIc } from './message.ts';
import { answerNegotiate, concludeNegotiate, hostVersions, sendNegotiate } from './negotiate.ts';
import { patchService, silence } from './service.ts';

// What all integration services share: a message pipe whose host end lives in the worker process,
// speaks first, and agrees on two versions with a service of the guest before anything else is said.

export interface IntegrationService {
  readonly name: string;
  readonly label: string;
  readonly interfaceType: string;
  readonly instanceId: string;
  /** Message versions of the host, rising. */
  readonly hostVersions: readonly string[];
  /** Message versions of a guest's service, highest first; null has no such service. */
  guestVersions(components: Components): readonly string[] | null;
  /** What the guest's service keeps besides its versions. */
  load?(os: GuestSystem): EndState;
  /** Versions are agreed: the host may begin. */
  ready(turn: Turn, channel: Channel): void;
  /** The host got an answer. */
  answered?(turn: Turn, channel: Channel, message: IcMessage): void;
  /** The guest's service got a request. */
  asked?(turn: Turn, channel: Channel, message: IcMessage): void;
  beat?(turn: Turn, channel: Channel): void;
  pause?(turn: Turn, channel: Channel): void;
  resume?(turn: Turn, channel: Channel): void;
  close?(turn: Turn, channel: Channel): void;
}

/** openvmm offers them so: a device interface to enumerate, in pipe mode. */
const OFFER_FLAGS = OFFER_FLAG.EnumerateDeviceInterface | OFFER_FLAG.NamedPipeMode;

/** Pipe type 4: whole messages. */
const MESSAGE_PIPE = '04';

export function isReady(channel: Channel): boolean {
  return channel.state === 'Open' && channel.ends.vsp?.['state'] === 'Ready';
}

export function integrationDevice(service: IntegrationService): Device {
  const host = hostVersions(service.hostVersions);
  return defineVsp({
    name: service.name,
    interfaceType: service.interfaceType,
    offerFlags: OFFER_FLAGS,
    mmioMegabytes: 0,
    vsp: {
      component: 'vmwp',
      work: WORKER_VSP,
      offers: () => [
        { label: service.label, instanceId: service.instanceId, userDefined: MESSAGE_PIPE },
      ],
      open: () => ({ state: 'Negotiating' }),
      opened: (turn, channel) => sendNegotiate(turn, channel, host),
      receive(turn, channel, packet) {
        const message = decodeIc(packet.payload);
        if (message.type !== IC_TYPE.Negotiate) {
          // A channel whose versions failed stays silent.
          if (isReady(channel)) service.answered?.(turn, channel, message);
          return;
        }
        if (textOf(vspState(channel), 'state') !== 'Negotiating') return;
        if (!concludeNegotiate(turn, channel, message, host)) return;
        service.ready(turn, turn.must('vmbus-channel', channel.id));
      },
      beat(turn, channel) {
        if (isReady(channel)) service.beat?.(turn, channel);
      },
      close(turn, channel) {
        service.close?.(turn, channel);
        silence(turn, channel);
      },
      pause(turn, channel) {
        patchService(turn, channel, { nextAt: null });
        service.pause?.(turn, channel);
      },
      resume(turn, channel) {
        if (isReady(channel)) service.resume?.(turn, channel);
      },
    },
    vsc: {
      component: 'ic',
      work: GUEST_SERVICE,
      // Linux: 4 pages each way.
      ringPages: 4,
      isIn: components => service.guestVersions(components) !== null,
      load: (_channel, os, components) => ({
        step: 'Negotiate',
        frameworks: components.framework,
        versions: service.guestVersions(components) ?? [],
        ...service.load?.(os),
      }),
      // The host speaks first.
      start: () => {},
      receive(turn, channel, packet) {
        const message = decodeIc(packet.payload);
        if (message.type !== IC_TYPE.Negotiate) {
          service.asked?.(turn, channel, message);
          return;
        }
        const state = vscState(channel);
        answerNegotiate(turn, channel, message, {
          framework: state['frameworks'] as readonly string[],
          message: state['versions'] as readonly string[],
        });
      },
    },
  });
}
