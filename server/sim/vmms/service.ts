import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { HostId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { ServiceState } from '../../protocol/record/host.ts';
import { handler } from '../engine/handler.ts';
import type { Message } from '../engine/message.ts';
import { cancelJob } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { logHostEvent } from '../vmwp/event-log.ts';
import { nextPid } from '../vmwp/worker-process.ts';
import { isDiskJob } from './disk-jobs.ts';
import { vmmsId } from './door.ts';
import { SERVICE_DRAIN, SERVICE_DRAIN_LOOK, SERVICE_START, SERVICE_STOP } from './duration.ts';
import { serviceStopping, serviceState } from './refusal.ts';
import { mergeDisks } from './snapshot-merge.ts';
import { reattach } from './vm.ts';

// vmms, the service: one on each host, started with it. Stopping it takes management away and
// nothing else: worker processes and their partitions go on without it.

type ServiceMessage =
  | { readonly type: 'Started'; readonly pid: number }
  | { readonly type: 'Drained'; readonly pid: number; readonly until: number };

export function foundService(turn: Turn, host: HostId): void {
  turn.insert('service', vmmsId(turn.must('host', host)), {
    host,
    name: 'vmms',
    displayName: 'Hyper-V Virtual Machine Management',
    state: 'Stopped',
    startType: 'Automatic',
    pid: null,
    startedAt: null,
  });
}

/** Of a host that was on before the lab began. */
export function foundServiceRunning(turn: Turn, host: HostId): void {
  const service = vmmsId(turn.must('host', host));
  const pid = nextPid(turn, host);
  turn.patch('service', service, { state: 'Running', pid, startedAt: turn.now });
}

export function startService(turn: Turn, service: RecordOf<'service'>): Result<null, Refusal> {
  if (service.state !== 'Stopped') return serviceState(service, 'start');
  const pid = nextPid(turn, service.host);
  enter(turn, service, 'StartPending', { pid });
  logHostEvent(turn, 14092, service.host);
  turn.send(service.id, { type: 'Started', pid }, SERVICE_START);
  return ok(null);
}

export function stopService(turn: Turn, service: RecordOf<'service'>): Result<null, Refusal> {
  if (service.state !== 'Running' || service.pid === null) return serviceState(service, 'stop');
  enter(turn, service, 'StopPending', {});
  const until = turn.now + SERVICE_DRAIN;
  turn.send(service.id, { type: 'Drained', pid: service.pid, until }, SERVICE_STOP);
  return ok(null);
}

/** No time to wait: the host goes down, or has lost its power. */
export function dropService(turn: Turn, host: HostId): void {
  const service = turn.must('service', vmmsId(turn.must('host', host)));
  if (service.state === 'Stopped') return;
  enter(turn, service, 'Stopped', { pid: null, startedAt: null });
}

export const serviceHandler = handler(
  'service',
  (turn, service: RecordOf<'service'>, message: Message & ServiceMessage) => {
    // Of a process that is gone.
    if (message.pid !== service.pid) return;
    if (message.type === 'Started') return started(turn, service);
    if (service.state === 'StopPending') drain(turn, service, message.until);
  },
);

function started(turn: Turn, service: RecordOf<'service'>): void {
  if (service.state !== 'StartPending') return;
  enter(turn, service, 'Running', { startedAt: turn.now });
  logHostEvent(turn, 14094, service.host);
  for (const vm of turn.where('vm', 'host', service.host)) {
    reattach(turn, vm.id);
    mergeDisks(turn, vm);
  }
}

/** VMMS stops when the operations it has begun have come to their end, or its patience has. */
function drain(turn: Turn, service: RecordOf<'service'>, until: number): void {
  const jobs = turn
    .where('job', 'host', service.host)
    .filter(job => (job.vm !== null || isDiskJob(job)) && job.state === 'Running');
  if (jobs.length > 0 && turn.now < until) {
    const { pid } = service;
    turn.send(service.id, { type: 'Drained', pid, until }, SERVICE_DRAIN_LOOK);
    return;
  }
  for (const job of jobs) cancelJob(turn, job, serviceStopping().fault);
  enter(turn, service, 'Stopped', { pid: null, startedAt: null });
  logHostEvent(turn, 14096, service.host);
}

function enter(
  turn: Turn,
  service: RecordOf<'service'>,
  state: ServiceState,
  changes: { readonly pid?: number | null; readonly startedAt?: number | null },
): void {
  turn.fact({
    kind: 'state',
    from: 'management-os',
    to: 'vmms',
    host: service.host,
    summary: `Service ${service.name}: ${service.state} to ${state}`,
    data: { service: service.id, from: service.state, to: state },
  });
  turn.patch('service', service.id, { ...changes, state });
}
