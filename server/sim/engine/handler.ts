import type { Id, PersonId } from '../../protocol/id.ts';
import type { OperationResult } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { RecordKind } from '../../protocol/record/kind.ts';
import type { Message } from './message.ts';
import type { Turn } from './turn.ts';

/** What a component does when a message reaches one of its records. */
export interface Handler {
  readonly kind: RecordKind;
  readonly receive: (turn: Turn, record: { readonly id: Id }, message: Message) => void;
}

/**
 * One per kind of record. The component's own message union types the body; only that component's
 * code makes messages for its records, so the view is right by construction.
 */
export function handler<K extends RecordKind, M extends Message>(
  kind: K,
  receive: (turn: Turn, record: RecordOf<K>, message: M) => void,
): Handler {
  return { kind, receive: receive as Handler['receive'] };
}

/** Carries an operation out, or refuses it and changes nothing. */
export type OperationHandler<Args> = (
  turn: Turn,
  args: Args,
  person: PersonId | null,
) => OperationResult;

/** A whole simulation: who receives what, who does what. */
export interface Simulation {
  /** Raised whenever the same inputs would give other facts or records. */
  readonly version: number;
  readonly handlers: readonly Handler[];
  readonly operations: { readonly [name: string]: OperationHandler<never> };
}
