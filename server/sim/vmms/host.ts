import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { HostId, JobId, PersonId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { HostState } from '../../protocol/record/host.ts';
import { seconds } from '../../protocol/time.ts';
import { handler } from '../engine/handler.ts';
import type { Message } from '../engine/message.ts';
import type { Procedure } from '../engine/procedure.ts';
import { abandonJob, begin, tell } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { abandonDiskJobs } from './disk-jobs.ts';
import { launchHypervisor } from '../hypervisor/launch.ts';
import { isVmmsListening, vmmsId } from './door.ts';
import {
  HOST_PATIENCE,
  HOST_POST,
  HYPERVISOR_LAUNCH,
  MANAGEMENT_OS_BOOT,
  MANAGEMENT_OS_SERVICES,
  MANAGEMENT_OS_STOP,
  SERVICE_STOP,
} from './duration.ts';
import { cutPower } from './power-cut.ts';
import { hostState } from './refusal.ts';
import { dropService, foundServiceRunning, startService } from './service.ts';
import type { VmSettled } from './settled.ts';
import { noteWhoRuns, stopForHost } from './stop-actions.ts';
import { isActive } from './vm-state.ts';

// A host's power: it boots the hypervisor and the management OS in it, starts VMMS and what VMMS is
// to start with it; going down, each virtual machine follows its automatic stop action first.

const DONE = ok(null);

export const START_HOST: Procedure = {
  name: 'start-host',
  steps: [
    {
      component: 'hardware',
      title: 'Power-on self-test',
      duration: HOST_POST,
      run: () => DONE,
    },
    {
      component: 'hypervisor',
      title: 'Launching the hypervisor',
      duration: HYPERVISOR_LAUNCH,
      run: (turn, job) => {
        const { hypervisorLaunchType } = turn.must('host', job.host);
        if (hypervisorLaunchType === 'auto') launchHypervisor(turn, job.host);
        else logHypervisorOff(turn, job.host);
        return DONE;
      },
    },
    {
      component: 'management-os',
      title: 'Starting Windows Server 2012 in the root partition',
      duration: MANAGEMENT_OS_BOOT,
      run: () => DONE,
    },
    {
      component: 'management-os',
      title: 'Starting services',
      duration: MANAGEMENT_OS_SERVICES,
      run: (turn, job) => {
        startService(turn, turn.must('service', vmmsId(turn.must('host', job.host))));
        return DONE;
      },
    },
  ],
  done: (turn, job) => isUp(turn, job.host),
  failed: () => {},
};

export const SHUT_DOWN_HOST: Procedure = {
  name: 'shut-down-host',
  steps: [
    {
      component: 'vmms',
      title: 'Stopping virtual machines',
      duration: 'told',
      // Windows does not wait for ever either: whoever is not down by then loses power.
      patience: { span: HOST_PATIENCE, over: () => DONE },
      run: (turn, job) => {
        noteWhoRuns(turn, job.host);
        for (const vm of turn.where('vm', 'host', job.host)) stopForHost(turn, vm);
        tellWhenQuiet(turn, job.host);
        return DONE;
      },
    },
    {
      component: 'management-os',
      title: 'Stopping services',
      duration: SERVICE_STOP,
      run: (turn, job) => {
        dropService(turn, job.host);
        return DONE;
      },
    },
    {
      component: 'management-os',
      title: 'Shutting down Windows Server 2012',
      duration: MANAGEMENT_OS_STOP,
      run: () => DONE,
    },
  ],
  done: (turn, job) => {
    cutPower(turn, job.host);
    enter(turn, job.host, 'Off');
  },
  failed: () => {},
};

export function startHost(
  turn: Turn,
  host: RecordOf<'host'>,
  person: PersonId | null,
): Result<JobId, Refusal> {
  if (host.state !== 'Off') return hostState(host, 'start');
  enter(turn, host.id, 'Starting');
  return ok(beginHost(turn, START_HOST, host, { title: `Starting host ${host.name}`, person }));
}

export function shutDownHost(
  turn: Turn,
  host: RecordOf<'host'>,
  person: PersonId | null,
): Result<JobId, Refusal> {
  if (host.state !== 'Running') return hostState(host, 'shutDown');
  enter(turn, host.id, 'Stopping');
  return ok(
    beginHost(turn, SHUT_DOWN_HOST, host, { title: `Shutting down host ${host.name}`, person }),
  );
}

/** Pulls the plug: whatever stood in memory is gone, whatever was on a disk is still there. */
export function powerOffHost(turn: Turn, host: RecordOf<'host'>): Result<null, Refusal> {
  if (host.state === 'Off') return hostState(host, 'powerOff');
  if (host.state === 'Running') noteWhoRuns(turn, host.id);
  abandonDiskJobs(turn, host.id);
  for (const job of turn.where('job', 'host', host.id)) {
    abandonJob(turn, job, `Host ${host.name} lost its power.`);
  }
  cutPower(turn, host.id);
  enter(turn, host.id, 'Off');
  return DONE;
}

/** A host of the lab file that is on: it has booted before the lab begins. */
export function foundRunning(turn: Turn, host: HostId): void {
  if (turn.must('host', host).hypervisorLaunchType === 'auto') launchHypervisor(turn, host);
  foundServiceRunning(turn, host);
  turn.patch('host', host, { state: 'Running', bootedAt: turn.now });
}

export const hostHandler = handler(
  'host',
  (turn, host: RecordOf<'host'>, message: Message & VmSettled) => {
    if (host.state !== 'Stopping') return;
    stopForHost(turn, turn.must('vm', message.vm));
    tellWhenQuiet(turn, host.id);
  },
);

/**
 * Lets a host go on shutting down when no virtual machine on it is up any more, or when there is no
 * VMMS to stop them: those lose their power with their host.
 */
function tellWhenQuiet(turn: Turn, host: HostId): void {
  const isAnyUp = turn.where('vm', 'host', host).some(vm => isActive(vm.state));
  if (isAnyUp && isVmmsListening(turn, host)) return;
  const job = turn
    .where('job', 'host', host)
    .find(each => each.procedure === SHUT_DOWN_HOST.name && each.state === 'Running');
  if (job !== undefined) tell(turn, SHUT_DOWN_HOST, job);
}

/** The management OS is up: virtual machines that are to start with it do so, each after its delay. */
function isUp(turn: Turn, id: HostId): void {
  turn.patch('host', id, { bootedAt: turn.now });
  enter(turn, id, 'Running');
  for (const vm of turn.where('vm', 'host', id)) {
    const starts =
      vm.automaticStartAction === 'Start' ||
      (vm.automaticStartAction === 'StartIfRunning' && vm.wasRunningAtHostStop);
    turn.patch('vm', vm.id, { wasRunningAtHostStop: false });
    if (!starts) continue;
    if (vm.automaticStartDelay > 0) turn.patch('vm', vm.id, { status: 'Waiting to start' });
    const message = { type: 'AutomaticStart', bootedAt: turn.now };
    turn.send(vm.id, message, seconds(vm.automaticStartDelay));
  }
}

function beginHost(
  turn: Turn,
  procedure: Procedure,
  host: RecordOf<'host'>,
  opened: { readonly title: string; readonly person: PersonId | null },
): JobId {
  return begin(turn, procedure, { host: host.id, vm: null, vmName: null, ...opened });
}

function enter(turn: Turn, id: HostId, state: HostState): void {
  const host = turn.must('host', id);
  turn.fact({
    kind: 'state',
    from: 'hardware',
    host: id,
    summary: `${host.name}: ${host.state} to ${state}`,
    data: { from: host.state, to: state },
  });
  turn.patch('host', id, { state, ...(state === 'Off' ? { bootedAt: null } : {}) });
}

/** Windows Hyper-V-Hypervisor event 5. Source: Microsoft, Event ID 5, Hypervisor Availability. */
function logHypervisorOff(turn: Turn, host: HostId): void {
  const message = 'Hypervisor launch aborted due to auto-launch being disabled in the registry.';
  turn.fact({
    kind: 'event',
    from: 'management-os',
    host,
    summary: `Hyper-V-Hypervisor 5: ${message}`,
    data: {
      channel: 'Microsoft-Windows-Hyper-V-Hypervisor-Admin',
      source: 'Microsoft-Windows-Hyper-V-Hypervisor',
      id: 5,
      level: 'Error',
      message,
    },
  });
}
