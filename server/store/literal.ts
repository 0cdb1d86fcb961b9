import { assert } from '../base/assert.ts';

// A message of several statements takes no parameters, so what goes into it is written as SQL text.

/** Safe where standard_conforming_strings is on, which every session of ours sets. */
export const literal = (text: string): string => {
  // The protocol ends a message's text at the first NUL.
  assert(!text.includes('\0'), 'no text of ours has a NUL');
  return `'${text.replaceAll("'", "''")}'`;
};

export const whole = (value: number): string => {
  assert(Number.isSafeInteger(value), `not a whole number: ${value}`);
  return String(value);
};

/** Rows for json_to_recordset: json columns go as text, so that escapes in them stay as they are. */
export const rowsLiteral = (rows: readonly object[]): string => literal(JSON.stringify(rows));

export const name = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;
