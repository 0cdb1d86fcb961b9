import type { Cmdlet } from '../../engine/cmdlet.ts';

export const invokeExpression: Cmdlet = {
  name: 'Invoke-Expression',
  synopsis: 'Runs a text as a command, in the current scope.',
  examples: [
    { line: "Invoke-Expression 'Get-VM WEB01'", about: 'The same as typing it.' },
    { line: '"1 + 2" | iex', about: 'A text from the pipeline.' },
  ],
  *process({ bound, shell }) {
    yield* shell.pass(shell.block(bound.text('Command') ?? ''), { scope: 'caller' });
  },
};
