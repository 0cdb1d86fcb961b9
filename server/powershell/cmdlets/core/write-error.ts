import type { Cmdlet } from '../../engine/cmdlet.ts';
import { ErrorObject } from '../../engine/error-object.ts';
import type { ErrorCategory, ErrorRecord } from '../../engine/error-record.ts';
import { InvocationInfo } from '../../engine/invocation-info.ts';
import type { Value } from '../../value/value.ts';

export const writeError: Cmdlet = {
  name: 'Write-Error',
  synopsis: 'Writes an error that does not end the script.',
  examples: [{ line: "Write-Error 'There is no such rack.'", about: 'Red, and kept in $Error.' }],
  *process({ bound, shell }) {
    const given = bound.value('ErrorRecord');
    if (given instanceof ErrorObject) return yield* shell.error(given.record);
    const record = shell.fault({
      message: bound.text('Message') ?? '',
      id: bound.text('ErrorId') ?? 'Microsoft.PowerShell.Commands.WriteErrorException',
      category: (bound.text('Category') ?? 'NotSpecified') as ErrorCategory,
      exception: 'Microsoft.PowerShell.Commands.WriteErrorException',
      target: bound.value('TargetObject') ?? null,
    });
    yield* shell.error(callers(record, shell.session.variable('MyInvocation') ?? null));
  },
};

/**
 * The error is that of the function that wrote it, at the place where that was called; at the prompt it
 * is the line's, and has no place.
 */
const callers = (record: ErrorRecord, invocation: Value): ErrorRecord => {
  const id = record.id.slice(0, record.id.lastIndexOf(','));
  if (!(invocation instanceof InvocationInfo))
    return { ...record, id, command: record.place?.text.trimEnd() ?? '', place: null };
  const { command, invokedAs, place } = invocation;
  if (command.kind === 'block') return { ...record, id, command: command.text, place };
  return { ...record, id: `${id},${command.name}`, command: invokedAs, place };
};
