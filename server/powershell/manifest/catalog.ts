import type { Cmdlet } from '../engine/cmdlet.ts';
import type { Catalog, CatalogEntry } from '../engine/host-port.ts';
import { refusalOf } from './capability.ts';
import { declareEnums } from './enum-rows.ts';
import { type Era, type ManifestCommand, manifestOf } from './manifest.ts';

/**
 * The commands of an era, with what runs them. Cmdlets of later eras are found too, though not listed:
 * they bind, and say that they are not simulated.
 */
export const catalogOf = (era: Era, cmdlets: readonly Cmdlet[]): Catalog => {
  declareEnums();
  const manifest = manifestOf(era);
  const byName = new Map(cmdlets.map(one => [one.name.toLowerCase(), one]));
  const entries = new Map<string, CatalogEntry>();
  const entry = (command: ManifestCommand): CatalogEntry => {
    const key = command.name.toLowerCase();
    const known = entries.get(key);
    if (known !== undefined) return known;
    const made = new Entry(command, byName.get(key) ?? null);
    entries.set(key, made);
    return made;
  };
  return {
    find(name) {
      const command = manifest.find(name) ?? manifestOf('newest').find(name);
      return command === undefined ? undefined : entry(command);
    },
    *all() {
      for (const command of manifest.all()) yield entry(command);
    },
    *aliases() {
      for (const command of manifest.all())
        for (const alias of command.aliases) yield { name: alias, command: command.name };
      yield* OWN_ALIASES;
    },
  };
};

/** Functions of the real console that are nothing but another name here. */
const OWN_ALIASES = [
  { name: 'help', command: 'Get-Help' },
  { name: 'man', command: 'Get-Help' },
  { name: 'mkdir', command: 'New-Item' },
  { name: 'md', command: 'New-Item' },
];

/** Signatures are read on first use. */
class Entry implements CatalogEntry {
  readonly module: string;
  readonly cmdlet: Cmdlet | null;
  readonly #command: ManifestCommand;

  constructor(command: ManifestCommand, cmdlet: Cmdlet | null) {
    this.module = command.module;
    this.cmdlet = cmdlet;
    this.#command = command;
  }

  get signature() {
    return this.#command.signature;
  }

  get refusal(): string {
    return refusalOf(this.module, this.#command.name);
  }
}

/** Cmdlets that no row describes: nothing could bind them. */
export const rowless = (cmdlets: readonly Cmdlet[]): readonly string[] =>
  cmdlets.map(({ name }) => name).filter(name => manifestOf('newest').find(name) === undefined);
