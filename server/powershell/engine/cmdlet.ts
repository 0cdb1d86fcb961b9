import type { Json } from '../../base/json.ts';
import type { OperationResult } from '../../protocol/operation/index.ts';
import type { SimTime } from '../../protocol/time.ts';
import type { Hashtable } from '../value/hashtable.ts';
import type { Value } from '../value/value.ts';
import type { BackgroundJob } from './background-job.ts';
import type { ScriptBlock } from '../value/script-block.ts';
import type { RemoteSession } from './remote-session.ts';
import type { JobOrder, Jobs } from './jobs.ts';
import type { ErrorCategory, ErrorRecord } from './error-record.ts';
import type { ShellLab } from './lab.ts';
import type { Steps } from './steps.ts';

/**
 * One cmdlet: a declaration and one to three functions. Parameters, sets, positions, aliases, pipeline
 * binding, -WhatIf, help and completion come from the manifest row of the same name (manifest/); a
 * cmdlet without a row there declares it itself. Generic tests run over all definitions.
 */
export interface Cmdlet {
  readonly name: string;
  /** Our own sentence for Get-Help; ends with a full stop. */
  readonly synopsis: string;
  /** Our own examples for Get-Help, a line each. */
  readonly examples: readonly { readonly line: string; readonly about: string }[];
  /** Before the first object of the pipeline. */
  readonly begin?: (call: Call) => Steps<void>;
  /** For every object of the pipeline, or once when there is no pipeline. */
  readonly process?: (call: Call) => Steps<void>;
  /** After the last object. */
  readonly end?: (call: Call) => Steps<void>;
}

/** What a running cmdlet is given. */
export interface Call {
  /** Bound parameters by their full name; what is not bound is not there. Typed by the binder. */
  readonly bound: Bound;
  /** Name of the parameter set that was chosen. */
  readonly set: string;
  /** The command as written: `Start-VM`, `savm`. */
  readonly invokedAs: string;
  /** A place of the cmdlet's own from begin over process to end. */
  readonly state: Map<string, Value>;
  readonly shell: Shell;
}

/** Typed reading of bound parameters; a wrong type here is a bug of the manifest, and throws. */
export interface Bound {
  has(name: string): boolean;
  value(name: string): Value | undefined;
  /** False when not bound. */
  flag(name: string): boolean;
  names(): Iterable<string>;
  text(name: string): string | undefined;
  texts(name: string): readonly string[] | undefined;
  number(name: string): number | undefined;
  values(name: string): readonly Value[] | undefined;
  table(name: string): Hashtable | undefined;
}

/** Streams beside the output, by PowerShell's numbers 3 to 5 and the host. */
export type SideStream = 'warning' | 'verbose' | 'debug';

/** What a cmdlet may do: write, read the lab, submit operations, wait in lab time. Nothing else. */
export interface Shell {
  readonly lab: ShellLab;
  /** The host this command runs on: where the session is, or -ComputerName. Its record's id. */
  readonly computer: string;
  /** The same computer's name, and whether it was reached from another one: then there is no second hop. */
  readonly place: Computer;
  /** Hands an object to the next stage, which works on it at once; may stop the pipeline. */
  write(value: Value): Steps<void>;
  /** A non-terminating error, by -ErrorAction. */
  error(error: ErrorRecord): Steps<void>;
  /** Made with the command's name, place and activity filled in. */
  fault(fault: Fault): ErrorRecord;
  say(stream: SideStream, text: string): Steps<void>;
  /** Write-Host: straight to the screen. Colours are ConsoleColor names. */
  host(text: string, look?: HostLook): void;
  /** Characters of a line of the screen. */
  readonly width: number;
  progress(progress: Progress): void;
  /** An empty screen: Clear-Host. */
  clear(): void;
  /** Asks -Confirm / -WhatIf; true when the action is to be done. */
  should(target: string, action: string): Steps<boolean>;
  ask(prompt: string, secret?: boolean): Steps<string>;
  /** Submits an operation and waits until it is durable. A refusal is a value. */
  submit(op: string, args: Json): Steps<OperationResult>;
  /**
   * Submits, then waits in lab time until the job it began has ended, with its progress on the screen.
   * A refusal or a failed job is written as the cmdlet's error; says whether it went well.
   */
  finish(op: string, args: Json, target: Value): Steps<boolean>;
  /** Waits for lab time or a condition; false when the deadline passed first. */
  until(condition: (lab: ShellLab) => boolean, deadline?: SimTime): Steps<boolean>;
  /** Runs a script block with $_ and arguments; its output in order. */
  call(block: Value, input: BlockInput): Steps<Value[]>;
  /** Runs a script block and writes its output as it comes: ForEach-Object. */
  pass(block: Value, input: BlockInput): Steps<void>;
  /** Whether a script block's output is true: Where-Object. */
  test(block: Value, input: BlockInput): Steps<boolean>;
  /** Ends the stages before this one, and this one's `process`; its `end` runs. Select-Object -First. */
  stopUpstream(): never;
  /** A script block of a text: Invoke-Expression. Throws what the parser says. */
  block(text: string): Value;
  /** A new object of a type by any of its names: New-Object. */
  make(type: string, args: readonly Value[]): Value;
  /** Variables, functions, aliases, history: for the cmdlets that are about the session itself. */
  readonly session: SessionState;
}

/** A host of the lab as the place where commands run. */
export interface Computer {
  /** Its record's id. */
  readonly id: string;
  readonly name: string;
  /** Reached by remoting. */
  readonly remote: boolean;
}

export interface BlockInput {
  readonly dollar?: Value;
  readonly args?: readonly Value[];
  /** $input. */
  readonly input?: readonly Value[];
  /** Runs there, in a runspace of its own that sees the caller's variables by $using: only. */
  readonly computer?: Computer;
  /** Runs in that session, and what it leaves stays there. */
  readonly remote?: RemoteSession;
  /** Its errors are nobody's: calculated properties. */
  readonly quiet?: boolean;
  /** `caller`: no scope of its own, its variables stay: ForEach-Object, Where-Object. Default `own`. */
  readonly scope?: 'own' | 'caller';
}

export interface Fault {
  readonly message: string;
  /** Before the comma of FullyQualifiedErrorId. */
  readonly id: string;
  readonly category: ErrorCategory;
  readonly exception?: string;
  readonly target?: Value;
}

export interface HostLook {
  readonly foreground?: string;
  readonly background?: string;
  readonly newline?: boolean;
}

export interface Progress {
  readonly id: number;
  readonly activity: string;
  readonly status: string;
  /** -1 when unknown. */
  readonly percent: number;
  readonly done: boolean;
}

/** What the session keeps between lines; the engine implements it. */
export interface SessionState {
  variable(name: string): Value | undefined;
  setVariable(name: string, value: Value): void;
  removeVariable(name: string): boolean;
  variables(): Iterable<{ readonly name: string; readonly value: Value }>;
  alias(name: string): string | undefined;
  setAlias(name: string, command: string): void;
  aliases(): Iterable<{ readonly name: string; readonly command: string }>;
  functions(): Iterable<{ readonly name: string; readonly text: string }>;
  cmdlet(name: string): Cmdlet | undefined;
  cmdlets(): Iterable<Cmdlet>;
  removeAlias(name: string): boolean;
  /** Enter-PSSession: the following lines run there. Null comes back: Exit-PSSession. */
  enter(place: Computer | RemoteSession | null): void;
  readonly jobs: Jobs;
  readonly sessions: RemoteSession[];
  /** New-PSSession; null when there are too many. */
  openSession(computer: Computer, name?: string): RemoteSession | null;
  /** Runs a block beside the lines to come; null when there are too many jobs. */
  startJob(order: JobOrder, block: ScriptBlock, input: BlockInput): BackgroundJob | null;
  readonly errors: ErrorRecord[];
  /** The current location, `C:\\Users\\Administrator`: of the prompt, $PWD. */
  location: string;
  readonly history: readonly { readonly id: number; readonly line: string }[];
}
