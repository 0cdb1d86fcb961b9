import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { type Era, manifestOf } from '../../manifest/manifest.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { refuses } from '../hyper-v/refuses.ts';
import { ModuleInfo } from './module-info.ts';
import { filter } from './name-filter.ts';

/** What a session begins with: the others are loaded by whoever uses a cmdlet of theirs. */
const FIRST = ['Microsoft.PowerShell.Management', 'Microsoft.PowerShell.Utility'];

/** A snap-in, which no list of modules has. */
const SNAP_IN = 'Microsoft.PowerShell.Core';

/** What a session imported by name; its history stands for the session. */
const imported = new WeakMap<object, Set<string>>();

/** Lines that are looked over for cmdlets that loaded their module. */
const LOOKED_OVER = 500;

export const getModule: Cmdlet = {
  name: 'Get-Module',
  synopsis: 'Lists the modules that this session has loaded, or those that there are.',
  examples: [
    { line: 'Get-Module', about: 'Those of which something was used or imported.' },
    { line: 'Get-Module -ListAvailable Hyper-V', about: 'Whether there is one.' },
  ],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['Name', 'All', 'ListAvailable', 'Refresh'])) return;
    const wanted = filter(bound.texts('Name'));
    const loaded = bound.flag('ListAvailable') ? null : loadedBy(call);
    for (const module of modulesOf(shell.lab.era))
      if (wanted(module.name) && (loaded?.has(module.name) ?? true)) yield* shell.write(module);
  },
};

/** Modules of the cmdlets in the session's lines, and what was imported. */
const loadedBy = ({ shell }: Call): ReadonlySet<string> => {
  const { session } = shell;
  const loaded = new Set([...FIRST, ...(imported.get(session.history) ?? [])]);
  const manifest = manifestOf(shell.lab.era);
  for (const { line } of session.history.slice(-LOOKED_OVER))
    for (const word of line.slice(0, 10_000).split(/[^\w-]+/)) {
      const command = manifest.find(session.alias(word) ?? word);
      if (command !== undefined && command.module !== SNAP_IN) loaded.add(command.module);
    }
  return loaded;
};

export const importModule: Cmdlet = {
  name: 'Import-Module',
  synopsis: 'Loads a module; using one of its cmdlets does so, too.',
  examples: [{ line: 'Import-Module Hyper-V', about: 'Says nothing.' }],
  *process({ bound, shell }) {
    const modules = modulesOf(shell.lab.era);
    for (const name of bound.texts('Name') ?? []) {
      const wanted = new Wildcard(name);
      const found = modules.filter(module => wanted.matches(module.name));
      const { history } = shell.session;
      imported.set(
        history,
        new Set([...(imported.get(history) ?? []), ...found.map(module => module.name)]),
      );
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

export const removeModule: Cmdlet = {
  name: 'Remove-Module',
  synopsis: 'Forgets that a module was imported; its cmdlets load it again when they are used.',
  examples: [{ line: 'Remove-Module Hyper-V', about: 'Says nothing.' }],
  *process({ bound, shell }): Steps<void> {
    const kept = imported.get(shell.session.history);
    for (const name of bound.texts('Name') ?? []) {
      const pattern = new Wildcard(name);
      for (const one of kept ?? []) if (pattern.matches(one)) kept?.delete(one);
    }
  },
};

const modulesOf = (era: Era): readonly ModuleInfo[] => {
  const commands = new Map<string, string[]>();
  for (const { module, name } of manifestOf(era).all()) {
    const known = commands.get(module);
    if (known === undefined) commands.set(module, [name]);
    else known.push(name);
  }
  commands.delete(SNAP_IN);
  return [...commands]
    .map(([name, exported]) => new ModuleInfo(name, exported))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
};
