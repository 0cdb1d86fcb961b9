import { PSObject } from '../value/ps-object.ts';
import type { Value } from '../value/value.ts';
import type { Context } from './context.ts';
import type { Steps } from './steps.ts';

/** An object some of whose methods must wait: $PSCmdlet asks, $Host.UI reads. */
export abstract class Live extends PSObject {
  /** Null for a method that is not one of these. */
  abstract run(name: string, args: readonly Value[], cx: Context): Steps<Value | undefined> | null;
}
