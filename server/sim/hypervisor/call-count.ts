import type { Id } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { HypercallName } from './call.ts';
import { keyOf } from './partition-id.ts';

export interface CallsMade {
  readonly code: number;
  readonly name: HypercallName;
  readonly calls: number;
  readonly failed: boolean;
}

/** Adds calls to their caller's totals: in all, and by code. */
export function countCalls(turn: Turn, caller: RecordOf<'partition'>, made: CallsMade): void {
  const { code, name, calls, failed } = made;
  turn.count('partition', caller.id, 'hypercalls', calls);
  if (failed) turn.count('partition', caller.id, 'hypercallErrors');
  const hex = code.toString(16).padStart(4, '0');
  const id: Id<'hypercall-count'> = `hypercall-count:${keyOf(caller.id)}/${hex}`;
  if (turn.get('hypercall-count', id) === undefined) {
    const { host, vm } = caller;
    turn.insert('hypercall-count', id, {
      host,
      vm,
      partition: caller.id,
      code,
      name,
      count: calls,
      errors: failed ? 1 : 0,
    });
    return;
  }
  turn.count('hypercall-count', id, 'count', calls);
  if (failed) turn.count('hypercall-count', id, 'errors');
}
