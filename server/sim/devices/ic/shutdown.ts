import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { guestOf } from '../../vmbus/bus-id.ts';
import { GUEST_SERVICE } from '../duration.ts';
import { sendPacket } from '../packet-io.ts';
import { textOf, vscState, vspState } from '../vsp.ts';
import { integrationDevice } from './integration-device.ts';
import {
  REQUEST,
  RESPONSE,
  SHUTDOWN,
  SHUTDOWN_FLAG,
  SHUTDOWN_REASON_PLANNED,
  encodeIc,
} from './message.ts';
import { mustService, patchService } from './service.ts';

/** The guest acknowledges at once and shuts down then; the host learns of the end from its power. */
export const shutdown = integrationDevice({
  name: 'ic-shutdown',
  label: 'Shutdown',
  interfaceType: '0e0b6031-5213-4934-818b-38d90ced39db',
  instanceId: 'b6650ff7-33bc-4840-8048-e0676786f393',
  hostVersions: ['1.0', '3.0'],
  guestVersions: ({ services }) => services.shutdown,
  ready: (turn, channel) => patchService(turn, channel, { status: 'Ok' }),
  asked(turn, channel, message) {
    const { flags } = SHUTDOWN.decode(message.body);
    const state = vscState(channel);
    sendPacket(turn, channel.id, {
      to: 'host',
      payload: encodeIc(
        {
          type: 'Shutdown',
          framework: textOf(state, 'framework'),
          version: textOf(state, 'version'),
          flags: RESPONSE,
        },
        message.body,
      ),
      telling: { as: 'fact', summary: 'Shutdown acknowledged', data: { message: 'Shutdown' } },
    });
    const force = (flags & SHUTDOWN_FLAG.Force) !== 0;
    turn.send(guestOf(channel.id), { type: 'ShutdownRequested', force }, GUEST_SERVICE);
  },
  answered(turn, channel) {
    const service = mustService(turn, channel);
    turn.patch('integration-service', service.id, {
      received: service.received + 1,
      lastReceivedAt: turn.now,
    });
  },
});

export interface ShutdownRequest {
  readonly force: boolean;
  readonly reason: string;
}

/** False when the guest has not read its last request and there is no room for another. */
export function sendShutdown(turn: Turn, channel: Channel, request: ShutdownRequest): boolean {
  const state = vspState(channel);
  const sent = sendPacket(turn, channel.id, {
    to: 'guest',
    payload: encodeIc(
      {
        type: 'Shutdown',
        framework: textOf(state, 'framework'),
        version: textOf(state, 'version'),
        flags: REQUEST,
      },
      SHUTDOWN.encode({
        reasonCode: SHUTDOWN_REASON_PLANNED,
        timeoutSecs: 0,
        flags: request.force ? SHUTDOWN_FLAG.Force : 0,
        message: request.reason,
      }),
    ),
    telling: {
      as: 'fact',
      summary: `Shutdown${request.force ? ', forced' : ''}`,
      data: { message: 'Shutdown', fields: { force: request.force, reason: request.reason } },
    },
  });
  const service = mustService(turn, channel);
  if (sent) turn.patch('integration-service', service.id, { sent: service.sent + 1 });
  return sent;
}
