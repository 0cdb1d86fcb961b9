import type { Parsed } from '../syntax/tree.ts';
import type { Value } from '../value/value.ts';
import type { Bind, Signature } from './binder-port.ts';
import type { Cmdlet, HostLook, Progress } from './cmdlet.ts';
import type { ShellLab } from './lab.ts';
import type { Steps } from './steps.ts';

// What a session needs of the world around the language. Whoever opens a session hands these in.

/** The screen behind a session: text with colours, in order. Nothing here waits. */
export interface Screen {
  /** Characters in a line, e.g. 120. */
  readonly width: number;
  /** Text as it stands; lines end with \n. `look.newline` is not looked at: it is in the text. */
  print(text: string, look?: HostLook): void;
  progress(progress: Progress): void;
  clear(): void;
}

/** Turns objects that reach the end of a line into text, as Out-Default does. */
export interface Formatter {
  /** One per line of input: objects of one shape share a table. */
  open(screen: Screen): Formatting;
}

export interface Formatting {
  put(value: Value): Steps<void>;
  /** After the last object: closes the table, ends with its blank lines. Also after an error. */
  end(): Steps<void>;
}

/** A command that exists in this era. */
export interface CatalogEntry {
  readonly signature: Signature;
  readonly module: string;
  /** Null for one that is known but not simulated. */
  readonly cmdlet: Cmdlet | null;
  /** What is said instead of running when `cmdlet` is null, or may be for single parameters. */
  readonly refusal: string;
}

/** All cmdlets of the era, from the manifest. Names are compared without case. */
export interface Catalog {
  find(name: string): CatalogEntry | undefined;
  all(): Iterable<CatalogEntry>;
  /** Built-in aliases: `gvm`, `?`, `select`. The session's own begin as a copy of them. */
  aliases(): Iterable<{ readonly name: string; readonly command: string }>;
}

export interface SessionSetup {
  readonly lab: ShellLab;
  /** Record id of the host the session runs on. */
  readonly computer: string;
  /** `HV01`: $env:COMPUTERNAME, [Environment]::MachineName. */
  readonly computerName: string;
  readonly domain: string;
  readonly user: string;
  /** Where dice of the session begin: the same seed and lines give the same guids. */
  readonly seed: number;
  readonly screen: Screen;
  readonly formatter: Formatter;
  readonly catalog: Catalog;
  readonly bind: Bind;
  readonly parse: (text: string) => Parsed;
}
