import { ticks } from '../../../protocol/time.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { HEARTBEATS_MISSED, HEARTBEAT_PERIOD } from '../duration.ts';
import { tellWorker } from '../worker.ts';
import { textOf, vspState } from '../vsp.ts';
import { AT_ONCE, beatOnce, isDue, scheduleBeat } from './beat.ts';
import { integrationDevice } from './integration-device.ts';
import {
  APPLICATION_STATE,
  HEARTBEAT,
  IC_HEADER,
  PIPE_HEADER,
  REQUEST,
  RESPONSE,
  encodeIc,
} from './message.ts';
import type { ServiceRecord } from './service.ts';
import { mustService, serviceOf } from './service.ts';

const MESSAGE_SIZE = PIPE_HEADER.size + IC_HEADER.size + HEARTBEAT.size;

/** Contact is lost when nothing came for so many periods. */
const PATIENCE = ticks(HEARTBEAT_PERIOD * HEARTBEATS_MISSED);

/** The host sends, the guest answers with the next number: hyperv_ic_protocol, Linux hv_util.c. */
export const heartbeat = integrationDevice({
  name: 'ic-heartbeat',
  label: 'Heartbeat',
  interfaceType: '57164f39-9115-4e78-ab55-382f3bd5422d',
  instanceId: 'fd149e91-82e0-4a7d-afa6-2a4166cbd7c0',
  hostVersions: ['1.0', '3.0'],
  guestVersions: ({ services }) => services.heartbeat,
  ready: begin,
  resume: begin,
  beat(turn, channel) {
    const service = mustService(turn, channel);
    if (!isDue(turn, service)) return;
    const { sent, received } = beatOnce(turn, channel, beatOf(channel, service));
    turn.patch('integration-service', service.id, {
      sent: service.sent + sent,
      received: service.received + received,
      nextAt: turn.now + HEARTBEAT_PERIOD,
      ...(received > 0 ? { lastReceivedAt: turn.now } : {}),
    });
    judge(turn, channel, service, received > 0);
    turn.send(channel.id, { type: 'Beat' }, HEARTBEAT_PERIOD);
  },
  close(turn, channel) {
    const service = serviceOf(turn, channel);
    const hadContact = service?.status === 'Ok' || service?.status === 'LostCommunication';
    if (hadContact) tellWorker(turn, channel, { type: 'HeartbeatChanged', heartbeat: 'NoContact' });
  },
});

/** The first beat goes out at once, then one each period. */
function begin(turn: Turn, channel: Channel): void {
  const service = mustService(turn, channel);
  // Before a first answer, patience counts from here.
  turn.patch('integration-service', service.id, { lastReceivedAt: turn.now });
  scheduleBeat(turn, channel, service, AT_ONCE);
}

function beatOf(channel: Channel, service: ServiceRecord): Parameters<typeof beatOnce>[2] {
  const encode = (flags: number, sequenceNumber: number): Uint8Array =>
    encodeIc(
      {
        type: 'Heartbeat',
        framework: textOf(vspState(channel), 'framework'),
        version: textOf(vspState(channel), 'version'),
        flags,
      },
      HEARTBEAT.encode({ sequenceNumber, applicationState: APPLICATION_STATE.Unknown }),
    );
  const sequence = service.sent + 1;
  return {
    requestLength: MESSAGE_SIZE,
    requestSummary: `Heartbeat ${sequence}`,
    request: () => encode(REQUEST, sequence),
    answer: {
      summary: `Heartbeat ${sequence} answered`,
      bytes: () => encode(RESPONSE, sequence + 1),
    },
  };
}

/** OK with an answer; lost after too long without one, of what had been OK. */
function judge(turn: Turn, channel: Channel, service: ServiceRecord, answered: boolean): void {
  if (answered) {
    if (service.status === 'Ok') return;
    turn.patch('integration-service', service.id, { status: 'Ok' });
    turn.patch('vmbus-channel', channel.id, { deviceState: 'Ready' });
    tellWorker(turn, channel, { type: 'HeartbeatChanged', heartbeat: 'OkApplicationsUnknown' });
    return;
  }
  if (service.status !== 'Ok' || turn.now - service.lastReceivedAt < PATIENCE) return;
  turn.patch('integration-service', service.id, { status: 'LostCommunication' });
  tellWorker(turn, channel, { type: 'HeartbeatChanged', heartbeat: 'LostCommunication' });
}
