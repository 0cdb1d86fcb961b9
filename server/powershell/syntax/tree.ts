import type { Extent } from './extent.ts';

/** The syntax tree of the Windows PowerShell 3 language. Every node knows its extent. */
export interface Script extends Extent {
  readonly node: 'script';
  readonly text: string;
  readonly body: Block;
}

/** The body of a script, function or script block. */
export interface Block extends Extent {
  readonly attributes: readonly Attribute[];
  readonly params: readonly ParameterDeclaration[] | null;
  readonly begin: readonly Statement[] | null;
  readonly process: readonly Statement[] | null;
  /** Of `end { }`, or what stands in no named block. */
  readonly statements: readonly Statement[];
  /** `begin`, `process` or `end` were written: the body is a filter of the pipeline. */
  readonly named: boolean;
}

export interface ParameterDeclaration extends Extent {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  /** `[int]`: the type's name as written; null for none. */
  readonly type: TypeName | null;
  readonly fallback: Expression | null;
}

/** `[Parameter(Mandatory = $true, Position = 0)]`, `[CmdletBinding()]`, `[ValidateSet('a', 'b')]`. */
export interface Attribute extends Extent {
  readonly name: string;
  readonly positional: readonly Expression[];
  readonly named: readonly { readonly name: string; readonly value: Expression | null }[];
}

export interface TypeName extends Extent {
  /** Without brackets, e.g. `System.Math`, `string`, `Collections.Generic.List`. */
  readonly name: string;
  /** `[byte[]]` is 1. */
  readonly rank: number;
  readonly generic: readonly TypeName[];
}

export type Statement =
  | Pipeline
  | Assignment
  | If
  | While
  | DoLoop
  | For
  | ForEach
  | Switch
  | FunctionDefinition
  | Try
  | Trap
  | Flow;

export interface Pipeline extends Extent {
  readonly node: 'pipeline';
  readonly stages: readonly (Command | ExpressionStage)[];
}

export interface ExpressionStage extends Extent {
  readonly node: 'expression-stage';
  readonly expression: Expression;
  readonly redirections: readonly Redirection[];
}

export interface Command extends Extent {
  readonly node: 'command';
  readonly call: '' | '&' | '.';
  /** A bare word is a `string` with `bare`. */
  readonly name: Expression;
  readonly elements: readonly (CommandParameter | CommandArgument)[];
  readonly redirections: readonly Redirection[];
}

export interface CommandParameter extends Extent {
  readonly node: 'parameter';
  /** Without its dash, as written. */
  readonly name: string;
  /** `-Name:value`. */
  readonly value: Expression | null;
}

export interface CommandArgument extends Extent {
  readonly node: 'argument';
  readonly value: Expression;
}

/** `> file`, `2>&1`, `*>> file`. */
export interface Redirection extends Extent {
  readonly from: '1' | '2' | '3' | '4' | '5' | '*';
  readonly append: boolean;
  readonly to: { readonly stream: string } | { readonly file: Expression };
}

export interface Assignment extends Extent {
  readonly node: 'assignment';
  /** Variable, member, index, array of them, or a cast around one. */
  readonly target: Expression;
  readonly operator: '=' | '+=' | '-=' | '*=' | '/=' | '%=';
  readonly value: Statement;
}

export interface If extends Extent {
  readonly node: 'if';
  readonly clauses: readonly { readonly test: Statement; readonly body: Body }[];
  readonly otherwise: Body | null;
}

/** `{ ... }` of a control statement: no scope of its own. */
export interface Body extends Extent {
  readonly statements: readonly Statement[];
}

export interface While extends Extent {
  readonly node: 'while';
  readonly label: string | null;
  readonly test: Statement;
  readonly body: Body;
}

export interface DoLoop extends Extent {
  readonly node: 'do';
  readonly label: string | null;
  readonly body: Body;
  readonly until: boolean;
  readonly test: Statement;
}

export interface For extends Extent {
  readonly node: 'for';
  readonly label: string | null;
  readonly first: Statement | null;
  readonly test: Statement | null;
  readonly next: Statement | null;
  readonly body: Body;
}

export interface ForEach extends Extent {
  readonly node: 'foreach';
  readonly label: string | null;
  readonly variable: Variable;
  readonly over: Statement;
  readonly body: Body;
}

export interface Switch extends Extent {
  readonly node: 'switch';
  readonly label: string | null;
  readonly match: 'exact' | 'wildcard' | 'regex';
  readonly caseSensitive: boolean;
  readonly file: boolean;
  readonly over: Statement;
  readonly cases: readonly { readonly test: Expression; readonly body: Body }[];
  readonly otherwise: Body | null;
}

export interface FunctionDefinition extends Extent {
  readonly node: 'function';
  readonly kind: 'function' | 'filter' | 'workflow';
  readonly name: string;
  readonly body: Block;
  /** The text between the braces, for `Get-Command` and `Get-Content function:`. */
  readonly text: string;
}

export interface Try extends Extent {
  readonly node: 'try';
  readonly body: Body;
  readonly catches: readonly { readonly types: readonly TypeName[]; readonly body: Body }[];
  readonly last: Body | null;
}

export interface Trap extends Extent {
  readonly node: 'trap';
  readonly type: TypeName | null;
  readonly body: Body;
}

export interface Flow extends Extent {
  readonly node: 'return' | 'throw' | 'exit' | 'break' | 'continue';
  /** Of return, throw, exit. */
  readonly value: Statement | null;
  /** Of break and continue: an expression that names the label. */
  readonly label: Expression | null;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | Expandable
  | Variable
  | ArrayLiteral
  | ArrayOf
  | Subexpression
  | Paren
  | HashLiteral
  | ScriptBlock
  | TypeLiteral
  | Cast
  | Binary
  | Unary
  | Step
  | Member
  | Invoke
  | Index;

/** The value is the parser's: suffixes (`4GB`, `1l`, `2d`, `0x1F`) are applied, the type is .NET's. */
export interface NumberLiteral extends Extent {
  readonly node: 'number';
  readonly type: 'Int32' | 'Int64' | 'Double' | 'Decimal';
  readonly value: number | bigint | string;
  /** As written: `-Name 007` binds these letters to a parameter that is a string. */
  readonly text: string;
}

export interface StringLiteral extends Extent {
  readonly node: 'string';
  readonly value: string;
  /** Written without quotes: a command name or an argument, which may be a wildcard or number-like. */
  readonly bare: boolean;
}

/** "..." or @"..."@ or a bare word with variables: text and expressions in turn. */
export interface Expandable extends Extent {
  readonly node: 'expandable';
  readonly parts: readonly (string | Expression)[];
  readonly bare: boolean;
}

export interface Variable extends Extent {
  readonly node: 'variable';
  /** `global`, `script`, `local`, `private`, `using`, or a drive such as `env`; '' for none. */
  readonly scope: string;
  readonly name: string;
  /** `@parameters`. */
  readonly splat: boolean;
}

/** `1, 2, 3` and `,1`. */
export interface ArrayLiteral extends Extent {
  readonly node: 'array';
  readonly items: readonly Expression[];
}

/** `@( ... )`. */
export interface ArrayOf extends Extent {
  readonly node: 'array-of';
  readonly statements: readonly Statement[];
}

/** `$( ... )`. */
export interface Subexpression extends Extent {
  readonly node: 'subexpression';
  readonly statements: readonly Statement[];
}

/** `( ... )`: one statement, an assignment too. */
export interface Paren extends Extent {
  readonly node: 'paren';
  readonly statement: Statement;
}

export interface HashLiteral extends Extent {
  readonly node: 'hash';
  readonly entries: readonly { readonly key: Expression; readonly value: Statement }[];
}

export interface ScriptBlock extends Extent {
  readonly node: 'script-block';
  readonly body: Block;
  /** The text between the braces. */
  readonly text: string;
}

export interface TypeLiteral extends Extent {
  readonly node: 'type';
  readonly type: TypeName;
}

export interface Cast extends Extent {
  readonly node: 'cast';
  readonly type: TypeName;
  readonly operand: Expression;
}

/** Operators in lower case without the dash's variants: `+`, `..`, `-eq`, `-ceq`, `-f`, `-and`. */
export interface Binary extends Extent {
  readonly node: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Unary extends Extent {
  readonly node: 'unary';
  readonly operator:
    | '-not'
    | '!'
    | '-bnot'
    | '+'
    | '-'
    | '-split'
    | '-isplit'
    | '-csplit'
    | '-join';
  readonly operand: Expression;
}

/** `$i++`, `--$i`. */
export interface Step extends Extent {
  readonly node: 'step';
  readonly by: 1 | -1;
  readonly prefix: boolean;
  readonly operand: Expression;
}

export interface Member extends Extent {
  readonly node: 'member';
  readonly target: Expression;
  readonly static: boolean;
  /** A bare `string`, or any expression: `$x.$name`, `$x.'a b'`, `$x.(...)`. */
  readonly name: Expression;
}

export interface Invoke extends Extent {
  readonly node: 'invoke';
  readonly target: Expression;
  readonly static: boolean;
  readonly name: Expression;
  readonly args: readonly Expression[];
}

export interface Index extends Extent {
  readonly node: 'index';
  readonly target: Expression;
  readonly index: Expression;
}

/** What a console must know of a text: run it, ask for more behind `>>`, or show the error. */
export type Parsed =
  | { readonly status: 'complete'; readonly script: Script }
  | { readonly status: 'incomplete'; readonly error: SyntaxError }
  | { readonly status: 'error'; readonly error: SyntaxError };

/** In PowerShell's own words; `id` is the parser's error id, e.g. `MissingEndCurlyBrace`. */
export interface SyntaxError extends Extent {
  readonly message: string;
  readonly id: string;
}
