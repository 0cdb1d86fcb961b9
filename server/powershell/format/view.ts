import { property, propertiesOf } from '../value/member.ts';
import { Hashtable } from '../value/hashtable.ts';
import { PSObject } from '../value/ps-object.ts';
import { typeNames } from '../value/type-names.ts';
import type { Value } from '../value/value.ts';
import type { Field, Layout, ListLayout, TableLayout } from './layout.ts';
import { VIEWS } from './views/index.ts';

/** Beyond this many properties an object without a view of its own is a list. */
const TABLE_MOST = 4;

export const fieldOf = (name: string): Field => ({
  label: name,
  of: object => property(object, name),
});

/** The view of a type, or of the nearest one that it is derived from. */
export const viewOf = (object: Value): Layout | null => {
  for (const name of typeNames(object)) {
    const view = VIEWS.get(name);
    if (view !== undefined) return view;
  }
  return null;
};

/** The fields a Format cmdlet shows when none are named. */
export const defaultFields = (object: Value): readonly Field[] => {
  const view = viewOf(object);
  if (view !== null && view.kind !== 'wide') return view.fields;
  return allFields(object);
};

/** All properties, as `*` names them. */
export const allFields = (object: Value): readonly Field[] => {
  if (object instanceof Hashtable) return ['Name', 'Value'].map(fieldOf);
  if (!(object instanceof PSObject)) return typeof object === 'string' ? [fieldOf('Length')] : [];
  return propertiesOf(object).map(({ name }) => fieldOf(name));
};

export const tableOf = (
  fields: readonly Field[],
  more: Partial<TableLayout> = {},
): TableLayout => ({
  kind: 'table',
  fields,
  auto: false,
  headers: true,
  wrap: false,
  group: null,
  ...more,
});

export const listOf = (fields: readonly Field[], group: Field | null = null): ListLayout => ({
  kind: 'list',
  fields,
  group,
});

/** How an object is shown that has no view: few properties as a table, many as a list. */
export const plainLayout = (object: Value): Layout => {
  const fields = allFields(object);
  return fields.length <= TABLE_MOST ? tableOf(fields) : listOf(fields);
};

/** Two objects of one shape share a table. */
export const shapeOf = (object: Value): string =>
  object instanceof PSObject
    ? `${object.typeNames[0] ?? ''}|${propertiesOf(object)
        .map(({ name }) => name)
        .join()}`
    : (typeNames(object)[0] ?? '');
