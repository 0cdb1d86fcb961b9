import type { Cmdlet } from '../../engine/cmdlet.ts';
import { type Era, manifestOf } from '../../manifest/manifest.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { filter } from './name-filter.ts';
import { ModuleInfo } from './module-info.ts';

export const getModule: Cmdlet = {
  name: 'Get-Module',
  synopsis: 'Lists the modules of cmdlets; every module is loaded here.',
  examples: [
    { line: 'Get-Module Hyper-V', about: 'The module with the cmdlets for virtual machines.' },
  ],
  *process({ bound, shell }) {
    const wanted = filter(bound.texts('Name'));
    for (const module of modulesOf(shell.lab.era))
      if (wanted(module.name)) yield* shell.write(module);
  },
};

export const importModule: Cmdlet = {
  name: 'Import-Module',
  synopsis:
    'Loads a module. All modules of this lab are loaded already, so it only says whether one exists.',
  examples: [{ line: 'Import-Module Hyper-V', about: 'Does nothing, and says nothing.' }],
  *process({ bound, shell }) {
    const modules = modulesOf(shell.lab.era);
    for (const name of bound.texts('Name') ?? []) {
      const wanted = new Wildcard(name);
      const found = modules.filter(module => wanted.matches(module.name));
      if (bound.flag('PassThru')) for (const module of found) yield* shell.write(module);
      if (found.length === 0 && !Wildcard.isPattern(name))
        yield* shell.error(
          shell.fault({
            message: `The specified module '${name}' was not loaded because no valid module file was found in any module directory.`,
            id: 'Modules_ModuleNotFound',
            category: 'ResourceUnavailable',
            exception: 'System.IO.FileNotFoundException',
            target: name,
          }),
        );
    }
  },
};

const modulesOf = (era: Era): readonly ModuleInfo[] => {
  const commands = new Map<string, string[]>();
  for (const { module, name } of manifestOf(era).all())
    commands.set(module, [...(commands.get(module) ?? []), name]);
  return [...commands]
    .map(([name, exported]) => new ModuleInfo(name, exported))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
};
