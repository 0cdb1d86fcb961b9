import type { Cmdlet } from '../../engine/cmdlet.ts';
import { Credential, SecureString } from '../../value/credential.ts';

export const getCredential: Cmdlet = {
  name: 'Get-Credential',
  synopsis: 'Asks for a user and a password, and writes them as one object.',
  examples: [
    { line: '$c = Get-Credential LAB\\Administrator', about: 'Asks for the password only.' },
  ],
  *process({ bound, shell }) {
    const given = bound.value('Credential');
    if (given !== undefined) {
      yield* shell.write(given);
      return;
    }
    const message = bound.text('Message') ?? 'Enter your credentials.';
    shell.host(`\nWindows PowerShell credential request\n${message}`);
    const user = bound.text('UserName') ?? (yield* shell.ask('User: '));
    const password = yield* shell.ask(`Password for user ${user}: `, true);
    yield* shell.write(new Credential(user, new SecureString(password)));
  },
};
