import type { Component } from '../../server/protocol/fact.ts';
import { COMPONENTS, type Site } from '../facts/components.ts';
import { clockTime } from '../format/lab-time.ts';
import { useFacts, useRecord } from '../state/lab-context.tsx';
import { useMove, useSelection } from '../state/place.tsx';
import css from './inspector.module.css';
import { InspectorPage, Part } from './page.tsx';

const SITES: Readonly<Record<Site, string>> = {
  'parent-user': 'parent partition, user mode',
  'parent-kernel': 'parent partition, kernel mode',
  hypervisor: 'under every partition',
  child: 'child partition',
  hardware: 'the physical server',
  outside: 'outside the lab',
};

const SHOWN = 12;

/** A part of the stack that is code and no record: what it is, and what it did last. */
export const ComponentPage = ({ component }: { component: Component }) => {
  const { name, binary, site, about } = COMPONENTS[component];
  const { scope } = useSelection();
  const facts = useFacts(scope);
  const clock = useRecord<'clock'>('clock:lab');
  const move = useMove();
  const last = facts
    .filter(({ from, to }) => from === component || to === component)
    .slice(-SHOWN)
    .toReversed();
  return (
    <InspectorPage kind="COMPONENT" title={binary === '' ? name : `${name} (${binary})`}>
      <Part>
        <p className={css['about']}>{about}</p>
        <p className={css['about']} style={{ marginTop: 6 }}>
          Runs in: {SITES[site]}.
        </p>
      </Part>
      <Part title="What it did last">
        {last.length === 0 ? (
          <p className={css['about']}>Nothing that this page was sent.</p>
        ) : (
          <ol className={css['chain']}>
            {last.map(fact => (
              <li key={fact.n}>
                <span className={css['who']}>{clockTime(clock?.calendarStart ?? 0, fact.at)}</span>
                <button
                  type="button"
                  className={css['link']}
                  onClick={() => move({ inspect: `fact:${fact.n}` })}
                >
                  {fact.summary}
                </button>
              </li>
            ))}
          </ol>
        )}
      </Part>
    </InspectorPage>
  );
};
