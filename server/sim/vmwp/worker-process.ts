import type { VmId, WorkerId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';

// vmwp.exe: one process in the management OS for each virtual machine that has a partition. It owns
// the partition's handle, the emulated devices and the user-mode ends of the bus. It never outlives
// its partition, and nothing of the partition outlives it.

/** Windows hands out process ids in steps of four. */
const PID_STEP = 4;

export function spawnWorker(turn: Turn, vm: VmId): WorkerId {
  const { host: hostId } = turn.must('vm', vm);
  const host = turn.must('host', hostId);
  const pid = host.nextPid;
  turn.patch('host', hostId, { nextPid: pid + PID_STEP });
  const id: WorkerId = `worker-process:${host.name}/${host.hypervisorLaunches}.${pid}`;
  turn.fact({
    kind: 'process',
    from: 'vmms',
    to: 'vmwp',
    host: hostId,
    vm,
    summary: `vmwp.exe ${pid} started`,
    data: { process: 'vmwp.exe', pid, commandLine: vm.slice('vm:'.length).toUpperCase() },
  });
  turn.insert('worker-process', id, {
    host: hostId,
    vm,
    pid,
    state: 'Starting',
    startedAt: turn.now,
    partition: null,
    interceptsHandled: 0,
  });
  return id;
}

export function exitWorker(turn: Turn, id: WorkerId): void {
  const { host, vm, pid } = turn.must('worker-process', id);
  turn.fact({
    kind: 'process',
    from: 'vmwp',
    host,
    vm,
    summary: `vmwp.exe ${pid} exited`,
    data: { process: 'vmwp.exe', pid },
  });
  turn.remove('worker-process', id);
}
