import { assert } from '../base/assert.ts';
import type { HostId, VmId } from '../protocol/id.ts';
import type { HostSpec, LabFile, VirtualMachineSpec } from '../protocol/lab-file.ts';
import type { OperationName, SystemOperation } from '../protocol/operation/index.ts';
import { ticks } from '../protocol/time.ts';
import { vmbusChannel } from './devices/vmbus-channel.ts';
import { CLOCK, CLOCK_HANDLERS } from './engine/clock.ts';
import type { OperationHandler, Simulation } from './engine/handler.ts';
import { jobHandler } from './engine/procedure.ts';
import type { Turn } from './engine/turn.ts';
import { guestHandler } from './guest/boot-sequence.ts';
import { foundHost } from './hardware/found-host.ts';
import { portHandler } from './hypervisor/delivery.ts';
import { processorHandler } from './hypervisor/processor-handler.ts';
import { logicalProcessorHandler } from './hypervisor/schedule.ts';
import { foundSwitches, switchId } from './network/vmswitch.ts';
import { foundLibrary, libraryImageId } from './storage/library.ts';
import { partitionHandler } from './vid/intercept.ts';
import { vmbusConnection } from './vmbus/vmbus-connection.ts';
import { createVm } from './vmms/create-vm.ts';
import { DISK_PROCEDURES } from './vmms/disk-jobs.ts';
import { DISK_HANDLERS } from './vmms/disk-operations.ts';
import { FILE_HANDLERS } from './vmms/file-operations.ts';
import { foundRunning, hostHandler, SHUT_DOWN_HOST, START_HOST } from './vmms/host.ts';
import { HOST_HANDLERS, VM_HANDLERS } from './vmms/operations.ts';
import { PAUSE_VM, RESET_VM, RESUME_VM } from './vmms/pause-vm.ts';
import { SAVE_VM } from './vmms/save-vm.ts';
import { foundService, serviceHandler } from './vmms/service.ts';
import { SNAPSHOT_PROCEDURES } from './vmms/snapshot-jobs.ts';
import { MERGE_SNAPSHOT } from './vmms/snapshot-merge.ts';
import { SHUT_DOWN_VM } from './vmms/shut-down-vm.ts';
import { RESTORE_VM, START_VM } from './vmms/start-vm.ts';
import { TURN_OFF_VM } from './vmms/turn-off-vm.ts';
import { vmHandler } from './vmms/vm.ts';
import { workerHandler } from './vmwp/worker-handler.ts';

/** Every table of steps that a job may follow. */
export const PROCEDURES = [
  START_VM,
  RESTORE_VM,
  TURN_OFF_VM,
  SHUT_DOWN_VM,
  SAVE_VM,
  PAUSE_VM,
  RESUME_VM,
  RESET_VM,
  START_HOST,
  SHUT_DOWN_HOST,
  ...DISK_PROCEDURES,
  ...SNAPSHOT_PROCEDURES,
  MERGE_SNAPSHOT,
] as const;

const OPERATION_HANDLERS = {
  ...VM_HANDLERS,
  ...HOST_HANDLERS,
  ...DISK_HANDLERS,
  ...FILE_HANDLERS,
  ...CLOCK_HANDLERS,
} as const satisfies { readonly [N in OperationName | SystemOperation]: OperationHandler<never> };

/** The whole machine: who receives which messages, who carries out which operation. */
export const SIMULATION: Simulation = {
  version: 12,
  handlers: [
    jobHandler(PROCEDURES),
    hostHandler,
    serviceHandler,
    vmHandler,
    workerHandler,
    guestHandler,
    vmbusConnection,
    vmbusChannel,
    portHandler,
    processorHandler,
    logicalProcessorHandler,
    partitionHandler,
  ],
  operations: OPERATION_HANDLERS,
};

/** A lab's first state, as its file describes it. */
export function found(turn: Turn, file: LabFile): void {
  turn.insert('clock', CLOCK, {
    era: file.era,
    labName: file.name,
    calendarStart: file.calendarStart,
    running: true,
    sleeping: false,
    speed: 1000,
    changedBy: null,
    vmLimit: file.limits.virtualMachines,
  });
  for (const spec of file.hosts) foundOne(turn, spec);
}

function foundOne(turn: Turn, spec: HostSpec): void {
  const host = foundHost(turn, spec);
  foundSwitches(turn, host, spec);
  foundLibrary(turn, host, spec);
  foundService(turn, host);
  if (spec.state === 'Running') foundRunning(turn, host);
  for (const vm of spec.virtualMachines) foundVm(turn, host, vm);
}

/** A virtual machine of the lab file; one that is to run starts at lab time 0. */
function foundVm(turn: Turn, host: HostId, spec: VirtualMachineSpec): void {
  const made = createVm(turn, {
    host,
    name: spec.name,
    memory: spec.memory,
    processors: spec.processors,
    disk:
      spec.disk.from === 'library'
        ? { from: 'library', image: libraryImageId(host, spec.disk.image) }
        : spec.disk,
    virtualSwitch: spec.virtualSwitch === null ? null : switchId(host, spec.virtualSwitch),
    iso: spec.iso === null ? null : libraryImageId(host, spec.iso),
  });
  assert(made.ok, `the lab file was checked: ${spec.name} can be made`);
  const vm: VmId = made.value;
  turn.patch('vm', vm, {
    automaticStartAction: spec.automaticStartAction,
    automaticStartDelay: spec.automaticStartDelay,
    automaticStopAction: spec.automaticStopAction,
    notes: spec.notes,
    wasRunningAtHostStop: spec.state === 'Running',
  });
  const { state, bootedAt } = turn.must('host', host);
  if (spec.state === 'Running' && state === 'Running' && bootedAt !== null) {
    turn.send(vm, { type: 'AutomaticStart', bootedAt }, ticks(0));
  }
}
