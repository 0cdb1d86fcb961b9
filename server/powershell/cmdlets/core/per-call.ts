import type { Call } from '../../engine/cmdlet.ts';

/** Something a cmdlet keeps from its begin to its end, made on first use. */
export function perCall<T>(make: (call: Call) => T): (call: Call) => T {
  const kept = new WeakMap<Call['state'], T>();
  return call => {
    const known = kept.get(call.state);
    if (known !== undefined) return known;
    const made = make(call);
    kept.set(call.state, made);
    return made;
  };
}
