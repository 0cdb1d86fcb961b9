import { z } from 'zod';
import { FORBIDDEN_IN_NAMES } from '../name.ts';

/** What a role must be allowed to do before an operation reaches the machine. */
export type OperationVerb = 'lab.command' | 'clock.control' | 'lab.fault';

export interface Operation<S extends z.ZodType = z.ZodType> {
  readonly verb: OperationVerb;
  /** A sentence for people and for the OpenAPI document. */
  readonly about: string;
  readonly args: S;
}

export function operation<S extends z.ZodType>(definition: Operation<S>): Operation<S> {
  return definition;
}

const NAME_LIMIT = 100;

// What no UTF-8 text of a database can be: a lab that held it could not be stored, or came back changed.
const UNSTORABLE = /[\u0000\ud800-\udfff]/u;

/** Any text of a person, lines and all. */
export const freeText = z
  .string()
  .refine(text => !UNSTORABLE.test(text), 'has a NUL or half a character');

/** A name a person gives: trimmed, 1 to 100 characters, no control or bidirectional characters. */
export const givenName = z
  .string()
  .min(1)
  .max(NAME_LIMIT)
  .refine(name => !FORBIDDEN_IN_NAMES.test(name), 'has a control or bidirectional character')
  .refine(name => name.trim() === name, 'begins or ends with a space');

export function idOf<K extends string>(kind: K): z.ZodType<`${K}:${string}`> {
  return z
    .custom<`${K}:${string}`>(
      value =>
        typeof value === 'string' &&
        value.length <= 200 &&
        value.length > kind.length + 1 &&
        value.startsWith(`${kind}:`) &&
        !FORBIDDEN_IN_NAMES.test(value),
      `is not an id of a ${kind}`,
    )
    .meta({ type: 'string', pattern: `^${kind}:.+$`, maxLength: 200 });
}
