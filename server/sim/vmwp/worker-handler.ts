import { unreachable } from '../../base/assert.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { ticks } from '../../protocol/time.ts';
import type { ServiceToWorker } from '../devices/vsc.ts';
import { handler } from '../engine/handler.ts';
import type { Message } from '../engine/message.ts';
import type { Turn } from '../engine/turn.ts';
import type { GuestToWorker } from '../guest/guest.ts';
import type { InterceptForWorker, ShareForWorker } from '../vid/intercept.ts';
import { guestOf } from '../vmbus/bus-id.ts';
import { closeDisks, disconnectNetwork } from './attachment.ts';
import { removeBus, removePartition } from './build.ts';
import { CLOSE_AFTER_GUEST, EMULATION } from './duration.ts';
import { emulate } from './emulate.ts';
import { logVmEvent } from './event-log.ts';
import { powerOffDevices, resetMachine, runProcessors, suspendProcessors } from './power.ts';
import type { WorkerToVmms } from './worker-process.ts';
import { exitWorker } from './worker-process.ts';

type Worker = RecordOf<'worker-process'>;

/** To itself: the guest is off, and what it ran on goes now. */
interface Close {
  readonly type: 'Close';
  readonly how: 'host' | 'guest';
}

const AT_ONCE = ticks(0);

export const workerHandler = handler(
  'worker-process',
  (
    turn,
    worker: Worker,
    message: Message &
      (GuestToWorker | ServiceToWorker | InterceptForWorker | ShareForWorker | Close),
  ) => {
    switch (message.type) {
      case 'GuestPoweredOff':
        if (isSuspended(turn, worker)) return;
        suspendProcessors(turn, worker.vm);
        turn.patch('worker-process', worker.id, { state: 'Stopping' });
        turn.send(worker.id, { type: 'Close', how: message.by }, CLOSE_AFTER_GUEST);
        return;
      case 'Close':
        return endWorker(turn, worker, message.how);
      case 'GuestReset':
        return resetByGuest(turn, worker);
      case 'CpuShare':
        return tellVmms(turn, worker, {
          type: 'LoadChanged',
          worker: worker.id,
          load: message.load,
        });
      case 'Intercepted':
        return answer(turn, worker, message);
      case 'HeartbeatChanged':
        return tellVmms(turn, worker, {
          type: 'HeartbeatChanged',
          worker: worker.id,
          heartbeat: message.heartbeat,
        });
      case 'KvpReceived':
        return tellVmms(turn, worker, {
          type: 'KvpReceived',
          worker: worker.id,
          items: message.items,
        });
      default:
        return unreachable(message);
    }
  },
);

/**
 * The process is gone: by itself after its guest, or because somebody ended it. VID finds the
 * partition's handle closed and takes the partition apart; files are closed and ports disconnected.
 */
export function endWorker(turn: Turn, worker: Worker, how: 'host' | 'guest' | 'killed'): void {
  const { id, vm } = worker;
  tellVmms(turn, worker, { type: 'WorkerEnded', worker: id, how });
  powerOffDevices(turn, vm);
  removeBus(turn, vm);
  closeDisks(turn, vm);
  disconnectNetwork(turn, vm);
  removePartition(turn, vm);
  exitWorker(turn, id, how === 'killed' ? 'was ended' : 'exited');
}

/** The guest asked its chipset for a reset: worker process and partition stay. */
function resetByGuest(turn: Turn, worker: Worker): void {
  // Paused or being turned off since it asked; when it runs again it asks again.
  if (isSuspended(turn, worker)) return;
  logVmEvent(turn, 18514, worker.vm);
  suspendProcessors(turn, worker.vm);
  resetMachine(turn, worker.vm);
  runProcessors(turn, worker.vm);
  tellVmms(turn, worker, { type: 'GuestWasReset', worker: worker.id });
}

function isSuspended(turn: Turn, worker: Worker): boolean {
  return turn.where('guest', 'vm', worker.vm).at(0)?.suspended !== false;
}

/** The device has done its part; what runs in the guest goes on behind its access. */
function answer(turn: Turn, worker: Worker, message: InterceptForWorker): void {
  const { partition } = worker;
  if (partition === null || !emulate(turn, worker, message)) return;
  turn.send(guestOf(partition), { type: 'AccessMade' }, EMULATION);
}

function tellVmms(turn: Turn, { vm }: Worker, message: WorkerToVmms): void {
  turn.send(vm, message, AT_ONCE);
}
