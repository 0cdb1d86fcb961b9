/** HV_PARTITION_PRIVILEGE_MASK, TLFS 2.0a chapter 5: the bits of that release. */
export const PRIVILEGE = {
  accessVpRuntimeMsr: 1n << 0n,
  accessPartitionReferenceCounter: 1n << 1n,
  accessSynicMsrs: 1n << 2n,
  accessSyntheticTimerMsrs: 1n << 3n,
  accessApicMsrs: 1n << 4n,
  accessHypercallMsrs: 1n << 5n,
  accessVpIndex: 1n << 6n,
  accessResetMsr: 1n << 7n,
  accessStatsMsr: 1n << 8n,
  accessPartitionReferenceTsc: 1n << 9n,
  accessGuestIdleMsr: 1n << 10n,
  createPartitions: 1n << 32n,
  accessPartitionId: 1n << 33n,
  accessMemoryPool: 1n << 34n,
  adjustMessageBuffers: 1n << 35n,
  postMessages: 1n << 36n,
  signalEvents: 1n << 37n,
  createPort: 1n << 38n,
  connectPort: 1n << 39n,
  accessStats: 1n << 40n,
  debugging: 1n << 43n,
  cpuManagement: 1n << 44n,
  configureProfiler: 1n << 45n,
} as const;

export type PrivilegeName = keyof typeof PRIVILEGE;

function union(names: readonly PrivilegeName[]): bigint {
  return names.reduce((mask, name) => mask | PRIVILEGE[name], 0n);
}

/** The root partition holds every privilege there is. */
export const ALL_PRIVILEGES = union(Object.keys(PRIVILEGE) as PrivilegeName[]);

const MSR_PRIVILEGES = 0xffff_ffffn & ALL_PRIVILEGES;

/**
 * What a new child partition may do: every access to MSRs but the reference TSC page, and no
 * hypercall that needs a privilege, so it cannot reach VMBus until its parent lets it.
 */
export const NEW_CHILD_PRIVILEGES = MSR_PRIVILEGES & ~PRIVILEGE.accessPartitionReferenceTsc;

/** What the virtualization stack gives the partition of a virtual machine, so that VMBus works. */
export const GUEST_PRIVILEGES =
  NEW_CHILD_PRIVILEGES |
  PRIVILEGE.accessPartitionReferenceTsc |
  PRIVILEGE.postMessages |
  PRIVILEGE.signalEvents;

/** As a partition's record keeps it: 16 hexadecimal digits. */
export function maskText(mask: bigint): string {
  return mask.toString(16).padStart(16, '0');
}

export function parseMask(text: string): bigint {
  return BigInt(`0x${text}`);
}
