import type { Registers } from '../../protocol/record/hypervisor.ts';
import { maskText, parseMask } from './privilege.ts';

// Registers and properties as records keep them: by number in eight hexadecimal digits, values in 16.

export function numberText(number: number): string {
  return number.toString(16).padStart(8, '0');
}

/** A value that is kept, or what stands there before anybody wrote it. */
export function valueIn(kept: Registers, number: number, first = 0n): bigint {
  const text = kept[numberText(number)];
  return text === undefined ? first : parseMask(text);
}

export function withValue(kept: Registers, number: number, value: bigint): Registers {
  return { ...kept, [numberText(number)]: maskText(value) };
}
