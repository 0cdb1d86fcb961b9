import type { Json } from '../base/json.ts';
import type { Result } from '../base/result.ts';
import type { HostId, Id, PersonId } from '../protocol/id.ts';
import type { HostSpec, LabFile } from '../protocol/lab-file.ts';
import type { ArgsOf, OperationResult, Refusal } from '../protocol/operation/index.ts';
import { CLOCK, CLOCK_HANDLERS } from './engine/clock.ts';
import type { Simulation } from './engine/handler.ts';
import { jobHandler } from './engine/procedure.ts';
import type { Turn } from './engine/turn.ts';
import { foundHost } from './hardware/found-host.ts';
import { enter, enterFor } from './vmms/door.ts';
import { quotaReached } from './vmms/refusal.ts';
import { register } from './vmms/registry.ts';
import { START_VM, startVm } from './vmms/start-vm.ts';
import { TURN_OFF_VM, turnOffVm } from './vmms/turn-off-vm.ts';

function answer(result: Result<Json, Refusal>): OperationResult {
  return result;
}

/** The whole machine: who receives which messages, who carries out which operation. */
export const SIMULATION: Simulation = {
  version: 1,
  handlers: [jobHandler([START_VM, TURN_OFF_VM])],
  operations: {
    ...CLOCK_HANDLERS,
    'vm.create': (turn: Turn, args: ArgsOf<'vm.create'>) => {
      const entered = enter(turn, args.host);
      if (!entered.ok) return answer(entered);
      const { vmLimit } = turn.must('clock', CLOCK);
      if (turn.all('vm').length >= vmLimit) return answer(quotaReached(vmLimit));
      return { ok: true, value: { vm: register(turn, args) } };
    },
    'vm.start': (turn: Turn, args: ArgsOf<'vm.start'>, person: PersonId | null) => {
      const entered = enterFor(turn, args.vm);
      return answer(entered.ok ? startVm(turn, entered.value, person) : entered);
    },
    'vm.turnOff': (turn: Turn, args: ArgsOf<'vm.turnOff'>, person: PersonId | null) => {
      const entered = enterFor(turn, args.vm);
      return answer(entered.ok ? turnOffVm(turn, entered.value, person) : entered);
    },
  },
};

/** A lab's first state, as its file describes it. */
export function found(turn: Turn, file: LabFile): void {
  turn.insert('clock', CLOCK, {
    era: file.era,
    labName: file.name,
    calendarStart: file.calendarStart,
    running: true,
    sleeping: false,
    speed: 1000,
    changedBy: null,
    vmLimit: file.limits.virtualMachines,
  });
  for (const spec of file.hosts) foundRunning(turn, foundHost(turn, spec), spec);
}

function foundRunning(turn: Turn, host: HostId, spec: HostSpec): void {
  turn.patch('host', host, { state: 'Running', hypervisorRunning: true, bootedAt: turn.now });
  const vmms: Id<'service'> = `service:${spec.name}/vmms`;
  turn.insert('service', vmms, {
    host,
    name: 'vmms',
    displayName: 'Hyper-V Virtual Machine Management',
    state: 'Running',
    startType: 'Automatic',
    pid: null,
    startedAt: turn.now,
  });
  for (const { name, memory, processors } of spec.virtualMachines) {
    register(turn, { host, name, memory, processors });
  }
}
