import types from './facts/types.json' with { type: 'json' };

const ROWS: Readonly<Record<string, readonly string[]>> = types;

export interface ObjectProperty {
  readonly name: string;
  /** .NET type name, as short as the data has it. */
  readonly type: string;
}

/** The properties an object type has in the newest module, in order; undefined for an unknown type. */
export const objectProperties = (type: string): readonly ObjectProperty[] | undefined => {
  if (!Object.hasOwn(ROWS, type)) return undefined;
  return ROWS[type]?.map(row => {
    const at = row.indexOf(':');
    return { name: row.slice(0, at), type: row.slice(at + 1) };
  });
};

export const objectTypes = (): readonly string[] => Object.keys(ROWS);
