import type { MessageTable } from '../message-table.ts';
import type { Comparison, FieldName } from './fields.ts';
import type { Filter } from './parse.ts';

/** Whether the message at a place is wanted. */
export type Wanted = (table: MessageTable, place: number) => boolean;

const TICKS_PER_DAY = 86_400 * 10_000_000;
const TICKS_PER_MILLISECOND = 10_000;

/** A filter as a function; `calendarStart` says which time of day the lab began at. */
export const compileFilter = (filter: Filter, calendarStart = 0): Wanted => {
  switch (filter.is) {
    case 'all':
      return () => true;
    case 'or': {
      const parts = filter.of.map(part => compileFilter(part, calendarStart));
      return (table, place) => parts.some(part => part(table, place));
    }
    case 'and': {
      const parts = filter.of.map(part => compileFilter(part, calendarStart));
      return (table, place) => parts.every(part => part(table, place));
    }
    case 'not': {
      const part = compileFilter(filter.of, calendarStart);
      return (table, place) => !part(table, place);
    }
    case 'present':
      return filter.field === 'channel'
        ? (table, place) => table.channel(place) !== null
        : () => true;
    case 'test':
      return typeof filter.value === 'number'
        ? numberTest(filter.field, filter.operator, filter.value, calendarStart)
        : textTest(filter.field, filter.operator, filter.value);
  }
};

const textOf: Readonly<Partial<Record<FieldName, (table: MessageTable, place: number) => string>>> =
  {
    type: (table, place) => table.type(place),
    summary: (table, place) => table.summary(place),
    direction: (table, place) => wayOf(table.toGuest(place)),
    kind: (table, place) => (table.isPacket(place) ? 'packet' : 'control'),
  };

/** Which way a message went, as the list and a filter have it. */
export const wayOf = (toGuest: boolean | null): string =>
  toGuest === null ? '' : toGuest ? 'host to guest' : 'guest to host';

/** Nobody should have to know how a message is capitalised. A text is looked at once, then remembered. */
const textTest = (field: FieldName, operator: Comparison, value: string): Wanted => {
  const read = textOf[field] ?? (() => '');
  const wanted = value.toLowerCase();
  const known = new Map<string, boolean>();
  return (table, place) => {
    const text = read(table, place);
    const before = known.get(text);
    if (before !== undefined) return before;
    const lower = text.toLowerCase();
    const answer =
      operator === 'contains' ? lower.includes(wanted) : (lower === wanted) === (operator === '==');
    known.set(text, answer);
    return answer;
  };
};

const numberTest = (
  field: FieldName,
  operator: Comparison,
  value: number,
  calendarStart: number,
): Wanted => {
  const start = calendarStart * TICKS_PER_MILLISECOND;
  const read = (table: MessageTable, place: number): number | null => {
    if (field === 'channel') return table.channel(place);
    if (field === 'length') return table.length(place);
    if (field === 'number') return table.n(place);
    return (start + table.at(place)) % TICKS_PER_DAY;
  };
  return (table, place) => {
    const found = read(table, place);
    return found === null ? operator === '!=' : compared(found, operator, value);
  };
};

const compared = (found: number, operator: Comparison, value: number): boolean => {
  switch (operator) {
    case '==':
      return found === value;
    case '!=':
      return found !== value;
    case '>':
      return found > value;
    case '>=':
      return found >= value;
    case '<':
      return found < value;
    case '<=':
      return found <= value;
    case 'contains':
      return false;
  }
};
