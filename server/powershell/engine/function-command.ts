import type { Block } from '../syntax/tree.ts';
import type { Signature } from './binder-port.ts';

/** The text that the offsets of a tree belong to. */
export interface Source {
  readonly text: string;
  /** File name of a script, null at the prompt. */
  readonly file: string | null;
}

/** A function, filter or script block as something that can be called. */
export interface FunctionCommand {
  readonly name: string;
  readonly kind: 'function' | 'filter' | 'workflow' | 'block';
  readonly body: Block;
  /** Between the braces. */
  readonly text: string;
  readonly from: Source;
  readonly signature: Signature;
}
