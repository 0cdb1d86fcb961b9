import type { Cmdlet } from '../../engine/cmdlet.ts';
import { textOf } from '../../value/text.ts';

// Scripts on the drives of a lab run: nobody there has anything to fear of them.

const POLICY = 'RemoteSigned';

export const getExecutionPolicy: Cmdlet = {
  name: 'Get-ExecutionPolicy',
  synopsis: 'Says which scripts run: those of this host do.',
  examples: [{ line: 'Get-ExecutionPolicy', about: POLICY }],
  *process({ shell }) {
    yield* shell.write(POLICY);
  },
};

export const setExecutionPolicy: Cmdlet = {
  name: 'Set-ExecutionPolicy',
  synopsis: 'Takes a policy that lets scripts of this host run, which they do anyway.',
  examples: [{ line: 'Set-ExecutionPolicy RemoteSigned -Force', about: 'Changes nothing.' }],
  *process({ bound, shell }) {
    const policy = textOf(bound.value('ExecutionPolicy') ?? '');
    if (!/^(AllSigned|Restricted)$/i.test(policy)) return;
    yield* shell.error(
      shell.fault({
        message: `Set-ExecutionPolicy binds, but the policy ${policy} is not simulated in era 2012.`,
        id: 'NotSimulated',
        category: 'NotImplemented',
        target: policy,
      }),
    );
  },
};
