import type { HostId, VmId, WorkerId } from '../../protocol/id.ts';
import type { Heartbeat } from '../../protocol/record/vm.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';

// vmwp.exe: one process in the management OS for each virtual machine that has a partition. It owns
// the partition's handle, the emulated devices and the user-mode ends of the bus. It never outlives
// its partition, and nothing of the partition outlives it.

/** What a worker process tells VMMS, at the record of its virtual machine. */
export type WorkerToVmms =
  | { readonly type: 'HeartbeatChanged'; readonly worker: WorkerId; readonly heartbeat: Heartbeat }
  | {
      readonly type: 'KvpReceived';
      readonly worker: WorkerId;
      readonly items: { readonly [key: string]: string };
    }
  | { readonly type: 'LoadChanged'; readonly worker: WorkerId; readonly load: number }
  | { readonly type: 'GuestWasReset'; readonly worker: WorkerId }
  /** Powered off by its guest, on its host's request or its own, or ended by somebody. */
  | {
      readonly type: 'WorkerEnded';
      readonly worker: WorkerId;
      readonly how: 'host' | 'guest' | 'killed';
    };

/** Windows hands out process ids in steps of four. */
const PID_STEP = 4;

export function nextPid(turn: Turn, host: HostId): number {
  const { nextPid: pid } = turn.must('host', host);
  turn.patch('host', host, { nextPid: pid + PID_STEP });
  return pid;
}

export function workerOf(turn: Turn, vm: VmId): RecordOf<'worker-process'> | undefined {
  return turn.where('worker-process', 'vm', vm).at(0);
}

export function spawnWorker(turn: Turn, vm: VmId): WorkerId {
  const { host } = turn.must('vm', vm);
  const pid = nextPid(turn, host);
  const { name, hypervisorLaunches } = turn.must('host', host);
  const id: WorkerId = `worker-process:${name}/${hypervisorLaunches}.${pid}`;
  turn.fact({
    kind: 'process',
    from: 'vmms',
    to: 'vmwp',
    host,
    vm,
    summary: `vmwp.exe ${pid} started`,
    data: { process: 'vmwp.exe', pid, commandLine: vm.slice('vm:'.length).toUpperCase() },
  });
  turn.insert('worker-process', id, {
    host,
    vm,
    pid,
    state: 'Starting',
    startedAt: turn.now,
    partition: null,
    interceptsHandled: 0,
  });
  return id;
}

export function exitWorker(turn: Turn, id: WorkerId, how = 'exited'): void {
  const { host, vm, pid } = turn.must('worker-process', id);
  turn.fact({
    kind: 'process',
    from: 'vmwp',
    host,
    vm,
    summary: `vmwp.exe ${pid} ${how}`,
    data: { process: 'vmwp.exe', pid },
  });
  turn.remove('worker-process', id);
}
