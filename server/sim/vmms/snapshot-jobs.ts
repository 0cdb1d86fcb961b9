import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { JobId, PersonId, SnapshotId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Job, Procedure, Step } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { logVmEvent } from '../vmwp/event-log.ts';
import { runProcessors } from '../vmwp/power.ts';
import {
  memoryFileWritten,
  removeMemoryFiles,
  reserveMemoryFile,
  writeDeviceState,
} from '../vmwp/vm-file.ts';
import { CLOSE, SUSPEND } from './close-steps.ts';
import { CHECK_CONFIGURATION, RUN_PROCESSORS, WRITE_STATE } from './duration.ts';
import { newGuid } from './guid.ts';
import { memoryFileTime } from './memory-file-time.ts';
import { beginFor, jobOf, vmOf } from './procedure.ts';
import { invalidState, notFound } from './refusal.ts';
import { settled } from './settled.ts';
import { branchDisks, restoreDrives } from './snapshot-disks.ts';
import { mergeDisks } from './snapshot-merge.ts';
import { checkTake, keptConfiguration, recordSnapshot, standOn } from './snapshots.ts';
import { move, STOPPED } from './transition.ts';
import { isActive, mayChange } from './vm-state.ts';

// Taking and applying a snapshot. A machine that runs stands for a moment while its disks are
// branched, and goes on while its memory is written.

type Vm = RecordOf<'vm'>;

const DONE = ok(null);

const vmRecord = (turn: Turn, job: Job): Vm => turn.must('vm', vmOf(job));

const CHECK: Step = {
  component: 'vmms',
  title: 'Checking the configuration and resources',
  duration: CHECK_CONFIGURATION,
  run: (turn, job) => checkTake(turn, vmRecord(turn, job)),
};

const RECORD: Step = {
  component: 'vhdmp',
  title: 'Creating differencing disks',
  duration: WRITE_STATE,
  run: (turn, job) => recordSnapshot(turn, vmRecord(turn, job), String(job.args['name'])),
};

const back = (turn: Turn, job: Job): void => {
  turn.patch('vm', vmOf(job), { job: null, status: 'Operating normally' });
  settled(turn, vmOf(job));
};

export const TAKE_SNAPSHOT: Procedure = {
  name: 'take-snapshot',
  steps: [CHECK, RECORD],
  done: back,
  failed: back,
};

/** Of a machine that runs: its memory is written behind it while it goes on. */
export const TAKE_LIVE_SNAPSHOT: Procedure = {
  name: 'take-live-snapshot',
  steps: [
    CHECK,
    { ...SUSPEND, undo: (turn, job) => runProcessors(turn, vmOf(job)) },
    RECORD,
    {
      component: 'vid',
      title: 'Starting the virtual processors',
      duration: RUN_PROCESSORS,
      run: (turn, job) => {
        runProcessors(turn, vmOf(job));
        return DONE;
      },
    },
    {
      component: 'vmwp',
      title: 'Writing memory contents',
      duration: (turn, job) => memoryFileTime(turn, vmOf(job)),
      run: () => DONE,
    },
  ],
  done: back,
  failed: back,
};

const APPLY: Step = {
  component: 'vmms',
  title: 'Applying the snapshot',
  duration: WRITE_STATE,
  run: (turn, job) => {
    const { id } = vmRecord(turn, job);
    removeMemoryFiles(turn, id);
    if (isActive(vmRecord(turn, job).state)) {
      logVmEvent(turn, 18502, id);
      move(turn, id, 'stopped', { ...STOPPED, job: job.id, status: 'Applying snapshot' });
    }
    const snapshot = turn.get('vm-snapshot', job.args['snapshot'] as SnapshotId);
    return snapshot === undefined
      ? notFound(String(job.args['snapshot']))
      : apply(turn, vmRecord(turn, job), snapshot);
  },
};

function apply(turn: Turn, vm: Vm, snapshot: RecordOf<'vm-snapshot'>): Result<null, Refusal> {
  turn.patch('vm', vm.id, keptConfiguration(snapshot));
  standOn(turn, vm, snapshot.id);
  const hasMemory = snapshot.state === 'Saved';
  const room = hasMemory ? reserveMemoryFile(turn, vm.id) : DONE;
  if (!room.ok) return room;
  const restored = restoreDrives(turn, vm, snapshot);
  if (!restored.ok) return restored;
  const branched = branchDisks(turn, vm, `vm-snapshot:${newGuid(turn, vm.host)}`);
  if (!branched.ok) {
    // Nobody may write to what a snapshot keeps: the drives name files that are not theirs any more.
    for (const { id, disk } of turn.where('disk-drive', 'vm', vm.id)) {
      const kept = disk === null ? undefined : turn.get('virtual-disk', disk);
      if (kept !== undefined) turn.patch('disk-drive', id, { disk: null, media: kept.path });
    }
    return branched;
  }
  if (!hasMemory) {
    move(turn, vm.id, 'applied');
    return DONE;
  }
  const written = writeDeviceState(turn, vm.id, snapshot.content);
  if (!written.ok) return written;
  memoryFileWritten(turn, vm.id);
  move(turn, vm.id, 'appliedSaved');
  return DONE;
}

const applied = (turn: Turn, job: Job): void => {
  back(turn, job);
  mergeDisks(turn, vmRecord(turn, job));
};

export const APPLY_SNAPSHOT: Procedure = {
  name: 'apply-snapshot',
  steps: [APPLY],
  done: applied,
  failed: back,
};

/** Of a machine that is up: it is turned off first, and what it was about is lost. */
export const APPLY_OVER_RUNNING: Procedure = {
  name: 'apply-over-running',
  steps: [SUSPEND, ...CLOSE, APPLY],
  done: applied,
  failed: back,
};

export const SNAPSHOT_PROCEDURES = [
  TAKE_SNAPSHOT,
  TAKE_LIVE_SNAPSHOT,
  APPLY_SNAPSHOT,
  APPLY_OVER_RUNNING,
] as const;

const NAMES: ReadonlySet<string> = new Set(SNAPSHOT_PROCEDURES.map(({ name }) => name));

export function isSnapshotJob(job: Job): boolean {
  return NAMES.has(job.procedure);
}

/** Whether a snapshot is being taken or applied: then nothing else is done to the machine. */
export function isInSnapshot(turn: Turn, vm: Vm): boolean {
  const job = jobOf(turn, vm);
  return job !== undefined && isSnapshotJob(job);
}

interface Asked {
  readonly person: PersonId | null;
}

export function takeSnapshot(
  turn: Turn,
  vm: Vm,
  { name, person }: Asked & { readonly name: string },
): Result<JobId, Refusal> {
  const checked = checkTake(turn, vm);
  if (!checked.ok) return checked;
  const procedure = vm.state === 'Running' ? TAKE_LIVE_SNAPSHOT : TAKE_SNAPSHOT;
  turn.patch('vm', vm.id, { status: 'Creating snapshot' });
  const title = `Taking snapshot of virtual machine ${vm.name}`;
  return ok(beginFor(turn, procedure, vm, { title, person, args: { name } }));
}

export function applySnapshot(
  turn: Turn,
  vm: Vm,
  { snapshot: id, person }: Asked & { readonly snapshot: SnapshotId },
): Result<JobId, Refusal> {
  if (!mayChange(vm.state, 'applySnapshot')) return invalidState(vm, 'applySnapshot');
  const snapshot = turn.get('vm-snapshot', id);
  if (snapshot?.vm !== vm.id) return notFound(id);
  const isUp = isActive(vm.state);
  if (isUp) move(turn, vm.id, 'turnOff');
  turn.patch('vm', vm.id, { status: 'Applying snapshot' });
  const procedure = isUp ? APPLY_OVER_RUNNING : APPLY_SNAPSHOT;
  const title = `Applying snapshot ${snapshot.name} of virtual machine ${vm.name}`;
  return ok(beginFor(turn, procedure, vm, { title, person, args: { snapshot: id } }));
}
