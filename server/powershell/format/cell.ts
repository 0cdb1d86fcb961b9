import { SecureString } from '../value/credential.ts';
import { formatDate } from '../value/date-format.ts';
import { DateTime } from '../value/date-time.ts';
import { EnumValue } from '../value/enum.ts';
import { Hashtable } from '../value/hashtable.ts';
import { isNumber } from '../value/number.ts';
import { PSObject } from '../value/ps-object.ts';
import { propertiesOf } from '../value/member.ts';
import { itemsOf, textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';

/** $FormatEnumerationLimit: elements of a collection that a cell shows. */
const ELEMENTS = 4;

/** A value as a table or list shows it: the culture's dates, collections in braces. */
export const cellText = (value: Value, elements = ELEMENTS): string => {
  if (value instanceof Hashtable) {
    const names = [...value.entries()].map(({ key }) => textOf(key));
    return braces(names, elements);
  }
  const items = itemsOf(value);
  if (items !== null) return braces(items.slice(0, elements + 1).map(cellElement), elements);
  return cellElement(value);
};

const braces = (texts: readonly string[], most: number): string =>
  texts.length > most ? `{${texts.slice(0, most).join(', ')}...}` : `{${texts.join(', ')}}`;

const cellElement = (value: Value): string =>
  value instanceof DateTime ? (formatDate(value, 'G') ?? '') : textOf(value);

/** Numbers stand to the right when no view says otherwise. */
export const isRight = (value: Value): boolean => isNumber(value) && typeof value !== 'string';

/** What a table or list is made of when nobody names anything: the object's own properties, or a text. */
export const isScalar = (value: Value): boolean =>
  value === null ||
  value instanceof EnumValue ||
  value instanceof SecureString ||
  typeof value !== 'object' ||
  (!(value instanceof Hashtable) && !(value instanceof PSObject && propertiesOf(value).length > 0));
