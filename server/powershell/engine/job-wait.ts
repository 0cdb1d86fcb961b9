import type { Json } from '../../base/json.ts';
import type { Id } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Value } from '../value/value.ts';
import type { Shell } from './cmdlet.ts';
import type { ErrorCategory } from './error-record.ts';
import type { ShellLab } from './lab.ts';
import type { Steps } from './steps.ts';

export interface JobOrder {
  readonly op: string;
  readonly args: Json;
  readonly target: Value;
}

const FAILED = 'Microsoft.HyperV.PowerShell.VirtualizationOperationFailedException';

/** Submits, then follows the job it began with a progress bar; false when it was refused or failed. */
export function* followJob(shell: Shell, { op, args, target }: JobOrder): Steps<boolean> {
  const result = yield* shell.submit(op, args);
  if (!result.ok) {
    yield* shell.error(shell.fault(refusalOf(result.fault, target)));
    return false;
  }
  const id = jobOf(result.value);
  const last = id === null ? null : yield* watched(shell, id);
  if (last === null || last.error === null) return true;
  const message = last.error;
  yield* shell.error(
    shell.fault({
      message,
      id: 'OperationFailed',
      category: 'NotSpecified',
      exception: FAILED,
      target,
    }),
  );
  return false;
}

/** The job's last record, with its progress on the screen meanwhile. */
function* watched(shell: Shell, id: Id<'job'>): Steps<RecordOf<'job'> | null> {
  const known = (lab: ShellLab) => lab.get('job', id);
  let record = known(shell.lab) ?? null;
  let shown = false;
  while (record !== null && record.endedAt === null) {
    const { percent } = record;
    shown = true;
    shell.progress({ ...bar(record), done: false });
    yield* shell.until(lab => {
      const now = known(lab);
      return now === undefined || now.endedAt !== null || now.percent !== percent;
    });
    record = known(shell.lab) ?? record;
    if (known(shell.lab) === undefined) break;
  }
  if (shown && record !== null) shell.progress({ ...bar(record), done: true });
  return record;
}

const bar = (job: RecordOf<'job'>) => ({
  id: 0,
  activity: job.title,
  status: `${job.percent}% complete`,
  percent: job.percent,
});

const jobOf = (value: Json): Id<'job'> | null => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const { job } = value as { readonly [key: string]: Json };
  return typeof job === 'string' && job.startsWith('job:') ? (job as Id<'job'>) : null;
};

const CATEGORY = new Map<string, ErrorCategory>([
  ['NotFound', 'ObjectNotFound'],
  ['InvalidState', 'InvalidOperation'],
  ['NotEnoughMemory', 'ResourceUnavailable'],
  ['InvalidArgument', 'InvalidArgument'],
  ['AlreadyExists', 'ResourceExists'],
]);

const refusalOf = ({ kind, message }: Refusal, target: Value) => ({
  message,
  id: kind,
  category: CATEGORY.get(kind) ?? ('NotSpecified' as const),
  exception: FAILED,
  target,
});
