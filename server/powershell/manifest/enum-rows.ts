import type { Parameter } from '../engine/binder-port.ts';
import { declareEnum, type EnumType } from '../value/enum.ts';
import enums from './facts/enums.json' with { type: 'json' };

const ROWS: Readonly<Record<string, string>> = enums;

let declared = false;

/** Makes the enums of the modules known, so that arguments, casts and literals find them. Once. */
export const declareEnums = (): void => {
  if (declared) return;
  declared = true;
  for (const [name, members] of Object.entries(ROWS)) declareRow(name, members);
};

/** Members are `A=0,B=1`; where numbers are not known, they count from 0. */
const declareRow = (name: string, members: string): EnumType =>
  declareEnum(
    name,
    members.split(',').map((one, index) => {
      const [member = '', number] = one.split('=');
      return [member, number === undefined ? index : Number(number)];
    }),
  );

/** Types of built-in cmdlets whose names only their parameters tell. */
export const declareValues = ({ type, values }: Parameter): void => {
  const element = type.replace('[]', '');
  if (values === undefined || PLAIN.test(element)) return;
  declareEnum(
    element,
    values.map((name, number) => [name, number]),
  );
};

const PLAIN = /^System\.(\w+|Management\.Automation\.SwitchParameter|Nullable.*)$/;
