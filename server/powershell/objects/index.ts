import type { RecordKind } from '../../protocol/record/index.ts';
import { COM_PORTS, FLOPPY_DRIVE, VM_BIOS } from './board.ts';
import { DVD_DRIVE, HARD_DISK_DRIVE } from './disk-drive.ts';
import { IDE_CONTROLLERS, SCSI_CONTROLLERS } from './drive-controller.ts';
import { PROCESS, SERVICE, VIRTUAL_HARD_DISK, VM_HOST, VM_SWITCH } from './host-objects.ts';
import { INTEGRATION_COMPONENT } from './integration-service.ts';
import { MANAGEMENT_ADAPTER, NETWORK_ADAPTER } from './network-adapter.ts';
import { VIRTUAL_MACHINE } from './virtual-machine.ts';
import { ADAPTER_VLAN } from './vlan-setting.ts';
import { VM_MEMORY, VM_PROCESSOR } from './vm-part.ts';

interface Described {
  readonly types: readonly string[];
  readonly kind: RecordKind;
  readonly properties: readonly (readonly [name: string, type: string, of: unknown])[];
}

/** Every type of object that a cmdlet of the lab writes. */
export const OBJECT_TYPES: readonly Described[] = [
  ADAPTER_VLAN,
  COM_PORTS[0],
  DVD_DRIVE,
  FLOPPY_DRIVE,
  HARD_DISK_DRIVE,
  IDE_CONTROLLERS[0],
  INTEGRATION_COMPONENT,
  MANAGEMENT_ADAPTER,
  NETWORK_ADAPTER,
  PROCESS,
  SCSI_CONTROLLERS[0],
  SERVICE,
  VIRTUAL_HARD_DISK,
  VIRTUAL_MACHINE,
  VM_BIOS,
  VM_HOST,
  VM_MEMORY,
  VM_PROCESSOR,
  VM_SWITCH,
];
