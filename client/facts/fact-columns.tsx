import type { Fact } from '../../server/protocol/fact.ts';
import { clockTime } from '../format/lab-time.ts';
import type { Column } from '../list/column.ts';
import { actionText, actorOf, refusalOf } from './action-text.ts';
import { COMPONENTS, KIND_NAMES, TINTS } from './components.ts';
import css from './facts.module.css';

/** `VMMS → Worker process`. */
export const whoText = ({ from, to }: Pick<Fact, 'from' | 'to'>): string =>
  to === null || to === from
    ? COMPONENTS[from].name
    : `${COMPONENTS[from].name} → ${COMPONENTS[to].name}`;

export interface FactNames {
  readonly calendarStart: number;
  readonly nameOf: (id: string) => string | null;
  readonly personOf: (id: string) => string | null;
}

/** What a person did is said as one says it, with the name; everything else in its own words. */
const sentence = (fact: Fact, { nameOf }: FactNames): string =>
  fact.kind === 'action' && refusalOf(fact) === null ? actionText(fact, nameOf) : fact.summary;

const actor = (fact: Fact, { personOf }: FactNames): string => {
  const person = actorOf(fact);
  return person === null ? whoText(fact) : (personOf(person) ?? 'Somebody');
};

export const factColumns = (names: FactNames, withMachine: boolean): readonly Column<Fact>[] => [
  {
    id: 'time',
    title: 'Lab time',
    width: '108px',
    cell: ({ at }) => <span className={css['time']}>{clockTime(names.calendarStart, at)}</span>,
  },
  {
    id: 'who',
    title: 'Who',
    width: 'minmax(120px, 236px)',
    cell: fact => (
      <span className={css['who']} title={actor(fact, names)}>
        {actor(fact, names)}
      </span>
    ),
  },
  {
    id: 'what',
    title: 'What',
    width: 'minmax(180px, 1fr)',
    cell: fact => (
      <span title={`${KIND_NAMES[fact.kind]}: ${sentence(fact, names)}`}>
        <span className={`${css['tint']} ${css[TINTS[fact.kind]]}`} aria-hidden="true" />
        <span className="unseen">{KIND_NAMES[fact.kind]}: </span>
        {sentence(fact, names)}
      </span>
    ),
  },
  ...(withMachine
    ? [
        {
          id: 'vm',
          title: 'Machine',
          width: 'minmax(70px, 120px)',
          cell: ({ vm }: Fact) => (vm === null ? '' : (names.nameOf(vm) ?? '(deleted)')),
        },
      ]
    : []),
];
