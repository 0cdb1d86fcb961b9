import type { Extent } from '../syntax/extent.ts';
import type { Value } from '../value/value.ts';
import type { ErrorRecord } from './error-record.ts';
import type { Steps } from './steps.ts';

// Between the evaluator and the parameter binder: the evaluator hands over a signature and evaluated
// arguments, and gets a binding that the pipeline's objects are then given to one by one.

/** What a command can be given: from the manifest, or from a function's param block. */
export interface Signature {
  /** In its own case, e.g. `Start-VM`, or the function's name. */
  readonly name: string;
  /** Behind the comma of error ids: `Microsoft.HyperV.PowerShell.Commands.StartVMCommand`, a function's name. */
  readonly implementedBy: string;
  /** Which prompts begin with: "cmdlet New-VHD at command pipeline position 1". */
  readonly kind: 'cmdlet' | 'function';
  /**
   * A cmdlet, or a function with [CmdletBinding()] or [Parameter()]: has common parameters, refuses what
   * it does not know. Otherwise what is left over becomes $args.
   */
  readonly advanced: boolean;
  /** -WhatIf and -Confirm exist. */
  readonly shouldProcess: boolean;
  readonly impact: Impact;
  /** Null for none. */
  readonly defaultSet: string | null;
  readonly parameters: readonly Parameter[];
  /** Names of parameters that only later versions have: who writes one is told so. */
  readonly later?: readonly string[];
}

export type Impact = 'None' | 'Low' | 'Medium' | 'High';

/** The name of "every set" in {@link Parameter.sets}. */
export const ALL_SETS = '__AllParameterSets';

export interface Parameter {
  readonly name: string;
  readonly aliases: readonly string[];
  /** .NET type name, arrays with `[]`: `System.String[]`, `Microsoft.HyperV.PowerShell.VirtualMachine`; a function's `int` as written. */
  readonly type: string;
  /** By set name, or by {@link ALL_SETS}. */
  readonly sets: ReadonlyMap<string, Place>;
  readonly rules: readonly Rule[];
  /** Values are names with * and ?: for help and completion. */
  readonly wildcard?: boolean;
  /** Names it takes although its type does not say so: for completion and help. */
  readonly values?: readonly string[];
  /** As Get-Help prints it. */
  readonly fallback?: string;
}

/** How a parameter takes part in one set. */
export interface Place {
  readonly mandatory: boolean;
  /** From 0; null for named only. */
  readonly position: number | null;
  readonly byValue: boolean;
  readonly byPropertyName: boolean;
  /** ValueFromRemainingArguments. */
  readonly remaining: boolean;
}

/** Validation attributes, checked after conversion, each element of an array. */
export type Rule =
  | { readonly rule: 'not-null' | 'not-null-or-empty' }
  | { readonly rule: 'allow-null' | 'allow-empty-string' | 'allow-empty-collection' }
  | { readonly rule: 'set'; readonly values: readonly string[]; readonly ignoreCase: boolean }
  | { readonly rule: 'range'; readonly least: number; readonly most: number }
  | { readonly rule: 'length'; readonly least: number; readonly most: number }
  | { readonly rule: 'count'; readonly least: number; readonly most: number }
  | { readonly rule: 'pattern'; readonly pattern: string }
  | { readonly rule: 'script'; readonly block: Value };

/** One word behind the command, evaluated. `-Name` and its value are two, unless joined by a colon. */
export type Argument = NamedArgument | PlainArgument;

export interface NamedArgument extends Extent {
  readonly kind: 'named';
  /** Without dash and colon. */
  readonly name: string;
  /** Of `-Name:value` and of a splatted table; undefined when the next argument may be the value. */
  readonly value: Value | undefined;
  readonly splatted: boolean;
}

export interface PlainArgument extends Extent {
  readonly kind: 'plain';
  readonly value: Value;
  readonly splatted: boolean;
}

/** What the binder needs of the evaluator. */
export interface BindingHost {
  /** 1 for the first command of a pipeline: prompts name it. */
  readonly pipelinePosition: number;
  /** Objects will come through the pipeline: what it can bind is not asked for beforehand. */
  readonly expectsInput: boolean;
  /** Language conversion to a type by its name, as a cast does. */
  convert(value: Value, type: string): Converted;
  /** .NET type names of a value, most derived first: `System.String`, `System.Object`. */
  typeNames(value: Value): readonly string[];
  /** A property of an object, any case; undefined when it has none of that name. */
  property(value: Value, name: string): Value | undefined;
  /** What the value is as text, as in a string. */
  text(value: Value): string;
  /** Whether the text matches, without case. False when the pattern is no pattern. */
  matches(text: string, pattern: string): boolean;
  isScriptBlock(value: Value): boolean;
  /** Runs a script block with $_: values given as a block for each object, [ValidateScript()]. */
  call(block: Value, dollar: Value): Steps<Value[]>;
  /** A line on the screen, above a question. */
  print(text: string): void;
  /** Null when there is nobody to ask. */
  ask(prompt: string, secret: boolean): Steps<string | null>;
  /** Fills in the command as written and the place: `extent` null is the command's own. */
  error(mistake: BindingMistake): ErrorRecord;
}

export type Converted =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      /** As a cast says it: `Cannot convert value "a" to type "System.Int32". Error: "..."`. */
      readonly message: string;
    };

export interface BindingMistake {
  readonly message: string;
  /** Before the comma. */
  readonly id: string;
  readonly category: 'InvalidArgument' | 'InvalidData' | 'MetadataError' | 'WriteError';
  readonly exception: string;
  readonly target: Value;
  readonly extent: Extent | null;
}

/** What came of the command line; objects of the pipeline are bound over it. */
export interface Binding {
  /** By the parameter's own name. Replaced by every `take`. */
  readonly values: ReadonlyMap<string, Value>;
  /** Known for certain only after the first `take` when the pipeline decides. */
  readonly set: string;
  readonly common: CommonParameters;
  /** $args of a function that is not advanced. */
  readonly rest: readonly Value[];
  /** Binds one object of the pipeline; an error when nothing takes it, and the object is skipped. */
  take(input: Value): Steps<ErrorRecord | null>;
}

/** Undefined is "not given". */
export interface CommonParameters {
  readonly verbose?: boolean;
  readonly debug?: boolean;
  readonly errorAction?: ActionPreference;
  readonly warningAction?: ActionPreference;
  /** Variables, `+name` appends. */
  readonly errorVariable?: string;
  readonly warningVariable?: string;
  readonly outVariable?: string;
  readonly outBuffer?: number;
  readonly whatIf?: boolean;
  readonly confirm?: boolean;
}

export type ActionPreference = 'SilentlyContinue' | 'Stop' | 'Continue' | 'Inquire' | 'Ignore';

/** Throws Terminating for every mistake of the command line. */
export type Bind = (
  signature: Signature,
  args: readonly Argument[],
  host: BindingHost,
) => Steps<Binding>;
