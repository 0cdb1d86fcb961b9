import { assert } from '../../base/assert.ts';
import type { ChannelId, Id } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import type { GuestSystem } from './guest-system.ts';

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

/** What the integration services tell the worker process of the virtual machine. */
export type ServiceToWorker =
  | {
      readonly type: 'HeartbeatChanged';
      readonly heartbeat: 'OkApplicationsUnknown' | 'LostCommunication';
    }
  | {
      readonly type: 'KvpReceived';
      /** Intrinsic items by their real names: FullyQualifiedDomainName, OSName… */
      readonly items: { readonly [key: string]: string };
    };

/** Whether the guest has a driver for what this channel offers. */
export function hasVsc(_turn: Turn, _channel: ChannelId, _os: GuestSystem): boolean {
  assert(false, 'not written yet');
}

/** The guest loads the driver of an offered channel: open, negotiate, initialise. */
export function startVsc(
  _turn: Turn,
  _channel: ChannelId,
  _by: { readonly guest: Id<'guest'>; readonly os: GuestSystem },
): void {
  assert(false, 'not written yet');
}
