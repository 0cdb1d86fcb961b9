import type { Records } from './records.ts';
import type { Ran } from './watched-shell.ts';

export interface Expected {
  readonly what: string;
  readonly wanted: unknown;
  readonly is: unknown;
}

export interface Look {
  readonly ran: Ran;
  readonly before: Records;
  readonly after: Records;
}

export type Effect = (look: Look) => readonly Expected[];
