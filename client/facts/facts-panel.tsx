import { type ReactNode, useMemo, useState } from 'react';
import { Grid } from '../list/grid.tsx';
import { useArrived, useFacts, useNameOf, usePeople, useRecord } from '../state/lab-context.tsx';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import { factColumns } from './fact-columns.tsx';
import { FACT_GROUPS, type FactGroup, factsOf } from './fact-filter.ts';
import css from './facts.module.css';

const GROUPS = Object.keys(FACT_GROUPS) as FactGroup[];

/** What happens, in order, in words: the same as the drawing shows, for those who read. */
export const FactsPanel = ({ id, tabs }: { id: string; tabs: ReactNode }) => {
  const { scope, vm, host } = useSelection();
  const { inspect } = usePlace();
  const move = useMove();
  const facts = useFacts(scope);
  const arrived = useArrived(scope);
  const clock = useRecord<'clock'>('clock:lab');
  const nameOf = useNameOf();
  const people = usePeople();
  const [group, setGroup] = useState<FactGroup>('all');
  const rows = useMemo(() => factsOf(facts, group), [facts, group]);
  const ofSeveral = vm === null;
  const columns = useMemo(() => {
    const personOf = (id: string) => people.find(person => person.id === id)?.name ?? null;
    const names = { calendarStart: clock?.calendarStart ?? 0, nameOf, personOf };
    return factColumns(names, ofSeveral);
  }, [clock?.calendarStart, ofSeveral, nameOf, people]);
  return (
    <section className={css['panel']} aria-label="What happens">
      <div className={css['head']}>
        {tabs}
        <small>{vm?.name ?? host?.name ?? 'in the whole lab'}</small>
        <div className={css['chips']} role="group" aria-label="Show">
          {GROUPS.map(id => (
            <button
              key={id}
              type="button"
              className={css['chip']}
              aria-pressed={id === group}
              onClick={() => setGroup(id)}
            >
              {FACT_GROUPS[id].name}
            </button>
          ))}
        </div>
      </div>
      <div className={css['list']} id={id} role="tabpanel" aria-label="Facts in order">
        <Grid
          label="Facts"
          rows={rows}
          columns={columns}
          keyOf={({ n }) => String(n)}
          selected={inspect?.startsWith('fact:') ? inspect.slice('fact:'.length) : null}
          onSelect={({ n }) => move({ inspect: `fact:${n}` }, 'replace')}
          rowHeight={24}
          leastWidth={420}
          follow
          empty={
            arrived && (
              <p>
                Nothing has happened here yet. Start a virtual machine: every step of every
                component appears in this list, in order.
              </p>
            )
          }
        />
      </div>
    </section>
  );
};
