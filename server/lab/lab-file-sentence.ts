import type { z } from 'zod';

export type Issue = z.core.$ZodIssue;

const EXPECTED = /expected (\w+), received (\w+)/;

/** What a person calls the types of data. */
const NOUNS: { readonly [type: string]: string } = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
  null: 'nothing',
  Infinity: 'too large a number',
  NaN: 'no number',
};

/** An issue of the schema as a sentence about the place it names. */
export function sentence(issue: Issue): string {
  if (issue.code === 'invalid_type') return wrongType(issue.message);
  if (issue.code === 'invalid_value') return `is one of: ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small') return bound(issue.origin, issue.minimum, 'least');
  if (issue.code === 'too_big') return bound(issue.origin, issue.maximum, 'most');
  return issue.message.split('\n', 1)[0] ?? issue.message;
}

function wrongType(message: string): string {
  const [, expected = '', received = ''] = EXPECTED.exec(message) ?? [];
  if (received === 'undefined') return `is missing: it is ${noun(expected)}`;
  return expected === '' ? message : `is ${noun(expected)}, and here is ${noun(received)}`;
}

function noun(type: string): string {
  return Object.hasOwn(NOUNS, type) ? (NOUNS[type] ?? type) : type;
}

function bound(origin: string, limit: number | bigint, which: 'least' | 'most'): string {
  if (origin === 'string') return `has at ${which} ${limit} characters`;
  return origin === 'array' ? `has at ${which} ${limit} entries` : `is at ${which} ${limit}`;
}
