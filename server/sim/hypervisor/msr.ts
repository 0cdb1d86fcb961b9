import type { PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { interceptAt } from './intercept.ts';
import type { MsrOf, MsrRow } from './msr-table.ts';
import { msrRow } from './msr-table.ts';
import { vpId } from './partition-id.ts';
import { PRIVILEGE, parseMask } from './privilege.ts';

// A guest reads or writes an MSR: one the hypervisor virtualizes if the guest may have it, else its
// parent's if it intercepts them, else a fault.

/** `#GP`: a general protection fault in the guest; `intercepted`: a message goes to the parent. */
export type MsrRefusal = '#GP' | 'intercepted';

export interface MsrWrite {
  readonly vp: number;
  readonly msr: number;
  readonly value: bigint;
}

export function writeMsr(
  turn: Turn,
  partition: PartitionId,
  { vp, msr, value }: MsrWrite,
): 'written' | MsrRefusal {
  const row = rowFor(turn, partition, msr);
  if (typeof row === 'string') return row;
  const change = row.write?.(of(turn, partition, { vp, msr }), value) ?? null;
  if (change === null) return '#GP';
  if (change.partition !== undefined) turn.patch('partition', partition, change.partition);
  if (change.vp !== undefined) turn.patch('virtual-processor', vpId(partition, vp), change.vp);
  change.after?.(of(turn, partition, { vp, msr }));
  return 'written';
}

export function readMsr(
  turn: Turn,
  partition: PartitionId,
  where: { readonly vp: number; readonly msr: number },
): bigint | MsrRefusal {
  const row = rowFor(turn, partition, where.msr);
  if (typeof row === 'string') return row;
  return row.read?.(of(turn, partition, where)) ?? '#GP';
}

function of(
  turn: Turn,
  partition: PartitionId,
  { vp, msr }: { readonly vp: number; readonly msr: number },
): MsrOf {
  return {
    turn,
    partition: turn.must('partition', partition),
    vp: turn.must('virtual-processor', vpId(partition, vp)),
    msr,
  };
}

function rowFor(turn: Turn, partition: PartitionId, msr: number): MsrRow | MsrRefusal {
  const row = msrRow(msr);
  const { privileges } = turn.must('partition', partition);
  if (row !== undefined && (parseMask(privileges) & PRIVILEGE[row.privilege]) !== 0n) return row;
  const intercept = interceptAt(turn, partition, { type: 'Msr', parameter: 0 });
  return intercept === undefined ? '#GP' : 'intercepted';
}
