import type { HypercallName } from './call.ts';
import { ELEMENT_SIZE, INPUT_BLOCK, OUTPUT_ELEMENT_SIZE, OUTPUT_SIZE } from './layout.ts';
import type { HvStatusName } from './status.ts';
import { HYPERCALLS } from './table.ts';

// The 64-bit value that a guest puts in RCX: code, fast bit, repetition count, first repetition.

const BY_CODE = new Map<number, HypercallName>(
  (Object.keys(HYPERCALLS) as HypercallName[]).map(name => [HYPERCALLS[name].code, name]),
);

/** Bits 31:17, 47:44 and 63:60 are zero on this release. */
const RESERVED = 0xf000_f000_fffe_0000n;

const FAST = 1n << 16n;

export interface InputValue {
  readonly name: HypercallName;
  readonly fast: boolean;
  readonly reps: number;
  readonly start: number;
}

/** Where the parameters of a slow call lie: guest physical addresses in RDX and R8. */
export interface Parameters {
  readonly input: bigint;
  readonly output: bigint;
}

const PAGE = 4096n;

/**
 * What the value asks for, or the status for one that no call has: the code first, then reserved
 * bits and repetitions, then where the parameters lie.
 */
export function readInputValue(value: bigint, parameters: Parameters): InputValue | HvStatusName {
  const name = BY_CODE.get(Number(value & 0xffffn));
  if (name === undefined) return 'INVALID_HYPERCALL_CODE';
  const fast = (value & FAST) !== 0n;
  const reps = Number((value >> 32n) & 0xfffn);
  const start = Number((value >> 48n) & 0xfffn);
  const call = HYPERCALLS[name];
  if ((value & RESERVED) !== 0n || (fast && !call.fast)) return 'INVALID_HYPERCALL_INPUT';
  if (fast && (reps !== 0 || start !== 0)) return 'INVALID_HYPERCALL_INPUT';
  if ((call.reps === null) !== (reps === 0) || start > reps) return 'INVALID_HYPERCALL_INPUT';
  return (fast ? null : misplaced(name, reps, parameters)) ?? { name, fast, reps, start };
}

/** Each block on 8 bytes and in one page; the two of them apart (its status chosen). */
function misplaced(
  name: HypercallName,
  reps: number,
  { input, output }: Parameters,
): HvStatusName | null {
  const taken = BigInt(INPUT_BLOCK[name].size + reps * (ELEMENT_SIZE[name] ?? 0));
  const given = BigInt(OUTPUT_SIZE[name] ?? 0) + BigInt(reps * (OUTPUT_ELEMENT_SIZE[name] ?? 0));
  for (const [at, size] of [
    [input, taken],
    [output, given],
  ] as const) {
    if (size > 0n && ((at & 7n) !== 0n || (at % PAGE) + size > PAGE)) return 'INVALID_ALIGNMENT';
  }
  const overlap = taken > 0n && given > 0n && input < output + given && output < input + taken;
  return overlap ? 'INVALID_PARAMETER' : null;
}

export function makeInputValue({ name, fast, reps, start }: InputValue): bigint {
  const code = BigInt(HYPERCALLS[name].code);
  return code | (fast ? FAST : 0n) | (BigInt(reps) << 32n) | (BigInt(start) << 48n);
}
