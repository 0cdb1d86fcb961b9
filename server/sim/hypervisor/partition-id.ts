import type { HostId, Id, PartitionId, VpId } from '../../protocol/id.ts';

// Records of one run of a virtual machine are keyed by its partition: `HV01/3.2` is the second
// partition of the third launch of HV01's hypervisor. It is never used again, so a message that is
// late for a run finds nobody.

/** The root partition's number. */
export const ROOT = 1;

/** HV_PARTITION_ID_SELF: all bits set, which a signed 64-bit reading calls -1. */
export const SELF = -1;

/** HV_ANY_VP. */
export const ANY_VP = 0xffff_ffff;

/** `HV01/3.2` of `partition:HV01/3.2`, `virtual-processor:HV01/3.2/0`, `guest:HV01/3.2`. */
export function keyOf(id: Id): string {
  const key = id.slice(id.indexOf(':') + 1);
  const slash = key.indexOf('/', key.indexOf('/') + 1);
  return slash < 0 ? key : key.slice(0, slash);
}

export function partitionId(host: HostId, launch: number, number: number): PartitionId {
  return `partition:${host.slice('host:'.length)}/${launch}.${number}`;
}

/** The partition with that number on the same running hypervisor, whether it is there or not. */
export function sibling(partition: PartitionId, number: number): PartitionId {
  return `${partition.slice(0, partition.lastIndexOf('.') + 1)}${number}` as PartitionId;
}

export function rootOf(partition: PartitionId): PartitionId {
  return sibling(partition, ROOT);
}

export function vpId(partition: PartitionId, index: number): VpId {
  return `virtual-processor:${keyOf(partition)}/${index}`;
}

export function portKey(partition: PartitionId, port: number): Id<'port'> {
  return `port:${keyOf(partition)}/${port}`;
}

export function connectionKey(partition: PartitionId, connection: number): Id<'port-connection'> {
  return `port-connection:${keyOf(partition)}/${connection}`;
}
