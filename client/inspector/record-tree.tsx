import { useState } from 'react';
import type { Table } from '../../server/protocol/field.ts';
import { kindOf } from '../../server/protocol/id.ts';
import { type RecordKind, TABLES } from '../../server/protocol/record/index.ts';
import { plural } from '../format/amount.ts';
import { useGauges, useNameOf, useRecord } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove } from '../state/place.tsx';
import { FieldLink } from './field-link.tsx';
import { columnTitle, fieldText } from './field-value.ts';
import css from './inspector.module.css';
import { type Branch, useRelated } from './related.ts';
import { titleOf } from './record-title.ts';

type Columns = Readonly<Record<string, unknown>>;

interface Line {
  readonly key: string;
  readonly name: string;
  readonly value: unknown;
  readonly depth: number;
}

const isOpen = (value: unknown): value is Columns => typeof value === 'object' && value !== null;

/** What is inside a value stands below it, indented. */
export const linesOf = (name: string, value: unknown, depth = 0, path = name): readonly Line[] => {
  if (!isOpen(value)) return [{ key: path, name, value, depth }];
  const inside = Object.entries(value);
  if (inside.length === 0) return [{ key: path, name, value: null, depth }];
  if (Array.isArray(value) && inside.every(([, item]) => !isOpen(item)))
    return [{ key: path, name, value: value.join(', '), depth }];
  return [
    { key: path, name, value: '', depth },
    ...inside.flatMap(([key, item]) => linesOf(key, item, depth + 1, `${path}/${key}`)),
  ];
};

/** Every column that this page was sent, in the order of its table, counters after them as they run. */
export const RecordTree = ({ record }: { record: Seen<RecordKind> }) => {
  const columns: Columns = record;
  const gauges = useGauges(record.id);
  const table: Table = TABLES[kindOf(record.id) as RecordKind];
  const names = Object.keys(table.fields);
  const states = names.filter(name => columns[name] !== undefined);
  const counters = names.filter(name => gauges?.[name] !== undefined);
  return (
    <>
      <dl className={css['fields']}>
        {states
          .flatMap(name => linesOf(name, columns[name]))
          .map(line => (
            <FieldLine key={line.key} line={line} />
          ))}
      </dl>
      {counters.length > 0 && (
        <dl className={`${css['fields']} ${css['counters']}`} aria-label="Counters">
          {counters.map(name => (
            <FieldLine key={name} line={{ key: name, name, value: gauges?.[name], depth: 0 }} />
          ))}
        </dl>
      )}
    </>
  );
};

const FieldLine = ({ line: { name, value, depth } }: { line: Line }) => {
  const clock = useRecord<'clock'>('clock:lab');
  return (
    <div className={css['field']}>
      <dt style={{ paddingInlineStart: depth * 10 }}>{columnTitle(name)}</dt>
      <dd>
        <FieldLink field={fieldText(name, value, clock?.calendarStart ?? 0)} />
      </dd>
    </div>
  );
};

/** What hangs below a record, each of it to be unfolded where it stands. */
export const RelatedTree = ({ id }: { id: string }) => {
  const branches = useRelated(id);
  return branches.map(branch => <BranchPart key={branch.kind} branch={branch} />);
};

/** More than this nobody unfolds here; the views have lists. */
const MOST = 64;

const BranchPart = ({ branch: { kind, records } }: { branch: Branch }) => (
  <Unfold title={plural(records.length, kind.replaceAll('-', ' '))}>
    {() => (
      <>
        {records.slice(0, MOST).map(record => (
          <RecordPart key={record.id} record={record} />
        ))}
        {records.length > MOST && <p className={css['about']}>and {records.length - MOST} more</p>}
      </>
    )}
  </Unfold>
);

const RecordPart = ({ record }: { record: Seen<RecordKind> }) => {
  const nameOf = useNameOf();
  const move = useMove();
  const title = nameOf(record.id) ?? titleOf(record) ?? record.id;
  return (
    <Unfold title={title}>
      {() => (
        <>
          <RecordTree record={record} />
          <button
            type="button"
            className={css['link']}
            onClick={() => move({ inspect: record.id })}
          >
            Open {title}
          </button>
        </>
      )}
    </Unfold>
  );
};

/** What is folded is not made: a partition has dozens of ports. */
const Unfold = ({ title, children }: { title: string; children: () => React.ReactNode }) => {
  const [open, setOpen] = useState(false);
  return (
    <details
      className={css['branch']}
      open={open}
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary>{title}</summary>
      {open && <div>{children()}</div>}
    </details>
  );
};
