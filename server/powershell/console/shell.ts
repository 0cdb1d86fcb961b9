import type { Screen } from '../engine/host-port.ts';
import type { ShellLab } from '../engine/lab.ts';
import type { Steps } from '../engine/steps.ts';

/** A PowerShell session, whatever it is put together from. */
export interface Shell {
  /** Behind which a line is typed: `PS C:\Users\Administrator> `. */
  prompt(): string;
  /** Whether `exit` was entered: it takes no more lines. */
  readonly isLeft: boolean;
  /** Runs an entry to its end; errors are printed, never thrown. */
  run(text: string): Steps<void>;
  complete(text: string, cursor: number): Completion;
}

export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly matches: readonly {
    readonly text: string;
    readonly list: string;
    readonly tip: string;
  }[];
}

export interface ShellSetup {
  readonly lab: ShellLab;
  /** Record id of the host it runs on. */
  readonly computer: string;
  readonly screen: Screen;
  /** Where the session's dice begin. */
  readonly seed: number;
  /** Lines entered before, by whomever, oldest first. */
  readonly lines: readonly string[];
}

export type OpenShell = (setup: ShellSetup) => Shell;
