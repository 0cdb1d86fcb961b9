import { total } from '../hardware/page.ts';
import type { HypercallInput, HypercallName, Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { finalizePartition } from './finalize.ts';
import { mapGpaPages, mapSparseGpaPages, unmapGpaPages } from './gpa.ts';
import { readGpa, translateVirtualAddress, writeGpa } from './guest-page.ts';
import { installIntercept } from './intercept.ts';
import { assertVirtualInterrupt, clearVirtualInterrupt } from './interrupt.ts';
import { getLogicalProcessorRunTime, parkLogicalProcessors } from './logical-processor.ts';
import {
  createPartition,
  deletePartition,
  getNextChildPartition,
  getPartitionId,
  initializePartition,
} from './partition.ts';
import { SELF } from './partition-id.ts';
import { depositMemory, getMemoryBalance, withdrawMemory } from './pool.ts';
import { connectPort, createPort, deletePort, disconnectPort } from './port.ts';
import { getPortProperty, setPortProperty } from './port-property.ts';
import { postMessage, signalEvent } from './post.ts';
import type { PrivilegeName } from './privilege.ts';
import { getPartitionProperty, setPartitionProperty } from './property.ts';
import { restorePartitionState, savePartitionState } from './save-state.ts';
import { mapStatsPage, statsTarget, unmapStatsPage } from './stats-page.ts';
import { createVp, deleteVp, getVpRegisters, setVpRegisters } from './virtual-processor.ts';

/** Who may name a partition as the target: anybody itself, its parent, or one of the two. */
export type Access = 'self' | 'parent' | 'parent-or-self';

export interface Hypercall<N extends HypercallName> {
  readonly code: number;
  /** Parameters may be passed in registers. */
  readonly fast: boolean;
  readonly privilege: PrivilegeName | null;
  readonly access: Access;
  /** The number of the partition it acts on. */
  readonly target: (input: HypercallInput[N]) => number;
  /** Elements of its list; null for a simple call. */
  readonly reps: ((input: HypercallInput[N]) => number) | null;
  /** How many calls the input stands for, where that is not a matter of its list. */
  readonly calls: ((input: HypercallInput[N]) => number) | null;
  /** Counted only: so frequent that a fact for each would drown the others. */
  readonly hot: boolean;
  readonly run: (context: CallContext, input: HypercallInput[N]) => Outcome<N>;
}

type Row<N extends HypercallName> = Pick<Hypercall<N>, 'code' | 'run'> & Partial<Hypercall<N>>;

/** A row with what most rows have: simple, slow, for the parent, no privilege, a fact each time. */
function call<N extends HypercallName>(row: Row<N> & Pick<Hypercall<N>, 'target'>): Hypercall<N> {
  return {
    fast: false,
    privilege: null,
    access: 'parent',
    reps: null,
    calls: null,
    hot: false,
    ...row,
  };
}

const partition = (input: { readonly partitionId: number }): number => input.partitionId;
const itself = (): number => SELF;

/** A guest's own hypercall about its address spaces and spinning, which this model has not. */
function own<N extends HypercallName>(row: Row<N>): Hypercall<N> {
  return call<N>({ access: 'self', target: itself, hot: true, ...row });
}

/** A kernel debugger's link; none is attached to a lab's hypervisor. */
function debug<N extends HypercallName>(row: Omit<Row<N>, 'run'>): Hypercall<N> {
  return call<N>({
    access: 'self',
    privilege: 'debugging',
    target: itself,
    run: () => refused('INACTIVE'),
    ...row,
  });
}

/** Every hypercall of this hypervisor: TLFS 2.0a, appendix B. An unknown code has no row. */
export const HYPERCALLS: { readonly [N in HypercallName]: Hypercall<N> } = {
  HvSwitchVirtualAddressSpace: own({ code: 0x0001, fast: true, run: () => succeeded({}) }),
  HvFlushVirtualAddressSpace: own({ code: 0x0002, run: () => succeeded({}) }),
  HvFlushVirtualAddressList: own({
    code: 0x0003,
    reps: input => input.gvaRanges.length,
    run: (_context, { gvaRanges }) => succeeded({}, gvaRanges.length),
  }),
  HvGetLogicalProcessorRunTime: call({
    code: 0x0004,
    privilege: 'cpuManagement',
    access: 'self',
    target: itself,
    run: getLogicalProcessorRunTime,
  }),
  HvNotifyLongSpinWait: own({ code: 0x0008, fast: true, run: () => succeeded({}) }),
  HvParkLogicalProcessors: call({
    code: 0x0009,
    fast: true,
    privilege: 'cpuManagement',
    access: 'self',
    target: itself,
    run: parkLogicalProcessors,
  }),
  HvCreatePartition: call({
    code: 0x0040,
    privilege: 'createPartitions',
    access: 'self',
    target: itself,
    run: createPartition,
  }),
  HvInitializePartition: call({
    code: 0x0041,
    fast: true,
    target: partition,
    run: initializePartition,
  }),
  HvFinalizePartition: call({
    code: 0x0042,
    fast: true,
    target: partition,
    run: finalizePartition,
  }),
  HvDeletePartition: call({ code: 0x0043, fast: true, target: partition, run: deletePartition }),
  HvGetPartitionProperty: call({
    code: 0x0044,
    access: 'parent-or-self',
    target: partition,
    run: getPartitionProperty,
  }),
  HvSetPartitionProperty: call({ code: 0x0045, target: partition, run: setPartitionProperty }),
  HvGetPartitionId: call({
    code: 0x0046,
    privilege: 'accessPartitionId',
    access: 'self',
    target: itself,
    run: getPartitionId,
  }),
  HvGetNextChildPartition: call({
    code: 0x0047,
    access: 'parent-or-self',
    target: input => input.parentId,
    run: getNextChildPartition,
  }),
  HvDepositMemory: call({
    code: 0x0048,
    privilege: 'accessMemoryPool',
    access: 'parent-or-self',
    target: partition,
    reps: input => total(input.pages),
    run: depositMemory,
  }),
  HvWithdrawMemory: call({
    code: 0x0049,
    privilege: 'accessMemoryPool',
    access: 'parent-or-self',
    target: partition,
    reps: input => input.count,
    run: withdrawMemory,
  }),
  HvGetMemoryBalance: call({
    code: 0x004a,
    privilege: 'accessMemoryPool',
    access: 'parent-or-self',
    target: partition,
    run: getMemoryBalance,
  }),
  HvMapGpaPages: call({
    code: 0x004b,
    target: input => input.targetPartitionId,
    reps: input => total(input.pages),
    run: mapGpaPages,
  }),
  HvUnmapGpaPages: call({
    code: 0x004c,
    target: input => input.targetPartitionId,
    reps: input => input.count,
    run: unmapGpaPages,
  }),
  HvInstallIntercept: call({
    code: 0x004d,
    target: partition,
    calls: input => input.span,
    run: installIntercept,
  }),
  HvCreateVp: call({ code: 0x004e, target: partition, run: createVp }),
  HvDeleteVp: call({ code: 0x004f, fast: true, target: partition, run: deleteVp }),
  HvGetVpRegisters: call({
    code: 0x0050,
    access: 'parent-or-self',
    target: partition,
    reps: input => input.names.length,
    run: getVpRegisters,
  }),
  HvSetVpRegisters: call({
    code: 0x0051,
    target: partition,
    reps: input => input.registers.length,
    run: setVpRegisters,
  }),
  HvTranslateVirtualAddress: call({
    code: 0x0052,
    target: partition,
    run: translateVirtualAddress,
  }),
  HvReadGpa: call({ code: 0x0053, target: partition, run: readGpa }),
  HvWriteGpa: call({ code: 0x0054, target: partition, run: writeGpa }),
  HvAssertVirtualInterrupt: call({
    code: 0x0055,
    target: input => input.destinationPartition,
    run: assertVirtualInterrupt,
  }),
  HvClearVirtualInterrupt: call({
    code: 0x0056,
    fast: true,
    target: input => input.destinationPartition,
    run: clearVirtualInterrupt,
  }),
  HvCreatePort: call({
    code: 0x0057,
    privilege: 'createPort',
    access: 'parent-or-self',
    target: input => input.portPartition,
    run: createPort,
  }),
  HvDeletePort: call({
    code: 0x0058,
    fast: true,
    access: 'parent-or-self',
    target: input => input.portPartition,
    run: deletePort,
  }),
  HvConnectPort: call({
    code: 0x0059,
    privilege: 'connectPort',
    access: 'parent-or-self',
    target: input => input.connectionPartition,
    run: connectPort,
  }),
  HvGetPortProperty: call({
    code: 0x005a,
    access: 'parent-or-self',
    target: partition,
    run: getPortProperty,
  }),
  HvDisconnectPort: call({
    code: 0x005b,
    fast: true,
    access: 'parent-or-self',
    target: input => input.connectionPartition,
    run: disconnectPort,
  }),
  HvPostMessage: call({
    code: 0x005c,
    privilege: 'postMessages',
    access: 'self',
    target: itself,
    hot: true,
    run: postMessage,
  }),
  HvSignalEvent: call({
    code: 0x005d,
    fast: true,
    privilege: 'signalEvents',
    access: 'self',
    target: itself,
    hot: true,
    run: signalEvent,
  }),
  HvSavePartitionState: call({ code: 0x005e, target: partition, run: savePartitionState }),
  HvRestorePartitionState: call({
    code: 0x005f,
    privilege: 'createPartitions',
    target: partition,
    run: restorePartitionState,
  }),
  HvPostDebugData: debug({ code: 0x0069 }),
  HvRetrieveDebugData: debug({ code: 0x006a }),
  HvResetDebugSession: debug({ code: 0x006b, fast: true }),
  HvMapStatsPage: call({
    code: 0x006c,
    privilege: 'accessStats',
    access: 'parent-or-self',
    target: statsTarget,
    run: mapStatsPage,
  }),
  HvUnmapStatsPage: call({
    code: 0x006d,
    privilege: 'accessStats',
    access: 'parent-or-self',
    target: statsTarget,
    run: unmapStatsPage,
  }),
  HvMapSparseGpaPages: call({
    code: 0x006e,
    target: input => input.targetPartitionId,
    reps: input => input.pageList.length,
    run: mapSparseGpaPages,
  }),
  HvSetPortProperty: call({
    code: 0x0070,
    privilege: 'createPort',
    access: 'parent-or-self',
    target: partition,
    run: setPortProperty,
  }),
};
