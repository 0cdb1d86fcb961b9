import { fail, ok, type Result } from '../../base/result.ts';
import type { NameRefusal } from '../../course/port.ts';
import { nameFault, tidyName } from '../../protocol/name.ts';

/** A name in the form in which it is kept, or why it cannot be. */
export const readName = (text: string): Result<string, NameRefusal> => {
  const name = tidyName(text);
  const fault = nameFault(name);
  return fault === null ? ok(name) : fail({ kind: 'name', fault });
};
