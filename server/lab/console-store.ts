import type { LabId, PersonId } from '../protocol/id.ts';

/** What a console was left with: all that outlives a server. */
export interface StoredConsole {
  readonly id: string;
  readonly host: string;
  readonly title: string;
  /** Characters it ever printed; `text` is the end of them. */
  readonly position: number;
  readonly text: string;
  /** The last lines entered, oldest first, and how many there ever were. */
  readonly lines: readonly string[];
  readonly entered: number;
}

export type ConsoleChange =
  | { readonly c: 'opened'; readonly id: string; readonly host: string; readonly title: string }
  | { readonly c: 'closed'; readonly id: string }
  | {
      readonly c: 'printed';
      readonly id: string;
      readonly start: number;
      readonly text: string;
    }
  | {
      readonly c: 'entered';
      readonly id: string;
      /** From 1, in the order of the console. */
      readonly n: number;
      readonly person: PersonId;
      readonly line: string;
    };

/** The consoles of labs in the database: implemented by store/. */
export interface ConsoleStore {
  read(lab: LabId): Promise<readonly StoredConsole[]>;
  /** In one transaction, in order, under the lab's lease; false when that is somebody else's. */
  write(lab: LabId, lease: number, changes: readonly ConsoleChange[]): Promise<boolean>;
}

/** Characters of a console that are kept. */
export const TEXT_KEPT = 256 * 1024;

/** Lines of a console's history that are kept. */
export const LINES_KEPT = 500;

/** Characters of those lines together. */
export const LINES_TEXT_KEPT = 256 * 1024;
