import type { Json } from '../../server/base/json.ts';
import { useRecord } from '../state/lab-context.tsx';
import { columnTitle, fieldText } from './field-value.ts';
import { FieldLink } from './field-link.tsx';
import css from './inspector.module.css';

/** Data of any shape: names on the left, values on the right, what is inside indented. */
export const DataTree = ({ data }: { data: { readonly [key: string]: Json } }) => {
  const clock = useRecord<'clock'>('clock:lab');
  return (
    <dl className={css['fields']}>
      {flat(data, 0).map(({ key, name, value, depth }) => (
        <div key={key} className={css['field']}>
          <dt style={{ paddingInlineStart: depth * 10 }}>{columnTitle(name)}</dt>
          <dd>
            <FieldLink field={fieldText(name, value, clock?.calendarStart ?? 0)} />
          </dd>
        </div>
      ))}
    </dl>
  );
};

interface Line {
  readonly key: string;
  readonly name: string;
  readonly value: Json;
  readonly depth: number;
}

const flat = (data: { readonly [key: string]: Json }, depth: number, path = ''): readonly Line[] =>
  Object.entries(data).flatMap(([name, value]) => {
    const key = `${path}/${name}`;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return [{ key, name, value, depth }];
    }
    const inside = value as { readonly [key: string]: Json };
    return [{ key, name, value: '', depth }, ...flat(inside, depth + 1, key)];
  });
