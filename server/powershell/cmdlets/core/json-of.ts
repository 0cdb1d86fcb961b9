import { DateTime } from '../../value/date-time.ts';
import { EnumValue } from '../../value/enum.ts';
import { Guid } from '../../value/guid.ts';
import { Hashtable } from '../../value/hashtable.ts';
import { propertiesOf } from '../../value/member.ts';
import { isNumber } from '../../value/number.ts';
import { PSObject } from '../../value/ps-object.ts';
import { TICKS } from '../../value/time-span.ts';
import { itemsOf, textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';

/** The depth of an object that ConvertTo-Json was not told. */
export const DEPTH = 2;

/**
 * JSON as Windows PowerShell 3 writes it: two spaces behind a colon, and what is in brackets four to the
 * right of them.
 */
export const jsonOf = (value: Value, depth: number, compress: boolean): string =>
  write(value, { depth, compress, indent: '' });

interface How {
  readonly depth: number;
  readonly compress: boolean;
  readonly indent: string;
}

const write = (value: Value, how: How): string => {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (value instanceof EnumValue) return String(value.number);
  if (isNumber(value)) return textOf(value);
  if (value instanceof DateTime)
    return `"\\/Date(${(value.ticks - UNIX_EPOCH) / TICKS.millisecond})\\/"`;
  if (value instanceof Guid) return quoted(textOf(value));
  const items = itemsOf(value);
  if (items !== null)
    return how.depth < 0
      ? quoted(textOf(value))
      : block(
          '[',
          ']',
          items.map(one => (inner: How) => write(one, inner)),
          how,
        );
  const entries = entriesOf(value);
  if (entries === null || how.depth < 0) return quoted(textOf(value));
  const parts = entries.map(([name, one]) => (inner: How) => {
    const head = `${quoted(name)}:${inner.compress ? '' : '  '}`;
    return head + write(one, { ...inner, indent: inner.indent + ' '.repeat(head.length) });
  });
  return block('{', '}', parts, how);
};

const UNIX_EPOCH = 621_355_968_000_000_000n;

/** What could end a script or an attribute of HTML is written by its number. */
const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[<>&']/g,
    letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const entriesOf = (value: Value): readonly (readonly [string, Value])[] | null => {
  if (value instanceof Hashtable)
    return [...value.entries()].map(({ key, value: one }) => [textOf(key), one] as const);
  if (!(value instanceof PSObject)) return null;
  return propertiesOf(value).map(one => [one.name, one.get()] as const);
};

const block = (
  open: string,
  close: string,
  parts: readonly ((inner: How) => string)[],
  { depth, compress, indent }: How,
): string => {
  const inner = { depth: depth - 1, compress, indent: `${indent}    ` };
  const texts = parts.map(part => part(inner));
  if (compress) return `${open}${texts.join(',')}${close}`;
  if (texts.length === 0) return `${open}\n\n${indent}${close}`;
  return `${open}\n${texts.map(text => inner.indent + text).join(',\n')}\n${indent}${close}`;
};
