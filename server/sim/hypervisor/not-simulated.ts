// The hypercalls that this hypervisor does not know, each with the reason. A caller is told
// INVALID_HYPERCALL_CODE, which on a real host is the answer to those of later releases only.

export interface NotSimulated {
  readonly code: number;
  readonly name: string;
  /** The first release that has it: 2012 had it, or an earlier one; later ones did not yet. */
  readonly since: '2012' | 'later';
  readonly reason: string;
}

const EVENT_LOG =
  'The buffers in which the hypervisor hands its own trace to ETW: what it does is a fact here.';
const SYSTEM =
  'The codes of the properties of this release, those of the profiler, are not public.';
const SECURE = 'Virtual secure mode is of Windows Server 2016.';
const SPARSE = 'Processor sets of more than 64 are of Windows Server 2016.';
const POWER =
  'Called by the management OS where processors come, go and sleep; not in the document of this release.';
const DEVICES = 'Interrupt remapping and assigned devices; not in the document of this release.';
const MACHINE_CHECK =
  'Machine checks and dumps of the hypervisor; not in the document of this release.';
const RENUMBERED = 'A later number of the same call.';
const NESTED = 'Nested virtualization is of Windows Server 2016.';

type Row = readonly [code: number, name: string, reason: string];

/** In the document of 2008 R2, so in Windows Server 2012 too. */
const OF_2012: readonly Row[] = [
  [0x0060, 'HvInitializeEventLogBufferGroup', EVENT_LOG],
  [0x0061, 'HvFinalizeEventLogBufferGroup', EVENT_LOG],
  [0x0062, 'HvCreateEventLogBuffer', EVENT_LOG],
  [0x0063, 'HvDeleteEventLogBuffer', EVENT_LOG],
  [0x0064, 'HvMapEventLogBuffer', EVENT_LOG],
  [0x0065, 'HvUnmapEventLogBuffer', EVENT_LOG],
  [0x0066, 'HvSetEventLogGroupSources', EVENT_LOG],
  [0x0067, 'HvReleaseEventLogBuffer', EVENT_LOG],
  [0x0068, 'HvFlushEventLogBuffer', EVENT_LOG],
  [0x006f, 'HvSetSystemProperty', SYSTEM],
  [0x0071, 'HvGetSystemProperty', SYSTEM],
];

/** In documents of later releases: TLFS 5.0 and 6.0b, appendix A. */
const LATER: readonly Row[] = [
  [0x000a, 'HvInvokeHypervisorDebugger', 'Reserved in this release.'],
  [0x000b, 'HvSendSyntheticClusterIpi', SPARSE],
  [0x000c, 'HvModifyVtlProtectionMask', SECURE],
  [0x000d, 'HvEnablePartitionVtl', SECURE],
  [0x000e, 'HvDisablePartitionVtl', SECURE],
  [0x000f, 'HvEnableVpVtl', SECURE],
  [0x0010, 'HvDisableVpVtl', SECURE],
  [0x0011, 'HvVtlCall', SECURE],
  [0x0012, 'HvVtlReturn', SECURE],
  [0x0013, 'HvFlushVirtualAddressSpaceEx', SPARSE],
  [0x0014, 'HvFlushVirtualAddressListEx', SPARSE],
  [0x0015, 'HvSendSyntheticClusterIpiEx', SPARSE],
  [0x0076, 'HvAddLogicalProcessor', POWER],
  [0x0077, 'HvRemoveLogicalProcessor', POWER],
  [0x0078, 'HvQueryNumaDistance', POWER],
  [0x0079, 'HvSetLogicalProcessorProperty', POWER],
  [0x007a, 'HvGetLogicalProcessorProperty', POWER],
  [0x007b, 'HvGetSystemProperty', RENUMBERED],
  [0x007c, 'HvMapDeviceInterrupt', DEVICES],
  [0x007d, 'HvUnmapDeviceInterrupt', DEVICES],
  [0x007e, 'HvRetargetDeviceInterrupt', DEVICES],
  [0x0080, 'HvMapDevicePages', DEVICES],
  [0x0081, 'HvUnmapDevicePages', DEVICES],
  [0x0082, 'HvAttachDevice', DEVICES],
  [0x0083, 'HvDetachDevice', DEVICES],
  [0x0084, 'HvNotifyStandbyTransition', POWER],
  [0x0085, 'HvPrepareForSleep', POWER],
  [0x0086, 'HvPrepareForHibernate', POWER],
  [0x0087, 'HvNotifyPartitionEvent', POWER],
  [0x0088, 'HvGetLogicalProcessorRegisters', POWER],
  [0x0089, 'HvSetLogicalProcessorRegisters', POWER],
  [0x008a, 'HvQueryAssociatedLpsForMca', MACHINE_CHECK],
  [0x008b, 'HvNotifyRingEmpty', POWER],
  [0x008c, 'HvInjectSyntheticMachineCheck', MACHINE_CHECK],
  [0x008d, 'HvScrubPartition', MACHINE_CHECK],
  [0x008e, 'HvCollectLivedump', MACHINE_CHECK],
  [0x008f, 'HvDisableHypervisor', POWER],
  [0x0090, 'HvModifySparseGpaPages', 'Mapping over a mapping does it in this release.'],
  [0x0091, 'HvRegisterInterceptResult', 'Intercepts are answered by registers in this release.'],
  [0x0092, 'HvUnregisterInterceptResult', 'Intercepts are answered by registers in this release.'],
  [0x0094, 'HvAssertVirtualInterrupt', RENUMBERED],
  [0x0095, 'HvCreatePort', RENUMBERED],
  [0x0096, 'HvConnectPort', RENUMBERED],
  [0x0097, 'HvGetSpaPageList', DEVICES],
  [0x0099, 'HvStartVirtualProcessor', SECURE],
  [0x009a, 'HvGetVpIndexFromApicId', SECURE],
  [0x00af, 'HvFlushGuestPhysicalAddressSpace', NESTED],
  [0x00b0, 'HvFlushGuestPhysicalAddressList', NESTED],
  [0x8001, 'HvExtCallQueryCapabilities', 'Extended hypercalls are of Windows Server 2016.'],
];

function rows(of: readonly Row[], since: NotSimulated['since']): NotSimulated[] {
  return of.map(([code, name, reason]) => ({ code, name, since, reason }));
}

export const NOT_SIMULATED: readonly NotSimulated[] = [
  ...rows(OF_2012, '2012'),
  ...rows(LATER, 'later'),
];
