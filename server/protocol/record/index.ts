import type { Id } from '../id.ts';
import type { Table, ValuesOf } from '../field.ts';
import type { RecordKind } from './kind.ts';
import { clockTable, diceTable, jobTable } from './lab.ts';
import { virtualDiskTable } from './disk.ts';
import { fileTable } from './file.ts';
import {
  hostTable,
  logicalProcessorTable,
  physicalNicTable,
  serviceTable,
  volumeTable,
  workerProcessTable,
} from './host.ts';
import {
  gpaRangeTable,
  hypercallCountTable,
  interceptTable,
  partitionTable,
  portConnectionTable,
  portTable,
  virtualProcessorTable,
} from './hypervisor.ts';
import { snapshotTable } from './snapshot.ts';
import { gpadlTable, vmbusChannelTable, vmbusConnectionTable } from './vmbus.ts';
import {
  diskDriveTable,
  guestTable,
  integrationServiceTable,
  libraryImageTable,
  networkAdapterTable,
  virtualSwitchTable,
  vmFileTable,
  vmTable,
} from './vm.ts';

/**
 * Every kind of record, in the order they are loaded, stored and hashed. From a row here come its
 * type, its Postgres table, its wire form and its page in the inspector.
 */
export const TABLES = {
  clock: clockTable,
  dice: diceTable,
  job: jobTable,
  host: hostTable,
  'logical-processor': logicalProcessorTable,
  volume: volumeTable,
  'physical-nic': physicalNicTable,
  service: serviceTable,
  'worker-process': workerProcessTable,
  partition: partitionTable,
  'virtual-processor': virtualProcessorTable,
  'hypercall-count': hypercallCountTable,
  intercept: interceptTable,
  port: portTable,
  'port-connection': portConnectionTable,
  'gpa-range': gpaRangeTable,
  'vmbus-connection': vmbusConnectionTable,
  'vmbus-channel': vmbusChannelTable,
  gpadl: gpadlTable,
  vm: vmTable,
  'disk-drive': diskDriveTable,
  'network-adapter': networkAdapterTable,
  'virtual-disk': virtualDiskTable,
  'library-image': libraryImageTable,
  'virtual-switch': virtualSwitchTable,
  guest: guestTable,
  'integration-service': integrationServiceTable,
  'vm-file': vmFileTable,
  'vm-snapshot': snapshotTable,
  file: fileTable,
} as const satisfies { readonly [K in RecordKind]: Table & { readonly kind: K } };

export type { RecordKind };

/** What a maker of a record gives. */
export type Values<K extends RecordKind> = ValuesOf<(typeof TABLES)[K]>;

/** A record as the machine holds it: its values and its id. Read only; change it by `turn.patch`. */
export type RecordOf<K extends RecordKind> = Readonly<Values<K>> & { readonly id: Id<K> };
