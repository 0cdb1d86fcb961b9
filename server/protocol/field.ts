import type { Json } from '../base/json.ts';

/**
 * *state* is sent as deltas, hashed and stored; *counter* (ring indices, totals, run time) is hashed
 * and stored but reaches a screen only as a gauge; *hidden* is state of the machine nobody is shown.
 */
export type FieldClass = 'state' | 'counter' | 'hidden';

export type Audience = 'everyone' | 'instructor';

export type FieldType = 'text' | 'int' | 'bool' | 'json';

export interface Field<T> {
  readonly type: FieldType;
  readonly nullable: boolean;
  readonly class: FieldClass;
  readonly audience: Audience;
  /** Also in the lab scope: a column of a list or of the tree. */
  readonly list: boolean;
  /** Carries the type only; never present at run time. */
  readonly of?: T;
}

export interface FieldOptions {
  readonly class?: FieldClass;
  readonly audience?: Audience;
  readonly list?: boolean;
}

function field<T>(type: FieldType, nullable: boolean, options: FieldOptions): Field<T> {
  const { class: fieldClass = 'state', audience = 'everyone', list = false } = options;
  return { type, nullable, class: fieldClass, audience, list };
}

export function text<T extends string = string>(options: FieldOptions = {}): Field<T> {
  return field('text', false, options);
}

export function textOrNull<T extends string = string>(options: FieldOptions = {}): Field<T | null> {
  return field('text', true, options);
}

/** A safe integer; int8 in the database. */
export function int<T extends number = number>(options: FieldOptions = {}): Field<T> {
  return field('int', false, options);
}

export function intOrNull<T extends number = number>(options: FieldOptions = {}): Field<T | null> {
  return field('int', true, options);
}

/** A total or an index that moves often: hashed and stored, sent only as a gauge. */
export function counter(options: FieldOptions = {}): Field<number> {
  return field('int', false, { ...options, class: 'counter' });
}

export function bool(options: FieldOptions = {}): Field<boolean> {
  return field('bool', false, options);
}

export function json<T extends Json>(options: FieldOptions = {}): Field<T> {
  return field('json', false, options);
}

export type Fields = { readonly [name: string]: Field<unknown> };

/**
 * Where a record is seen. Every record with `list` fields is in the lab scope with those fields;
 * `host` and `vm` scopes carry all its state fields, for the host or VM its own columns name.
 */
export type ScopeKind = 'lab' | 'host' | 'vm';

export interface Table<F extends Fields = Fields> {
  readonly kind: string;
  /** One sentence: what is this on a real host? Shown by the inspector. */
  readonly about: string;
  readonly scopes: readonly ScopeKind[];
  /** Columns looked up by value. */
  readonly indexes: readonly string[];
  /** Column order is part of the hash: append, never reorder within a simulation version. */
  readonly fields: F;
}

export function table<K extends string, F extends Fields>(definition: {
  readonly kind: K;
  readonly about: string;
  readonly scopes: readonly ScopeKind[];
  readonly indexes?: readonly (keyof F & string)[];
  readonly fields: F;
}): Table<F> & { readonly kind: K } {
  return { indexes: [], ...definition };
}

type FieldsOf<T> = T extends Table<infer F> ? F : never;

/** The values of a record: what its maker gives. */
export type ValuesOf<T> = {
  -readonly [N in keyof FieldsOf<T>]: FieldsOf<T>[N] extends Field<infer V> ? V : never;
};
