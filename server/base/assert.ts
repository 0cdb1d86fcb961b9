/** A bug, never a refusal: on in production, caught once at the edge of a lab. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** What must be there: the value, or a bug with the reason why the caller was sure. */
export function must<T>(value: T | null | undefined, because: string): T {
  if (value === null || value === undefined) throw new AssertionError(because);
  return value;
}

export function unreachable(value: never): never {
  throw new AssertionError(`unreachable: ${JSON.stringify(value)}`);
}
