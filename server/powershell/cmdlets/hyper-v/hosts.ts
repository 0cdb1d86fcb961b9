import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call } from '../../engine/cmdlet.ts';
import type { ErrorRecord } from '../../engine/error-record.ts';
import type { Steps } from '../../engine/steps.ts';
import { hereOf } from '../here.ts';

const FAILED = 'Microsoft.HyperV.PowerShell.VirtualizationOperationFailedException';

/** Source: the error of the module when the service on a computer does not answer, recalled. */
const unreachable = (computer: string): string =>
  `Hyper-V encountered an error trying to access an object on computer '${computer}' because the object was not found. The object might have been deleted, or you might not have permission to perform the task. Verify that the Virtual Machine Management service on the computer is running. If the service is running, try to perform the task again by using Run as Administrator.`;

/** Names of this computer itself. */
const HERE = new Set(['.', 'localhost', '127.0.0.1', '']);

/** The hosts that -ComputerName names, or the one it runs on; an error for each that cannot be asked. */
export function* hostsOf(call: Call): Steps<readonly RecordOf<'host'>[]> {
  const { shell } = call;
  const here = hereOf(call);
  const names = call.bound.texts('ComputerName') ?? ['.'];
  const found: RecordOf<'host'>[] = [];
  for (const name of names) {
    const isHere = HERE.has(name.toLowerCase());
    const host = isHere ? here : hostNamed(call, name);
    if (isHere && here === undefined) yield* shell.error(noPlatform(call));
    else if (host === undefined || !answers(call, host))
      yield* shell.error(noAnswer(call, host?.name ?? name));
    else if (isThirdHost(call, host)) yield* shell.error(noPermission(call, host.name));
    else found.push(host);
  }
  return found;
}

/** Where only the tools are. Source: the module's own error, recalled. */
const noPlatform = ({ shell }: Call): ErrorRecord =>
  shell.fault({
    message: `The Hyper-V Management Tools could not access an expected WMI class on computer '${shell.place.name}'. This may indicate that the Hyper-V Platform is not installed on the computer or that the version of the Hyper-V Platform is incompatible with these management tools.`,
    id: 'Unspecified',
    category: 'NotSpecified',
    exception: 'Microsoft.HyperV.PowerShell.VirtualizationManagementException',
    target: shell.place.name,
  });

const noAnswer = ({ shell }: Call, name: string): ErrorRecord =>
  shell.fault({
    message: unreachable(name),
    id: 'ObjectNotFound',
    category: 'ObjectNotFound',
    exception: FAILED,
    target: name,
  });

/** Nobody's credentials go further than one computer: from a remote session no other host is reached. */
export const isThirdHost = ({ shell }: Call, host: RecordOf<'host'>): boolean =>
  shell.place.remote && host.id !== shell.place.id;

/** Source: the error of the service for somebody it does not know, recalled. */
const noPermission = ({ shell }: Call, name: string): ErrorRecord =>
  shell.fault({
    message: `You do not have the required permission to complete this task. Contact the administrator of the authorization policy for the computer '${name}'.`,
    id: 'AccessDenied',
    category: 'PermissionDenied',
    exception: FAILED,
    target: name,
  });

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
