import type {
  Command,
  CommandArgument,
  CommandParameter,
  Expression,
  ExpressionStage,
} from './tree.ts';

/** A command that the parser is within: what completion must know of it, innermost first. */
export interface CommandFrame {
  readonly name: Expression;
  /** What has been read of it so far. */
  readonly elements: readonly (CommandParameter | CommandArgument)[];
  /** The stages of its pipeline; it is the one at `stage`. */
  readonly stages: readonly (Command | ExpressionStage)[];
  readonly stage: number;
  readonly outer: CommandFrame | null;
}

/** What stands, or would stand, where the text ends; it begins at `start`. */
export type Expectation =
  | { readonly kind: 'command'; readonly start: number; readonly frame: CommandFrame | null }
  | { readonly kind: 'parameter'; readonly start: number; readonly frame: CommandFrame }
  | {
      readonly kind: 'argument';
      readonly start: number;
      readonly frame: CommandFrame;
      /** `-Name:` stands before it. */
      readonly parameter: string | null;
    }
  | {
      readonly kind: 'variable';
      readonly start: number;
      readonly frame: CommandFrame | null;
    }
  | {
      readonly kind: 'member';
      readonly start: number;
      readonly frame: CommandFrame | null;
      readonly target: Expression;
      readonly static: boolean;
    }
  /** Behind a value, at a dash. */
  | { readonly kind: 'operator'; readonly start: number; readonly frame: CommandFrame | null }
  | { readonly kind: 'type'; readonly start: number; readonly frame: CommandFrame | null };
