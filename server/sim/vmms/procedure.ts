import { must } from '../../base/assert.ts';
import type { JobId, PersonId, VmId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Job, Procedure } from '../engine/procedure.ts';
import { begin } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';

/** The virtual machine a procedure of VMMS is about. */
export function vmOf(job: Job): VmId {
  return must(job.vm, 'the procedure is a virtual machine’s');
}

/** Opens the job of a virtual machine; it has one at a time. */
export function beginFor(
  turn: Turn,
  procedure: Procedure,
  vm: RecordOf<'vm'>,
  opened: { readonly title: string; readonly person: PersonId | null; readonly args?: Job['args'] },
): JobId {
  const job = begin(turn, procedure, { host: vm.host, vm: vm.id, vmName: vm.name, ...opened });
  turn.patch('vm', vm.id, { job });
  return job;
}

/** The job a virtual machine has under way. */
export function jobOf(turn: Turn, vm: RecordOf<'vm'>): Job | undefined {
  const job = vm.job === null ? undefined : turn.get('job', vm.job);
  return job?.state === 'Running' ? job : undefined;
}
