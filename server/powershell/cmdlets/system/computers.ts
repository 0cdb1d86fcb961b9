import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { hereOf, nothingHere } from '../here.ts';
import { hostNamed, isThirdHost } from '../hyper-v/hosts.ts';

const HERE = new Set(['.', 'localhost', '127.0.0.1']);

/** Hosts by name that run; an error for each that cannot be reached. This one when none is named. */
export function* computersOf(call: Call): Steps<readonly RecordOf<'host'>[]> {
  const { bound, shell } = call;
  const here = hereOf(call);
  const found: RecordOf<'host'>[] = [];
  for (const name of bound.texts('ComputerName') ?? ['.']) {
    const isHere = HERE.has(name.toLowerCase());
    const host = isHere ? here : hostNamed(call, name);
    if (isHere && here === undefined) yield* shell.error(nothingHere(call));
    else if (host?.state === 'Running' && !isThirdHost(call, host)) found.push(host);
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
