import builtIn from './facts/built-in.json' with { type: 'json' };
import failoverClusters from './facts/failover-clusters.json' with { type: 'json' };
import hyperV from './facts/hyper-v.json' with { type: 'json' };
import nameOnly from './facts/name-only.json' with { type: 'json' };
import other from './facts/other.json' with { type: 'json' };

/** A cmdlet as facts/ has it; facts/README.md says how to read it. */
export interface CommandRow extends SignatureRow {
  readonly aliases?: readonly string[];
  /** Pages of which Windows Server know it first and last; of Windows PowerShell for built-in ones. */
  readonly since?: string;
  readonly until?: string;
  /** Absent: no -WhatIf and no -Confirm. */
  readonly impact?: string;
  readonly output?: readonly string[];
  readonly '2012'?: Partial<SignatureRow>;
  /** Nothing but its name is known: it takes anything. */
  readonly open?: true;
}

export interface SignatureRow {
  readonly sets: readonly string[];
  readonly default?: string;
  readonly parameters?: readonly string[];
}

type Rows = Readonly<Record<string, CommandRow>>;

const BUILT_IN: Readonly<Record<string, Rows>> = builtIn;
const OTHER: Readonly<Record<string, Rows>> = other;
const OPEN: CommandRow = { sets: [], open: true };
const NAME_ONLY = Object.entries(nameOnly).map(([module, names]): readonly [string, Rows] => [
  module,
  Object.fromEntries(names.split(' ').map(name => [name, OPEN])),
]);

/** Every module with its cmdlets, in the order they are listed. */
export const MODULES: readonly (readonly [module: string, rows: Rows])[] = [
  ['Hyper-V', hyperV],
  ['FailoverClusters', failoverClusters],
  ...Object.entries(BUILT_IN),
  ...Object.entries(OTHER),
  ...NAME_ONLY,
];
