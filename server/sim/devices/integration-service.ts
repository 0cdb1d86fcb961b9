import { assert } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import type { HostId, Id, VmId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';

export type IntegrationFault =
  | { readonly kind: 'ServiceDisabled'; readonly service: string }
  | { readonly kind: 'ServiceNotReady'; readonly service: string };

/** The five services Get-VMIntegrationService lists on Server 2012, all enabled. */
export function createIntegrationServices(
  _turn: Turn,
  _owner: { readonly host: HostId; readonly vm: VmId },
): void {
  assert(false, 'not written yet');
}

export function removeIntegrationServices(_turn: Turn, _vm: VmId): void {
  assert(false, 'not written yet');
}

/** Offers or withholds a service; of a running virtual machine its channel comes or goes at once. */
export function setIntegrationService(
  _turn: Turn,
  _service: Id<'integration-service'>,
  _enabled: boolean,
): void {
  assert(false, 'not written yet');
}

/** Asks the guest to shut down; it acknowledges, then tells its own system to. */
export function requestShutdown(
  _turn: Turn,
  _vm: VmId,
  _request: { readonly force: boolean; readonly reason: string },
): Result<null, IntegrationFault> {
  assert(false, 'not written yet');
}

/** Reads the guest's intrinsic items again: an address or a name has changed. */
export function queryKvp(_turn: Turn, _vm: VmId): Result<null, IntegrationFault> {
  assert(false, 'not written yet');
}
