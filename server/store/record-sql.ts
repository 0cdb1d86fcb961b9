import { snakeCase } from '../../db/record.ts';
import type { Projection } from '../lab/port.ts';
import type { FieldType, Table } from '../protocol/field.ts';
import { TABLES } from '../protocol/record/index.ts';
import { type RecordKind, RECORD_KINDS } from '../protocol/record/kind.ts';
import { literal, name, rowsLiteral, whole } from './literal.ts';

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

/** json travels as text inside the recordset, so that its keys and escapes stay as they are. */
const IN_RECORDSET: Readonly<Record<FieldType, string>> = {
  text: 'text',
  int: 'int8',
  bool: 'bool',
  json: 'text',
};

const recordSql = (kind: RecordKind): RecordSql => {
  const fields = Object.entries((TABLES[kind] as Table).fields);
  const table = name(snakeCase(kind));
  const jsonFields = fields.filter(([, { type }]) => type === 'json').map(([field]) => field);

  const columns = ['rev', 'cause', ...fields.map(([field]) => name(snakeCase(field)))];
  const wanted = fields.map(([field]) => `, ${name(snakeCase(field))} as ${name(field)}`).join('');
  const given = fields.map(
    ([field, { type }]) => `, r.${name(field)}${type === 'json' ? '::json' : ''}`,
  );
  const types = fields.map(([field, { type }]) => `, ${name(field)} ${IN_RECORDSET[type]}`);
  const replaced = columns.map(column => `${column} = excluded.${column}`).join(', ');

  const flat = ({ id, rev, cause, values }: StoredRow): object => {
    const row: { [field: string]: unknown } = { id, rev, cause, ...values };
    for (const field of jsonFields) row[field] = JSON.stringify(values[field]);
    return row;
  };

  return {
    read: branch => `select id, rev, cause${wanted} from ${table} where branch = ${branch}`,
    put: (branch, rows) => `
      insert into ${table} (branch, id, ${columns.join(', ')})
      select ${whole(branch)}, r.id, r.rev, r.cause${given.join('')}
      from json_to_recordset(${rowsLiteral(rows.map(flat))})
        as r(id text, rev int8, cause int8${types.join('')})
      on conflict (branch, id) do update set ${replaced}`,
    remove: (branch, ids) => `
      delete from ${table} where branch = ${whole(branch)}
        and id in (select json_array_elements_text(${literal(JSON.stringify(ids))}))`,
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
