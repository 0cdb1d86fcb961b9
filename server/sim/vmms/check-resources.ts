import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { HOST_LIMITS } from '../hardware/limits.ts';
import { availableMemory, overheadOf } from '../hardware/memory.ts';
import { hypervisorNotRunning, notEnoughMemory, tooManyRunning } from './refusal.ts';

/** What VMMS looks at before it starts anything: who asks for too much is refused at once. */
export function checkResources(turn: Turn, vm: RecordOf<'vm'>): Result<null, Refusal> {
  if (!turn.must('host', vm.host).hypervisorRunning) return hypervisorNotRunning(vm);
  const running = turn.where('worker-process', 'host', vm.host).length;
  if (running >= HOST_LIMITS.runningVirtualMachines) return tooManyRunning(vm, running);
  const free = availableMemory(turn, vm.host);
  const needed = vm.memoryStartup + overheadOf(vm.memoryStartup);
  return needed > free ? notEnoughMemory(vm, free) : ok(null);
}
