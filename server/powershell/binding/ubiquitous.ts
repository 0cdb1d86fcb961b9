import {
  type ActionPreference,
  ALL_SETS,
  type CommonParameters,
  type Parameter,
  type Place,
  type Rule,
  type Signature,
} from '../engine/binder-port.ts';
import { EnumValue } from '../value/enum.ts';
import type { Value } from '../value/value.ts';

const SWITCH = 'System.Management.Automation.SwitchParameter';
const ACTION = 'System.Management.Automation.ActionPreference';
const STRING = 'System.String';

const ANYWHERE: Place = {
  mandatory: false,
  position: null,
  byValue: false,
  byPropertyName: false,
  remaining: false,
};

const common = (
  name: string,
  alias: string,
  type: string,
  rules: readonly Rule[] = [],
): Parameter => ({
  name,
  aliases: [alias],
  type,
  sets: new Map([[ALL_SETS, ANYWHERE]]),
  rules,
});

/** Of Windows PowerShell 3, in the order in which Get-Help and about_CommonParameters list them. */
const COMMON: readonly Parameter[] = [
  common('Verbose', 'vb', SWITCH),
  common('Debug', 'db', SWITCH),
  common('ErrorAction', 'ea', ACTION),
  common('WarningAction', 'wa', ACTION),
  common('ErrorVariable', 'ev', STRING),
  common('WarningVariable', 'wv', STRING),
  common('OutVariable', 'ov', STRING),
  common('OutBuffer', 'ob', 'System.Int32', [{ rule: 'range', least: 0, most: 2147483647 }]),
];

const SHOULD_PROCESS: readonly Parameter[] = [
  common('WhatIf', 'wi', SWITCH),
  common('Confirm', 'cf', SWITCH),
];

/** The names of those, and of -WhatIf and -Confirm. */
export const COMMON_NAMES: readonly string[] = [...COMMON, ...SHOULD_PROCESS].map(
  ({ name }) => name,
);

/** What every advanced command has beside its own parameters. */
export const commonParameters = (signature: Signature): readonly Parameter[] => {
  if (!signature.advanced) return [];
  return signature.shouldProcess ? [...COMMON, ...SHOULD_PROCESS] : COMMON;
};

const ACTIONS: readonly ActionPreference[] = [
  'SilentlyContinue',
  'Stop',
  'Continue',
  'Inquire',
  'Ignore',
];

export const readCommon = (values: ReadonlyMap<string, Value>): CommonParameters => {
  const flag = (name: string) => {
    const value = values.get(name);
    return typeof value === 'boolean' ? value : undefined;
  };
  const text = (name: string) => {
    const value = values.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const action = (name: string) => {
    const value = values.get(name);
    return value instanceof EnumValue ? ACTIONS.find(one => one === value.text()) : undefined;
  };
  const buffer = values.get('OutBuffer');
  return defined({
    verbose: flag('Verbose'),
    debug: flag('Debug'),
    errorAction: action('ErrorAction'),
    warningAction: action('WarningAction'),
    errorVariable: text('ErrorVariable'),
    warningVariable: text('WarningVariable'),
    outVariable: text('OutVariable'),
    outBuffer: typeof buffer === 'number' ? buffer : undefined,
    whatIf: flag('WhatIf'),
    confirm: flag('Confirm'),
  });
};

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const defined = <T extends object>(all: T): Defined<T> => {
  const kept: Defined<T> = {};
  for (const [key, value] of Object.entries(all) as [keyof T, T[keyof T]][])
    if (value !== undefined) kept[key] = value as Exclude<T[keyof T], undefined>;
  return kept;
};
