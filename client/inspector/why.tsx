import { useMemo } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import { actionText, actorOf } from '../facts/action-text.ts';
import { whoText } from '../facts/fact-columns.tsx';
import { plural } from '../format/amount.ts';
import { useNameOf } from '../state/lab-context.tsx';
import { useSomebody } from '../state/known-people.ts';
import { useMove } from '../state/place.tsx';
import { abridged } from './cause-chain.ts';
import css from './inspector.module.css';
import { Part } from './page.tsx';
import { useChain } from './use-chain.ts';

const SHOWN = 9;

/** The chain of causes, back to a person, a fault or a timer. */
export const Why = ({ fact, title = 'Why?' }: { fact: Fact; title?: string }) => {
  const chain = useChain(fact);
  const items = useMemo(() => abridged(chain.facts, SHOWN), [chain]);
  return (
    <Part title={title}>
      <ol className={css['chain']}>
        {!chain.whole && (
          <li className={css['left']}>what came before is older than this page holds</li>
        )}
        {items.map((item, index) =>
          'left' in item ? (
            <li key={`left-${index}`} className={css['left']}>
              {plural(item.left, 'step')} between
            </li>
          ) : (
            <Cause key={item.n} fact={item} here={item.n === fact.n} />
          ),
        )}
      </ol>
    </Part>
  );
};

const Cause = ({ fact, here }: { fact: Fact; here: boolean }) => {
  const move = useMove();
  const somebody = useSomebody();
  const nameOf = useNameOf();
  const isAction = fact.kind === 'action' && fact.from === 'person';
  const id = isAction ? actorOf(fact) : null;
  const actor = (id === null ? null : somebody(id)?.name) ?? 'Somebody';
  return (
    <li className={here ? css['here'] : ''}>
      <span className={css['who']}>{isAction ? actor : whoText(fact)}</span>
      <button
        type="button"
        className={css['link']}
        aria-current={here ? 'true' : undefined}
        onClick={() => move({ inspect: `fact:${fact.n}` })}
      >
        {isAction ? actionText(fact, nameOf) : fact.summary}
      </button>
    </li>
  );
};
