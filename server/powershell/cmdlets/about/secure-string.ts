import type { Cmdlet } from '../../engine/cmdlet.ts';
import { SecureString } from '../../value/credential.ts';

export const convertToSecureString: Cmdlet = {
  name: 'ConvertTo-SecureString',
  synopsis: 'Makes a text that is not shown of one that is.',
  examples: [
    { line: "ConvertTo-SecureString 'Pa$$w0rd' -AsPlainText -Force", about: 'For a credential.' },
  ],
  *process({ bound, shell }) {
    if (!bound.flag('AsPlainText'))
      return yield* shell.error(
        shell.fault({
          message:
            'ConvertTo-SecureString binds, but the encryption of texts is not simulated in era 2012.',
          id: 'NotSimulated',
          category: 'NotImplemented',
        }),
      );
    if (bound.flag('Force'))
      return yield* shell.write(new SecureString(bound.text('String') ?? ''));
    yield* shell.error(
      shell.fault({
        message:
          'The system cannot protect plain text input. To suppress this warning and convert the plain text to a SecureString, reissue the command specifying the Force parameter. For more information ,type: get-help ConvertTo-SecureString.',
        id: 'ImportSecureString_ForceRequired',
        category: 'InvalidArgument',
        exception: 'System.ArgumentException',
      }),
    );
  },
};
