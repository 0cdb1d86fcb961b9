import { assert } from '../../base/assert.ts';
import type { Id, PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';

/**
 * What the bus tells the guest, `guest:<key>`: the outcome of connecting, each offer, the end of
 * the offers, an offer withdrawn.
 */
export type VmbusToGuest =
  | { readonly type: 'VmbusConnected'; readonly version: number }
  | { readonly type: 'VmbusRefused' }
  | { readonly type: 'ChannelOffered'; readonly channel: string }
  | { readonly type: 'OffersDelivered' }
  | { readonly type: 'ChannelRescinded'; readonly channel: string }
  | { readonly type: 'VmbusUnloaded' };

/** Proposes the versions the guest's driver knows, highest first, until the server takes one. */
export function connectVmbus(_turn: Turn, _guest: Id<'guest'>, _versions: readonly number[]): void {
  assert(false, 'not written yet');
}

/** Tells the server that the guest is leaving the bus: shutting down, rebooting, dumping. */
export function unloadVmbus(_turn: Turn, _partition: PartitionId): void {
  assert(false, 'not written yet');
}
