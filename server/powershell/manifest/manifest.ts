import { ALL_SETS, type Impact, type Parameter, type Signature } from '../engine/binder-port.ts';
import { declareEnums, declareValues } from './enum-rows.ts';
import { implementedBy } from './implemented-by.ts';
import { parameterOf, sinceOf } from './parameter-line.ts';
import { type CommandRow, MODULES, type SignatureRow } from './row.ts';

/** `2012` is Windows Server 2012 with Windows PowerShell 3; `newest` is everything the data knows. */
export type Era = '2012' | 'newest';

/** A cmdlet that exists in an era. */
export interface ManifestCommand {
  readonly name: string;
  readonly module: string;
  readonly aliases: readonly string[];
  /** Object types it writes; ` passthru` behind those that only -PassThru writes. */
  readonly output: readonly string[];
  /** In their order, for syntax lines. */
  readonly sets: readonly string[];
  /** Read on first use. */
  readonly signature: Signature;
}

/** Which cmdlets and parameters there are. Names are compared without case. */
export class Manifest {
  readonly #commands = new Map<string, ManifestCommand>();
  readonly #aliases = new Map<string, ManifestCommand>();

  constructor(era: Era) {
    for (const [module, rows] of MODULES)
      for (const [name, row] of Object.entries(rows)) {
        if (era === '2012' && !exists2012(row)) continue;
        const command = new Command(era, module, name, row);
        this.#commands.set(name.toLowerCase(), command);
        for (const alias of command.aliases) this.#aliases.set(alias.toLowerCase(), command);
      }
  }

  find(name: string): ManifestCommand | undefined {
    return this.#commands.get(name.toLowerCase());
  }

  findAlias(name: string): ManifestCommand | undefined {
    return this.#aliases.get(name.toLowerCase());
  }

  all(): Iterable<ManifestCommand> {
    return this.#commands.values();
  }
}

const made = new Map<Era, Manifest>();

export const manifestOf = (era: Era): Manifest => {
  const known = made.get(era);
  if (known !== undefined) return known;
  const manifest = new Manifest(era);
  made.set(era, manifest);
  return manifest;
};

const IMPACTS: readonly Impact[] = ['None', 'Low', 'Medium', 'High'];

class Command implements ManifestCommand {
  readonly name: string;
  readonly module: string;
  readonly aliases: readonly string[];
  readonly output: readonly string[];
  readonly sets: readonly string[];
  readonly #row: CommandRow;
  readonly #form: SignatureRow;
  readonly #era: Era;
  #signature: Signature | undefined;

  constructor(era: Era, module: string, name: string, row: CommandRow) {
    this.name = name;
    this.module = module;
    this.aliases = (row.aliases ?? []).filter(alias => era !== '2012' || !isLater(alias));
    this.output = row.output ?? [];
    this.#row = row;
    this.#era = era;
    this.#form = era === '2012' ? { ...row, ...row['2012'] } : row;
    this.sets = this.#form.sets.filter((_, index) => !this.#isLater(index));
  }

  get signature(): Signature {
    this.#signature ??= this.#read();
    return this.#signature;
  }

  #read(): Signature {
    const { name, module } = this;
    const lines = this.#form.parameters ?? [];
    const all = lines.map(line => ({ parameter: parameterOf(line, this.#form.sets), line }));
    const parameters = all
      .filter(({ line }) => this.#has(line))
      .map(({ parameter }) => inSets(parameter, this.sets));
    declareEnums();
    for (const parameter of parameters) declareValues(parameter);
    return {
      name,
      implementedBy: implementedBy(module, name),
      kind: 'cmdlet',
      advanced: this.#row.open !== true,
      shouldProcess: this.#row.impact !== undefined,
      impact: IMPACTS.find(one => one === this.#row.impact) ?? 'None',
      defaultSet: this.#form.default ?? null,
      parameters,
      later: laterThan(parameters, this.#row),
    };
  }

  /** A set whose mandatory parameter came later did too: its line says `3:!` and `since`. */
  #isLater(index: number): boolean {
    return (this.#form.parameters ?? []).some(
      line =>
        !this.#has(line) &&
        line
          .split(';')[3]
          ?.split(' ')
          .some(one => one.startsWith(`${index}:!`)),
    );
  }

  #has(line: string): boolean {
    return this.#era !== '2012' || sinceOf(line) === undefined;
  }
}

/** The parameter without its places in sets that do not exist in the era. */
const inSets = (parameter: Parameter, sets: readonly string[]): Parameter => {
  const kept = [...parameter.sets].filter(([set]) => set === ALL_SETS || sets.includes(set));
  return kept.length === parameter.sets.size ? parameter : { ...parameter, sets: new Map(kept) };
};

/** Names that the newest form of the cmdlet has beside these. */
const laterThan = (
  known: readonly Parameter[],
  { parameters = [] }: CommandRow,
): readonly string[] => {
  const names = new Set(known.flatMap(one => [one.name, ...one.aliases]));
  return parameters
    .flatMap(line => line.split(';', 1)[0]?.split(',') ?? [])
    .filter(name => !names.has(name));
};

/** Snapshots are called checkpoints since Server 2012 R2. */
const isLater = (alias: string): boolean => alias.includes('Checkpoint');

const exists2012 = ({ since }: CommandRow): boolean => since === undefined || since === '2012';
