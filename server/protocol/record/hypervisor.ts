import type { Json } from '../../base/json.ts';
import { bool, counter, int, intOrNull, json, table, text, textOrNull } from '../field.ts';
import type { Id } from '../id.ts';
import type { PageRun } from './host.ts';

/** 64-bit values in 16 hexadecimal digits, by a number in eight. */
export type Registers = { readonly [number: string]: string };

export type ExternalInterrupt = 'None' | 'Asserted' | 'Acknowledged';

/** A page of counters: of what, of which processor of it, and where its reader finds it. */
export interface StatsPage {
  readonly type: number;
  readonly partition: number;
  readonly index: number;
  readonly gpaPage: number;
  readonly [key: string]: number;
}

export type PartitionState = 'Uninitialized' | 'Active' | 'Finalizing' | 'Finalized';

export const partitionTable = table({
  kind: 'partition',
  about: 'The unit of isolation known to the hypervisor; an Off virtual machine has none.',
  scopes: ['host', 'vm'],
  indexes: ['host', 'vm'],
  fields: {
    host: text<Id<'host'>>({ list: true }),
    /** Null for the root partition. The hypervisor itself never reads this: it knows only `number`. */
    vm: textOrNull<Id<'vm'>>({ list: true }),
    /** The 64-bit partition id as the hypervisor counts it; 1 is the root. */
    number: int({ list: true }),
    type: text<'root' | 'child'>({ list: true }),
    state: text<PartitionState>({ list: true }),
    /** HV_PARTITION_PRIVILEGE_MASK, 16 hexadecimal digits. */
    privileges: text(),
    depositedPages: int(),
    pagesInUse: int(),
    /** 4 KB pages mapped into guest physical address space. */
    gpaPages: int(),
    cpuReserve: int(),
    cpuCap: int(),
    cpuWeight: int(),
    guestOsId: text(),
    hypercallPage: bool(),
    createdAt: int(),
    hypercalls: counter(),
    hypercallErrors: counter(),
    ioIntercepts: counter(),
    memoryIntercepts: counter(),
    cpuidIntercepts: counter(),
    msrIntercepts: counter(),
    /** The NUMA node its memory comes from first. */
    numaNode: int(),
    /** System physical pages in its pool. */
    deposits: json<readonly PageRun[]>({ class: 'hidden' }),
    /** Bytes of a save or restore under way still to go; null while there is none. */
    streamLeft: intOrNull({ class: 'hidden' }),
    /** Its event ports, connections and CPUID intercepts, which share pages of the pool. */
    smallObjects: int({ class: 'hidden' }),
    /** Properties that were set and have no column of their own, by code. */
    properties: json<Registers>({ class: 'hidden' }),
    /** MSRs of the whole partition that were written and have no column of their own, by number. */
    msrs: json<Registers>(),
    /** Pages of statistics mapped into it. */
    statsPages: json<readonly StatsPage[]>({ class: 'hidden' }),
    /** The interrupt of its 8259: asserted by its parent, then taken by its first processor. */
    externalInterrupt: text<ExternalInterrupt>(),
    /** What its reference counter did not count while all its processors stood; since when they do. */
    clockLost: int({ class: 'hidden' }),
    clockStoppedAt: intOrNull({ class: 'hidden' }),
  },
});

/**
 * A message slot: the port, timer or processor whose message lies in it, and those whose messages wait
 * behind it with the slot's MessagePending flag set.
 */
export interface MessageSlot {
  readonly holds: string;
  readonly waiting: readonly string[];
  readonly [key: string]: Json;
}

/** By the number of the SINT. */
export type MessageSlots = { readonly [sint: string]: MessageSlot };

/** A logical processor's index, and millionths of it. */
export type Placement = readonly [index: number, share: number];

/** By a timer's number, the lab time at which it expires. */
export type TimerStates = { readonly [timer: string]: number };

/** The message of an intercept, in the one buffer that a processor has for it. */
export interface InterceptMessage {
  /** The turn that put it there: one that comes later is another. */
  readonly number: number;
  readonly messageType: number;
  readonly type: 'IoPort' | 'Msr' | 'Cpuid' | 'Exception' | 'Memory';
  /** Port, MSR, CPUID leaf, vector or guest page. */
  readonly at: number;
  readonly write: boolean;
  /** Bytes of a port access; 0 for other kinds. */
  readonly size: number;
  /** What is written, in 16 hexadecimal digits. */
  readonly value: string;
  /** So many equal accesses follow one another; the first goes the whole way. */
  readonly times: number;
  readonly [key: string]: Json;
}

export type VpState = 'Running' | 'Ready' | 'Waiting' | 'Suspended';

export const virtualProcessorTable = table({
  kind: 'virtual-processor',
  about:
    'A processor of a partition; root ones are pinned to logical processors, child ones float.',
  scopes: ['host', 'vm'],
  indexes: ['partition', 'host'],
  fields: {
    host: text<Id<'host'>>(),
    vm: textOrNull<Id<'vm'>>(),
    partition: text<Id<'partition'>>(),
    index: int(),
    state: text<VpState>(),
    explicitSuspend: bool(),
    interceptSuspend: bool(),
    /** Logical processor it is pinned to; null floats. */
    logicalProcessor: intOrNull(),
    synicEnabled: bool(),
    /** Guest page numbers of the message and event flag pages, null while disabled. */
    simp: intOrNull(),
    siefp: intOrNull(),
    /** SINT2 is VMBus's: its vector, null while masked. */
    sint2Vector: intOrNull(),
    /** Guest run time in 100 ns that earlier phases of load added up to. */
    runTime: counter(),
    /** Thousandths of one processor the guest asks for since `loadSince`. */
    load: int({ class: 'hidden' }),
    loadSince: int({ class: 'hidden' }),
    /** SINT0 is the hypervisor's own, for intercepts: its vector, null while masked. */
    sint0Vector: intOrNull(),
    /** Its other MSRs that were written: SINTs, timers, APIC, pages. By number. */
    msrs: json<Registers>(),
    /** Virtual interrupts that its parent asserted and it took. */
    interrupts: counter(),
    /** Interrupts of its SynIC: messages and timers. */
    syntheticInterrupts: counter(),
    /** How often it freed a slot behind which a message was waiting, and wrote EOM. */
    endsOfMessage: counter(),
    /** Message slots that hold something. */
    slots: json<MessageSlots>({ class: 'hidden' }),
    /** Its buffer for an intercept message: one, or none while its parent has answered all. */
    intercepts: json<readonly InterceptMessage[]>({ class: 'hidden' }),
    /** Synthetic timers that are on. */
    timers: json<TimerStates>({ class: 'hidden' }),
    /** What it wants of a logical processor and what it has, in millionths of one. */
    demand: int({ class: 'hidden' }),
    granted: int({ class: 'hidden' }),
    /** It sleeps in a read of GUEST_IDLE. */
    asleep: bool({ class: 'hidden' }),
    /** On which logical processors it has its share. */
    placed: json<readonly Placement[]>({ class: 'hidden' }),
    lastLp: intOrNull({ class: 'hidden' }),
    /** How often it went on on another logical processor than before. */
    migrations: counter(),
  },
});

export const hypercallCountTable = table({
  kind: 'hypercall-count',
  about: 'How often a partition made one hypercall, and how often it was refused.',
  scopes: ['host', 'vm'],
  indexes: ['partition'],
  fields: {
    host: text<Id<'host'>>(),
    vm: textOrNull<Id<'vm'>>(),
    partition: text<Id<'partition'>>(),
    code: int(),
    name: text(),
    count: counter(),
    errors: counter(),
  },
});

export const interceptTable = table({
  kind: 'intercept',
  about: 'An intercept the parent installed on a partition: port, MSR, CPUID leaf or exception.',
  scopes: ['vm'],
  indexes: ['partition'],
  fields: {
    host: text<Id<'host'>>(),
    vm: textOrNull<Id<'vm'>>(),
    partition: text<Id<'partition'>>(),
    type: text<'IoPort' | 'Msr' | 'Cpuid' | 'Exception'>(),
    parameter: int(),
    access: int(),
    /** The device of the worker process that asked for it. */
    device: text(),
    count: counter(),
    /** How many consecutive ports, each installed by a hypercall of its own; 1 for other types. */
    span: int(),
  },
});

/** What waits at a port: a posted message with its payload as hexadecimal text, or a flag. */
export type PortItem =
  | { readonly messageType: number; readonly bytes: string }
  | { readonly flag: number };

export const portTable = table({
  kind: 'port',
  about: 'A SynIC port: where another partition may post messages or signal events to.',
  scopes: ['vm'],
  indexes: ['partition', 'vm'],
  fields: {
    host: text<Id<'host'>>(),
    vm: text<Id<'vm'>>(),
    partition: text<Id<'partition'>>(),
    portId: int(),
    type: text<'Message' | 'Event' | 'Monitor'>(),
    targetSint: int(),
    targetVp: int(),
    messages: counter(),
    /** The partition that may connect to it. */
    connectionPartition: text<Id<'partition'>>(),
    /** Event ports: the first flag and how many. */
    baseFlag: int(),
    flagCount: int(),
    /** Messages in its 16 buffers, or flags set, that the receiver has not taken yet. */
    waiting: json<readonly PortItem[]>({ class: 'hidden' }),
    /** Posts that found no free buffer. */
    refused: counter(),
    /** Whom the receiving partition wakes for it. */
    receiver: textOrNull<Id>({ class: 'hidden' }),
  },
});

export const portConnectionTable = table({
  kind: 'port-connection',
  about: 'A SynIC connection: the sender’s end of a port.',
  scopes: ['vm'],
  indexes: ['partition', 'vm'],
  fields: {
    host: text<Id<'host'>>(),
    vm: text<Id<'vm'>>(),
    partition: text<Id<'partition'>>(),
    connectionId: int(),
    port: text<Id<'port'>>(),
    posted: counter(),
    signalled: counter(),
  },
});

export const gpaRangeTable = table({
  kind: 'gpa-range',
  about: 'A range of guest physical address space that VID manages.',
  scopes: ['vm'],
  indexes: ['partition', 'host'],
  fields: {
    host: text<Id<'host'>>(),
    vm: text<Id<'vm'>>(),
    partition: text<Id<'partition'>>(),
    /** First 4 KB page. */
    base: int(),
    pages: int(),
    rights: text<'RWX' | 'RX' | 'RW' | 'R' | 'none'>(),
    purpose: text<'RAM' | 'Firmware' | 'Mmio'>(),
    numaNode: int(),
    /** First system physical page behind it; null where nothing is mapped and access traps. */
    spaBase: intOrNull(),
    /** How much of it is mapped with 2 MB pages. */
    largePages: int(),
  },
});
