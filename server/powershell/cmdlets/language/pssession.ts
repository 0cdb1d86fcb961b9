import type { Cmdlet } from '../../engine/cmdlet.ts';
import { openOf } from './sessions.ts';
import { computerNamed, mustBeGiven } from './computers.ts';

export const enterPSSession: Cmdlet = {
  name: 'Enter-PSSession',
  synopsis: 'Goes to another host: the following lines run there.',
  examples: [{ line: 'Enter-PSSession HV02', about: 'The prompt says where you are.' }],
  *process(call) {
    if (call.bound.has('Session')) {
      const [session] = yield* openOf(call);
      if (session !== undefined) call.shell.session.enter(session);
      return;
    }
    const name = mustBeGiven(call, call.bound.text('ComputerName'));
    const computer = yield* computerNamed(call, name);
    if (computer !== null) call.shell.session.enter(computer);
  },
};

export const exitPSSession: Cmdlet = {
  name: 'Exit-PSSession',
  synopsis: 'Comes back from another host.',
  examples: [{ line: 'Exit-PSSession', about: 'The prompt is the own one again.' }],
  *end({ shell }) {
    shell.session.enter(null);
    yield* [];
  },
};
