import { useMemo } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import { factColumns } from '../facts/fact-columns.tsx';
import { Grid } from '../list/grid.tsx';
import { useNameOf, useRecord } from '../state/lab-context.tsx';
import { useSomebody } from '../state/known-people.ts';
import { useMove, usePlace } from '../state/place.tsx';

/** The drawing in words: the same facts, in order. */
export const FactList = ({ facts }: { facts: readonly Fact[] }) => {
  const { inspect } = usePlace();
  const move = useMove();
  const nameOf = useNameOf();
  const somebody = useSomebody();
  const clock = useRecord<'clock'>('clock:lab');
  const columns = useMemo(() => {
    const personOf = (id: string) => somebody(id)?.name ?? null;
    return factColumns({ calendarStart: clock?.calendarStart ?? 0, nameOf, personOf }, true);
  }, [clock?.calendarStart, nameOf, somebody]);
  return (
    <Grid
      label="Timeline"
      rows={facts}
      columns={columns}
      keyOf={({ n }) => String(n)}
      selected={inspect?.startsWith('fact:') ? inspect.slice('fact:'.length) : null}
      onSelect={({ n }) => move({ inspect: `fact:${n}` }, 'replace')}
      rowHeight={24}
      leastWidth={520}
      empty={<p>Nothing has happened here yet. Start a virtual machine.</p>}
    />
  );
};
