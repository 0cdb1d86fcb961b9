import { Button } from '@fluentui/react-components';
import { actorOf } from '../../facts/action-text.ts';
import { chainOf } from '../../inspector/cause-chain.ts';
import { useFindFact } from '../../inspector/use-fact.ts';
import { useSomebody } from '../../state/known-people.ts';
import type { Seen } from '../../state/lab-store.ts';
import { type Conflict, type Draft, settled } from './draft.ts';
import css from './settings.module.css';

const NAMES: Readonly<Record<string, string>> = {
  name: 'the name',
  memory: 'the startup memory',
  count: 'the number of processors',
  reserve: 'the reserve',
  limit: 'the limit',
  weight: 'the weight',
  dvd: 'the DVD',
  switch: 'the network connection',
};

interface ConflictsProps {
  readonly list: readonly Conflict[];
  readonly vm: Seen<'vm'>;
  readonly draft: Draft;
  readonly onSettle: (draft: Draft) => void;
}

/** Who changed what while this window was open, and the choice: theirs, or mine knowing of theirs. */
export const Conflicts = ({ list, vm, draft, onSettle }: ConflictsProps) => {
  const who = useLastChanger(vm);
  return (
    <div className={css['conflicts']} role="alert">
      {list.map(conflict => (
        <div key={conflict.key} className={css['conflict']}>
          <span>
            {who} changed {NAMES[conflict.key] ?? 'this'} to {conflict.theirs || 'none'} while this
            window was open.
          </span>
          <Button size="small" onClick={() => onSettle(settled(draft, conflict, 'theirs'))}>
            Take theirs
          </Button>
          <Button size="small" onClick={() => onSettle(settled(draft, conflict, 'mine'))}>
            Keep {conflict.mine || 'none'}
          </Button>
        </div>
      ))}
    </div>
  );
};

/** The person at the beginning of the chain of causes of the last change. */
const useLastChanger = (vm: Seen<'vm'>): string => {
  const find = useFindFact();
  const somebody = useSomebody();
  const fact = find(vm.cause);
  const first = fact === undefined ? undefined : chainOf(fact, find).facts[0];
  const id = first === undefined ? null : actorOf(first);
  return (id === null ? null : somebody(id)?.name) ?? 'Somebody';
};
