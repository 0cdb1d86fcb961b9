import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { computersOf } from './computers.ts';

export const stopComputer: Cmdlet = {
  name: 'Stop-Computer',
  synopsis: 'Shuts hosts down; each machine on them follows its automatic stop action.',
  examples: [{ line: 'Stop-Computer HV02 -Force', about: 'Another host of the lab.' }],
  *process(call) {
    yield* eachHost(call, 'Stop-Computer', 'host.shutDown');
  },
};

function* eachHost(call: Call, name: string, op: string) {
  const { shell } = call;
  for (const host of yield* computersOf(call)) {
    if (!(yield* shell.should(host.name, name))) continue;
    yield* shell.finish(op, { host: host.id }, host.name);
  }
}

/** A restart is a shutdown and, once the host is off, its start. */
export const restartComputer: Cmdlet = {
  name: 'Restart-Computer',
  synopsis: 'Restarts hosts.',
  examples: [{ line: 'Restart-Computer HV02 -Force -Wait', about: 'Until it is back.' }],
  *process(call) {
    const { bound, shell } = call;
    for (const host of yield* computersOf(call)) {
      if (!(yield* shell.should(host.name, 'Restart-Computer'))) continue;
      if (!(yield* shell.finish('host.shutDown', { host: host.id }, host.name))) continue;
      const state = () => shell.lab.get('host', host.id)?.state;
      yield* shell.until(() => state() === 'Off');
      if (!(yield* shell.finish('host.start', { host: host.id }, host.name))) continue;
      if (bound.flag('Wait')) yield* shell.until(() => state() === 'Running');
    }
  },
};
