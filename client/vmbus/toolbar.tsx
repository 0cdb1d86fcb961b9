import { Button, Tooltip } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { PauseRegular } from '@fluentui/react-icons/svg/pause';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { useMemo, useState } from 'react';
import { countText, plural } from '../format/amount.ts';
import type { Seen } from '../state/lab-store.ts';
import { useNotify } from '../state/notices.tsx';
import { useMove, usePlace } from '../state/place.tsx';
import { capture, save } from './download.ts';
import { FilterBox } from './filter-box.tsx';
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
      <Tooltip
        content={isPaused ? 'Go on with the newest' : 'Hold the list still; the lab goes on'}
        relationship="description"
      >
        <Button
          size="small"
          appearance="subtle"
          icon={isPaused ? <PlayRegular /> : <PauseRegular />}
          aria-pressed={isPaused}
          onClick={() => onPause(!isPaused)}
        >
          {isPaused ? 'Go on' : 'Hold'}
          {isPaused && view.withheld > 0 && (
            <span className={css['new']}>{countText(view.withheld)} new</span>
          )}
        </Button>
      </Tooltip>
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
  const notify = useNotify();
  const [done, setDone] = useState<number | null>(null);
  const start = async (): Promise<void> => {
    const machine = vm.name ?? 'vm';
    setDone(0);
    const progress = (part: number): boolean => {
      setDone(part);
      return true;
    };
    const made = await capture({ lab, vm: vm.id, machine, calendarStart, view, progress });
    setDone(null);
    if (made instanceof Blob) save(made, `${machine}-vmbus.pcapng`);
    else if (made !== null) {
      notify({
        intent: 'error',
        title: 'The capture could not be made',
        message: made,
        advice: 'Try again.',
        code: null,
      });
    }
  };
  return (
    <Tooltip
      content="The listed messages, for Wireshark (pcapng, link type DLT_USER0)"
      relationship="description"
    >
      <Button
        size="small"
        appearance="subtle"
        icon={<ArrowDownloadRegular />}
        disabled={view.count === 0 || done !== null}
        onClick={() => void start()}
      >
        {done === null ? 'pcapng' : `${Math.round(done * 100)} %`}
      </Button>
    </Tooltip>
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
