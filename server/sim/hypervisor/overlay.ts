import type { PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { MSR } from './msr-table.ts';
import { valueIn } from './number-text.ts';
import { processorsOf } from './processors.ts';

// Pages that the hypervisor lays over a guest's memory where the guest wants them: TLFS 2.0a chapter
// 8. What lies beneath is hidden, and counts no longer.

/** What may be done with an overlay, or null where there is none. */
export function overlayAt(turn: Turn, partition: PartitionId, page: number): 'RX' | 'RW' | null {
  const { hypercallPage, msrs, statsPages } = turn.must('partition', partition);
  if (hypercallPage && Number(valueIn(msrs, MSR.hypercall) >> 12n) === page) return 'RX';
  if (statsPages.some(({ gpaPage }) => gpaPage === page)) return 'RW';
  const isSynic = processorsOf(turn, partition).some(
    ({ simp, siefp }) => simp === page || siefp === page,
  );
  return isSynic ? 'RW' : null;
}
