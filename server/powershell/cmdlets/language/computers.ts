import type { Call, Computer } from '../../engine/cmdlet.ts';
import { Terminating } from '../../engine/error-record.ts';
import type { Steps } from '../../engine/steps.ts';
import { hereOf } from '../here.ts';

const REMOTING = 'System.Management.Automation.Remoting.PSRemotingTransportException';

/** The sentence of WinRM is long; what matters of it is said. Source: recalled. */
const unreachable = (call: Call, name: string) =>
  call.shell.fault({
    message: `[${name}] Connecting to remote server ${name} failed with the following error message : WinRM cannot complete the operation. Verify that the specified computer name is valid, that the computer is accessible over the network, and that a firewall exception for the WinRM service is enabled and allows access from this computer. For more information, see the about_Remote_Troubleshooting Help topic.`,
    id: 'WinRMOperationTimeout,PSSessionStateBroken',
    category: 'OpenError',
    exception: REMOTING,
    target: name,
  });

/** Credentials are not handed on: from a remote session there is no second hop. */
const doubleHop = (call: Call, name: string) =>
  call.shell.fault({
    message: `[${name}] Connecting to remote server ${name} failed with the following error message : A specified logon session does not exist. It may already have been terminated. For more information, see the about_Remote_Troubleshooting Help topic.`,
    id: '1312,PSSessionStateBroken',
    category: 'OpenError',
    exception: REMOTING,
    target: name,
  });

/** The host of that name, when it is there and lets itself be reached; null with the error written. */
export function* computerNamed(call: Call, written: string): Steps<Computer | null> {
  const { shell } = call;
  const name = /^(\.|localhost)$/i.test(written) ? shell.place.name : written;
  const key = name.split('.')[0]?.toLowerCase() ?? '';
  // A session with oneself is no second hop; also on the computer that is no host.
  if (key === shell.place.name.toLowerCase() && hereOf(call) === undefined)
    return { ...shell.place, remote: true };
  const host = shell.lab.all('host').find(one => one.name.toLowerCase() === key);
  if (host === undefined || host.state !== 'Running') {
    yield* shell.error(unreachable(call, name));
    return null;
  }
  if (shell.place.remote && host.id !== shell.place.id) {
    yield* shell.error(doubleHop(call, name));
    return null;
  }
  return { id: host.id, name: host.name, remote: true };
}

/** For a command that makes no sense without it. */
export const mustBeGiven = (call: Call, name: string | undefined): string => {
  if (name !== undefined) return name;
  throw new Terminating(
    call.shell.fault({
      message: 'A computer name is needed: other kinds of sessions are not simulated.',
      id: 'NotSimulated',
      category: 'NotImplemented',
    }),
  );
};
