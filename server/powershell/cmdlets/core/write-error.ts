import type { Cmdlet } from '../../engine/cmdlet.ts';
import { ErrorObject } from '../../engine/error-object.ts';
import type { ErrorCategory } from '../../engine/error-record.ts';

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
    yield* shell.error(record);
  },
};
