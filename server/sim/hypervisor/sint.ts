import type { RecordOf } from '../../protocol/record/index.ts';
import { valueIn } from './number-text.ts';

// The synthetic interrupt sources of a processor: sixteen, of which SINT0 is the hypervisor's own and
// SINT2 that of VMBus. Those two have columns; the others stand among the MSRs as they were written.

const SINT0_MSR = 0x4000_0090;

const MASKED = 1n << 16n;

/** The vector of a SINT, or null while it is masked, as it is after a reset. */
export function sintVector(vp: RecordOf<'virtual-processor'>, sint: number): number | null {
  if (sint === 0) return vp.sint0Vector;
  if (sint === 2) return vp.sint2Vector;
  const value = valueIn(vp.msrs, SINT0_MSR + sint, MASKED);
  return (value & MASKED) === 0n ? Number(value & 0xffn) : null;
}

export function isMasked(vp: RecordOf<'virtual-processor'>, sint: number): boolean {
  return sintVector(vp, sint) === null;
}
