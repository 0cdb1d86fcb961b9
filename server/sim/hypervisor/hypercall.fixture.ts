import { expect } from 'vitest';
import type { PartitionId } from '../../protocol/id.ts';
import type { PartitionState } from '../../protocol/record/hypervisor.ts';
import { Bench, VM } from './bench.fixture.ts';
import type { Caller, HypercallInput, HypercallName } from './call.ts';
import { hypercall } from './hypercall.ts';
import { sibling } from './partition-id.ts';
import { statusName } from './status.ts';
import { HYPERCALLS } from './table.ts';

/** One sound input for each call, aimed at partition 2. */
export const INPUT: { readonly [N in HypercallName]: HypercallInput[N] } = {
  HvSwitchVirtualAddressSpace: { addressSpace: 0x1000n },
  HvFlushVirtualAddressSpace: { addressSpace: 0n, flags: 3, processorMask: 1n },
  HvFlushVirtualAddressList: { addressSpace: 0n, flags: 1, processorMask: 1n, gvaRanges: [0n] },
  HvGetLogicalProcessorRunTime: {},
  HvNotifyLongSpinWait: { spinwaitInfo: 1 },
  HvParkLogicalProcessors: { processorMask: 0n },
  HvCreatePartition: { flags: 0, proximityDomainInfo: 0 },
  HvInitializePartition: { partitionId: 2 },
  HvFinalizePartition: { partitionId: 2 },
  HvDeletePartition: { partitionId: 2 },
  HvGetPartitionProperty: { partitionId: 2, propertyCode: 0x2_0003 },
  HvSetPartitionProperty: { partitionId: 2, propertyCode: 0x2_0003, propertyValue: 200n },
  HvGetPartitionId: {},
  HvGetNextChildPartition: { parentId: 2, previousChildId: 0 },
  HvDepositMemory: { partitionId: 2, pages: [[0x10_0000, 4]] },
  HvWithdrawMemory: { partitionId: 2, proximityDomainInfo: 0, count: 4 },
  HvGetMemoryBalance: { partitionId: 2, proximityDomainInfo: 0 },
  HvMapGpaPages: { targetPartitionId: 2, targetGpaBase: 0, mapFlags: 7, pages: [[0x8_0000, 4]] },
  HvUnmapGpaPages: { targetPartitionId: 2, targetGpaBase: 0, count: 4 },
  HvInstallIntercept: {
    partitionId: 2,
    accessType: 3,
    interceptType: 0,
    interceptParameter: 0x60,
    span: 1,
  },
  HvCreateVp: { partitionId: 2, vpIndex: 0, proximityDomainInfo: 0, flags: 0 },
  HvDeleteVp: { partitionId: 2, vpIndex: 0 },
  HvGetVpRegisters: { partitionId: 2, vpIndex: 0, names: [0] },
  HvSetVpRegisters: { partitionId: 2, vpIndex: 0, registers: [{ name: 0, value: 0n }] },
  HvTranslateVirtualAddress: { partitionId: 2, vpIndex: 0, controlFlags: 1, gvaPage: 0 },
  HvReadGpa: { partitionId: 2, vpIndex: 0, byteCount: 4, baseGpa: 0, controlFlags: 0 },
  HvWriteGpa: {
    partitionId: 2,
    vpIndex: 0,
    byteCount: 4,
    baseGpa: 0,
    controlFlags: 0,
    dataLow: 1n,
    dataHigh: 0n,
  },
  HvAssertVirtualInterrupt: {
    destinationPartition: 2,
    interruptControl: 0n,
    destinationAddress: 0,
    requestedVector: 0x30,
  },
  HvClearVirtualInterrupt: { destinationPartition: 2 },
  HvCreatePort: {
    portPartition: 2,
    portId: 5,
    connectionPartition: 1,
    portType: 1,
    targetSint: 2,
    targetVp: 0,
    baseFlagNumber: 0,
    flagCount: 0,
  },
  HvDeletePort: { portPartition: 2, portId: 5 },
  HvConnectPort: {
    connectionPartition: 2,
    connectionId: 1,
    portPartition: 1,
    portId: 5,
    portType: 1,
  },
  HvGetPortProperty: { partitionId: 2, portId: 5, propertyCode: 1 },
  HvSetPortProperty: { partitionId: 2, portId: 5, propertyCode: 1, propertyValue: 0n },
  HvDisconnectPort: { connectionPartition: 2, connectionId: 1 },
  HvPostMessage: { connectionId: 1, messageType: 1, payloadSize: 1, message: '00' },
  HvSignalEvent: { connectionId: 1, flagNumber: 0 },
  HvSavePartitionState: { partitionId: 2, flags: 1 },
  HvRestorePartitionState: {
    partitionId: 2,
    flags: 1,
    restoreDataCount: 4080,
    stream: {
      length: 4080,
      guestOsId: '0',
      hypercallPage: false,
      referenceTime: 0,
      msrs: {},
      processors: [],
    },
  },
  HvPostDebugData: { count: 8, options: 0 },
  HvRetrieveDebugData: { count: 8, options: 0, timeout: 0n },
  HvResetDebugSession: { options: 0 },
  HvMapStatsPage: {
    statsType: 0x1_0001,
    objectPartition: 2,
    objectIndex: 0,
    targetGpaPage: 0x2_0000,
  },
  HvUnmapStatsPage: { statsType: 0x1_0001, objectPartition: 2, objectIndex: 0 },
  HvMapSparseGpaPages: {
    targetPartitionId: 2,
    mapFlags: 7,
    pageList: [
      [9, 0x9_0000],
      [11, 0x9_0001],
    ],
  },
};

export const NAMES = Object.keys(HYPERCALLS) as HypercallName[];

/** Calls about a target, with partition 2 as theirs. */
export const TARGETED = NAMES.filter(name => HYPERCALLS[name].access !== 'self');

/** Makes a hypercall in a turn of its own; its status by name. */
export function make<N extends HypercallName>(
  bench: Bench,
  by: Caller,
  name: N,
  input: HypercallInput[N] = INPUT[name],
): string {
  return statusName(hypercall(bench.turn(), by, name, input).status);
}

/** What a call's target may be called. */
const TARGET_FIELDS = [
  'partitionId',
  'targetPartitionId',
  'parentId',
  'destinationPartition',
  'objectPartition',
] as const;

type TargetField = (typeof TARGET_FIELDS)[number] | 'portPartition' | 'connectionPartition';

/** Calls about ports and connections name two partitions, and act on the one they are in. */
function targetField(name: HypercallName): TargetField | undefined {
  if (name === 'HvCreatePort' || name === 'HvDeletePort') return 'portPartition';
  if (name === 'HvConnectPort' || name === 'HvDisconnectPort') return 'connectionPartition';
  return TARGET_FIELDS.find(field => Object.hasOwn(INPUT[name], field));
}

/** The call's input with another partition as its target. */
export function aimedAt<N extends HypercallName>(number: number, name: N): HypercallInput[N] {
  const input: HypercallInput[N] = { ...INPUT[name] };
  const key = targetField(name);
  return { ...input, ...(key === undefined ? {} : { [key]: number }) };
}

export interface Scene {
  readonly bench: Bench;
  readonly root: PartitionId;
  readonly child: PartitionId;
  readonly by: Caller;
}

/** A launched host with partition 2 in a state. */
export function scene(state: PartitionState = 'Active'): Scene {
  const bench = new Bench();
  const root = bench.launch();
  const by: Caller = { partition: root, as: 'vid', vm: VM };
  const child = sibling(root, 2);
  make(bench, by, 'HvCreatePartition');
  const run = (name: HypercallName): void => {
    expect(make(bench, by, name)).toBe('SUCCESS');
  };
  if (state === 'Uninitialized') return { bench, root, child, by };
  make(bench, by, 'HvDepositMemory', { partitionId: 2, pages: [[0x10_0000, 400]] });
  run('HvInitializePartition');
  if (state === 'Active') return { bench, root, child, by };
  run('HvCreateVp');
  run('HvFinalizePartition');
  if (state === 'Finalized') run('HvFinalizePartition');
  expect(bench.turn().must('partition', child).state).toBe(state);
  return { bench, root, child, by };
}
