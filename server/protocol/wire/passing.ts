import type { Answer } from './down.ts';

const PASSING: ReadonlySet<string> = new Set(['Busy', 'Unavailable']);

/**
 * A command that was not journaled because of how things stand just now: sending it again with its
 * own id may do it. Every other answer is the last word.
 */
export function isPassing({ seq, result }: Answer): boolean {
  return seq === null && !result.ok && PASSING.has(result.fault.kind);
}
