import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { AliasInfo } from './command-info.ts';

export const setAlias: Cmdlet = {
  name: 'Set-Alias',
  synopsis: 'Gives a command another name in this session, or changes an alias.',
  examples: [{ line: 'Set-Alias vms Get-VM', about: 'From now on vms lists virtual machines.' }],
  *process(call) {
    yield* define(call);
  },
};

export const newAlias: Cmdlet = {
  name: 'New-Alias',
  synopsis: 'Gives a command another name in this session.',
  examples: [{ line: 'New-Alias vms Get-VM', about: 'From now on vms lists virtual machines.' }],
  *process(call) {
    const { bound, shell } = call;
    const name = bound.text('Name') ?? '';
    if (shell.session.alias(name) === undefined || bound.flag('Force')) yield* define(call);
    else
      yield* shell.error(
        shell.fault({
          message: `The alias is not allowed, because an alias with the name '${name}' already exists.`,
          id: 'AliasAlreadyExists',
          category: 'ResourceExists',
          exception: 'System.Management.Automation.SessionStateException',
          target: name,
        }),
      );
  },
};

function* define({ bound, shell, invokedAs }: Call): Steps<void> {
  const name = bound.text('Name') ?? '';
  const value = bound.text('Value') ?? '';
  // Recalled: the target that the provider names.
  if (!(yield* shell.should(`Name: ${name} Value: ${value}`, invokedAs))) return;
  shell.session.setAlias(name, value);
  if (bound.flag('PassThru')) yield* shell.write(new AliasInfo(name, value, ''));
}
