import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { manifestOf } from '../../manifest/manifest.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { AliasInfo } from './command-info.ts';
import { byName, filter } from './name-filter.ts';

export const getAlias: Cmdlet = {
  name: 'Get-Alias',
  synopsis: 'Lists the aliases of this session.',
  examples: [
    { line: 'Get-Alias g*', about: 'Aliases that begin with g.' },
    { line: 'Get-Alias -Definition Get-VM', about: 'The aliases of a cmdlet.' },
  ],
  *process(call) {
    const { bound, shell } = call;
    const excluded = filter(bound.texts('Exclude') ?? []);
    for (const wanted of bound.texts('Name') ?? bound.texts('Definition') ?? ['*']) {
      const matches = filter([wanted]);
      const found = [...shell.session.aliases()]
        .filter(({ name, command }) => matches(bound.has('Definition') ? command : name))
        .filter(({ name }) => !excluded(name))
        .toSorted(byName(({ name }) => name));
      for (const { name, command } of found)
        yield* shell.write(new AliasInfo(name, command, moduleOf(call, command)));
      if (found.length === 0 && !Wildcard.isPattern(wanted)) yield* missing(call, wanted);
    }
  },
};

const moduleOf = ({ shell }: Call, command: string): string => {
  const module = manifestOf(shell.lab.era).find(command)?.module ?? '';
  // Aliases of the engine itself belong to no module.
  return module.startsWith('Microsoft.PowerShell') ? '' : module;
};

function* missing({ bound, shell }: Call, wanted: string): Steps<void> {
  const by = bound.has('Definition') ? 'definition' : 'name';
  yield* shell.error(
    shell.fault({
      message: `This command cannot find a matching alias because an alias with the ${by} '${wanted}' does not exist.`,
      id: 'ItemNotFoundException',
      category: 'ObjectNotFound',
      exception: 'System.Management.Automation.ItemNotFoundException',
      target: wanted,
    }),
  );
}
