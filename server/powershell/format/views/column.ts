import { property } from '../../value/member.ts';
import { plainNumber, isNumber } from '../../value/number.ts';
import type { Value } from '../../value/value.ts';
import type { Field, Layout } from '../layout.ts';

/** A column of a property: `Name`, or `Name:30` with a width, `Id:5>` to the right. */
export const column = (text: string): Field => {
  const [, name = '', label, width, right] =
    /^([^=:>]+)(?:=([^:>]+))?(?::(\d+))?(>)?$/.exec(text) ?? [];
  return {
    label: label ?? name,
    ...(width === undefined ? {} : { width: Number(width) }),
    align: right === undefined ? 'left' : 'right',
    of: object => property(object, name),
  };
};

export const computed = (label: string, of: (object: Value) => Value): Field => ({
  label,
  align: 'left',
  of,
});

/** A size in bytes as a whole number of megabytes. */
export const megabytes = (label: string, name: string): Field =>
  computed(label, object => {
    const value = property(object, name);
    return isNumber(value) ? Math.floor(plainNumber(value) / 1_048_576) : null;
  });

/** Sized to its content. */
export const autoTable = (...fields: readonly (Field | string)[]): Layout => ({
  kind: 'table',
  fields: fields.map(one => (typeof one === 'string' ? column(one) : one)),
  auto: true,
  headers: true,
  wrap: false,
  group: null,
});

export const fixedTable = (...fields: readonly (Field | string)[]): Layout => ({
  kind: 'table',
  fields: fields.map(one => (typeof one === 'string' ? column(one) : one)),
  auto: false,
  headers: true,
  wrap: false,
  group: null,
});

export const grouped = (layout: Layout, group: Field): Layout =>
  layout.kind === 'text' ? layout : { ...layout, group };

export const list = (...names: readonly string[]): Layout => ({
  kind: 'list',
  fieldsOf: fieldsNamed(names),
  group: null,
});

const fieldsNamed = (names: readonly string[]) => {
  const fields = names.map(column);
  return () => fields;
};
