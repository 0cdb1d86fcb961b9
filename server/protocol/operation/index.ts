import type { z } from 'zod';
import type { Json } from '../../base/json.ts';
import { CLOCK_OPERATIONS } from './clock.ts';
import { DISK_OPERATIONS } from './disk.ts';
import { FILE_OPERATIONS } from './file.ts';
import { HOST_OPERATIONS } from './host.ts';
import { SNAPSHOT_OPERATIONS } from './snapshot.ts';
import { VM_OPERATIONS } from './vm.ts';

/** The whole vocabulary: buttons, shell, REST and exercises submit these and nothing else. */
export const OPERATIONS = {
  ...VM_OPERATIONS,
  ...HOST_OPERATIONS,
  ...SNAPSHOT_OPERATIONS,
  ...DISK_OPERATIONS,
  ...FILE_OPERATIONS,
  ...CLOCK_OPERATIONS,
} as const;

export type OperationName = keyof typeof OPERATIONS;

export type ArgsOf<N extends OperationName> = z.output<(typeof OPERATIONS)[N]['args']>;

/** What a caller gives: what has a default may be left out. */
export type InputOf<N extends OperationName> = z.input<(typeof OPERATIONS)[N]['args']>;

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}

/** What the lab itself submits, never a client: going to sleep and waking. */
export type SystemOperation = 'clock.sleep' | 'clock.wake';

/** A refusal as it is stored with its input and answered: the real error, in the real words. */
export interface Refusal {
  /** Closed set per component, e.g. `InvalidState`, `NotEnoughMemory`, `NotFound`. */
  readonly kind: string;
  /** The sentence a person reads, in the product's words. */
  readonly message: string;
  /** HRESULT or Msvm return code where the real product has one, e.g. 32775. */
  readonly code: number | null;
  /** The facts of the case. */
  readonly data: { readonly [key: string]: Json };
}

/** What an operation came to. Stored for the lab's life, so a repeat gets the same answer. */
export type OperationResult =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly fault: Refusal };
