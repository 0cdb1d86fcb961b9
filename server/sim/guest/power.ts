import type { Json } from '../../base/json.ts';
import type { Id, PartitionId, VmId } from '../../protocol/id.ts';
import type { Values } from '../../protocol/record/index.ts';
import { guestOf } from '../vmbus/bus-id.ts';
import type { Turn } from '../engine/turn.ts';
import { firstDisk } from './boot.ts';
import { resumeStage } from './boot-sequence.ts';
import { changeLoad, stageOf, systemOf } from './guest.ts';
import { STAGES } from './stage.ts';
import { startTicking } from './timer-tick.ts';

// The power switch of a guest, which the worker process holds.

function atReset(host: Id<'host'>, vm: VmId): Values<'guest'> {
  return {
    host,
    vm,
    os: null,
    phase: 'PoweredOff',
    phaseSince: 0,
    phaseUntil: null,
    enlightened: false,
    screen: '',
    bootDisk: null,
    computerName: null,
    installPercent: 0,
    suspended: true,
    phaseLeft: null,
    installs: null,
    components: null,
    stage: 'off',
    driversPending: [],
    offersDelivered: false,
    shutDownBy: null,
    load: 0,
    accessesMade: 0,
  };
}

/** The guest of a new partition, at its reset vector; it begins when its processors run. */
export function powerOn(turn: Turn, partition: PartitionId, vm: VmId): void {
  const { host } = turn.must('vm', vm);
  turn.insert('guest', guestOf(partition), { ...atReset(host, vm), phaseSince: turn.now });
}

/** Back to the reset vector in the same partition; what ran before hears nothing any more. */
export function resetGuest(turn: Turn, partition: PartitionId): void {
  const id = guestOf(partition);
  const { host, vm, load } = turn.must('guest', id);
  turn.patch('guest', id, { ...atReset(host, vm), phaseSince: turn.now, load });
  for (const adapter of turn.where('network-adapter', 'vm', vm)) {
    turn.patch('network-adapter', adapter.id, { ipAddress: null });
  }
}

/** No power: whatever ran is gone, with everything it had not written to a disk. */
export function powerOff(turn: Turn, partition: PartitionId): void {
  const id = guestOf(partition);
  if (turn.get('guest', id) !== undefined) turn.remove('guest', id);
}

/** Its processors stand; what is left of its stage is kept. */
export function pauseGuest(turn: Turn, partition: PartitionId): void {
  const guest = turn.must('guest', guestOf(partition));
  if (guest.suspended) return;
  const { phaseUntil } = guest;
  turn.patch('guest', guest.id, {
    suspended: true,
    phaseLeft: phaseUntil === null ? null : phaseUntil - turn.now,
    phaseUntil: null,
  });
  changeLoad(turn, guest, 0);
}

export function resumeGuest(turn: Turn, partition: PartitionId): void {
  const guest = turn.must('guest', guestOf(partition));
  if (!guest.suspended) return;
  changeLoad(turn, guest, STAGES[stageOf(guest)].load(systemOf(guest)));
  resumeStage(turn, guest);
}

/** A guest's columns. */
export type SavedGuest = { readonly [column: string]: Json };

/** A paused guest as the file of its memory holds it. */
export function captureGuest(turn: Turn, partition: PartitionId): SavedGuest {
  const { id: _, ...values } = turn.must('guest', guestOf(partition));
  return values;
}

/** A guest as it was saved, paused, in another partition. */
export function restoreGuest(turn: Turn, partition: PartitionId, saved: SavedGuest): void {
  turn.insert('guest', guestOf(partition), saved as Values<'guest'>);
  // Its system is on the disk that is in its drive now: a snapshot may have branched it meanwhile.
  const { id, vm, bootDisk } = turn.must('guest', guestOf(partition));
  if (bootDisk !== null) turn.patch('guest', id, { bootDisk: firstDisk(turn, vm) });
  startTicking(turn, id);
}
