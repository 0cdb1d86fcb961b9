import { must } from '../../base/assert.ts';
import { fail, ok } from '../../base/result.ts';
import type { DiskId, HostId, JobId, PersonId } from '../../protocol/id.ts';
import { milliseconds, seconds } from '../../protocol/time.ts';
import type { Job, Procedure, Step } from '../engine/procedure.ts';
import { abandonJob, begin } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { compactDisk, mergeDisk, resizeDisk } from '../storage/disk-edit.ts';
import { deleteDisk } from '../storage/virtual-disk.ts';
import { diskFault } from './disk-fault.ts';
import type { DiskVerb } from './disk-fault.ts';

// What VMMS does to virtual hard disk files takes time by the bytes that have to go through the
// disks below. Meanwhile the files belong to the job; one that it made and did not finish is deleted.

const DONE = ok(null);

/** Of a host's disks, for both ways of a copy together (chosen). */
const MEGABYTES_A_SECOND = 200;
const MIB = 1024 * 1024;

const HEADERS = milliseconds(300);

/** So many steps tell how far a long one is. */
const SLICES = 10;

export interface DiskWork {
  readonly host: HostId;
  readonly title: string;
  readonly person: PersonId | null;
  /** Files that nobody else may open meanwhile. */
  readonly disks: readonly DiskId[];
  /** A file that this job makes. */
  readonly made?: DiskId;
  /** Bytes to read and write. */
  readonly bytes: number;
  readonly args?: Job['args'];
}

export function beginWork(turn: Turn, procedure: Procedure, work: DiskWork): JobId {
  const { host, title, person, disks, made = null, bytes, args } = work;
  const job = begin(turn, procedure, {
    host,
    vm: null,
    vmName: null,
    title,
    person,
    args: { made, bytes, ...args },
  });
  for (const disk of disks) turn.patch('virtual-disk', disk, { job });
  return job;
}

function working(title: string): readonly Step[] {
  const slice: Step = {
    component: 'vhdmp',
    title,
    duration: (_, job) => seconds(numberIn(job, 'bytes') / MIB / MEGABYTES_A_SECOND / SLICES),
    run: () => DONE,
  };
  return Array.from({ length: SLICES }, () => slice);
}

const headers = (title: string): Step => ({
  component: 'vhdmp',
  title,
  duration: HEADERS,
  run: () => DONE,
});

function procedure(name: string, steps: readonly Step[]): Procedure {
  return { name, steps, done: release, failed: giveUp };
}

const change = (verb: DiskVerb, title: string, run: Step['run']): Step => ({
  component: 'vhdmp',
  title,
  duration: HEADERS,
  run: (turn, job) => {
    const changed = run(turn, job);
    const { path } = turn.get('virtual-disk', diskIn(job, 'disk')) ?? { path: '' };
    return changed.ok ? changed : fail(diskFault(verb, path, changed.fault));
  },
});

export const CREATE_DISK = procedure('create-disk', [headers('Writing headers and block table')]);

export const CREATE_FIXED_DISK = procedure('create-fixed-disk', [
  headers('Writing headers and block table'),
  ...working('Writing zeroes'),
]);

export const CONVERT_DISK = procedure('convert-disk', [
  headers('Writing headers and block table'),
  ...working('Copying blocks'),
  {
    component: 'vhdmp',
    title: 'Closing the files',
    duration: HEADERS,
    run: (turn, job) => {
      if (job.args['deleteSource'] !== true) return DONE;
      const source = diskIn(job, 'disk');
      turn.patch('virtual-disk', source, { job: null });
      return deleteDisk(turn, source);
    },
  },
]);

export const RESIZE_DISK = procedure('resize-disk', [
  ...working('Writing zeroes'),
  change('resize', 'Writing headers and block table', (turn, job) =>
    resizeDisk(turn, diskIn(job, 'disk'), numberIn(job, 'size')),
  ),
]);

export const MERGE_DISK = procedure('merge-disk', [
  ...working('Merging blocks'),
  change('merge', 'Writing headers and block table', (turn, job) =>
    mergeDisk(turn, diskIn(job, 'disk'), diskIn(job, 'target')),
  ),
]);

export const COMPACT_DISK = procedure('compact-disk', [
  ...working('Moving blocks'),
  change('compact', 'Writing headers and block table', (turn, job) =>
    compactDisk(turn, diskIn(job, 'disk')),
  ),
]);

export const DISK_PROCEDURES = [
  CREATE_DISK,
  CREATE_FIXED_DISK,
  CONVERT_DISK,
  RESIZE_DISK,
  MERGE_DISK,
  COMPACT_DISK,
] as const;

/** And the merging of snapshots, whose procedure stands elsewhere. */
const NAMES: ReadonlySet<string> = new Set([
  ...DISK_PROCEDURES.map(({ name }) => name),
  'merge-snapshot',
]);

export function isDiskJob(job: Job): boolean {
  return NAMES.has(job.procedure);
}

/** The files are everybody's again. */
function release(turn: Turn, job: Job): void {
  for (const disk of turn.where('virtual-disk', 'host', job.host)) {
    if (disk.job === job.id) turn.patch('virtual-disk', disk.id, { job: null });
  }
}

function giveUp(turn: Turn, job: Job): void {
  release(turn, job);
  const made = job.args['made'] as DiskId | null;
  if (made !== null && turn.get('virtual-disk', made) !== undefined) deleteDisk(turn, made);
}

/** The host lost its power, or goes down without waiting: what was being made is no disk yet. */
export function abandonDiskJobs(turn: Turn, host: HostId): void {
  const { name } = turn.must('host', host);
  for (const job of turn.where('job', 'host', host)) {
    if (!isDiskJob(job) || job.state === 'Completed' || job.state === 'Exception') continue;
    abandonJob(turn, job, `Host ${name} lost its power.`);
    giveUp(turn, job);
  }
}

function diskIn(job: Job, name: string): DiskId {
  return must(job.args[name], `the job names its ${name}`) as DiskId;
}

function numberIn(job: Job, name: string): number {
  return Number(job.args[name]);
}
