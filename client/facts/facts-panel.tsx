import { type ReactNode, useMemo, useState } from 'react';
import { clockTime } from '../format/lab-time.ts';
import { Grid } from '../list/grid.tsx';
import { InMoment, useMoment } from '../moment/use-moment.tsx';
import { useArrived, useFacts, useNameOf, useRecord } from '../state/lab-context.tsx';
import { useSomebody } from '../state/known-people.ts';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import { factColumns } from './fact-columns.tsx';
import { FACT_GROUPS, type FactGroup, factsOf } from './fact-filter.ts';
import css from './facts.module.css';

const GROUPS = Object.keys(FACT_GROUPS) as FactGroup[];

/** What happens, in order, in words: the same as the drawing shows, for those who read. */
export const FactsPanel = ({ id, tabs }: { id: string; tabs: ReactNode }) => {
  const { vm, host } = useSelection();
  const { past } = useMoment();
  const calendarStart = useRecord<'clock'>('clock:lab')?.calendarStart ?? 0;
  const [group, setGroup] = useState<FactGroup>('all');
  return (
    <section className={css['panel']} aria-label="What happens">
      <div className={css['head']}>
        {tabs}
        <small>
          {vm?.name ?? host?.name ?? 'in the whole lab'}
          {past !== null && <b>{upTo(past.at, calendarStart)}</b>}
        </small>
        <div className={css['chips']} role="group" aria-label="Show">
          {GROUPS.map(each => (
            <button
              key={each}
              type="button"
              className={css['chip']}
              aria-pressed={each === group}
              onClick={() => setGroup(each)}
            >
              {FACT_GROUPS[each].name}
            </button>
          ))}
        </div>
      </div>
      <div className={css['list']} id={id} role="tabpanel" aria-label="Facts in order">
        <InMoment>
          <FactList group={group} />
        </InMoment>
      </div>
    </section>
  );
};

const upTo = (at: number | null, calendarStart: number): string =>
  at === null ? ', looking back…' : `, up to ${clockTime(calendarStart, at)}`;

/** Of now, or up to the moment that is looked at. */
const FactList = ({ group }: { group: FactGroup }) => {
  const { scope, vm } = useSelection();
  const { inspect } = usePlace();
  const move = useMove();
  const facts = useFacts(scope);
  const arrived = useArrived(scope);
  const clock = useRecord<'clock'>('clock:lab');
  const nameOf = useNameOf();
  const somebody = useSomebody();
  const rows = useMemo(() => factsOf(facts, group), [facts, group]);
  const ofSeveral = vm === null;
  const columns = useMemo(() => {
    const personOf = (id: string) => somebody(id)?.name ?? null;
    const names = { calendarStart: clock?.calendarStart ?? 0, nameOf, personOf };
    return factColumns(names, ofSeveral);
  }, [clock?.calendarStart, ofSeveral, nameOf, somebody]);
  return (
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
      empty={arrived && <NoFacts isFiltered={facts.length > 0} />}
    />
  );
};

const NoFacts = ({ isFiltered }: { isFiltered: boolean }) =>
  isFiltered ? (
    <p>Nothing of that kind has happened here. All shows what has.</p>
  ) : (
    <p>
      Nothing has happened here yet. Start a virtual machine: every step of every component appears
      in this list, in order.
    </p>
  );
