import { DateTime } from '../value/date-time.ts';
import { formatDate } from '../value/date-format.ts';
import type { TextLayout } from './layout.ts';

/** A date on a line of its own. */
export const DATES: TextLayout = {
  kind: 'text',
  of: value => (value instanceof DateTime ? (formatDate(value, FORMATS[value.hint]) ?? '') : ''),
};

/** By what of a date is meant: -DisplayHint. */
const FORMATS = { DateTime: 'F', Date: 'D', Time: 'T' } as const;
