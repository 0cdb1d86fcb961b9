import type { Json } from '../../base/json.ts';
import type { Id } from '../../protocol/id.ts';
import type { SimTime } from '../../protocol/time.ts';

/** What one component says to another through the agenda: plain data, stored and restored. */
export interface Message {
  readonly type: string;
  readonly [field: string]: Json;
}

/** One row of the agenda. `cause` is the number of the fact it follows from, 0 for none. */
export interface Entry {
  readonly due: SimTime;
  readonly seq: number;
  readonly to: Id;
  readonly message: Message;
  readonly cause: number;
}
