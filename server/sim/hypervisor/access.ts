import type { PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import type { CpuidResult } from './cpuid.ts';
import { cpuid } from './cpuid.ts';
import type { Reach } from './guest-page.ts';
import { reach } from './guest-page.ts';
import { interceptAt } from './intercept.ts';
import { readMsr, writeMsr } from './msr.ts';

// What becomes of an access that a processor may not simply make: the hypervisor's own answer, its
// parent's by an intercept, or what happens when nobody wants to hear of it. TLFS 2.0a chapter 9.

/** What a processor does. Values are written; without one it reads. */
export type GuestAccess =
  | {
      readonly type: 'IoPort';
      readonly port: number;
      readonly size: 1 | 2 | 4;
      readonly value?: number;
    }
  | { readonly type: 'Msr'; readonly msr: number; readonly value?: bigint }
  | { readonly type: 'Cpuid'; readonly leaf: number }
  | { readonly type: 'Exception'; readonly vector: number; readonly bySoftware?: boolean }
  | { readonly type: 'Memory'; readonly page: number; readonly how: Reach };

/** HV_MESSAGE_TYPE of an intercept. */
export const INTERCEPT_MESSAGE = {
  unmappedGpa: 0x8000_0000,
  gpaViolation: 0x8000_0001,
  ioPort: 0x8001_0000,
  msr: 0x8001_0001,
  cpuid: 0x8001_0002,
  exception: 0x8001_0003,
} as const;

export type AccessOutcome =
  /** Done: what was read, or null. */
  | { readonly by: 'hypervisor'; readonly value: bigint | CpuidResult | null }
  /** The processor waits for its parent, which hears this message. */
  | { readonly by: 'parent'; readonly message: number }
  /** Nobody's: writes are dropped, reads are all ones. */
  | { readonly by: 'nobody'; readonly value: number }
  /** It goes on as on bare hardware. */
  | { readonly by: 'hardware' }
  | { readonly by: 'fault'; readonly fault: '#GP' | '#MC' };

export interface AccessBy {
  readonly partition: PartitionId;
  readonly vp: number;
}

export function access(turn: Turn, by: AccessBy, made: GuestAccess): AccessOutcome {
  switch (made.type) {
    case 'IoPort':
      return ioPort(turn, by, made);
    case 'Msr':
      return msr(turn, by, made);
    case 'Cpuid':
      return isIntercepted(turn, by, 'Cpuid', made.leaf)
        ? parent('cpuid')
        : { by: 'hypervisor', value: cpuid(turn, by.partition, made.leaf) };
    case 'Exception':
      // INT n and INT3 are the program's own wish.
      return made.bySoftware !== true && isIntercepted(turn, by, 'Exception', made.vector)
        ? parent('exception')
        : { by: 'hardware' };
    case 'Memory':
      return memory(turn, by, made);
  }
}

function parent(kind: keyof typeof INTERCEPT_MESSAGE): AccessOutcome {
  return { by: 'parent', message: INTERCEPT_MESSAGE[kind] };
}

function isRoot(turn: Turn, { partition }: AccessBy): boolean {
  return turn.must('partition', partition).type === 'root';
}

function isIntercepted(
  turn: Turn,
  { partition }: AccessBy,
  type: 'IoPort' | 'Cpuid' | 'Exception',
  parameter: number,
): boolean {
  return interceptAt(turn, partition, { type, parameter }) !== undefined;
}

/** An intercept on any port that is touched counts. Ports of the root are the host's own. */
function ioPort(
  turn: Turn,
  by: AccessBy,
  { port, size }: Extract<GuestAccess, { readonly type: 'IoPort' }>,
): AccessOutcome {
  for (let touched = port; touched < port + size; touched += 1) {
    if (isIntercepted(turn, by, 'IoPort', touched)) return parent('ioPort');
  }
  if (isRoot(turn, by)) return { by: 'hardware' };
  return { by: 'nobody', value: ALL_ONES[size] };
}

const ALL_ONES = { 1: 0xff, 2: 0xffff, 4: 0xffff_ffff } as const;

function msr(
  turn: Turn,
  { partition, vp }: AccessBy,
  { msr: number, value }: Extract<GuestAccess, { readonly type: 'Msr' }>,
): AccessOutcome {
  const where = { vp, msr: number };
  const done =
    value === undefined
      ? readMsr(turn, partition, where)
      : writeMsr(turn, partition, { ...where, value });
  if (done === 'intercepted') return parent('msr');
  if (done === '#GP') return { by: 'fault', fault: '#GP' };
  return { by: 'hypervisor', value: done === 'written' ? null : done };
}

/** A child's parent hears of what is not mapped or not allowed; the root sees the host's memory. */
function memory(
  turn: Turn,
  by: AccessBy,
  { page, how }: Extract<GuestAccess, { readonly type: 'Memory' }>,
): AccessOutcome {
  const answer = reach(turn, by.partition, page, how);
  if (answer === 'Normal') return { by: 'hardware' };
  if (answer === 'IllegalOverlay') return { by: 'fault', fault: '#MC' };
  if (answer === 'Unmapped') return isRoot(turn, by) ? { by: 'hardware' } : parent('unmappedGpa');
  return isRoot(turn, by) ? { by: 'fault', fault: '#MC' } : parent('gpaViolation');
}
