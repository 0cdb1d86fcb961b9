import { must } from '../../base/assert.ts';
import type { VmId } from '../../protocol/id.ts';
import { pauseDevices, resetDevices, resumeDevices } from '../devices/power.ts';
import type { Turn } from '../engine/turn.ts';
import { pauseGuest, powerOff, powerOn, resetGuest, resumeGuest } from '../guest/power.ts';
import * as vid from '../vid/vid.ts';
import { guestOf } from '../vmbus/bus-id.ts';
import { partitionOfVm } from './build.ts';
import { workerOf } from './worker-process.ts';

// The power of a virtual machine, in its worker process: processors that run or stand, devices that
// are on or off. Like everything that takes away, suspending does nothing where nothing is.

/** Cold: the BIOS is in memory and the first processor at its reset vector, still suspended. */
export function powerOnDevices(turn: Turn, vm: VmId): void {
  const partition = must(partitionOfVm(turn, vm), 'devices are powered on in a partition');
  vid.resetProcessors(turn, partition);
  powerOn(turn, partition, vm);
  pauseGuest(turn, partition);
}

/** Clears the explicit suspend of its processors; whatever stood goes on. */
export function runProcessors(turn: Turn, vm: VmId): void {
  const partition = partitionOfVm(turn, vm);
  const worker = workerOf(turn, vm);
  if (partition === null || worker === undefined) return;
  vid.runProcessors(turn, partition);
  resumeDevices(turn, partition);
  resumeGuest(turn, partition);
  turn.patch('worker-process', worker.id, { state: 'Running' });
}

export function suspendProcessors(turn: Turn, vm: VmId): void {
  const partition = partitionOfVm(turn, vm);
  if (partition === null || turn.get('guest', guestOf(partition)) === undefined) return;
  vid.suspendProcessors(turn, partition);
  pauseGuest(turn, partition);
  pauseDevices(turn, partition);
}

/** No power: the guest is gone, whatever it was doing. */
export function powerOffDevices(turn: Turn, vm: VmId): void {
  const partition = partitionOfVm(turn, vm);
  const worker = workerOf(turn, vm);
  if (partition !== null) powerOff(turn, partition);
  if (worker !== undefined) turn.patch('worker-process', worker.id, { state: 'Stopping' });
}

/** The reset line of the chipset: the partition stays, its guest begins again, still suspended. */
export function resetMachine(turn: Turn, vm: VmId): void {
  const partition = must(partitionOfVm(turn, vm), 'only what runs is reset');
  resetDevices(turn, partition);
  vid.resetProcessors(turn, partition);
  resetGuest(turn, partition);
  pauseGuest(turn, partition);
}
