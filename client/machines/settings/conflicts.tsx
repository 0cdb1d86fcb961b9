import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { actorOf } from '../../facts/action-text.ts';
import { chainOf } from '../../inspector/cause-chain.ts';
import { useFindFact } from '../../inspector/use-fact.ts';
import { useSomebody } from '../../state/known-people.ts';
import { type Conflict, type Draft, settled } from './draft.ts';
import css from './settings.module.css';
import { recordBehind, type Subject } from './subject.ts';
import { settingName, valueName } from './words.ts';

interface ConflictsProps {
  readonly list: readonly Conflict[];
  readonly subject: Subject;
  readonly draft: Draft;
  readonly onSettle: (draft: Draft) => void;
}

/** Who changed what while this window was open, and the choice: theirs, or mine knowing of theirs. */
export const Conflicts = ({ list, subject, draft, onSettle }: ConflictsProps) => (
  <div className={css['conflicts']} role="alert">
    {list.map(conflict => (
      <Row
        key={`${conflict.key} ${conflict.theirs}`}
        conflict={conflict}
        subject={subject}
        onSettle={which => onSettle(settled(draft, conflict, which))}
      />
    ))}
  </div>
);

const Row = ({
  conflict: { key, mine, theirs },
  subject,
  onSettle,
}: {
  conflict: Conflict;
  subject: Subject;
  onSettle: (which: 'mine' | 'theirs') => void;
}) => {
  const who = useChanger(subject, key) ?? 'Somebody';
  const name = settingName(subject, key);
  return (
    <div className={css['conflict']}>
      <span>
        {who} changed {name} to {valueName(subject, key, theirs)} while this window was open.
      </span>
      <Button size="small" onClick={() => onSettle('theirs')}>
        Take {valueName(subject, key, theirs)}
      </Button>
      <Button size="small" onClick={() => onSettle('mine')}>
        Keep {valueName(subject, key, mine)}
      </Button>
    </div>
  );
};

/**
 * The person at the beginning of the chain of causes of the change. It is looked up when the conflict
 * arises and kept: what happens to the machine later has other causes.
 */
const useChanger = (subject: Subject, key: Conflict['key']): string | null => {
  const find = useFindFact();
  const somebody = useSomebody();
  const fact = find(recordBehind(subject, key).cause);
  const first = fact === undefined ? undefined : chainOf(fact, find).facts[0];
  const id = first === undefined ? null : actorOf(first);
  const name = id === null ? null : (somebody(id)?.name ?? null);
  const [known, setKnown] = useState(name);
  if (known === null && name !== null) setKnown(name);
  return known ?? name;
};
