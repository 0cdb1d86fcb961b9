import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { PROCESS, VMMS_PROCESS } from '../../objects/host-objects.ts';
import { LabObject, recordIn } from '../../objects/lab-object.ts';
import type { PSObject } from '../../value/ps-object.ts';
import { property } from '../../value/member.ts';
import { textOf } from '../../value/text.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { computersOf } from './computers.ts';

/** The processes of virtualization: vmms and a worker process for each running machine. */
function* allOf(call: Call): Steps<readonly PSObject[]> {
  const { lab } = call.shell;
  const hosts = yield* computersOf(call);
  return hosts.flatMap(({ id }) => [
    ...lab
      .by('service', 'host', id)
      .filter(({ name, pid }) => name === 'vmms' && pid !== null)
      .map(service => new LabObject(VMMS_PROCESS, service, lab)),
    ...lab.by('worker-process', 'host', id).map(one => new LabObject(PROCESS, one, lab)),
  ]);
}

function* chosen(call: Call): Steps<readonly PSObject[]> {
  const { bound, shell } = call;
  const objects = bound.values('InputObject');
  if (objects !== undefined) return objects.flatMap(one => (one instanceof LabObject ? [one] : []));
  const all = yield* allOf(call);
  const ids = bound.values('Id');
  const names = bound.texts('Name');
  if (ids === undefined && names === undefined) return all;
  const found: PSObject[] = [];
  for (const asked of ids ?? names ?? []) {
    const isId = ids !== undefined;
    const pattern = new Wildcard(textOf(asked));
    const matching = all.filter(one =>
      isId ? property(one, 'Id') === asked : pattern.matches(textOf(property(one, 'Name'))),
    );
    found.push(...matching);
    if (matching.length > 0 || (!isId && /[*?[]/.test(textOf(asked)))) continue;
    const what = isId ? 'process identifier' : 'name';
    yield* shell.error(
      shell.fault({
        message: `Cannot find a process with the ${what} ${isId ? textOf(asked) : `"${textOf(asked)}"`}. Verify the process ${isId ? 'ID' : 'name'} and call the cmdlet again.`,
        id: isId ? 'NoProcessFoundForGivenId' : 'NoProcessFoundForGivenName',
        category: 'ObjectNotFound',
        exception: 'Microsoft.PowerShell.Commands.ProcessCommandException',
        target: asked,
      }),
    );
  }
  return found;
}

export const getProcess: Cmdlet = {
  name: 'Get-Process',
  synopsis: 'Lists the processes of virtualization on a host: vmms and the worker processes.',
  examples: [{ line: 'Get-Process vmwp', about: 'One for each machine that runs.' }],
  *process(call) {
    for (const one of yield* chosen(call)) yield* call.shell.write(one);
  },
};

export const stopProcess: Cmdlet = {
  name: 'Stop-Process',
  synopsis: 'Ends a process; of a worker process its virtual machine dies with it.',
  examples: [{ line: 'Stop-Process -Id 4242 -Force', about: 'Only its machine stops.' }],
  *process(call) {
    const { bound, shell } = call;
    for (const one of yield* chosen(call)) {
      const worker: RecordOf<'worker-process'> | null = recordIn(one, 'worker-process');
      const name = `${textOf(property(one, 'Name'))} (${textOf(property(one, 'Id'))})`;
      if (!(yield* shell.should(name, 'Stop-Process'))) continue;
      if (worker === null)
        yield* shell.error(
          shell.fault({
            message: `Cannot stop process "${name}" because of the following error: Access is denied`,
            id: 'CouldNotStopProcess',
            category: 'CloseError',
            exception: 'Microsoft.PowerShell.Commands.ProcessCommandException',
            target: one,
          }),
        );
      else if (yield* shell.finish('process.end', { process: worker.id }, one))
        if (bound.flag('PassThru')) yield* shell.write(one);
    }
  },
};
