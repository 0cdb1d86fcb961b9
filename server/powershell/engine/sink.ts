import { itemsOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import { BREATH, type Meter } from './meter.ts';
import type { Steps } from './steps.ts';

/** Where objects go. Null: it is done already, nothing to wait for. */
export interface Sink {
  put(value: Value): Steps<void> | null;
}

/** Elements between two looks at how many there are. */
const GROWN = 1024;

/** Keeps what comes. */
export class Collector implements Sink {
  readonly values: Value[];
  readonly #meter: Meter;

  constructor(meter: Meter, values: Value[] = []) {
    this.#meter = meter;
    this.values = values;
  }

  put(value: Value): null {
    this.values.push(value);
    if (this.values.length % GROWN === 0) this.#meter.elements(this.values.length, GROWN);
    return null;
  }

  /** Nothing is $null, one object is itself, several are an array. */
  result(): Value {
    return this.values.length === 1
      ? (this.values[0] ?? null)
      : this.values.length === 0
        ? null
        : this.values;
  }
}

export const NOWHERE: Sink = { put: () => null };

/** Writes a value as a pipeline does: collections one by one. */
export function* emit(value: Value, out: Sink, meter: Meter): Steps<void> {
  const items = itemsOf(value);
  if (items === null) {
    const waiting = out.put(value);
    if (waiting !== null) yield* waiting;
    return;
  }
  // By index: the stage behind may change the collection.
  for (let i = 0; i < items.length; i += 1) {
    if (meter.tick()) yield BREATH;
    const waiting = out.put(items[i] ?? null);
    if (waiting !== null) yield* waiting;
  }
}
