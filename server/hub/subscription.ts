import type { Audience } from '../protocol/field.ts';
import type { Position } from '../protocol/wire/position.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import type { Outbox } from './outbox.ts';

/** Whose subscriptions these are: one connection in a lab. */
export interface Subscriber {
  readonly id: number;
  readonly audience: Audience;
  readonly outbox: Outbox;
  readonly subscriptions: Map<Scope, Subscription>;
}

/**
 * One scope of one connection. *idle*: it has to ask the lab (again), from `from`; *asked*: the lab
 * has been asked and will begin; *live*: it gets what everybody gets.
 */
export interface Subscription {
  readonly subscriber: Subscriber;
  readonly scope: Scope;
  readonly gauges: boolean;
  readonly trace: boolean;
  phase: 'idle' | 'asked' | 'live';
  /** It was live before and could not keep up. */
  behind: boolean;
  /** Its name at the lab while asked or live; a new one each time, so that what is late is nobody's. */
  watcher: number;
  /** What the client has already, for asking. */
  from: Position | null;
  /** The turn its last picture or resume was of. */
  begunAt: number;
}
