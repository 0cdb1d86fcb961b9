import type { PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { PAGE_SIZE } from '../hardware/page.ts';
import type { HypercallInput, Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { rangesOf } from './gpa.ts';
import { overlayAt } from './overlay.ts';
import { vpId } from './partition-id.ts';

// A parent looks into its child's memory, as an emulator does that must read an instruction's operand.
// What stands in a page is not kept: reading gives zeros, writing leaves no trace; whether it is
// allowed is decided as for the child itself.

export type Reach = 'read' | 'write' | 'execute';

/** How an access to a guest page ends: TLFS 2.0a chapter 8. */
export type PageAnswer = 'Normal' | 'Unmapped' | 'Denied' | 'IllegalOverlay';

const LETTER = { read: 'R', write: 'W', execute: 'X' } as const;

/** Overlays first: they hide whatever lies beneath, and its rights with it. */
export function reach(turn: Turn, partition: PartitionId, page: number, how: Reach): PageAnswer {
  const overlay = overlayAt(turn, partition, page);
  if (overlay !== null) return overlay.includes(LETTER[how]) ? 'Normal' : 'IllegalOverlay';
  const range = rangesOf(turn, partition).find(
    ({ base, pages }) => page >= base && page < base + pages,
  );
  if (range === undefined || range.spaBase === null) return 'Unmapped';
  return range.rights.includes(LETTER[how]) ? 'Normal' : 'Denied';
}

/** HV_TRANSLATE_GVA_CONTROL_FLAGS: those that ask for a check, and all that exist. */
const VALIDATE = { read: 1, write: 2, execute: 4 } as const satisfies Record<Reach, number>;
const CONTROL_FLAGS = 0x3f;

/** HV_TRANSLATE_GVA_RESULT_CODE; what may not be executed is answered as what may not be read (chosen). */
const TRANSLATED = { Normal: 0, Unmapped: 4, IllegalOverlay: 7 } as const;
const NO_ACCESS = { read: 5, write: 6, execute: 5 } as const satisfies Record<Reach, number>;

/** Bits 39:32: write-back. */
const WRITE_BACK = 6n << 32n;
const IS_OVERLAY = 1n << 40n;

/** Page tables are the guest's and not kept here, so a virtual page is the physical one (chosen). */
export function translateVirtualAddress(
  { turn, target }: CallContext,
  { vpIndex, controlFlags, gvaPage }: HypercallInput['HvTranslateVirtualAddress'],
): Outcome<'HvTranslateVirtualAddress'> {
  if (!hasVp(turn, target.id, vpIndex)) return refused('INVALID_VP_INDEX');
  if ((controlFlags & ~CONTROL_FLAGS) !== 0 || gvaPage < 0) return refused('INVALID_PARAMETER');
  const asked = (['read', 'write', 'execute'] as const).filter(
    how => (controlFlags & VALIDATE[how]) !== 0,
  );
  const overlay = overlayAt(turn, target.id, gvaPage) === null ? 0n : IS_OVERLAY;
  let code = 0;
  for (const how of asked.length === 0 ? (['read'] as const) : asked) {
    const answer = reach(turn, target.id, gvaPage, how);
    if (answer === 'Denied' && asked.length === 0) continue;
    code = answer === 'Denied' ? NO_ACCESS[how] : TRANSLATED[answer];
    if (code !== 0) break;
  }
  return succeeded({
    translationResult: BigInt(code) | WRITE_BACK | overlay,
    gpaPage: code === 0 ? gvaPage : 0,
  });
}

/** HV_ACCESS_GPA_RESULT_CODE. */
const ACCESSED = { Normal: 0, Unmapped: 1, IllegalOverlay: 4 } as const;
const INTERCEPTED = { read: 2, write: 3 } as const;

/** Bytes that one call moves. */
const BYTES = 16;

function access(
  { turn, target }: CallContext,
  { vpIndex, byteCount, baseGpa }: HypercallInput['HvReadGpa'],
  how: 'read' | 'write',
): number | 'INVALID_VP_INDEX' | 'INVALID_PARAMETER' {
  if (!hasVp(turn, target.id, vpIndex)) return 'INVALID_VP_INDEX';
  const isInPage = baseGpa >= 0 && (baseGpa % PAGE_SIZE) + byteCount <= PAGE_SIZE;
  if (byteCount < 1 || byteCount > BYTES || !isInPage) return 'INVALID_PARAMETER';
  const answer = reach(turn, target.id, Math.floor(baseGpa / PAGE_SIZE), how);
  return answer === 'Denied' ? INTERCEPTED[how] : ACCESSED[answer];
}

export function readGpa(
  context: CallContext,
  input: HypercallInput['HvReadGpa'],
): Outcome<'HvReadGpa'> {
  const accessResult = access(context, input, 'read');
  if (typeof accessResult === 'string') return refused(accessResult);
  return succeeded({ accessResult, dataLow: 0n, dataHigh: 0n });
}

export function writeGpa(
  context: CallContext,
  input: HypercallInput['HvWriteGpa'],
): Outcome<'HvWriteGpa'> {
  const accessResult = access(context, input, 'write');
  return typeof accessResult === 'string' ? refused(accessResult) : succeeded({ accessResult });
}

function hasVp(turn: Turn, partition: PartitionId, index: number): boolean {
  return turn.get('virtual-processor', vpId(partition, index)) !== undefined;
}
