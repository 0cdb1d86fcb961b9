import type { Cmdlet } from '../../engine/cmdlet.ts';
import { Terminating } from '../../engine/error-record.ts';
import type { Value } from '../../value/value.ts';
import { perCall } from './per-call.ts';

const objects = perCall((): Value[] => []);

export const teeObject: Cmdlet = {
  name: 'Tee-Object',
  synopsis: 'Keeps objects in a variable on their way through.',
  examples: [{ line: 'Get-VM | Tee-Object -Variable all | Start-VM', about: 'Kept in $all.' }],
  *begin({ bound, shell }) {
    if (bound.has('Variable')) return;
    throw new Terminating(
      shell.fault({
        message: 'Tee-Object to a file is not simulated: the hosts of a lab have no text files.',
        id: 'NotSimulated',
        category: 'NotImplemented',
      }),
    );
  },
  *process(call) {
    const object = call.bound.value('InputObject') ?? null;
    objects(call).push(object);
    yield* call.shell.write(object);
  },
  *end(call) {
    const all = objects(call);
    call.shell.session.setVariable(
      call.bound.text('Variable') ?? '',
      all.length === 1 ? (all[0] ?? null) : all,
    );
  },
};
