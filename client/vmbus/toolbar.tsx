import { useMemo } from 'react';
import { countText, plural } from '../format/amount.ts';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace } from '../state/place.tsx';
import { CaptureButton } from './capture-button.tsx';
import { capture } from './download.ts';
import { FilterBox } from './filter-box.tsx';
import { Hold } from './hold.tsx';
import { COLOUR_RULES } from './rules.ts';
import type { Messages } from './use-messages.ts';
import css from './toolbar.module.css';
import { WhatIsListed } from './what-is-listed.tsx';

interface ToolbarProps {
  readonly vm: Seen<'vm'>;
  readonly messages: Messages;
  readonly calendarStart: number;
  readonly isPaused: boolean;
  readonly onPause: (paused: boolean) => void;
}

export const Toolbar = ({ vm, messages, calendarStart, isPaused, onPause }: ToolbarProps) => {
  const { filter } = usePlace();
  const move = useMove();
  const { log, view, version } = messages;
  const types = useMemo(() => (version < 0 ? [] : log.table.types()), [log, version]);
  return (
    <div className={css['bar']}>
      <WhatIsListed />
      <FilterBox text={filter} onText={text => move({ filter: text }, 'replace')} types={types} />
      <Count messages={messages} />
      <Hold isPaused={isPaused} withheld={view.withheld} onPause={onPause} />
      <Download vm={vm} messages={messages} calendarStart={calendarStart} />
      <Legend filter={filter} onFilter={text => move({ filter: text }, 'replace')} />
    </div>
  );
};

const Count = ({ messages: { log, view } }: { messages: Messages }) => (
  <small className={css['count']} role="status">
    {view.count === log.table.count
      ? plural(view.count, 'message')
      : `${countText(view.count)} of ${countText(log.table.count)}`}
    {!view.isComplete && ' …'}
  </small>
);

const Download = ({
  vm,
  messages: { view },
  calendarStart,
}: Pick<ToolbarProps, 'vm' | 'messages' | 'calendarStart'>) => {
  const { lab } = usePlace();
  const machine = vm.name ?? 'vm';
  return (
    <CaptureButton
      what="The listed messages"
      name={`${machine}-vmbus.pcapng`}
      isEmpty={view.count === 0}
      make={progress => capture({ lab, vm: vm.id, machine, calendarStart, view, progress })}
    />
  );
};

/** The colouring rules are filters: choosing one lists what it colours. */
const Legend = ({ filter, onFilter }: { filter: string; onFilter: (text: string) => void }) => (
  <div className={css['legend']} role="group" aria-label="Colours">
    {COLOUR_RULES.map(rule => (
      <button
        key={rule.name}
        type="button"
        title={rule.filter}
        aria-pressed={filter === rule.filter}
        onClick={() => onFilter(filter === rule.filter ? '' : rule.filter)}
      >
        <i className={css[rule.colour]} aria-hidden="true" />
        {rule.name}
      </button>
    ))}
  </div>
);
