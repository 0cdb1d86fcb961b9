import type { Bind } from '../engine/binder-port.ts';
import { bindCommandLine } from './command-line.ts';
import { blockWithoutInput } from './mistake.ts';
import { PipelineBinding } from './pipeline-binding.ts';
import { settle } from './settle.ts';
import { Working } from './working.ts';

/**
 * Windows PowerShell's parameter binder: names, positions and remaining arguments of the command line;
 * the parameter set as far as it is decided; mandatory parameters; then, object by object, the pipeline.
 */
export const bind: Bind = function* (signature, args, host) {
  const working = new Working(signature, host);
  const rest = yield* bindCommandLine(working, args);
  if (signature.advanced) {
    yield* settle(working);
    const [delayed] = working.delayed.keys();
    if (delayed !== undefined && !host.expectsInput)
      working.fail(blockWithoutInput(delayed.name, null));
  }
  return new PipelineBinding(working, rest);
};
