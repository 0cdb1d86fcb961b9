import { kindOf } from '../../server/protocol/id.ts';
import { RECORD_KINDS } from '../../server/protocol/record/kind.ts';
import { countText, fileSizeText, hex, memoryText } from '../format/amount.ts';
import { consoleMoment } from '../format/lab-time.ts';
import { wordsOf } from '../format/words.ts';

/** A column of a record as a person reads it. */
export interface FieldText {
  readonly text: string;
  /** The record it names. */
  readonly link: string | null;
}

const KINDS: ReadonlySet<string> = new Set(RECORD_KINDS);

const isRecordId = (text: string): boolean => text.includes(':') && KINDS.has(kindOf(text));

const MOMENTS = /(At|Since|Until)$/u;
const MEMORY = /^(memory|memoryReserve|memoryAssigned|memoryStartup)$/u;
const FILES = /^(size|maximumSize|fileSize|capacity|free)$/u;
const PAGES = /^(depositedPages|pagesInUse|gpaPages|pages|ringPages|pagesSeen)$/u;
const HEX = /^(version|parameter|code|connectionId|simp|siefp|sint2Vector|base|firstPage)$/u;

export const fieldText = (column: string, value: unknown, calendarStart: number): FieldText => {
  if (typeof value === 'string') {
    return isRecordId(value) ? { text: value, link: value } : { text: value, link: null };
  }
  return { text: plainText(column, value, calendarStart), link: null };
};

const plainText = (column: string, value: unknown, calendarStart: number): string => {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value !== 'number') return JSON.stringify(value);
  if (MOMENTS.test(column)) return consoleMoment(calendarStart, value);
  if (MEMORY.test(column)) return memoryText(value);
  if (FILES.test(column)) return fileSizeText(value);
  if (PAGES.test(column)) return `${countText(value)} (${fileSizeText(value * 4096)})`;
  if (HEX.test(column)) return `${hex(value)} (${value})`;
  return countText(value);
};

/** `memoryStartup` as `Memory startup`. */
export const columnTitle = (column: string): string => {
  const words = wordsOf(column);
  const text = words.map(word => (/^[A-Z]{2,}$/u.test(word) ? word : word.toLowerCase())).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
