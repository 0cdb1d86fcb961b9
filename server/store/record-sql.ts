import { snakeCase } from '../../db/snake-case.ts';
import type { Projection } from '../lab/port.ts';
import type { FieldType, Table } from '../protocol/field.ts';
import { TABLES } from '../protocol/record/index.ts';
import { type RecordKind, RECORD_KINDS } from '../protocol/record/kind.ts';
import { type Column, type ColumnType, insertInto, literal, name, whole } from './literal.ts';

// The statements on the tables of records, derived from the field tables like the tables themselves.

export type StoredRow = NonNullable<Projection['upserts'][RecordKind]>[number];

/** A row as it is read: its columns by the names of the fields. */
export interface ReadRow {
  readonly id: string;
  readonly rev: number;
  readonly cause: number;
  readonly [field: string]: unknown;
}

interface RecordSql {
  readonly read: (branch: string) => string;
  readonly put: (branch: number, rows: readonly StoredRow[]) => string;
  readonly remove: (branch: number, ids: readonly string[]) => string;
}

const TYPES: { readonly [T in FieldType]: ColumnType } = {
  text: 'text',
  int: 'int8',
  bool: 'bool',
  json: 'json',
};

const recordSql = (kind: RecordKind): RecordSql => {
  const table = snakeCase(kind);
  const fields = Object.entries((TABLES[kind] as Table).fields);
  const columns: readonly Column<StoredRow>[] = [
    { name: 'id', type: 'text', of: ({ id }) => id },
    { name: 'rev', type: 'int8', of: ({ rev }) => rev },
    { name: 'cause', type: 'int8', of: ({ cause }) => cause },
    ...fields.map(([field, { type }]) => ({
      name: snakeCase(field),
      type: TYPES[type],
      of: ({ values }: StoredRow) => values[field],
    })),
  ];
  const wanted = fields.map(([field]) => `, ${name(snakeCase(field))} as ${name(field)}`).join('');
  const replaced = columns
    .filter(column => column.name !== 'id')
    .map(column => `${name(column.name)} = excluded.${name(column.name)}`)
    .join(', ');

  return {
    read: branch => `select id, rev, cause${wanted} from ${name(table)} where branch = ${branch}`,
    put: (branch, rows) => `${insertInto(table, columns, branch, rows)}
      on conflict (branch, id) do update set ${replaced}`,
    remove: (branch, ids) => `
      delete from ${name(table)} where branch = ${whole(branch)}
        and id in (${ids.map(literal).join(', ')})`,
  };
};

export const RECORD_SQL = Object.fromEntries(RECORD_KINDS.map(kind => [kind, recordSql(kind)])) as {
  readonly [K in RecordKind]: RecordSql;
};

export const toStoredRow = ({ id, rev, cause, ...values }: ReadRow): StoredRow => ({
  id,
  rev,
  cause,
  values,
});
