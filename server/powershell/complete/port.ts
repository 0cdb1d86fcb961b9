// What completion asks of the rest of the shell: which names there are. The text is its own business.

/** Where the candidates come from: the manifest, the session and the live records of the lab. */
export interface Sources {
  /** Cmdlets and functions, and no aliases: those complete by being short. */
  commands(): Iterable<NamedCandidate>;
  /** In the order of Get-Command -Syntax, by a command's name or alias; empty for none such. */
  parameters(command: string): readonly ParameterCandidate[];
  /** What may be worth giving to a parameter: members of its enum, $true and $false, names in the lab. */
  values(asked: ValueAsked): Iterable<ValueCandidate>;
  /** Without their dollar; `env:COMPUTERNAME` for those of a drive. */
  variables(): Iterable<NamedCandidate>;
  /** Of a type as .NET or PowerShell names it, in the order of Get-Member. */
  members(type: string, isStatic: boolean): readonly MemberCandidate[];
  /** The type a command writes; `input` when it passes on what it is given, as Where-Object does. */
  output(command: string): { readonly type: string } | 'input' | null;
  /** What a variable holds now. */
  variableType(name: string): string | null;
  types(): Iterable<NamedCandidate>;
}

export interface NamedCandidate {
  /** In its own case. */
  readonly name: string;
  readonly tooltip: string;
}

export interface ParameterCandidate {
  readonly name: string;
  /** As a syntax line writes it: `string[]`, `switch`. */
  readonly type: string;
  readonly isSwitch: boolean;
  /** From 0; null when it is only found by its name. */
  readonly position: number | null;
  readonly aliases: readonly string[];
}

export interface MemberCandidate {
  readonly name: string;
  readonly kind: 'property' | 'method';
  /** Of the property, or what the method returns. */
  readonly type: string;
  /** `string Name {get;}`, `void Start()`. */
  readonly tooltip: string;
}

export interface ValueAsked {
  /** As written: a name or an alias. */
  readonly command: string;
  /** In its own case. */
  readonly parameter: string;
  /** What is typed of the value so far, without quotes. */
  readonly word: string;
  /** Values of the other parameters that are plain words, by full name in lower case. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** The type of what the pipeline brings, for parameters that name its properties. */
  readonly inputType: string | null;
}

export interface ValueCandidate {
  readonly text: string;
  readonly tooltip: string;
  /** Is no text that may need quotes, e.g. `$true`. */
  readonly isExpression?: boolean;
}

/** One way to go on. */
export interface Match {
  /** What takes the place of the text between start and end. */
  readonly text: string;
  /** How a menu shows it. */
  readonly list: string;
  readonly tooltip: string;
}

export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly matches: readonly Match[];
}
