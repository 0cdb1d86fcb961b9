import type { PartitionId } from '../../protocol/id.ts';
import type { Values } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { interceptAt } from './intercept.ts';
import { withValue } from './number-text.ts';
import { vpId } from './partition-id.ts';
import type { PrivilegeName } from './privilege.ts';
import { PRIVILEGE, parseMask } from './privilege.ts';

// Synthetic MSRs, TLFS 2.0a appendix H: those by which a guest makes itself known and switches on
// its hypercall page and its SynIC.

export const MSR = {
  guestOsId: 0x4000_0000,
  hypercall: 0x4000_0001,
  scontrol: 0x4000_0080,
  siefp: 0x4000_0082,
  simp: 0x4000_0083,
  eom: 0x4000_0084,
  sint0: 0x4000_0090,
  sint2: 0x4000_0092,
} as const;

const LAST_SINT_MSR = 0x4000_009f;

const MASKED = 1n << 16n;
const FIRST_VECTOR = 16;

/** `#GP`: a general protection fault in the guest; `intercepted`: a message went to the parent. */
export type MsrOutcome = 'written' | '#GP' | 'intercepted';

export interface MsrWrite {
  readonly vp: number;
  readonly msr: number;
  readonly value: bigint;
}

/** A guest writes a synthetic MSR. */
export function writeMsr(turn: Turn, partition: PartitionId, write: MsrWrite): MsrOutcome {
  const privilege = privilegeFor(write.msr);
  if (privilege === null || !holds(turn, partition, privilege)) {
    const intercept = interceptAt(turn, partition, { type: 'Msr', parameter: 0 });
    return intercept === undefined ? '#GP' : 'intercepted';
  }
  if (write.msr === MSR.guestOsId || write.msr === MSR.hypercall) {
    return writePartition(turn, partition, write);
  }
  return writeSynic(turn, partition, write);
}

function privilegeFor(msr: number): PrivilegeName | null {
  if (msr === MSR.guestOsId || msr === MSR.hypercall) return 'accessHypercallMsrs';
  const isSynic = msr === MSR.scontrol || (msr >= MSR.siefp && msr <= MSR.eom);
  return isSynic || (msr >= MSR.sint0 && msr <= LAST_SINT_MSR) ? 'accessSynicMsrs' : null;
}

function holds(turn: Turn, partition: PartitionId, name: PrivilegeName): boolean {
  return (parseMask(turn.must('partition', partition).privileges) & PRIVILEGE[name]) !== 0n;
}

/** The hypercall page needs an identity: without one it stays off, and losing it turns it off. */
function writePartition(turn: Turn, partition: PartitionId, { msr, value }: MsrWrite): MsrOutcome {
  if (msr === MSR.guestOsId) {
    turn.patch('partition', partition, {
      guestOsId: value.toString(16).padStart(16, '0'),
      ...(value === 0n ? { hypercallPage: false } : {}),
    });
    return 'written';
  }
  const { guestOsId, msrs } = turn.must('partition', partition);
  const isKnown = parseMask(guestOsId) !== 0n;
  turn.patch('partition', partition, {
    hypercallPage: isKnown && (value & 1n) === 1n,
    msrs: withValue(msrs, msr, value),
  });
  return 'written';
}

function writeSynic(turn: Turn, partition: PartitionId, { vp, msr, value }: MsrWrite): MsrOutcome {
  const change = synicChange(msr, value);
  if (change === null) return '#GP';
  turn.patch('virtual-processor', vpId(partition, vp), change);
  return 'written';
}

function synicChange(msr: number, value: bigint): Partial<Values<'virtual-processor'>> | null {
  switch (msr) {
    case MSR.scontrol:
      return { synicEnabled: (value & 1n) === 1n };
    case MSR.siefp:
      return { siefp: pageOf(value) };
    case MSR.simp:
      return { simp: pageOf(value) };
    case MSR.eom:
      return {};
    default:
      return sintChange(msr, value);
  }
}

/** Bits 63:12 are the page's number, bit 0 enables it. */
function pageOf(value: bigint): number | null {
  return (value & 1n) === 1n ? Number(value >> 12n) : null;
}

function sintChange(msr: number, value: bigint): Partial<Values<'virtual-processor'>> | null {
  const vector = Number(value & 0xffn);
  const isMasked = (value & MASKED) !== 0n;
  if (!isMasked && vector < FIRST_VECTOR) return null;
  const shown = isMasked ? null : vector;
  if (msr === MSR.sint0) return { sint0Vector: shown };
  return msr === MSR.sint2 ? { sint2Vector: shown } : {};
}
