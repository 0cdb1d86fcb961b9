import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { sendPacket } from '../packet-io.ts';
import { vscFailed, vscReady } from '../vsc-outcome.ts';
import { patchVsc, patchVsp } from '../vsp.ts';
import type { IcMessage, Versions } from './message.ts';
import { REQUEST, RESPONSE, decodeVersions, encodeIc, encodeVersions } from './message.ts';
import { logMismatch } from './mismatch.ts';
import { patchService } from './service.ts';

/** What a host of the era speaks, in the order it lists them: openvmm lists rising versions. */
export function hostVersions(message: readonly string[]): Versions {
  return { framework: ['1.0', '3.0'], message };
}

function listed({ framework, message }: Versions): string {
  return `framework ${framework.join(', ') || 'none'}; message ${message.join(', ') || 'none'}`;
}

/** The host starts, right after the channel opened. */
export function sendNegotiate(turn: Turn, channel: Channel, versions: Versions): void {
  turn.patch('vmbus-channel', channel.id, { deviceState: 'Negotiate' });
  sendPacket(turn, channel.id, {
    to: 'guest',
    payload: encodeIc({ type: 'Negotiate', flags: REQUEST }, encodeVersions(versions)),
    telling: {
      as: 'fact',
      summary: `Negotiate: ${listed(versions)}`,
      data: {
        message: 'Negotiate',
        fields: { framework: versions.framework, message: versions.message },
      },
    },
  });
}

/** The guest answers with the highest of each that it knows too, or with none of either. */
export function answerNegotiate(
  turn: Turn,
  channel: Channel,
  asked: IcMessage,
  known: Versions,
): void {
  const { framework, message } = decodeVersions(asked.body);
  const first = known.framework.find(each => framework.includes(each));
  const second = known.message.find(each => message.includes(each));
  const agreed = first !== undefined && second !== undefined;
  const versions: Versions = agreed
    ? { framework: [first], message: [second] }
    : { framework: [], message: [] };
  sendPacket(turn, channel.id, {
    to: 'host',
    payload: encodeIc({ type: 'Negotiate', flags: RESPONSE }, encodeVersions(versions)),
    telling: {
      as: 'fact',
      summary: `Negotiate answered: ${listed(versions)}`,
      data: {
        message: 'Negotiate',
        fields: { framework: versions.framework, message: versions.message },
      },
    },
  });
  if (!agreed) return vscFailed(turn, channel.id, 'no version in common');
  patchVsc(turn, channel.id, { framework: first, version: second });
  vscReady(turn, channel.id);
}

/** The host takes note; true when the service may work. */
export function concludeNegotiate(
  turn: Turn,
  channel: Channel,
  answer: IcMessage,
  offered: Versions,
): boolean {
  const {
    framework: [framework],
    message: [message],
  } = decodeVersions(answer.body);
  if (framework === undefined || message === undefined) {
    patchVsp(turn, channel.id, { state: 'Failed' });
    patchService(turn, channel, { status: 'Error' });
    logMismatch(turn, channel, { agreed: null, offered });
    return false;
  }
  patchVsp(turn, channel.id, { state: 'Ready', framework, version: message });
  turn.patch('vmbus-channel', channel.id, { protocol: message });
  patchService(turn, channel, { frameworkVersion: framework, messageVersion: message });
  // An older version works; the host warns that the components should be updated.
  if (message !== offered.message.at(-1)) {
    logMismatch(turn, channel, { agreed: { framework, message }, offered });
  }
  return true;
}
