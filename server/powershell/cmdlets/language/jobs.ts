import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { BackgroundJob } from '../../engine/background-job.ts';
import { TOO_MANY_JOBS } from '../../engine/cmdlet-stage.ts';
import { ErrorObject } from '../../engine/error-object.ts';
import type { Steps } from '../../engine/steps.ts';
import type { SimTime } from '../../../protocol/time.ts';
import { seconds } from '../../../protocol/time.ts';
import { ScriptBlock } from '../../value/script-block.ts';
import { textOf } from '../../value/text.ts';
import { Wildcard } from '../../value/wildcard.ts';

/** The jobs that a command names by object, number, name or state; an error for each unknown one. */
function* jobsOf(call: Call): Steps<readonly BackgroundJob[]> {
  const { bound, shell } = call;
  const all = shell.session.jobs.all();
  const objects = bound.values('Job');
  if (objects !== undefined) return objects.filter(one => one instanceof BackgroundJob);
  const state = bound.text('State')?.toLowerCase();
  if (state !== undefined) return all.filter(one => one.state.toLowerCase() === state);
  const ids = bound.values('Id')?.map(one => Number(textOf(one)));
  const names = bound.texts('Name');
  if (ids === undefined && names === undefined) return all;
  const found: BackgroundJob[] = [];
  for (const id of ids ?? []) {
    const job = all.find(one => one.id === id);
    if (job === undefined) yield* notFound(call, 'SessionId', `with the job ID ${id}`, 'Id');
    else found.push(job);
  }
  for (const name of names ?? []) {
    const pattern = new Wildcard(name);
    const matching = all.filter(one => pattern.matches(one.name));
    if (matching.length === 0 && !/[*?[]/.test(name))
      yield* notFound(call, 'Name', `with the name ${name}`, 'Name');
    found.push(...matching);
  }
  return found;
}

/** Source: the remoting errors of PowerShell, recalled. */
function* notFound({ shell }: Call, kind: string, which: string, parameter: string): Steps<void> {
  yield* shell.error(
    shell.fault({
      message: `The command cannot find a job ${which}. Verify the value of the ${parameter} parameter and then try the command again.`,
      id: `JobWithSpecified${kind}NotFound`,
      category: 'ObjectNotFound',
      exception: 'System.Management.Automation.PSArgumentException',
    }),
  );
}

const isOver = ({ state }: BackgroundJob): boolean => state !== 'Running';

export const startJob: Cmdlet = {
  name: 'Start-Job',
  synopsis: 'Runs a script block beside the lines to come.',
  examples: [
    { line: 'Start-Job { Start-Sleep 60; Get-VM }', about: 'The prompt is back at once.' },
  ],
  *process({ bound, shell }) {
    const block = bound.value('ScriptBlock');
    if (!(block instanceof ScriptBlock)) {
      const message = 'Start-Job binds, but jobs of files and definitions are not simulated.';
      return yield* shell.error(
        shell.fault({ message, id: 'NotSimulated', category: 'NotImplemented' }),
      );
    }
    const job = shell.session.startJob(
      {
        name: bound.text('Name'),
        type: 'BackgroundJob',
        command: textOf(block),
        location: 'localhost',
      },
      block,
      { args: bound.values('ArgumentList') ?? [], input: bound.values('InputObject') ?? [] },
    );
    if (job === null) return yield* shell.error(shell.fault(TOO_MANY_JOBS));
    yield* shell.write(job);
  },
};

export const getJob: Cmdlet = {
  name: 'Get-Job',
  synopsis: 'Lists the jobs of this session.',
  examples: [{ line: 'Get-Job -State Running', about: 'Those that are not over.' }],
  *process(call) {
    for (const job of yield* jobsOf(call)) yield* call.shell.write(job);
  },
};

export const waitJob: Cmdlet = {
  name: 'Wait-Job',
  synopsis: 'Waits until jobs are over.',
  examples: [{ line: 'Start-VM WEB01 -AsJob | Wait-Job', about: 'As without -AsJob.' }],
  *process(call) {
    const { bound, shell } = call;
    const jobs = yield* jobsOf(call);
    const most = bound.number('Timeout');
    const isEnough = (): boolean =>
      bound.flag('Any') && jobs.length > 0 ? jobs.some(isOver) : jobs.every(isOver);
    const deadline =
      most === undefined || most < 0 ? undefined : ((shell.lab.now + seconds(most)) as SimTime);
    yield* shell.until(isEnough, deadline);
    for (const job of jobs) if (isOver(job)) yield* shell.write(job);
  },
};

export const receiveJob: Cmdlet = {
  name: 'Receive-Job',
  synopsis: 'Takes what jobs have written so far.',
  examples: [{ line: 'Get-Job | Receive-Job -Keep', about: 'It can be taken again.' }],
  *process(call) {
    const { bound, shell } = call;
    const jobs = yield* jobsOf(call);
    if (bound.flag('Wait')) yield* shell.until(() => jobs.every(isOver));
    for (const job of jobs) {
      const values = [...job.output];
      if (!bound.flag('Keep')) job.output.length = 0;
      for (const value of values)
        if (value instanceof ErrorObject) yield* shell.error(value.record);
        else yield* shell.write(value);
      if (bound.flag('AutoRemoveJob') && isOver(job)) shell.session.jobs.remove(job);
    }
  },
};

export const stopJob: Cmdlet = {
  name: 'Stop-Job',
  synopsis: 'Ends jobs; what they began in the lab goes on.',
  examples: [{ line: 'Get-Job | Stop-Job', about: 'All of them.' }],
  *process(call) {
    const { bound, shell } = call;
    for (const job of yield* jobsOf(call)) {
      if (!(yield* shell.should(job.name, 'Stop-Job'))) continue;
      shell.session.jobs.stop(job);
      if (bound.flag('PassThru')) yield* shell.write(job);
    }
  },
};

export const removeJob: Cmdlet = {
  name: 'Remove-Job',
  synopsis: 'Forgets jobs that are over.',
  examples: [{ line: 'Get-Job | Remove-Job', about: 'A clean list.' }],
  *process(call) {
    const { bound, shell } = call;
    for (const job of yield* jobsOf(call)) {
      if (!(yield* shell.should(job.name, 'Remove-Job'))) continue;
      if (isOver(job) || bound.flag('Force')) shell.session.jobs.remove(job);
      else
        yield* shell.error(
          shell.fault({
            message: `The command cannot remove the job with the job ID ${job.id} because the job is not finished. To remove the job, first stop the job, or use the Force parameter.`,
            id: 'InvalidOperation',
            category: 'InvalidOperation',
            exception: 'System.ArgumentException',
            target: job,
          }),
        );
    }
  },
};
