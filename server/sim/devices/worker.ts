import type { Turn } from '../engine/turn.ts';
import type { Channel } from '../vmbus/bus-id.ts';
import { TELL_WORKER } from './duration.ts';

/** What the integration services tell the worker process of the virtual machine. */
export type ServiceToWorker =
  | {
      readonly type: 'HeartbeatChanged';
      readonly heartbeat: 'OkApplicationsUnknown' | 'LostCommunication' | 'NoContact';
    }
  | {
      readonly type: 'KvpReceived';
      /** Intrinsic items by their real names: FullyQualifiedDomainName, OSName… */
      readonly items: { readonly [key: string]: string };
    };

/** The services' host ends live in the worker process; one that has ended hears nothing. */
export function tellWorker(turn: Turn, channel: Channel, message: ServiceToWorker): void {
  const worker = turn.get('vm', channel.vm)?.workerProcess ?? null;
  if (worker !== null) turn.send(worker, message, TELL_WORKER);
}
