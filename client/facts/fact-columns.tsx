import type { Fact } from '../../server/protocol/fact.ts';
import { clockTime } from '../format/lab-time.ts';
import type { Column } from '../list/column.ts';
import { COMPONENTS, KIND_NAMES, TINTS } from './components.ts';
import css from './facts.module.css';

/** `VMMS → Worker process`. */
export const whoText = ({ from, to }: Pick<Fact, 'from' | 'to'>): string =>
  to === null || to === from
    ? COMPONENTS[from].name
    : `${COMPONENTS[from].name} → ${COMPONENTS[to].name}`;

export const factColumns = (
  calendarStart: number,
  vmName: ((id: string) => string) | null,
): readonly Column<Fact>[] => [
  {
    id: 'time',
    title: 'Lab time',
    width: '108px',
    cell: ({ at }) => <span className={css['time']}>{clockTime(calendarStart, at)}</span>,
  },
  {
    id: 'who',
    title: 'Who',
    width: 'minmax(120px, 210px)',
    cell: fact => (
      <span className={css['who']} title={whoText(fact)}>
        {whoText(fact)}
      </span>
    ),
  },
  {
    id: 'what',
    title: 'What',
    width: 'minmax(180px, 1fr)',
    cell: ({ kind, summary }) => (
      <span title={`${KIND_NAMES[kind]}: ${summary}`}>
        <span className={`${css['tint']} ${css[TINTS[kind]]}`} aria-hidden="true" />
        <span className="unseen">{KIND_NAMES[kind]}: </span>
        {summary}
      </span>
    ),
  },
  ...(vmName === null
    ? []
    : [
        {
          id: 'vm',
          title: 'Machine',
          width: 'minmax(70px, 120px)',
          cell: ({ vm }: Fact) => (vm === null ? '' : vmName(vm)),
        },
      ]),
];
