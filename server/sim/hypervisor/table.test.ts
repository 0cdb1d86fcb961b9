import { expect, test } from 'vitest';
import { DEPOSIT, COST } from './cost.ts';
import { INPUT, NAMES } from './hypercall.fixture.ts';
import type { HypercallName } from './call.ts';
import { ELEMENT_SIZE, INPUT_BLOCK } from './layout.ts';
import { PRIVILEGE } from './privilege.ts';
import { HV_STATUS } from './status.ts';
import { HYPERCALLS } from './table.ts';

// The tables once more, by hand from the document: a row of the simulation that differs is wrong.

/** Code, name, F for fast and R for a list, bytes of an element of its input, fields at offset:size. */
const SHEET: readonly (readonly [number, HypercallName, string, number | null, string])[] = [
  [0x0001, 'HvSwitchVirtualAddressSpace', 'F', null, 'addressSpace@0:8'],
  [0x0002, 'HvFlushVirtualAddressSpace', '', null, 'addressSpace@0:8 flags@8:8 processorMask@16:8'],
  [0x0003, 'HvFlushVirtualAddressList', 'R', 8, 'addressSpace@0:8 flags@8:8 processorMask@16:8'],
  [0x0004, 'HvGetLogicalProcessorRunTime', '', null, ''],
  [0x0008, 'HvNotifyLongSpinWait', 'F', null, 'spinwaitInfo@0:4'],
  [0x0009, 'HvParkLogicalProcessors', 'F', null, 'processorMask@0:8'],
  [0x0040, 'HvCreatePartition', '', null, 'flags@0:8 proximityDomainInfo@8:8'],
  [0x0041, 'HvInitializePartition', 'F', null, 'partitionId@0:8'],
  [0x0042, 'HvFinalizePartition', 'F', null, 'partitionId@0:8'],
  [0x0043, 'HvDeletePartition', 'F', null, 'partitionId@0:8'],
  [0x0044, 'HvGetPartitionProperty', '', null, 'partitionId@0:8 propertyCode@8:4'],
  [
    0x0045,
    'HvSetPartitionProperty',
    '',
    null,
    'partitionId@0:8 propertyCode@8:4 propertyValue@16:8',
  ],
  [0x0046, 'HvGetPartitionId', '', null, ''],
  [0x0047, 'HvGetNextChildPartition', '', null, 'parentId@0:8 previousChildId@8:8'],
  [0x0048, 'HvDepositMemory', 'R', 8, 'partitionId@0:8'],
  [0x0049, 'HvWithdrawMemory', 'R', 0, 'partitionId@0:8 proximityDomainInfo@8:8'],
  [0x004a, 'HvGetMemoryBalance', '', null, 'partitionId@0:8 proximityDomainInfo@8:8'],
  [0x004b, 'HvMapGpaPages', 'R', 8, 'targetPartitionId@0:8 targetGpaBase@8:8 mapFlags@16:4'],
  [0x004c, 'HvUnmapGpaPages', 'R', 0, 'targetPartitionId@0:8 targetGpaBase@8:8'],
  [
    0x004d,
    'HvInstallIntercept',
    '',
    null,
    'partitionId@0:8 accessType@8:4 interceptType@12:4 interceptParameter@16:8',
  ],
  [
    0x004e,
    'HvCreateVp',
    '',
    null,
    'partitionId@0:8 vpIndex@8:4 proximityDomainInfo@16:8 flags@24:8',
  ],
  [0x004f, 'HvDeleteVp', 'F', null, 'partitionId@0:8 vpIndex@8:4'],
  [0x0050, 'HvGetVpRegisters', 'R', 4, 'partitionId@0:8 vpIndex@8:4'],
  [0x0051, 'HvSetVpRegisters', 'R', 32, 'partitionId@0:8 vpIndex@8:4'],
  [
    0x0052,
    'HvTranslateVirtualAddress',
    '',
    null,
    'partitionId@0:8 vpIndex@8:4 controlFlags@16:8 gvaPage@24:8',
  ],
  [
    0x0053,
    'HvReadGpa',
    '',
    null,
    'partitionId@0:8 vpIndex@8:4 byteCount@12:4 baseGpa@16:8 controlFlags@24:8',
  ],
  [
    0x0054,
    'HvWriteGpa',
    '',
    null,
    'partitionId@0:8 vpIndex@8:4 byteCount@12:4 baseGpa@16:8 controlFlags@24:8 dataLow@32:8 dataHigh@40:8',
  ],
  [
    0x0055,
    'HvAssertVirtualInterrupt',
    '',
    null,
    'destinationPartition@0:8 interruptControl@8:8 destinationAddress@16:8 requestedVector@24:4',
  ],
  [0x0056, 'HvClearVirtualInterrupt', 'F', null, 'destinationPartition@0:8'],
  [
    0x0057,
    'HvCreatePort',
    '',
    null,
    'portPartition@0:8 portId@8:4 connectionPartition@16:8 portType@24:4 targetSint@32:4 targetVp@36:4 baseFlagNumber@40:2 flagCount@42:2',
  ],
  [0x0058, 'HvDeletePort', 'F', null, 'portPartition@0:8 portId@8:4'],
  [
    0x0059,
    'HvConnectPort',
    '',
    null,
    'connectionPartition@0:8 connectionId@8:4 portPartition@16:8 portId@24:4 portType@32:4',
  ],
  [0x005a, 'HvGetPortProperty', '', null, 'partitionId@0:8 portId@8:4 propertyCode@16:4'],
  [0x005b, 'HvDisconnectPort', 'F', null, 'connectionPartition@0:8 connectionId@8:4'],
  [
    0x005c,
    'HvPostMessage',
    '',
    null,
    'connectionId@0:4 messageType@8:4 payloadSize@12:4 message@16:240',
  ],
  [0x005d, 'HvSignalEvent', 'F', null, 'connectionId@0:4 flagNumber@4:2'],
  [0x005e, 'HvSavePartitionState', '', null, 'partitionId@0:8 flags@8:4'],
  [0x005f, 'HvRestorePartitionState', '', null, 'partitionId@0:8 flags@8:4 restoreDataCount@12:4'],
  [0x0069, 'HvPostDebugData', '', null, 'count@0:4 options@4:4'],
  [0x006a, 'HvRetrieveDebugData', '', null, 'count@0:4 options@4:4 timeout@8:8'],
  [0x006b, 'HvResetDebugSession', 'F', null, 'options@0:4'],
  [
    0x006c,
    'HvMapStatsPage',
    '',
    null,
    'statsType@0:4 objectPartition@8:8 objectIndex@16:4 targetGpaPage@24:8',
  ],
  [0x006d, 'HvUnmapStatsPage', '', null, 'statsType@0:4 objectPartition@8:8 objectIndex@16:4'],
  [0x006e, 'HvMapSparseGpaPages', 'R', 16, 'targetPartitionId@0:8 mapFlags@8:4'],
  [
    0x0070,
    'HvSetPortProperty',
    '',
    null,
    'partitionId@0:8 portId@8:4 propertyCode@16:4 propertyValue@24:8',
  ],
];

test.each(SHEET)('[HV90] hypercall %i, %s, is made as its box says', (...row) => {
  const [code, name, kind, element, fields] = row;
  const { code: ours, fast, reps } = HYPERCALLS[name];
  const block = INPUT_BLOCK[name];

  expect([ours, fast, reps !== null]).toEqual([code, kind === 'F', kind === 'R']);
  expect(ELEMENT_SIZE[name] ?? null).toBe(element);
  expect(block.fields.map(([field, at, size]) => `${field}@${at}:${size}`).join(' ')).toBe(fields);
});

test('[HV90] every hypercall stands in the sheet, and its block ends with its last field', () => {
  expect(SHEET.map(([, name]) => name).toSorted()).toEqual(NAMES.toSorted());
  for (const name of NAMES) {
    const { size, fields } = INPUT_BLOCK[name];
    const end = Math.max(0, ...fields.map(([, at, length]) => at + length));
    // The information about a connection is a structure of 16 bytes, whatever its type needs.
    const whole = name === 'HvConnectPort' ? 48 : Math.ceil(end / 8) * 8;
    expect([name, size]).toEqual([name, whole]);
    for (const [field] of fields)
      expect([name, Object.keys(INPUT[name])]).toEqual([name, expect.arrayContaining([field])]);
  }
});

test('[HV91] statuses have the numbers of the appendix', () => {
  expect(HV_STATUS).toEqual({
    SUCCESS: 0,
    INVALID_HYPERCALL_CODE: 2,
    INVALID_HYPERCALL_INPUT: 3,
    INVALID_ALIGNMENT: 4,
    INVALID_PARAMETER: 5,
    ACCESS_DENIED: 6,
    INVALID_PARTITION_STATE: 7,
    OPERATION_DENIED: 8,
    UNKNOWN_PROPERTY: 9,
    PROPERTY_VALUE_OUT_OF_RANGE: 10,
    INSUFFICIENT_MEMORY: 11,
    PARTITION_TOO_DEEP: 12,
    INVALID_PARTITION_ID: 13,
    INVALID_VP_INDEX: 14,
    INVALID_PORT_ID: 17,
    INVALID_CONNECTION_ID: 18,
    INSUFFICIENT_BUFFERS: 19,
    NOT_ACKNOWLEDGED: 20,
    ACKNOWLEDGED: 22,
    INVALID_SAVE_RESTORE_STATE: 23,
    INVALID_SYNIC_STATE: 24,
    OBJECT_IN_USE: 25,
    INVALID_PROXIMITY_DOMAIN_INFO: 26,
    INACTIVE: 28,
    NO_RESOURCES: 29,
  });
});

/** Bits in their order; null is reserved in this release. */
const LOW = [
  'accessVpRuntimeMsr',
  'accessPartitionReferenceCounter',
  'accessSynicMsrs',
  'accessSyntheticTimerMsrs',
  'accessApicMsrs',
  'accessHypercallMsrs',
  'accessVpIndex',
  'accessResetMsr',
  'accessStatsMsr',
  'accessPartitionReferenceTsc',
  'accessGuestIdleMsr',
];
const HIGH = [
  'createPartitions',
  'accessPartitionId',
  'accessMemoryPool',
  'adjustMessageBuffers',
  'postMessages',
  'signalEvents',
  'createPort',
  'connectPort',
  'accessStats',
  null,
  null,
  'debugging',
  'cpuManagement',
  'configureProfiler',
];

test('[HV92] privileges stand at the bits of the mask, MSRs below and hypercalls above', () => {
  const bits = [
    ...LOW.map((name, bit) => [name, 1n << BigInt(bit)] as const),
    ...HIGH.map((name, bit) => [name, 1n << BigInt(32 + bit)] as const),
  ];

  expect(PRIVILEGE).toEqual(Object.fromEntries(bits.filter(([name]) => name !== null)));
});

test('[HV93] objects cost their pages, and a deposit is for what the call needs', () => {
  expect(COST).toEqual({ partition: 1, initialize: 208, virtualProcessor: 90, messagePort: 1 });
  expect(DEPOSIT).toEqual({
    HvInitializePartition: 208,
    HvCreateVp: 90,
    HvMapGpaPages: 256,
    other: 16,
  });
});
