import { useMemo, useState } from 'react';
import { compileFilter, type Wanted } from './filter/compile.ts';
import { parseFilter } from './filter/parse.ts';

/** What the address asks for; null is everything. A filter that cannot be read changes nothing. */
export const useWanted = (
  filter: string,
  channel: number | null,
  calendarStart: number,
): Wanted | null => {
  const parsed = useMemo(() => parseFilter(filter), [filter]);
  const [last, setLast] = useState(parsed);
  if (parsed.ok && parsed !== last) setLast(parsed);
  return useMemo(() => {
    const read = last.ok && last.filter.is !== 'all' ? last.filter : null;
    if (read === null && channel === null) return null;
    const fits: Wanted = read === null ? () => true : compileFilter(read, calendarStart);
    if (channel === null) return fits;
    return (table, place) => table.channel(place) === channel && fits(table, place);
  }, [last, channel, calendarStart]);
};
