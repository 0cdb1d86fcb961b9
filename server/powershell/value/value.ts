import type { Hashtable } from './hashtable.ts';
import type { Typed } from './typed.ts';
import type { PSObject } from './ps-object.ts';

/**
 * A value of PowerShell.
 * - `null` is $null; strings are System.String; booleans System.Boolean.
 * - A plain `number` is System.Int32 when it is an integer within 32 bits, System.Int64 when it is a
 *   safe integer beyond, System.Double otherwise. Whatever has another type than that (a double 2.0, a
 *   byte, an Int64 of 5, a decimal, a number beyond 2^53) is a {@link Typed}.
 * - An array is System.Object[] (PowerShell's `@()` and what a pipeline of several objects becomes).
 * - A {@link Hashtable} is @{} or [ordered]@{}.
 * - Everything else is a {@link PSObject}: dates, time spans, enums, script blocks, types, custom
 *   objects, the objects of cmdlets.
 * Nothing of the host language is ever a value: no function, no prototype, no class of ours.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | Typed
  | readonly Value[]
  | Hashtable
  | PSObject;
