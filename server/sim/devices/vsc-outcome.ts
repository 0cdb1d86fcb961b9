import type { ChannelId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { guestOf } from '../vmbus/bus-id.ts';
import { TELL_GUEST } from './duration.ts';

/** What a driver of the guest tells its guest, `guest:<key>`. */
export type VscToGuest =
  | { readonly type: 'VscReady'; readonly channel: string; readonly device: string }
  | {
      readonly type: 'VscFailed';
      readonly channel: string;
      readonly device: string;
      readonly reason: string;
    }
  | { readonly type: 'ShutdownRequested'; readonly force: boolean };

/** The driver can serve its device. */
export function vscReady(turn: Turn, id: ChannelId): void {
  const { device, ends } = turn.must('vmbus-channel', id);
  turn.patch('vmbus-channel', id, {
    deviceState: 'Ready',
    ends: { ...ends, vsc: { ...ends.vsc, step: 'Ready' } },
  });
  turn.send(guestOf(id), { type: 'VscReady', channel: id, device }, TELL_GUEST);
}

/** The driver gives up: Windows shows the device with a yellow mark. */
export function vscFailed(turn: Turn, id: ChannelId, reason: string): void {
  const { device, ends } = turn.must('vmbus-channel', id);
  turn.patch('vmbus-channel', id, {
    deviceState: 'Failed',
    ends: { ...ends, vsc: { ...ends.vsc, step: 'Failed' } },
  });
  turn.send(guestOf(id), { type: 'VscFailed', channel: id, device, reason }, TELL_GUEST);
}
