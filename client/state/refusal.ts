import type { OperationName, Refusal } from '../../server/protocol/operation/index.ts';
import type { NewNotice } from './notices.tsx';

// A refusal tells what happened and why in the product's own words. What a person can do about it is
// not in the product; that is said here.

const ADVICE: Readonly<Record<string, string>> = {
  InvalidState: 'Look at its state: the actions on the right say what is possible now.',
  NotFound: 'Somebody may have removed it. The list shows what is there now.',
  ServiceUnavailable:
    'Start the Virtual Machine Management service: select the host, then Actions, Start Service.',
  HostUnreachable: 'Start the host first: select it, then Actions, Start Host.',
  InvalidHostState: 'Wait until the host has finished what it is doing.',
  InvalidServiceState: 'Look at the service: somebody may have been quicker.',
  HypervisorNotRunning: 'Shut the host down and start it with the hypervisor.',
  NotEnoughMemory:
    'Turn off or save another virtual machine of this host, or give this one less memory in Settings.',
  InvalidParameter: 'Correct the value and try again.',
  NotReady:
    'Wait until the heartbeat is OK, or turn the virtual machine off without asking its guest.',
  QuotaReached: 'Delete virtual machines that are no longer needed.',
  FileInUse: 'Stop the virtual machine that uses the file, or choose another file.',
  FileNotFound: 'Choose another file in Settings.',
  DiskFull: 'Make the disk smaller, or delete virtual machines and their disks.',
  'not-allowed': 'Ask an instructor of the lab.',
  'rate-limited': 'Wait a second and try again.',
  'too-much-pending': 'The lab is busy; try again in a few seconds.',
  unavailable: 'The lab comes back by itself; then try again.',
  ConnectionClosed: 'Look whether it happened before you try again.',
};

const VERBS: Partial<Record<OperationName, string>> = {
  'vm.create': 'The virtual machine was not created',
  'vm.start': 'The virtual machine was not started',
  'vm.shutDown': 'The virtual machine was not shut down',
  'vm.delete': 'The virtual machine was not deleted',
  'vm.rename': 'The virtual machine was not renamed',
  'vm.setMemory': 'The memory was not changed',
  'vm.setProcessors': 'The processors were not changed',
  'vm.configure': 'The setting was not changed',
  'vm.takeSnapshot': 'The snapshot was not taken',
  'vm.applySnapshot': 'The snapshot was not applied',
  'vm.deleteSnapshot': 'The snapshot was not deleted',
  'vm.renameSnapshot': 'The snapshot was not renamed',
  'disk.create': 'The virtual hard disk was not created',
  'disk.resize': 'The virtual hard disk was not resized',
  'disk.convert': 'The virtual hard disk was not converted',
  'disk.merge': 'The virtual hard disk was not merged',
  'disk.compact': 'The virtual hard disk was not compacted',
  'disk.setParent': 'The virtual hard disk was not reconnected',
  'vm.setDvd': 'The DVD drive was not changed',
  'vm.addDrive': 'The drive was not added',
  'vm.setDrive': 'The drive was not changed',
  'vm.removeDrive': 'The drive was not removed',
  'vm.addScsiController': 'The SCSI controller was not added',
  'vm.removeScsiController': 'The SCSI controller was not removed',
  'vm.connectNetworkAdapter': 'The network adapter was not changed',
  'vm.setIntegrationService': 'The integration service was not changed',
  'service.stop': 'The service was not stopped',
  'service.start': 'The service was not started',
  'process.end': 'The process was not ended',
};

/** `32775` or `0x8007000E`: return codes of WMI are decimal, HRESULTs are not. */
export const codeText = (code: number): string =>
  code < 0 || code > 0xffff
    ? `0x${(code >>> 0).toString(16).toUpperCase().padStart(8, '0')}`
    : String(code);

export const refusalNotice = (op: OperationName, fault: Refusal): NewNotice => ({
  intent: 'error',
  title: VERBS[op] ?? 'That was refused',
  message: fault.message,
  advice: ADVICE[fault.kind] ?? null,
  code: fault.code === null ? fault.kind : `${fault.kind}, ${codeText(fault.code)}`,
});
