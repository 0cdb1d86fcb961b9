import { unreachable } from '../../base/assert.ts';
import type { VmId, WorkerId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Heartbeat } from '../../protocol/record/vm.ts';
import { queryKvp } from '../devices/integration-service.ts';
import { handler } from '../engine/handler.ts';
import type { Message } from '../engine/message.ts';
import { abandonJob, tell } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { shareOf } from '../hypervisor/schedule.ts';
import type { EventId } from '../vmwp/event-log.ts';
import { logVmEvent } from '../vmwp/event-log.ts';
import { removeMemoryFiles } from '../vmwp/vm-file.ts';
import type { WorkerToVmms } from '../vmwp/worker-process.ts';
import { isVmmsListening } from './door.ts';
import { heartbeatOf } from './heartbeat.ts';
import { jobOf } from './procedure.ts';
import { SHUT_DOWN_VM } from './shut-down-vm.ts';
import { settled } from './settled.ts';
import { startVm } from './start-vm.ts';
import { move, STOPPED } from './transition.ts';
import { isActive, next } from './vm-state.ts';

// What VMMS hears about a virtual machine. It listens only while its service runs: what a worker
// process says meanwhile is lost, and VMMS looks for itself when it is back.

export interface AutomaticStart {
  readonly type: 'AutomaticStart';
  /** The boot of the host that asked for it. */
  readonly bootedAt: number;
}

type VmMessage = WorkerToVmms | AutomaticStart;

export const vmHandler = handler('vm', (turn, vm: RecordOf<'vm'>, message: Message & VmMessage) => {
  if (!isVmmsListening(turn, vm.host)) return;
  if (message.type === 'AutomaticStart') return startAutomatically(turn, vm, message);
  // A worker process that is not this run's any more has nothing to say.
  if (message.worker !== vm.workerProcess) return;
  switch (message.type) {
    case 'HeartbeatChanged':
      if (vm.state === 'Running' || vm.state === 'Stopping') {
        turn.patch('vm', vm.id, { heartbeat: message.heartbeat });
      }
      return;
    case 'KvpReceived':
      return turn.patch('vm', vm.id, intrinsics(message.items));
    case 'LoadChanged':
      if (vm.cpuLoad !== message.load) turn.patch('vm', vm.id, { cpuLoad: message.load });
      return;
    case 'GuestWasReset':
      return turn.patch('vm', vm.id, { heartbeat: 'NoContact', ...NO_INTRINSICS });
    case 'WorkerEnded':
      return workerEnded(turn, vm, message.how);
    default:
      return unreachable(message);
  }
});

const NO_INTRINSICS = {
  guestOsName: null,
  integrationServicesVersion: null,
  ipAddresses: [],
} as const;

/** The items of data exchange that VMMS shows, by their real names. */
function intrinsics(items: { readonly [key: string]: string }): Partial<RecordOf<'vm'>> {
  const addresses = [items['NetworkAddressIPv4'], items['NetworkAddressIPv6']];
  return {
    guestOsName: items['OSName'] ?? null,
    integrationServicesVersion: items['IntegrationServicesVersion'] ?? null,
    ipAddresses: addresses.flatMap(each =>
      each === undefined || each === '' ? [] : each.split(';'),
    ),
  };
}

const ENDED: { readonly [H in 'host' | 'guest']: EventId } = { host: 18504, guest: 18508 };

/** Its worker process is gone, and the partition with it: it is Off, whatever it was doing. */
function workerEnded(turn: Turn, vm: RecordOf<'vm'>, how: 'host' | 'guest' | 'killed'): void {
  const job = jobOf(turn, vm);
  removeMemoryFiles(turn, vm.id);
  logVmEvent(turn, how === 'killed' ? 14070 : ENDED[how], vm.id);
  if (job?.procedure === SHUT_DOWN_VM.name && how !== 'killed') tell(turn, SHUT_DOWN_VM, job);
  else if (job !== undefined) abandonJob(turn, job, 'The worker process ended.');
  move(turn, vm.id, how === 'killed' ? 'ended' : 'stopped', STOPPED);
  settled(turn, vm.id);
}

function startAutomatically(turn: Turn, vm: RecordOf<'vm'>, { bootedAt }: AutomaticStart): void {
  const host = turn.must('host', vm.host);
  if (host.state !== 'Running' || host.bootedAt !== bootedAt) return;
  turn.patch('vm', vm.id, { status: 'Operating normally' });
  if (isActive(vm.state)) return;
  const started = startVm(turn, vm, null);
  if (!started.ok) logVmEvent(turn, 12030, vm.id);
}

/** VMMS is back and looks at what became of a virtual machine that it knew. */
export function reattach(turn: Turn, id: VmId): void {
  const vm = turn.must('vm', id);
  const { workerProcess } = vm;
  if (!isActive(vm.state)) return;
  const isThere = workerProcess !== null && turn.get('worker-process', workerProcess) !== undefined;
  if (isThere) return refresh(turn, vm, workerProcess);
  removeMemoryFiles(turn, id);
  if (next(vm.state, 'ended') !== undefined) move(turn, id, 'ended', STOPPED);
}

/** What the services of a living virtual machine say now; the guest's own items are asked for again. */
function refresh(turn: Turn, vm: RecordOf<'vm'>, worker: WorkerId): void {
  const cpuLoad = vm.partition === null ? 0 : shareOf(turn, vm.partition);
  const heartbeat: Heartbeat = vm.state === 'Paused' ? 'Paused' : heartbeatOf(turn, vm.id);
  turn.patch('vm', vm.id, { heartbeat, cpuLoad });
  queryKvp(turn, vm.id);
  turn.fact({
    kind: 'process',
    from: 'vmms',
    to: 'vmwp',
    host: vm.host,
    vm: vm.id,
    summary: `VMMS found the worker process of ${vm.name} again`,
    data: { worker },
  });
}
