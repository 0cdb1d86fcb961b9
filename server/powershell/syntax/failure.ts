import type { SyntaxError } from './tree.ts';

/** Thrown through the parser at the first error, and caught where the parser was called. */
export class Failure extends Error {
  readonly error: SyntaxError;
  /** The text only ends too early: a console asks for more. */
  readonly incomplete: boolean;

  constructor(error: SyntaxError, incomplete: boolean) {
    super(error.message);
    this.error = error;
    this.incomplete = incomplete;
  }
}
