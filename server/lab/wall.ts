/** Stops what `after` or `soon` would have done. */
export type Cancel = () => void;

/** The only way a lab knows the wall clock; a swarm gives one that it turns by hand. */
export interface Wall {
  /** Milliseconds that never run backwards. */
  now(): number;
  /** Unix milliseconds, for what people read. */
  unix(): number;
  after(milliseconds: number, run: () => void): Cancel;
  /** After everything that has arrived already, before any timer. */
  soon(run: () => void): void;
  /** A command id for what the lab itself submits. */
  newId(): string;
}
