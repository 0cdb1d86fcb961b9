import type { RecordOf, Values } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { HypercallInput, Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { valueIn, withValue } from './number-text.ts';
import { processorsOf } from './processors.ts';
import { reconsider } from './schedule.ts';
import { WHOLE_PROCESSOR } from './shares.ts';
import { ALL_PRIVILEGES, maskText, parseMask } from './privilege.ts';
import type { HvStatusName } from './status.ts';

// The properties of a partition: what it may do, how its processors are scheduled, which features of
// the host's processors it sees. HvPartitionProperty, TLFS 2.0a chapter 5.

export const PROPERTY = {
  privilegeFlags: 0x0001_0000,
  cpuReserve: 0x0002_0001,
  cpuCap: 0x0002_0002,
  cpuWeight: 0x0002_0003,
  emulatedTimerPeriod: 0x0003_0000,
  emulatedTimerControl: 0x0003_0001,
  pmTimerAssist: 0x0003_0002,
  debugChannelId: 0x0004_0000,
  virtualTlbPageCount: 0x0005_0000,
  processorVendor: 0x0006_0000,
  processorFeatures: 0x0006_0001,
  xsaveFeatures: 0x0006_0002,
  clFlushSize: 0x0006_0003,
} as const;

type PropertyName = keyof typeof PROPERTY;

/** What the scheduler goes by. */
const POLICY: readonly number[] = [PROPERTY.cpuReserve, PROPERTY.cpuCap, PROPERTY.cpuWeight];

export const DEFAULT_WEIGHT = 100;
const WEIGHT_MAXIMUM = 10_000;

type Target = RecordOf<'partition'>;

interface Property {
  readonly get: (target: Target) => bigint;
  /** Why the value cannot be had now, or null. */
  readonly check: (turn: Turn, target: Target, value: bigint) => HvStatusName | null;
  readonly changes: (target: Target, value: bigint) => Partial<Values<'partition'>>;
}

/** What a lab's processors can: SSE3 to SSE4.2, LAHF, POPCNT, CMPXCHG16B (chosen: Intel of 2012). */
export const PROCESSOR_FEATURES = 0x19fn;

/** XSAVE, XSAVEOPT, AVX. */
const XSAVE_FEATURES = 7n;

/** HV_PROCESSOR_VENDOR: 0 is AMD. */
const INTEL = 1n;

/** In units of 8 bytes. */
const CACHE_LINE = 8n;

const ANY = (1n << 64n) - 1n;
const PORT = 0xffffn;

const isIn = (low: bigint, high: bigint) => (value: bigint) => value >= low && value <= high;
const isPartOf = (mask: bigint) => (value: bigint) => (value & ~mask) === 0n;

/** A property that is kept and shown as it was set. */
function kept(
  name: PropertyName,
  first: bigint,
  allows: (value: bigint) => boolean,
  when: Property['check'] = () => null,
): Property {
  const code = PROPERTY[name];
  return {
    get: ({ properties }) => valueIn(properties, code, first),
    check: (turn, target, value) =>
      allows(value) ? when(turn, target, value) : 'PROPERTY_VALUE_OUT_OF_RANGE',
    changes: ({ properties }, value) => ({ properties: withValue(properties, code, value) }),
  };
}

/** What a processor is, is said before there is one. */
const beforeProcessors: Property['check'] = (turn, target) =>
  turn.where('virtual-processor', 'partition', target.id).length > 0 ? 'OPERATION_DENIED' : null;

/** A share of the scheduling policy, in a column of its own. */
function policy(
  column: 'cpuReserve' | 'cpuCap' | 'cpuWeight',
  range: (target: Target) => readonly [low: number, high: number],
  when: Property['check'] = () => null,
): Property {
  return {
    get: target => BigInt(target[column]),
    check: (turn, target, value) => {
      const [low, high] = range(target);
      const isInRange = isIn(BigInt(low), BigInt(high))(value);
      return isInRange ? when(turn, target, value) : 'PROPERTY_VALUE_OUT_OF_RANGE';
    },
    changes: (_target, value) => ({ [column]: Number(value) }),
  };
}

const isAdmitted: Property['check'] = (turn, target, value) => {
  const processors = turn.where('virtual-processor', 'partition', target.id).length;
  const reserve = Number(value);
  return isReserveAdmitted(turn, target, { reserve, processors }) ? null : 'NO_RESOURCES';
};

const PROPERTIES: { readonly [N in PropertyName]: Property } = {
  privilegeFlags: {
    get: ({ privileges }) => parseMask(privileges),
    check: (_turn, _target, value) =>
      isPartOf(ALL_PRIVILEGES)(value) ? null : 'PROPERTY_VALUE_OUT_OF_RANGE',
    changes: (_target, value) => ({ privileges: maskText(value) }),
  },
  cpuReserve: policy('cpuReserve', ({ cpuCap }) => [0, cpuCap], isAdmitted),
  cpuCap: policy('cpuCap', ({ cpuReserve }) => [Math.max(1, cpuReserve), WHOLE_PROCESSOR]),
  cpuWeight: policy('cpuWeight', () => [1, WEIGHT_MAXIMUM]),
  emulatedTimerPeriod: kept('emulatedTimerPeriod', 0n, isIn(0n, ANY)),
  emulatedTimerControl: kept('emulatedTimerControl', 0n, isIn(0n, ANY)),
  pmTimerAssist: kept('pmTimerAssist', 0n, isIn(0n, PORT)),
  debugChannelId: kept('debugChannelId', 0n, isIn(0n, ANY)),
  virtualTlbPageCount: kept('virtualTlbPageCount', 0n, isIn(0n, ANY)),
  processorVendor: kept('processorVendor', INTEL, isIn(INTEL, INTEL), beforeProcessors),
  processorFeatures: kept(
    'processorFeatures',
    PROCESSOR_FEATURES,
    isPartOf(PROCESSOR_FEATURES),
    beforeProcessors,
  ),
  xsaveFeatures: kept('xsaveFeatures', XSAVE_FEATURES, isPartOf(XSAVE_FEATURES), beforeProcessors),
  clFlushSize: kept('clFlushSize', CACHE_LINE, isIn(CACHE_LINE, CACHE_LINE), beforeProcessors),
};

const BY_CODE = new Map<number, Property>(
  (Object.keys(PROPERTY) as PropertyName[]).map(name => [PROPERTY[name], PROPERTIES[name]]),
);

export function getPartitionProperty(
  { target }: CallContext,
  { propertyCode }: HypercallInput['HvGetPartitionProperty'],
): Outcome<'HvGetPartitionProperty'> {
  const property = BY_CODE.get(propertyCode);
  if (property === undefined) return refused('UNKNOWN_PROPERTY');
  return succeeded({ propertyValue: property.get(target) });
}

export function setPartitionProperty(
  { turn, target }: CallContext,
  { propertyCode, propertyValue }: HypercallInput['HvSetPartitionProperty'],
): Outcome<'HvSetPartitionProperty'> {
  const property = BY_CODE.get(propertyCode);
  if (property === undefined) return refused('UNKNOWN_PROPERTY');
  const wrong = property.check(turn, target, propertyValue);
  if (wrong !== null) return refused(wrong);
  turn.patch('partition', target.id, property.changes(target, propertyValue));
  if (POLICY.includes(propertyCode)) {
    for (const { id } of processorsOf(turn, target.id)) reconsider(turn, id);
  }
  return succeeded({});
}

/** The reserves of all processors of all partitions may not be more than there are LPs. */
export function isReserveAdmitted(
  turn: Turn,
  partition: RecordOf<'partition'>,
  wanted: { readonly reserve: number; readonly processors: number },
): boolean {
  if (wanted.reserve === 0) return true;
  let sum = wanted.reserve * wanted.processors;
  for (const other of turn.where('partition', 'host', partition.host)) {
    if (other.id === partition.id || other.cpuReserve === 0) continue;
    sum += other.cpuReserve * turn.where('virtual-processor', 'partition', other.id).length;
  }
  return sum <= turn.must('host', partition.host).logicalProcessors * WHOLE_PROCESSOR;
}
