import type { Table } from '../../server/protocol/field.ts';
import { type Id, kindOf } from '../../server/protocol/id.ts';
import { type RecordKind, TABLES } from '../../server/protocol/record/index.ts';
import { useGauges, useNameOf, useRecord } from '../state/lab-context.tsx';
import { FieldLink } from './field-link.tsx';
import { columnTitle, fieldText } from './field-value.ts';
import css from './inspector.module.css';
import { InspectorPage, Part } from './page.tsx';
import { useFindFact } from './use-fact.ts';
import { Why } from './why.tsx';

const isKind = (text: string): text is RecordKind => Object.hasOwn(TABLES, text);

/** `vmbus-channel` as `VMBUS CHANNEL`. */
const kindTitle = (kind: string): string => kind.replaceAll('-', ' ').toUpperCase();

export const RecordPage = ({ id }: { id: string }) => {
  const kind = kindOf(id);
  if (!isKind(kind)) {
    return (
      <InspectorPage kind="UNKNOWN" title={id}>
        <p className={css['hint']}>There is no such kind of object.</p>
      </InspectorPage>
    );
  }
  return <KnownRecord kind={kind} id={id as Id} />;
};

const KnownRecord = ({ kind, id }: { kind: RecordKind; id: Id }) => {
  const table: Table = TABLES[kind];
  const record: Readonly<Record<string, unknown>> | undefined = useRecord(id);
  const cause = useRecord(id)?.cause ?? 0;
  const fact = useFindFact()(cause);
  const nameOf = useNameOf();
  const title = nameOf(id) ?? titleOf(record) ?? id.slice(kind.length + 1);
  return (
    <InspectorPage kind={kindTitle(kind)} title={title}>
      <Part>
        <p className={css['about']}>{table.about}</p>
      </Part>
      {record === undefined ? (
        <p className={css['hint']}>
          It is not there any more, or belongs to an object that is not selected.
        </p>
      ) : (
        <Part title="Now">
          <Columns table={table} record={record} id={id} />
        </Part>
      )}
      {fact !== undefined && <Why fact={fact} title="Why is it so?" />}
    </InspectorPage>
  );
};

/** The first column that tells records of its kind apart. */
const titleOf = (record: Readonly<Record<string, unknown>> | undefined): string | null => {
  for (const column of ['name', 'label', 'title', 'path', 'number', 'index']) {
    const value = record?.[column];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return `${column} ${value}`;
  }
  return null;
};

/** Every column that this page was sent, in the order of its table; counters where they are known. */
const Columns = ({
  table,
  record,
  id,
}: {
  table: Table;
  record: Readonly<Record<string, unknown>>;
  id: string;
}) => {
  const clock = useRecord<'clock'>('clock:lab');
  const gauges = useGauges(id);
  const all = { ...record, ...gauges };
  return (
    <dl className={css['fields']}>
      {Object.keys(table.fields)
        .filter(column => all[column] !== undefined)
        .map(column => (
          <div key={column} className={css['field']}>
            <dt>{columnTitle(column)}</dt>
            <dd>
              <FieldLink field={fieldText(column, all[column], clock?.calendarStart ?? 0)} />
            </dd>
          </div>
        ))}
    </dl>
  );
};
