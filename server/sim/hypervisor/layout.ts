import type { HypercallInput, HypercallName } from './call.ts';

// Parameter blocks as bytes: TLFS 2.0a, the native-interface box of each call. Gaps are zero.

type Field = readonly [name: string, offset: number, size: number];

export interface Block {
  readonly size: number;
  readonly fields: readonly Field[];
}

const PARTITION: Field = ['partitionId', 0, 8];
const VP: readonly Field[] = [PARTITION, ['vpIndex', 8, 4]];

function block(size: number, ...fields: readonly Field[]): Block {
  return { size, fields };
}

const FLUSH: readonly Field[] = [
  ['addressSpace', 0, 8],
  ['flags', 8, 8],
  ['processorMask', 16, 8],
];

const GPA_ACCESS: readonly Field[] = [
  ...VP,
  ['byteCount', 12, 4],
  ['baseGpa', 16, 8],
  ['controlFlags', 24, 8],
];

const PORT_PROPERTY: readonly Field[] = [PARTITION, ['portId', 8, 4], ['propertyCode', 16, 4]];

/** The object's identity is 16 bytes: a partition's number, then a processor's index. */
const STATS: readonly Field[] = [
  ['statsType', 0, 4],
  ['objectPartition', 8, 8],
  ['objectIndex', 16, 4],
];

/** The header of each call's input; elements of a rep call follow it. */
export const INPUT_BLOCK: { readonly [N in HypercallName]: Block } = {
  HvSwitchVirtualAddressSpace: block(8, ['addressSpace', 0, 8]),
  HvFlushVirtualAddressSpace: block(24, ...FLUSH),
  HvFlushVirtualAddressList: block(24, ...FLUSH),
  HvGetLogicalProcessorRunTime: block(0),
  HvNotifyLongSpinWait: block(8, ['spinwaitInfo', 0, 4]),
  HvParkLogicalProcessors: block(8, ['processorMask', 0, 8]),
  HvCreatePartition: block(16, ['flags', 0, 8], ['proximityDomainInfo', 8, 8]),
  HvInitializePartition: block(8, PARTITION),
  HvFinalizePartition: block(8, PARTITION),
  HvDeletePartition: block(8, PARTITION),
  HvGetPartitionProperty: block(16, PARTITION, ['propertyCode', 8, 4]),
  HvSetPartitionProperty: block(24, PARTITION, ['propertyCode', 8, 4], ['propertyValue', 16, 8]),
  HvGetPartitionId: block(0),
  HvGetNextChildPartition: block(16, ['parentId', 0, 8], ['previousChildId', 8, 8]),
  HvDepositMemory: block(8, PARTITION),
  HvWithdrawMemory: block(16, PARTITION, ['proximityDomainInfo', 8, 8]),
  HvGetMemoryBalance: block(16, PARTITION, ['proximityDomainInfo', 8, 8]),
  HvMapGpaPages: block(
    24,
    ['targetPartitionId', 0, 8],
    ['targetGpaBase', 8, 8],
    ['mapFlags', 16, 4],
  ),
  HvUnmapGpaPages: block(16, ['targetPartitionId', 0, 8], ['targetGpaBase', 8, 8]),
  HvInstallIntercept: block(
    24,
    PARTITION,
    ['accessType', 8, 4],
    ['interceptType', 12, 4],
    ['interceptParameter', 16, 8],
  ),
  HvCreateVp: block(32, ...VP, ['proximityDomainInfo', 16, 8], ['flags', 24, 8]),
  HvDeleteVp: block(16, ...VP),
  HvGetVpRegisters: block(16, ...VP),
  HvSetVpRegisters: block(16, ...VP),
  HvTranslateVirtualAddress: block(32, ...VP, ['controlFlags', 16, 8], ['gvaPage', 24, 8]),
  HvReadGpa: block(32, ...GPA_ACCESS),
  HvWriteGpa: block(48, ...GPA_ACCESS, ['dataLow', 32, 8], ['dataHigh', 40, 8]),
  HvAssertVirtualInterrupt: block(
    32,
    ['destinationPartition', 0, 8],
    ['interruptControl', 8, 8],
    ['destinationAddress', 16, 8],
    ['requestedVector', 24, 4],
  ),
  HvClearVirtualInterrupt: block(8, ['destinationPartition', 0, 8]),
  HvCreatePort: block(
    48,
    ['portPartition', 0, 8],
    ['portId', 8, 4],
    ['connectionPartition', 16, 8],
    ['portType', 24, 4],
    ['targetSint', 32, 4],
    ['targetVp', 36, 4],
    ['baseFlagNumber', 40, 2],
    ['flagCount', 42, 2],
  ),
  HvDeletePort: block(16, ['portPartition', 0, 8], ['portId', 8, 4]),
  HvConnectPort: block(
    48,
    ['connectionPartition', 0, 8],
    ['connectionId', 8, 4],
    ['portPartition', 16, 8],
    ['portId', 24, 4],
    ['portType', 32, 4],
  ),
  HvGetPortProperty: block(24, ...PORT_PROPERTY),
  HvSetPortProperty: block(32, ...PORT_PROPERTY, ['propertyValue', 24, 8]),
  HvDisconnectPort: block(16, ['connectionPartition', 0, 8], ['connectionId', 8, 4]),
  HvPostMessage: block(
    256,
    ['connectionId', 0, 4],
    ['messageType', 8, 4],
    ['payloadSize', 12, 4],
    ['message', 16, 240],
  ),
  HvSignalEvent: block(8, ['connectionId', 0, 4], ['flagNumber', 4, 2]),
  HvSavePartitionState: block(16, PARTITION, ['flags', 8, 4]),
  HvRestorePartitionState: block(16, PARTITION, ['flags', 8, 4], ['restoreDataCount', 12, 4]),
  HvPostDebugData: block(8, ['count', 0, 4], ['options', 4, 4]),
  HvRetrieveDebugData: block(16, ['count', 0, 4], ['options', 4, 4], ['timeout', 8, 8]),
  HvResetDebugSession: block(8, ['options', 0, 4]),
  HvMapStatsPage: block(32, ...STATS, ['targetGpaPage', 24, 8]),
  HvUnmapStatsPage: block(24, ...STATS),
  HvMapSparseGpaPages: block(16, ['targetPartitionId', 0, 8], ['mapFlags', 8, 4]),
};

/** Bytes of one element of a rep call's list; 0 for a list that has no input. */
export const ELEMENT_SIZE: { readonly [N in HypercallName]?: number } = {
  HvFlushVirtualAddressList: 8,
  HvDepositMemory: 8,
  HvWithdrawMemory: 0,
  HvMapGpaPages: 8,
  HvUnmapGpaPages: 0,
  HvGetVpRegisters: 4,
  HvSetVpRegisters: 32,
  HvMapSparseGpaPages: 16,
};

/** Bytes of the output block; calls that are not named have none. */
export const OUTPUT_SIZE: { readonly [N in HypercallName]?: number } = {
  HvGetLogicalProcessorRunTime: 32,
  HvCreatePartition: 8,
  HvGetPartitionProperty: 8,
  HvGetPartitionId: 8,
  HvGetNextChildPartition: 8,
  HvGetMemoryBalance: 16,
  HvTranslateVirtualAddress: 16,
  HvReadGpa: 24,
  HvWriteGpa: 8,
  HvGetPortProperty: 8,
  HvSavePartitionState: 4088,
  HvRestorePartitionState: 8,
  HvPostDebugData: 4,
  HvRetrieveDebugData: 4096,
};

/** Bytes of one element of an output list. */
export const OUTPUT_ELEMENT_SIZE: { readonly [N in HypercallName]?: number } = {
  HvWithdrawMemory: 8,
  HvGetVpRegisters: 16,
};

const PAGE = 4096;

/** Output elements of 8 bytes, for a call whose list is only in its output. */
const OUTPUT_ELEMENTS = PAGE / 8;

/** The repetition count has 12 bits. */
const REP_LIMIT = 0xfff;

/** How many calls a list needs: an input block may not cross a page. */
export function callsFor(name: HypercallName, reps: number): number {
  const size = ELEMENT_SIZE[name];
  if (size === undefined || reps === 0) return 1;
  const room = Math.floor((PAGE - INPUT_BLOCK[name].size) / Math.max(1, size));
  const most = name === 'HvWithdrawMemory' ? OUTPUT_ELEMENTS : Math.min(REP_LIMIT, room);
  return Math.ceil(reps / most);
}

/** Elements of a list that the bytes of a fact show; the count tells how many there were. */
const ELEMENTS_SHOWN = 8;

/** The real bytes of the (first) call's input, as hexadecimal text. */
export function inputBytes<N extends HypercallName>(name: N, input: HypercallInput[N]): string {
  const values: { readonly [field: string]: unknown } = { ...input };
  return blockBytes(INPUT_BLOCK[name], values) + elementBytes(values);
}

/** A block with these values, as hexadecimal text; what is not named is zero. */
export function blockBytes(
  { size, fields }: Block,
  values: { readonly [field: string]: unknown },
): string {
  const bytes = new Uint8Array(size);
  for (const [field, offset, length] of fields) put(bytes, offset, length, valueOf(field, values));
  return hex(bytes);
}

/** HV_PROXIMITY_DOMAIN_INFO: domain, flags 0x80000001 (this node is valid and preferred). */
const PROXIMITY_FLAGS = 0x8000_0001n << 32n;

function valueOf(field: string, values: { readonly [field: string]: unknown }): bigint | string {
  const value = values[field];
  if (typeof value === 'string' || typeof value === 'bigint') return value;
  if (typeof value !== 'number') return 0n;
  return field === 'proximityDomainInfo' ? BigInt(value) | PROXIMITY_FLAGS : BigInt(value);
}

function put(bytes: Uint8Array, offset: number, length: number, value: bigint | string): void {
  if (typeof value === 'string') {
    const count = Math.min(length, value.length >> 1);
    for (let i = 0; i < count; i += 1) {
      bytes[offset + i] = Number.parseInt(value.slice(2 * i, 2 * i + 2), 16);
    }
    return;
  }
  let left = BigInt.asUintN(8 * length, value);
  for (let i = 0; i < length; i += 1) {
    bytes[offset + i] = Number(left & 0xffn);
    left >>= 8n;
  }
}

function elementBytes(values: { readonly [field: string]: unknown }): string {
  const { pages, names, registers, gvaRanges, pageList } = values as Partial<
    HypercallInput['HvDepositMemory'] &
      HypercallInput['HvGetVpRegisters'] &
      HypercallInput['HvSetVpRegisters'] &
      HypercallInput['HvFlushVirtualAddressList'] &
      HypercallInput['HvMapSparseGpaPages']
  >;
  if (pages !== undefined)
    return firstPages(pages)
      .map(page => word(BigInt(page), 8))
      .join('');
  if (names !== undefined)
    return shown(names)
      .map(name => word(BigInt(name), 4))
      .join('');
  if (gvaRanges !== undefined)
    return shown(gvaRanges)
      .map(range => word(range, 8))
      .join('');
  if (pageList !== undefined)
    return shown(pageList)
      .map(([target, source]) => word(BigInt(target), 8) + word(BigInt(source), 8))
      .join('');
  if (registers === undefined) return '';
  return shown(registers)
    .map(({ name, value }) => word(BigInt(name), 16) + word(value, 16))
    .join('');
}

function shown<T>(elements: readonly T[]): readonly T[] {
  return elements.slice(0, ELEMENTS_SHOWN);
}

function firstPages(runs: readonly (readonly [number, number])[]): number[] {
  const pages: number[] = [];
  for (const [base, count] of runs) {
    for (let i = 0; i < count && pages.length < ELEMENTS_SHOWN; i += 1) pages.push(base + i);
  }
  return pages;
}

function word(value: bigint, length: number): string {
  const bytes = new Uint8Array(length);
  put(bytes, 0, length, value);
  return hex(bytes);
}

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
