import { assert } from '../../base/assert.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { Caller, HypercallInput, HypercallName, Outcome } from './call.ts';
import { countCalls } from './call-count.ts';
import type { CallContext } from './context.ts';
import { refused } from './context.ts';
import { recordCall } from './hypercall-fact.ts';
import { callsFor } from './layout.ts';
import { isLegal } from './legal-call.ts';
import { ROOT, SELF, sibling } from './partition-id.ts';
import { PRIVILEGE, parseMask } from './privilege.ts';
import type { Access, Hypercall } from './table.ts';
import { HYPERCALLS } from './table.ts';

// The hypervisor's only door for partitions. It knows partitions by number, pages and ports; it has
// never heard of a virtual machine's name, a disk or a network. It checks in one order: the target's
// id, the caller's rights, the target's state, then what the call itself demands.

/** Makes a hypercall. Every one is counted; all but the hot ones leave a fact with their bytes. */
export function hypercall<N extends HypercallName>(
  turn: Turn,
  by: Caller,
  name: N,
  input: HypercallInput[N],
): Outcome<N> {
  const caller = turn.must('partition', by.partition);
  // Without the page the call instruction raises #UD in the guest and never gets here.
  assert(caller.hypercallPage, `${caller.id} calls ${name} without a hypercall page`);
  const call: Hypercall<N> = HYPERCALLS[name];
  const context = resolve(turn, by, { name, call, target: call.target(input) });
  const outcome: Outcome<N> = 'status' in context ? context : call.run(context, input);

  const reps = call.reps?.(input) ?? 0;
  const calls = call.calls?.(input) ?? callsFor(name, reps);
  countCalls(turn, caller, { code: call.code, name, calls, failed: outcome.status !== 0 });
  if (!call.hot && by.quiet !== true) {
    recordCall(turn, by, { name, code: call.code, input, outcome, calls, reps });
  }
  return outcome;
}

interface Resolving<N extends HypercallName> {
  readonly name: N;
  readonly call: Hypercall<N>;
  readonly target: number;
}

/** The target and its rights and state, or the status that says what is wrong with them. */
function resolve<N extends HypercallName>(
  turn: Turn,
  by: Caller,
  { name, call, target: number }: Resolving<N>,
): CallContext | Outcome<N> {
  const caller = turn.must('partition', by.partition);
  const target = number === SELF ? caller : turn.get('partition', sibling(caller.id, number));
  if (target === undefined) return refused('INVALID_PARTITION_ID');
  if (!mayCall(caller, target, call.access)) return refused('ACCESS_DENIED');
  if (call.privilege !== null) {
    const held = parseMask(caller.privileges) & PRIVILEGE[call.privilege];
    if (held === 0n) return refused('ACCESS_DENIED');
  }
  if (!isLegal(target.state, name)) return refused('INVALID_PARTITION_STATE');
  return { turn, by, caller, target };
}

function mayCall(
  caller: RecordOf<'partition'>,
  target: RecordOf<'partition'>,
  access: Access,
): boolean {
  if (caller.id === target.id) return access !== 'parent';
  return access !== 'self' && caller.number === ROOT;
}
