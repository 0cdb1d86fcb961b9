import { assert } from '../../base/assert.ts';
import type { Json } from '../../base/json.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { PartitionId } from '../../protocol/id.ts';
import { ticks } from '../../protocol/time.ts';
import type { Turn } from '../engine/turn.ts';
import type { HypervisorFault } from '../hypervisor/fault.ts';
import type { Channel } from '../vmbus/bus-id.ts';
import { channelsOf, connectionOf } from '../vmbus/bus-id.ts';
import type { BusOwner } from '../vmbus/server.ts';
import { destroyBus, resetBus } from '../vmbus/server.ts';
import { releaseHeld } from '../vmbus/vmbus-connection.ts';
import type { SavedBus } from '../vmbus/saved-bus.ts';
import { restoreBus, saveBus } from '../vmbus/saved-bus.ts';
import { deviceNamed } from './index.ts';
import { patchService } from './ic/service.ts';
import { heldOf } from './vmbus-channel.ts';
import { patchVsc, proceedAt } from './vsp.ts';

// What the power of a virtual machine does to its bus and the devices on it.

/** Everything of a bus that a saved state file holds: connection, channels, GPADLs, rings. */
export type SavedDevices = SavedBus & { readonly [key: string]: Json };

function channels(turn: Turn, partition: PartitionId): Channel[] {
  const connection = turn.get('vmbus-connection', connectionOf(partition));
  return connection === undefined ? [] : channelsOf(turn, connection);
}

/** The guest's processors stand: nothing is sent, what arrives waits in rings and slots. */
export function pauseDevices(turn: Turn, partition: PartitionId): void {
  const connection = turn.get('vmbus-connection', connectionOf(partition));
  if (connection === undefined || connection.paused) return;
  turn.patch('vmbus-connection', connection.id, { paused: true });
  for (const channel of channelsOf(turn, connection)) {
    if (channel.state === 'Open') deviceNamed(channel.device).vsp.pause?.(turn, channel);
  }
}

/** The processors run again: whatever waited is taken up, beats go on, the clock is set. */
export function resumeDevices(turn: Turn, partition: PartitionId): void {
  const connection = turn.get('vmbus-connection', connectionOf(partition));
  if (connection === undefined || !connection.paused) return;
  turn.patch('vmbus-connection', connection.id, { paused: false });
  releaseHeld(turn, connection);
  for (const channel of channelsOf(turn, connection)) wake(turn, channel);
}

/** Both ends look into their rings; what the drivers had not heard yet reaches them now. */
function wake(turn: Turn, channel: Channel): void {
  const { id, rings } = channel;
  const held = heldOf(channel);
  if (held.length > 0) patchVsc(turn, id, { held: [] });
  for (const message of held) turn.send(id, { ...message }, ticks(0));
  const at = proceedAt(channel);
  // What was due while they stood is due now.
  if (at !== null) turn.send(id, { type: 'Proceed', at }, ticks(Math.max(0, at - turn.now)));
  if (rings.toHost.length > 0) turn.send(id, { type: 'Drain', side: 'host' }, ticks(0));
  if (rings.toGuest.length > 0) turn.send(id, { type: 'Drain', side: 'guest' }, ticks(0));
  const now = turn.must('vmbus-channel', id);
  if (now.state === 'Open') deviceNamed(now.device).vsp.resume?.(turn, now);
}

/** What a saved state holds of the bus. The devices must be paused; the bus itself stays. */
export function saveDevices(turn: Turn, partition: PartitionId): SavedDevices {
  const connection = turn.must('vmbus-connection', connectionOf(partition));
  assert(connection.paused, 'only what stands still is saved');
  return { ...saveBus(turn, connection) };
}

/** Builds the bus of a restored partition as it was when saved, paused; `resumeDevices` follows. */
export function restoreDevices(
  turn: Turn,
  owner: BusOwner,
  saved: SavedDevices,
): Result<null, HypervisorFault> {
  const restored = restoreBus(turn, owner, saved);
  if (!restored.ok) return restored;
  for (const channel of channels(turn, owner.partition)) {
    // The heartbeat is OK again with its first answer.
    if (channel.protocol === null || channel.device === 'ic-heartbeat') continue;
    patchService(turn, channel, { status: 'Ok' });
  }
  return ok(null);
}

/** The virtual machine was reset: every device forgets its guest. */
export function resetDevices(turn: Turn, partition: PartitionId): void {
  for (const channel of channels(turn, partition)) forget(turn, channel);
  if (turn.get('vmbus-connection', connectionOf(partition)) !== undefined) {
    resetBus(turn, partition);
  }
}

/** The bus and its devices go with the partition. */
export function destroyDevices(turn: Turn, partition: PartitionId): void {
  for (const channel of channels(turn, partition)) forget(turn, channel);
  destroyBus(turn, partition);
}

/** What a device keeps outside its channel falls back: the rows of integration services. */
function forget(turn: Turn, channel: Channel): void {
  if (channel.ends.vsp !== null) deviceNamed(channel.device).vsp.close?.(turn, channel);
}
