import type { Layout } from './layout.ts';

/** A structure as the tables of the protocol print it: its size, then name, offset and size of fields. */
export function placed<V>({ size, fields }: Layout<V>): readonly (number | string)[] {
  const printed = Object.entries(fields).map(
    ([name, { offset, codec }]) => `${name} ${offset} ${codec.size}`,
  );
  return [size, ...printed];
}
