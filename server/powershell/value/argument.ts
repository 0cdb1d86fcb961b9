import { convert } from './convert.ts';
import { isNumber, plainNumber } from './number.ts';
import { isTrue, textOf } from './text.ts';
import type { Value } from './value.ts';

// Reading of a method's arguments, converted as .NET's overloads would have them.

export const textAt = (args: readonly Value[], index: number): string =>
  textOf(args[index] ?? null);

export const integerAt = (args: readonly Value[], index: number): number => {
  const made = convert(args[index] ?? null, 'System.Int32');
  return isNumber(made) ? plainNumber(made) : 0;
};

export const doubleAt = (args: readonly Value[], index: number): number => {
  const made = convert(args[index] ?? null, 'System.Double');
  return isNumber(made) ? plainNumber(made) : 0;
};

export const flagAt = (args: readonly Value[], index: number): boolean =>
  isTrue(args[index] ?? null);
