import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { CODE } from './refusal.ts';

// Why a device cannot be added, changed or removed. The first line is that of published errors of
// Add-VMHardDiskDrive; reasons about places and states are recalled.

export type DeviceVerb = 'add' | 'modify' | 'remove';

const DEVICES = {
  HardDisk: 'Virtual Hard Disk',
  Dvd: 'Synthetic DVD Drive',
  scsi: 'Synthetic SCSI Controller',
} as const;

const STATE = 'The operation cannot be performed while the object is in its current state.';

function sentence(
  vm: RecordOf<'vm'>,
  verb: DeviceVerb,
  { device, why }: { readonly device: string; readonly why: string },
): string {
  const id = vm.id.slice('vm:'.length).toUpperCase();
  return `'${vm.name}' failed to ${verb} device '${device}'. (Virtual machine ID ${id})\n${why}`;
}

/** Its state does not allow it, a reason was given, or the driver gave one. */
export function deviceFault(
  vm: RecordOf<'vm'>,
  verb: DeviceVerb,
  device: keyof typeof DEVICES,
  why: string | Refusal | null = null,
): Refusal {
  const data = { vm: vm.id, name: vm.name, state: vm.state };
  const name = DEVICES[device];
  if (why === null) {
    const message = sentence(vm, verb, { device: name, why: STATE });
    return { kind: 'InvalidState', code: CODE.invalidState, message, data };
  }
  if (typeof why === 'string') {
    const message = sentence(vm, verb, { device: name, why });
    return { kind: 'InvalidParameter', code: CODE.invalidParameter, message, data };
  }
  const message = sentence(vm, verb, { device: name, why: why.message });
  return { ...why, message, data: { ...data, ...why.data } };
}

export function occupied(vm: RecordOf<'vm'>, verb: DeviceVerb, why: string): Refusal {
  return deviceFault(vm, verb, 'HardDisk', why);
}
