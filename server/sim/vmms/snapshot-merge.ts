import { ok } from '../../base/result.ts';
import type { DiskId, VmId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { milliseconds, seconds } from '../../protocol/time.ts';
import type { Job, Procedure, Step } from '../engine/procedure.ts';
import { begin } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { MEMORY_FILE_MEGABYTES_PER_SECOND } from './duration.ts';
import { dropBranches, mergeChild, nextMerge } from './snapshot-disks.ts';

// After a snapshot was deleted VMMS shortens the chains of its machine's disks, one disk at a time
// and also while the machine runs: Server 2012's live merge. It is a job beside those of the machine.

const DONE = ok(null);
const MIB = 1024 * 1024;
const SLICES = 10;

const SLICE: Step = {
  component: 'vhdmp',
  title: 'Merging disks',
  duration: (turn, job) => {
    const size = turn.get('virtual-disk', job.args['child'] as DiskId)?.fileSize ?? 0;
    return seconds(size / MIB / MEGABYTES_A_SLICE);
  },
  run: () => DONE,
};

const MEGABYTES_A_SLICE = MEMORY_FILE_MEGABYTES_PER_SECOND * SLICES;

export const MERGE_SNAPSHOT: Procedure = {
  name: 'merge-snapshot',
  steps: [
    ...Array.from({ length: SLICES }, () => SLICE),
    {
      component: 'vhdmp',
      title: 'Switching to the merged disk',
      duration: milliseconds(100),
      run: (turn, job) => {
        const vm = vmIn(turn, job);
        const child = vm === undefined ? null : nextMerge(turn, vm);
        // Somebody applied another snapshot meanwhile: then there is nothing to be merged here.
        if (vm === undefined || child === null || child.id !== job.args['child']) return DONE;
        return mergeChild(turn, vm.id, child);
      },
    },
  ],
  done: (turn, job) => {
    const vm = vmIn(turn, job);
    if (vm === undefined) return;
    turn.patch('vm', vm.id, { status: 'Operating normally' });
    mergeDisks(turn, vm);
  },
  failed: (turn, job) => {
    const vm = vmIn(turn, job);
    if (vm !== undefined) turn.patch('vm', vm.id, { status: 'Operating normally' });
  },
};

function vmIn(turn: Turn, job: Job): RecordOf<'vm'> | undefined {
  return turn.get('vm', job.args['vm'] as VmId);
}

/** Begins with what there is to be merged of a machine's disks; one job at a time. */
export function mergeDisks(turn: Turn, vm: RecordOf<'vm'>): void {
  dropBranches(turn, vm);
  const isAtWork = turn
    .where('job', 'host', vm.host)
    .some(
      job =>
        job.procedure === MERGE_SNAPSHOT.name &&
        job.state === 'Running' &&
        job.args['vm'] === vm.id,
    );
  const child = isAtWork ? null : nextMerge(turn, vm);
  if (child === null) return;
  turn.patch('vm', vm.id, { status: 'Merging disks' });
  begin(turn, MERGE_SNAPSHOT, {
    host: vm.host,
    vm: null,
    vmName: vm.name,
    title: `Merging the disks of virtual machine ${vm.name}`,
    person: null,
    args: { vm: vm.id, child: child.id, made: null },
  });
}
