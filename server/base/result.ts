/** A refusal is a value: the model says no, with the facts of the case. */
export type Result<T, F> = Ok<T> | Fail<F>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Fail<F> {
  readonly ok: false;
  readonly fault: F;
}

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function fail<F>(fault: F): Fail<F> {
  return { ok: false, fault };
}
