import { useEffect, useMemo, useState } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import { useFindFact } from '../inspector/use-fact.ts';
import { readFacts } from '../rest/request.ts';
import { useRecord } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import { useToldFacts } from '../state/told-facts.ts';
import { ChannelStrip } from './channel-strip.tsx';
import { decode } from './decode.ts';
import { DetailPanes } from './detail-panes.tsx';
import { MessageList } from './message-list.tsx';
import { bytesOf } from './message.ts';
import { PacketsPart } from './packets-part.tsx';
import { Toolbar } from './toolbar.tsx';
import { Above, NoMessages } from './notes.tsx';
import { type Messages, useMessages } from './use-messages.ts';
import { useWanted } from './use-wanted.ts';
import css from './vmbus.module.css';

/** The bus of one virtual machine in three linked panes: messages, the fields of one, its bytes. */
export const VmbusView = () => {
  const { vm } = useSelection();
  if (vm === null) {
    return (
      <p className={css['hint']}>
        Every virtual machine has a VMBus of its own. Choose one on the left: its messages appear
        here with their real bytes, from the first InitiateContact on.
      </p>
    );
  }
  return <Bus key={vm.id} vm={vm} />;
};

const Bus = ({ vm }: { vm: Seen<'vm'> }) => {
  const { channel, packets } = usePlace();
  const move = useMove();
  return (
    <div className={css['view']}>
      <ChannelStrip vm={vm} chosen={channel} onChoose={to => move({ channel: to }, 'replace')} />
      {packets ? <PacketsPart vm={vm} channel={channel} /> : <MessagesPart vm={vm} />}
    </div>
  );
};

const MessagesPart = ({ vm }: { vm: Seen<'vm'> }) => {
  const { channel, filter } = usePlace();
  const move = useMove();
  const calendarStart = useRecord<'clock'>('clock:lab')?.calendarStart ?? 0;
  const [pausedAt, setPausedAt] = useState<number | null>(null);
  const wanted = useWanted(filter, channel, calendarStart);
  const messages = useMessages(vm.id, { wanted, pausedAt });
  const { log, view } = messages;
  const chosen = useChosen(vm, messages);
  const parts = useMemo(() => (chosen.fact === null ? [] : decode(chosen.fact)), [chosen.fact]);
  const isFiltered = wanted !== null;
  return (
    <>
      <Toolbar
        vm={vm}
        messages={messages}
        calendarStart={calendarStart}
        isPaused={pausedAt !== null}
        onPause={paused => setPausedAt(paused ? log.table.end : null)}
      />
      <MessageList
        label="Messages"
        view={view}
        version={messages.version}
        calendarStart={calendarStart}
        chosen={chosen.n}
        onChoose={place => move({ inspect: `fact:${log.table.n(place)}` }, 'replace')}
        follow={pausedAt === null}
        onTop={isFiltered && log.table.count > SEARCHED ? nothing : messages.loadOlder}
        above={<Above log={log} onLoad={messages.loadOlder} />}
        empty={<NoMessages vm={vm} messages={messages} isFiltered={isFiltered} />}
      />
      <DetailPanes
        key={chosen.n ?? 'none'}
        parts={parts}
        bytes={chosen.fact === null ? '' : bytesOf(chosen.fact)}
        isComing={chosen.n !== null && chosen.fact === null}
      />
    </>
  );
};

/** Behind a filter no more than this is looked through before somebody asks for it. */
const SEARCHED = 5_000;
const nothing = (): void => undefined;

interface Chosen {
  /** The number of the chosen message's fact; null when what is inspected is no message of this bus. */
  readonly n: number | null;
  /** Null while it is on its way. */
  readonly fact: Fact | null;
}

/** The message that is inspected, with its bytes: asked for where this page does not hold them any more. */
const useChosen = (vm: Seen<'vm'>, { log, version }: Messages): Chosen => {
  const { inspect, lab } = usePlace();
  const told = useToldFacts();
  const find = useFindFact();
  const number = inspect?.startsWith('fact:') ? Number(inspect.slice('fact:'.length)) : null;
  const place = useMemo(
    () => (number === null || version < 0 ? null : log.table.placeOf(number)),
    [number, log, version],
  );
  const fact = number === null ? undefined : find(number);
  const isMissing = place !== null && fact === undefined;
  const turn = place === null ? null : log.table.turn(place);
  useEffect(() => {
    if (!isMissing || number === null || turn === null) return;
    void readFacts(lab, { scope: vm.id, before: number + 1, turn, limit: 1 }).then(answer => {
      if (answer.ok) told.put(answer.value.facts);
    });
  }, [isMissing, number, turn, lab, vm.id, told]);
  return place === null ? { n: null, fact: null } : { n: number, fact: fact ?? null };
};
