import type { Id } from '../../../protocol/id.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';

const FAILED = 'Microsoft.HyperV.PowerShell.VirtualizationOperationFailedException';

/** Source: the error of the module when the service on a computer does not answer, recalled. */
const unreachable = (computer: string): string =>
  `Hyper-V encountered an error trying to access an object on computer '${computer}' because the object was not found. The object might have been deleted, or you might not have permission to perform the task. Verify that the Virtual Machine Management service on the computer is running. If the service is running, try to perform the task again by using Run as Administrator.`;

/** Names of this computer itself. */
const HERE = new Set(['.', 'localhost', '127.0.0.1', '']);

/** The hosts that -ComputerName names, or the one it runs on; an error for each that cannot be asked. */
export function* hostsOf(call: Call): Steps<readonly RecordOf<'host'>[]> {
  const { shell } = call;
  const here = shell.lab.get('host', shell.computer as Id<'host'>);
  const names = call.bound.texts('ComputerName') ?? ['.'];
  const found: RecordOf<'host'>[] = [];
  for (const name of names) {
    const host = HERE.has(name.toLowerCase()) ? here : hostNamed(call, name);
    if (host !== undefined && answers(call, host)) found.push(host);
    else
      yield* shell.error(
        shell.fault({
          message: unreachable(host?.name ?? name),
          id: 'ObjectNotFound',
          category: 'ObjectNotFound',
          exception: FAILED,
          target: name,
        }),
      );
  }
  return found;
}

export const hostNamed = ({ shell }: Call, name: string): RecordOf<'host'> | undefined => {
  const [short = ''] = name.toLowerCase().split('.');
  return shell.lab.all('host').find(host => host.name.toLowerCase() === short);
};

/** The management service runs there. */
const answers = ({ shell }: Call, host: RecordOf<'host'>): boolean =>
  host.state === 'Running' &&
  shell.lab
    .by('service', 'host', host.id)
    .some(({ name, state }) => name === 'vmms' && state === 'Running');
