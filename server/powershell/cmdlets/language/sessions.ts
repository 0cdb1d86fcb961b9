import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { RemoteSession } from '../../engine/remote-session.ts';
import type { Steps } from '../../engine/steps.ts';
import { textOf } from '../../value/text.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { computerNamed } from './computers.ts';

/** Sessions that are open, of those that a command is given; an error for each other one. */
export function* openOf(call: Call): Steps<readonly RemoteSession[]> {
  const { shell } = call;
  const given = call.bound.values('Session') ?? [];
  const open: RemoteSession[] = [];
  for (const one of given.filter(each => each instanceof RemoteSession))
    if (one.state === 'Opened') open.push(one);
    else
      yield* shell.error(
        shell.fault({
          message: `Because the session state for session ${one.name}, ${one.id}, ${one.computer.name} is not equal to Open, you cannot run a command in the session. The session state is ${one.state}.`,
          id: 'PSSessionStateBroken',
          category: 'OpenError',
          exception: 'System.Management.Automation.Runspaces.InvalidRunspaceStateException',
          target: one,
        }),
      );
  return open;
}

export const newPSSession: Cmdlet = {
  name: 'New-PSSession',
  synopsis: 'Opens a session on another host, which keeps its variables.',
  examples: [{ line: '$s = New-PSSession HV02', about: 'For Invoke-Command -Session $s.' }],
  *process(call) {
    const { bound, shell } = call;
    const names = bound.texts('ComputerName') ?? [shell.place.name];
    for (const [index, name] of names.entries()) {
      const computer = yield* computerNamed(call, name);
      if (computer === null) continue;
      const session = shell.session.openSession(computer, bound.texts('Name')?.[index]);
      if (session !== null) yield* shell.write(session);
      else
        yield* shell.error(
          shell.fault({
            message: 'There are too many sessions. Remove some with Remove-PSSession.',
            id: 'TooManySessions',
            category: 'LimitsExceeded',
          }),
        );
    }
  },
};

/** By object, number, name or computer; all of them when nothing is given. */
const chosen = ({ bound, shell }: Call): readonly RemoteSession[] => {
  const all = shell.session.sessions;
  const objects = bound.values('Session');
  if (objects !== undefined) return objects.filter(one => one instanceof RemoteSession);
  const ids = bound.values('Id')?.map(id => Number(textOf(id)));
  if (ids !== undefined) return all.filter(({ id }) => ids.includes(id));
  const names = (bound.texts('Name') ?? ['*']).map(name => new Wildcard(name));
  const computers = (bound.texts('ComputerName') ?? ['*']).map(name => new Wildcard(name));
  return all.filter(
    ({ name, computer }) =>
      names.some(pattern => pattern.matches(name)) &&
      computers.some(pattern => pattern.matches(computer.name)),
  );
};

export const getPSSession: Cmdlet = {
  name: 'Get-PSSession',
  synopsis: 'Lists the sessions on other hosts.',
  examples: [{ line: 'Get-PSSession', about: 'All of this console.' }],
  *process(call) {
    for (const session of chosen(call)) yield* call.shell.write(session);
  },
};

export const removePSSession: Cmdlet = {
  name: 'Remove-PSSession',
  synopsis: 'Closes sessions on other hosts.',
  examples: [{ line: 'Get-PSSession | Remove-PSSession', about: 'All of them.' }],
  *process(call) {
    const { sessions } = call.shell.session;
    for (const session of chosen(call)) {
      if (!(yield* call.shell.should(session.name, 'Remove-PSSession'))) continue;
      session.isClosed = true;
      const at = sessions.indexOf(session);
      if (at >= 0) sessions.splice(at, 1);
    }
  },
};
