import { assert } from '../../base/assert.ts';
import type { Json } from '../../base/json.ts';
import type { HostId, PartitionId, VmId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';

/** Everything of a bus that a saved state file holds: connection, channels, GPADLs, rings. */
export interface SavedDevices {
  readonly connection: { readonly [column: string]: Json };
  readonly channels: readonly { readonly [column: string]: Json }[];
  readonly gpadls: readonly { readonly [column: string]: Json }[];
  readonly [key: string]: Json;
}

/** The guest's processors stand: nothing is sent, what arrives waits in rings and slots. */
export function pauseDevices(_turn: Turn, _partition: PartitionId): void {
  assert(false, 'not written yet');
}

/** The processors run again: whatever waited is taken up, beats go on, the clock is set. */
export function resumeDevices(_turn: Turn, _partition: PartitionId): void {
  assert(false, 'not written yet');
}

/** What a saved state holds of the bus. The devices must be paused; the bus itself stays. */
export function saveDevices(_turn: Turn, _partition: PartitionId): SavedDevices {
  assert(false, 'not written yet');
}

/** Builds the bus of a restored partition as it was when saved, paused; `resumeDevices` follows. */
export function restoreDevices(
  _turn: Turn,
  _owner: { readonly host: HostId; readonly vm: VmId; readonly partition: PartitionId },
  _saved: SavedDevices,
): void {
  assert(false, 'not written yet');
}

/** The virtual machine was reset: every device forgets its guest. Calls `resetBus`. */
export function resetDevices(_turn: Turn, _partition: PartitionId): void {
  assert(false, 'not written yet');
}

/** The bus and its devices go with the partition. Calls `destroyBus`. */
export function destroyDevices(_turn: Turn, _partition: PartitionId): void {
  assert(false, 'not written yet');
}
