import type { Id, PartitionId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { HypercallInput, Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { keyOf } from './partition-id.ts';
import { chargeSmall, refundSmall } from './pool.ts';

// Intercepts: what a parent wants to hear of. The processor is suspended, its parent gets a message,
// emulates, and lets it run on. An intercept costs the parent a round trip; here it is counted.

export type InterceptType = RecordOf<'intercept'>['type'];

/** TLFS 2.0a chapter 9: type code, and the accesses that must be asked for together. */
const TYPES: readonly { readonly type: InterceptType; readonly access: number }[] = [
  { type: 'IoPort', access: 3 },
  { type: 'Msr', access: 3 },
  { type: 'Cpuid', access: 4 },
  { type: 'Exception', access: 4 },
];

export const INTERCEPT_CODE = { IoPort: 0, Msr: 1, Cpuid: 2, Exception: 3 } as const;

export function accessOf(type: InterceptType): number {
  return TYPES[INTERCEPT_CODE[type]]?.access ?? 0;
}

const LAST_PORT = 0xffff;
const LAST_VECTOR = 31;

export function interceptId(
  partition: PartitionId,
  type: InterceptType,
  parameter: number,
): Id<'intercept'> {
  return `intercept:${keyOf(partition)}/${type}/${parameter.toString(16).padStart(8, '0')}`;
}

export function installIntercept(
  { turn, target, by }: CallContext,
  input: HypercallInput['HvInstallIntercept'],
): Outcome<'HvInstallIntercept'> {
  const row = TYPES[input.interceptType];
  if (row === undefined || !isParameter(row.type, input)) return refused('INVALID_PARAMETER');
  const id = interceptId(target.id, row.type, input.interceptParameter);
  const old = turn.get('intercept', id);
  if (input.accessType === 0) {
    if (old !== undefined) removeIntercept(turn, old);
    return succeeded({});
  }
  if (input.accessType !== row.access) return refused('INVALID_PARAMETER');
  if (old !== undefined) {
    turn.patch('intercept', id, { span: input.span });
    return succeeded({});
  }
  // Only intercepts of CPUID leaves may fail for lack of memory: TLFS 2.0a chapter 9.
  if (row.type === 'Cpuid' && !chargeSmall(turn, target.id)) {
    return refused('INSUFFICIENT_MEMORY');
  }
  turn.insert('intercept', id, {
    host: target.host,
    vm: by.vm ?? null,
    partition: target.id,
    type: row.type,
    parameter: input.interceptParameter,
    access: input.accessType,
    device: '',
    count: 0,
    span: input.span,
  });
  return succeeded({});
}

function removeIntercept(turn: Turn, intercept: RecordOf<'intercept'>): void {
  if (intercept.type === 'Cpuid') refundSmall(turn, intercept.partition);
  turn.remove('intercept', intercept.id);
}

function isParameter(type: InterceptType, input: HypercallInput['HvInstallIntercept']): boolean {
  const { interceptParameter: parameter, span } = input;
  if (parameter < 0 || span < 1 || (type !== 'IoPort' && span !== 1)) return false;
  if (type === 'IoPort') return parameter + span - 1 <= LAST_PORT;
  if (type === 'Exception') return parameter <= LAST_VECTOR;
  // All MSRs that the hypervisor does not virtualize are intercepted at once, without an index.
  return type === 'Cpuid' ? parameter <= 0xffff_ffff : parameter === 0;
}

/** The intercept that an access falls under; without one, writes are dropped and reads are all ones. */
export function interceptAt(
  turn: Turn,
  partition: PartitionId,
  access: { readonly type: InterceptType; readonly parameter: number },
): RecordOf<'intercept'> | undefined {
  return turn
    .where('intercept', 'partition', partition)
    .find(
      ({ type, parameter, span }) =>
        type === access.type &&
        (type === 'Msr' || (access.parameter >= parameter && access.parameter < parameter + span)),
    );
}

const COUNTER = {
  IoPort: 'ioIntercepts',
  Msr: 'msrIntercepts',
  Cpuid: 'cpuidIntercepts',
  Memory: 'memoryIntercepts',
  Exception: null,
} as const;

export interface CountedAccess {
  readonly type: InterceptType | 'Memory';
  /** Port, MSR, leaf, vector or page. */
  readonly parameter: number;
  readonly times: number;
}

/** `times` messages of one kind that reach the parent, and with them the intercept it installed. */
export function countIntercepts(
  turn: Turn,
  partition: PartitionId,
  { type, parameter, times }: CountedAccess,
): void {
  const intercept =
    type === 'Memory' ? undefined : interceptAt(turn, partition, { type, parameter });
  if (intercept !== undefined) turn.count('intercept', intercept.id, 'count', times);
  const column = COUNTER[type];
  if (column !== null) turn.count('partition', partition, column, times);
}
