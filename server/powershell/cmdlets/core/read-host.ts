import type { Cmdlet } from '../../engine/cmdlet.ts';
import { SecureString } from '../../value/credential.ts';
import { textOf } from '../../value/text.ts';

export const readHost: Cmdlet = {
  name: 'Read-Host',
  synopsis: 'Asks whoever has the keyboard for a line.',
  examples: [{ line: "$name = Read-Host 'Name of the machine'", about: 'The answer is a text.' }],
  *process({ bound, shell }) {
    const prompt = bound.value('Prompt');
    const isSecret = bound.flag('AsSecureString');
    const text = yield* shell.ask(prompt === undefined ? '' : `${textOf(prompt)}: `, isSecret);
    yield* shell.write(isSecret ? new SecureString(text) : text);
  },
};
