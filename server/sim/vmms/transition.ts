import { must } from '../../base/assert.ts';
import type { VmId } from '../../protocol/id.ts';
import type { Values } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { VmTrigger } from './vm-state.ts';
import { next } from './vm-state.ts';

/** Moves a virtual machine along its state table, with whatever changes together with its state. */
export function move(
  turn: Turn,
  id: VmId,
  trigger: VmTrigger,
  changes: Partial<Values<'vm'>> = {},
): void {
  const { state: from, name, host } = turn.must('vm', id);
  const to = must(next(from, trigger), `${from} has ${trigger}`);
  turn.fact({
    kind: 'state',
    from: 'vmms',
    host,
    vm: id,
    summary: `${name}: ${from} to ${to}`,
    data: { from, to, trigger },
  });
  turn.patch('vm', id, { ...changes, state: to });
}

/** What no virtual machine has that is Off or Saved. */
export const STOPPED: Partial<Values<'vm'>> = {
  job: null,
  status: 'Operating normally',
  workerProcess: null,
  partition: null,
  memoryAssigned: 0,
  runningSince: null,
  uptimeBefore: 0,
  heartbeat: null,
  integrationServicesVersion: null,
  guestOsName: null,
  ipAddresses: [],
  cpuLoad: 0,
};
