import type { Json } from '../../base/json.ts';
import type { Refusal } from '../../protocol/operation/index.ts';

export interface NetworkFault extends Refusal {
  readonly kind: 'SwitchNotFound' | 'MacPoolExhausted';
}

/** ERROR_INVALID_ADDRESS, which is how Windows says that all dynamic addresses are taken. */
export function macPoolExhausted(data: { readonly [key: string]: Json }): NetworkFault {
  return {
    kind: 'MacPoolExhausted',
    message: 'Attempt to access invalid address. (0x800701E7)',
    code: 0x8007_01e7,
    data,
  };
}

/** ERROR_NOT_FOUND, for a switch that was deleted under its adapters. */
export function switchNotFound(data: { readonly [key: string]: Json }): NetworkFault {
  return {
    kind: 'SwitchNotFound',
    message: 'Element not found. (0x80070490)',
    code: 0x8007_0490,
    data,
  };
}
