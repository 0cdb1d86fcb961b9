import { CustomObject } from '../value/custom-object.ts';
import type { Hashtable } from '../value/hashtable.ts';

/** A table's pairs are its rows. */
export const pairsOf = (table: Hashtable): readonly CustomObject[] =>
  [...table.entries()].map(({ key, value }) => {
    const pair = new CustomObject('System.Collections.DictionaryEntry');
    pair.note('Name', key);
    pair.note('Value', value);
    return pair;
  });
