import type { Cmdlet } from '../../engine/cmdlet.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { textOf } from '../../value/text.ts';

export const readHost: Cmdlet = {
  name: 'Read-Host',
  synopsis: 'Asks whoever has the keyboard for a line.',
  examples: [{ line: "$name = Read-Host 'Name of the machine'", about: 'The answer is a text.' }],
  *process({ bound, shell }) {
    const prompt = bound.value('Prompt');
    const isSecret = bound.flag('AsSecureString');
    const text = yield* shell.ask(prompt === undefined ? '' : `${textOf(prompt)}: `, isSecret);
    // What is secret is not kept: nothing here could use it.
    yield* shell.write(isSecret ? new CustomObject('System.Security.SecureString') : text);
  },
};
