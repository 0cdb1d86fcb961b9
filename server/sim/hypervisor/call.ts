import type { Json } from '../../base/json.ts';
import type { Component } from '../../protocol/fact.ts';
import type { PartitionId, VmId } from '../../protocol/id.ts';
import type { PageRun } from '../../protocol/record/host.ts';
import type { Registers } from '../../protocol/record/hypervisor.ts';
import type { HvStatus } from './status.ts';

/** Who makes a hypercall: a partition, through one of its components, for one virtual machine. */
export interface Caller {
  readonly partition: PartitionId;
  readonly as: Component;
  /** The hypervisor never looks at it: it labels the facts and records that people see. */
  readonly vm?: VmId | null;
  /** Counted, but without a fact: one of a long row of equal calls. */
  readonly quiet?: boolean;
}

/** What the hypervisor saves of a virtual processor. */
export interface SavedProcessor {
  readonly index: number;
  readonly synicEnabled: boolean;
  readonly simp: number | null;
  readonly siefp: number | null;
  readonly sint0Vector: number | null;
  readonly sint2Vector: number | null;
  readonly runTime: number;
  readonly msrs: Registers;
  readonly [key: string]: Json;
}

/** The hypervisor's part of a saved state; its real form is opaque, so only its length is kept. */
export interface PartitionStream {
  readonly length: number;
  readonly guestOsId: string;
  readonly hypercallPage: boolean;
  /** Of the reference counter, in 100 ns. */
  readonly referenceTime: number;
  readonly msrs: Registers;
  readonly processors: readonly SavedProcessor[];
  readonly [key: string]: Json;
}

export interface RegisterValue {
  readonly name: number;
  readonly value: bigint;
}

interface Target {
  readonly partitionId: number;
}

interface VpTarget extends Target {
  readonly vpIndex: number;
}

/** Which counters a page of statistics holds: of a partition, and of which processor of it. */
interface StatsObject {
  readonly statsType: number;
  readonly objectPartition: number;
  readonly objectIndex: number;
}

interface GpaAccess extends VpTarget {
  readonly byteCount: number;
  readonly baseGpa: number;
  readonly controlFlags: number;
}

interface PortTarget extends Target {
  readonly portId: number;
  readonly propertyCode: number;
}

export type PortType = 'Message' | 'Event' | 'Monitor';

/**
 * The input of every hypercall of this hypervisor, with the field names of its parameter block.
 * `pages` is the rep list of page numbers, as runs; a list longer than one input page stands for as
 * many calls as it takes.
 */
export interface HypercallInput {
  readonly HvSwitchVirtualAddressSpace: { readonly addressSpace: bigint };
  readonly HvFlushVirtualAddressSpace: {
    readonly addressSpace: bigint;
    readonly flags: number;
    readonly processorMask: bigint;
  };
  readonly HvFlushVirtualAddressList: {
    readonly addressSpace: bigint;
    readonly flags: number;
    readonly processorMask: bigint;
    readonly gvaRanges: readonly bigint[];
  };
  readonly HvGetLogicalProcessorRunTime: Record<never, never>;
  readonly HvNotifyLongSpinWait: { readonly spinwaitInfo: number };
  readonly HvParkLogicalProcessors: { readonly processorMask: bigint };
  readonly HvCreatePartition: { readonly flags: number; readonly proximityDomainInfo: number };
  readonly HvInitializePartition: Target;
  readonly HvFinalizePartition: Target;
  readonly HvDeletePartition: Target;
  readonly HvGetPartitionProperty: Target & { readonly propertyCode: number };
  readonly HvSetPartitionProperty: Target & {
    readonly propertyCode: number;
    readonly propertyValue: bigint;
  };
  readonly HvGetPartitionId: Record<never, never>;
  readonly HvGetNextChildPartition: {
    readonly parentId: number;
    readonly previousChildId: number;
  };
  readonly HvDepositMemory: Target & { readonly pages: readonly PageRun[] };
  readonly HvWithdrawMemory: Target & {
    readonly proximityDomainInfo: number;
    /** The rep count: how many pages the caller has room for. */
    readonly count: number;
  };
  readonly HvGetMemoryBalance: Target & { readonly proximityDomainInfo: number };
  readonly HvMapGpaPages: {
    readonly targetPartitionId: number;
    readonly targetGpaBase: number;
    readonly mapFlags: number;
    readonly pages: readonly PageRun[];
  };
  readonly HvUnmapGpaPages: {
    readonly targetPartitionId: number;
    readonly targetGpaBase: number;
    readonly count: number;
  };
  readonly HvInstallIntercept: Target & {
    readonly accessType: number;
    readonly interceptType: number;
    readonly interceptParameter: number;
    /** Consecutive I/O ports, each by a call of its own; 1 for other types. */
    readonly span: number;
  };
  readonly HvCreateVp: VpTarget & {
    readonly proximityDomainInfo: number;
    readonly flags: number;
  };
  readonly HvDeleteVp: VpTarget;
  readonly HvGetVpRegisters: VpTarget & { readonly names: readonly number[] };
  readonly HvSetVpRegisters: VpTarget & { readonly registers: readonly RegisterValue[] };
  readonly HvTranslateVirtualAddress: VpTarget & {
    readonly controlFlags: number;
    readonly gvaPage: number;
  };
  readonly HvReadGpa: GpaAccess;
  readonly HvWriteGpa: GpaAccess & { readonly dataLow: bigint; readonly dataHigh: bigint };
  readonly HvAssertVirtualInterrupt: {
    readonly destinationPartition: number;
    readonly interruptControl: bigint;
    /** An APIC id, or a mask of them. */
    readonly destinationAddress: number;
    readonly requestedVector: number;
  };
  readonly HvClearVirtualInterrupt: { readonly destinationPartition: number };
  readonly HvCreatePort: {
    readonly portPartition: number;
    readonly portId: number;
    readonly connectionPartition: number;
    readonly portType: number;
    readonly targetSint: number;
    readonly targetVp: number;
    readonly baseFlagNumber: number;
    readonly flagCount: number;
  };
  readonly HvDeletePort: { readonly portPartition: number; readonly portId: number };
  readonly HvConnectPort: {
    readonly connectionPartition: number;
    readonly connectionId: number;
    readonly portPartition: number;
    readonly portId: number;
    readonly portType: number;
  };
  readonly HvGetPortProperty: PortTarget;
  readonly HvSetPortProperty: PortTarget & { readonly propertyValue: bigint };
  readonly HvDisconnectPort: {
    readonly connectionPartition: number;
    readonly connectionId: number;
  };
  readonly HvPostMessage: {
    readonly connectionId: number;
    readonly messageType: number;
    readonly payloadSize: number;
    /** The payload as hexadecimal text. */
    readonly message: string;
  };
  readonly HvSignalEvent: { readonly connectionId: number; readonly flagNumber: number };
  readonly HvSavePartitionState: Target & { readonly flags: number };
  readonly HvRestorePartitionState: Target & {
    readonly flags: number;
    readonly restoreDataCount: number;
    readonly stream: PartitionStream;
  };
  readonly HvPostDebugData: { readonly count: number; readonly options: number };
  readonly HvRetrieveDebugData: {
    readonly count: number;
    readonly options: number;
    readonly timeout: bigint;
  };
  readonly HvResetDebugSession: { readonly options: number };
  readonly HvMapStatsPage: StatsObject & { readonly targetGpaPage: number };
  readonly HvUnmapStatsPage: StatsObject;
  readonly HvMapSparseGpaPages: {
    readonly targetPartitionId: number;
    readonly mapFlags: number;
    /** Guest page and system page of each element. */
    readonly pageList: readonly (readonly [target: number, source: number])[];
  };
}

export type HypercallName = keyof HypercallInput;

export interface HypercallOutput {
  /** All in 100 ns. */
  readonly HvGetLogicalProcessorRunTime: {
    readonly globalTime: number;
    readonly localRunTime: number;
    readonly hypervisorTime: number;
  };
  readonly HvTranslateVirtualAddress: {
    readonly translationResult: bigint;
    readonly gpaPage: number;
  };
  readonly HvReadGpa: {
    readonly accessResult: number;
    readonly dataLow: bigint;
    readonly dataHigh: bigint;
  };
  readonly HvWriteGpa: { readonly accessResult: number };
  readonly HvGetPortProperty: { readonly propertyValue: bigint };
  readonly HvCreatePartition: { readonly newPartitionId: number };
  readonly HvGetPartitionProperty: { readonly propertyValue: bigint };
  readonly HvGetPartitionId: { readonly partitionId: number };
  readonly HvGetNextChildPartition: { readonly nextChildId: number };
  readonly HvWithdrawMemory: { readonly pages: readonly PageRun[] };
  readonly HvGetMemoryBalance: { readonly pagesAvailable: number; readonly pagesInUse: number };
  readonly HvGetVpRegisters: { readonly values: readonly bigint[] };
  readonly HvSavePartitionState: {
    readonly saveState: number;
    readonly saveDataCount: number;
    /** All of it, with the last call. */
    readonly stream: PartitionStream | null;
  };
  readonly HvRestorePartitionState: {
    readonly restoreState: number;
    readonly restoreDataConsumed: number;
  };
}

export type OutputOf<N extends HypercallName> = N extends keyof HypercallOutput
  ? HypercallOutput[N]
  : Record<never, never>;

/** What a hypercall came to. Output is there only with SUCCESS, except for reps already done. */
export interface Outcome<N extends HypercallName = HypercallName> {
  readonly status: HvStatus;
  readonly output: OutputOf<N> | null;
  /** Elements done of a rep call, counted from the first. */
  readonly reps: number;
}
