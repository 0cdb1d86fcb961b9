import type { RecordKind } from './record/kind.ts';

/** `vm:1f0c…`, `host:HV01`: the prefix keeps kinds apart in types, logs, JSON and SQL. */
export type Id<K extends RecordKind = RecordKind> = `${K}:${string}`;

export type HostId = Id<'host'>;
export type VmId = Id<'vm'>;
export type PartitionId = Id<'partition'>;
export type VpId = Id<'virtual-processor'>;
export type WorkerId = Id<'worker-process'>;
export type ChannelId = Id<'vmbus-channel'>;
export type JobId = Id<'job'>;
export type DiskId = Id<'virtual-disk'>;
export type SnapshotId = Id<'vm-snapshot'>;
export type SwitchId = Id<'virtual-switch'>;

/** Ids outside the machine: they never enter its hash except inside an input. */
export type LabId = `lab:${string}`;
export type PersonId = `person:${string}`;
export type BranchId = number;
/** Client-made, unique within the lab for its life. */
export type CommandId = string;

/** The kind of an id: what stands before its first colon. */
export function kindOf(id: string): string {
  const colon = id.indexOf(':');
  return colon < 0 ? id : id.slice(0, colon);
}

export function isId<K extends RecordKind>(kind: K, text: unknown): text is Id<K> {
  return typeof text === 'string' && text.length > kind.length + 1 && text.startsWith(`${kind}:`);
}
