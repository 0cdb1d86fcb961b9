import { z } from 'zod';
import { Hash64 } from '../../base/hash.ts';
import type { Json } from '../../base/json.ts';
import { canonical } from '../../base/json.ts';
import type { Field, Table } from '../field.ts';
import { OPERATIONS } from '../operation/index.ts';
import { TABLES } from '../record/index.ts';
import { DOWN } from './down.ts';
import { WIRE_ERRORS } from './error.ts';
import { UP } from './up.ts';

// The protocol as data: what PROTOCOL.md is written from, and what the two hashes are taken of.

export type Schema = { readonly [key: string]: Json };

/** A zod schema as JSON Schema, as somebody writes it (`input`) or reads it (`output`). */
export function schemaOf(of: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(of, { io, unrepresentable: 'any' });
  return schema as Schema;
}

/** The messages: another shape of one of them is another version of the protocol. */
export function messageFormat(): Json {
  return {
    up: mapValues(UP, message => schemaOf(message, 'input')),
    down: mapValues(DOWN, message => schemaOf(message, 'output')),
    closeCodes: mapValues(WIRE_ERRORS, ({ close }) => close),
  };
}

/** What messages speak of. It grows with the simulation, and an old page does not mind. */
export function vocabulary(): Json {
  return {
    operations: mapValues(OPERATIONS, ({ verb, args }) => ({
      verb,
      args: schemaOf(args, 'input'),
    })),
    records: mapValues(TABLES, ({ scopes, fields }: Table) => ({
      scopes,
      columns: Object.entries(fields)
        .filter(([, field]) => field.class !== 'hidden')
        .map(([name, field]) => [name, columnOf(field)]),
    })),
  };
}

function columnOf({ type, nullable, class: fieldClass, audience, list }: Field<unknown>): Json {
  return { type, nullable, class: fieldClass, audience, list };
}

export function hashOf(value: Json): string {
  return new Hash64().text(canonical(withoutWords(value))).toString();
}

const WORDS: ReadonlySet<string> = new Set(['title', 'description']);

/** Names and descriptions are for people: a better sentence is no other protocol. */
function withoutWords(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(item => withoutWords(item));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !WORDS.has(key) || typeof item !== 'string')
      .map(([key, item]) => [key, withoutWords(item)]),
  );
}

function mapValues<T, K extends string>(
  of: { readonly [key in K]: T },
  write: (value: T) => Json,
): Json {
  return Object.fromEntries(Object.entries<T>(of).map(([key, value]) => [key, write(value)]));
}
