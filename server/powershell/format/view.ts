import { property, propertiesOf } from '../value/member.ts';
import { Hashtable } from '../value/hashtable.ts';
import { PSObject } from '../value/ps-object.ts';
import { typeNames } from '../value/type-names.ts';
import type { Value } from '../value/value.ts';
import type { Field, Layout, ListLayout, TableLayout } from './layout.ts';
import { VIEWS } from './views/index.ts';
import { LISTS } from './views/lists.ts';

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

/** Columns of a table of an object without a table of its own, when nobody names any. */
const COLUMNS_MOST = 10;

/** The columns Format-Table shows when none are named. */
export const tableFields = (object: Value): readonly Field[] => {
  const view = viewOf(object);
  return view?.kind === 'table' ? view.fields : allFields(object).slice(0, COLUMNS_MOST);
};

/** The properties Format-List shows when none are named: those of the type's list, or all. */
export const listFields = (object: Value): readonly Field[] => {
  const view = viewOf(object);
  if (view?.kind === 'list') return view.fieldsOf(object);
  const all = allFields(object);
  for (const name of typeNames(object)) {
    const named = LISTS.get(name);
    if (named === undefined) continue;
    const wanted = named.map(one => one.toLowerCase());
    return all
      .filter(({ label }) => wanted.includes(label.toLowerCase()))
      .toSorted(
        (a, b) => wanted.indexOf(a.label.toLowerCase()) - wanted.indexOf(b.label.toLowerCase()),
      );
  }
  return all;
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

export const listOf = (
  fieldsOf: (object: Value) => readonly Field[],
  group: Field | null = null,
): ListLayout => ({ kind: 'list', fieldsOf, group });

/** How an object is shown that has no view: few properties as a table, many as a list. */
export const plainLayout = (object: Value): Layout => {
  const fields = allFields(object);
  return fields.length <= TABLE_MOST ? tableOf(fields) : listOf(allFields);
};
