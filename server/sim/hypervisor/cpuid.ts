import type { PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { HOST_LIMITS, VM_LIMITS } from '../hardware/limits.ts';
import { parseMask } from './privilege.ts';

// The leaves by which a guest finds the hypervisor and what it may do: TLFS 2.0a chapter 3.

export interface CpuidResult {
  readonly eax: number;
  readonly ebx: number;
  readonly ecx: number;
  readonly edx: number;
}

const HIGHEST_LEAF = 0x4000_0006;

const NOTHING: CpuidResult = { eax: 0, ebx: 0, ecx: 0, edx: 0 };

/** Of leaf 1, which is otherwise the processor's own. */
const HYPERVISOR_PRESENT = 0x8000_0000;

/** Hypercalls for address spaces and flushes, MSRs for the APIC, relaxed timing. */
const RECOMMENDED = 0b10_1111;

/** Never tell the hypervisor of a long spin: 0xFFFFFFFF. Windows Server 2012 hosts ask for it at 4095 (chosen). */
const SPIN_RETRIES = 0xfff;

/** APIC overlay assist, MSR bitmaps, second-level address translation. */
const HARDWARE = 0b1011;

/** Dynamic partitioning, fast input in XMM registers, virtual guest idle. */
const FEATURES = 0b11_1000;

const BUILD = 9200;
const MAJOR = 6;
const MINOR = 2;

/** What CPUID answers in this partition for a leaf that the hypervisor has a part in. */
export function cpuid(turn: Turn, partition: PartitionId, leaf: number): CpuidResult {
  const { privileges, guestOsId } = turn.must('partition', partition);
  const mask = parseMask(privileges);
  switch (leaf) {
    case 1:
      return { ...NOTHING, ecx: HYPERVISOR_PRESENT };
    case 0x4000_0000:
      // "Microsoft Hv"
      return { eax: HIGHEST_LEAF, ebx: 0x7263_694d, ecx: 0x666f_736f, edx: 0x7648_2074 };
    case 0x4000_0001:
      // "Hv#1"
      return { ...NOTHING, eax: 0x3123_7648 };
    case 0x4000_0002:
      // All zero until the guest has said who it is.
      if (parseMask(guestOsId) === 0n) return NOTHING;
      return { eax: BUILD, ebx: MAJOR * 0x1_0000 + MINOR, ecx: 0, edx: 0 };
    case 0x4000_0003:
      return {
        eax: Number(mask & 0xffff_ffffn),
        ebx: Number(mask >> 32n),
        ecx: 0,
        edx: FEATURES,
      };
    case 0x4000_0004:
      return { ...NOTHING, eax: RECOMMENDED, ebx: SPIN_RETRIES };
    case 0x4000_0005:
      return {
        ...NOTHING,
        eax: VM_LIMITS.virtualProcessors,
        ebx: HOST_LIMITS.logicalProcessors,
      };
    case HIGHEST_LEAF:
      return { ...NOTHING, eax: HARDWARE };
    default:
      return NOTHING;
  }
}
