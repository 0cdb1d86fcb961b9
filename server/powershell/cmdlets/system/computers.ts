import type { Id } from '../../../protocol/id.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { hostNamed } from '../hyper-v/hosts.ts';

const HERE = new Set(['.', 'localhost', '127.0.0.1']);

/** Hosts by name that run; an error for each that cannot be reached. This one when none is named. */
export function* computersOf(call: Call): Steps<readonly RecordOf<'host'>[]> {
  const { bound, shell } = call;
  const here = shell.lab.get('host', shell.computer as Id<'host'>);
  const found: RecordOf<'host'>[] = [];
  for (const name of bound.texts('ComputerName') ?? ['.']) {
    const host = HERE.has(name.toLowerCase()) ? here : hostNamed(call, name);
    if (host?.state === 'Running') found.push(host);
    else yield* unreachable(call, name);
  }
  return found;
}

function* unreachable({ shell }: Call, name: string): Steps<void> {
  yield* shell.error(
    shell.fault({
      message: `Cannot open Service Control Manager on computer '${name}'. This operation might require other privileges.`,
      id: 'System.InvalidOperationException',
      category: 'NotSpecified',
      exception: 'System.InvalidOperationException',
      target: name,
    }),
  );
}
