import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ConsoleNow } from '../../server/protocol/wire/down.ts';
import type { ListedConsole } from '../link/console-desk.ts';
import { useLab, useMe } from '../state/lab-context.tsx';
import { drives, useConsoles } from './console-context.tsx';
import { ConsoleSession, type ScreenSize } from './console-session.ts';

interface Around {
  readonly place: RefObject<HTMLDivElement | null>;
  readonly leave: () => void;
  readonly say: (sentence: string) => void;
}

interface Standing {
  readonly now: ConsoleNow | null;
  readonly size: ScreenSize;
}

const NOT_YET: Standing = { now: null, size: { columns: 80, rowHeight: 16 } };

/** A terminal in its place, looking at a console as long as it is there. */
export const useSession = (tab: ListedConsole, around: Around): Standing => {
  const { link } = useLab();
  const { memory } = useConsoles();
  const { place, say } = around;
  const { id } = tab;
  const [session, setSession] = useState<ConsoleSession | null>(null);
  const [standing, setStanding] = useState(NOT_YET);
  const handlers = useHandlers(tab, around);
  const { aloud } = memory;
  const firstAloud = useRef(aloud);
  useEffect(() => {
    if (place.current === null) return undefined;
    const made = new ConsoleSession(place.current, firstAloud.current, {
      desk: link.consoles,
      id,
      say,
      leave: () => handlers.current.leave(),
      keyless: () => handlers.current.keyless(),
      changed: (now, size) => setStanding({ now, size }),
    });
    setSession(made);
    return () => {
      setSession(null);
      setStanding(NOT_YET);
      made.close();
    };
  }, [link, id, say, place, handlers]);
  useEffect(() => session?.speakAloud(aloud), [session, aloud]);
  useKeyboard(session, tab);
  return standing;
};

/** What the terminal calls is what was drawn last; it is not made anew for it. */
const useHandlers = ({ id, driver }: ListedConsole, { leave, say }: Around) => {
  const { link } = useLab();
  const handlers = useRef({ leave, keyless: (): void => undefined });
  useEffect(() => {
    const keyless = (): void => {
      if (driver === null) void link.consoles.ask(id, { do: 'want', keyboard: true });
      else say(`The keyboard is with ${driver.name}. Ask for it above.`);
    };
    handlers.current = { leave, keyless };
  }, [leave, driver, id, link, say]);
  return handlers;
};

/** Who has the keyboard, lines that were sent here, and where the focus is. */
const useKeyboard = (session: ConsoleSession | null, tab: ListedConsole): void => {
  const me = useMe();
  const { link } = useLab();
  const { sent, taken } = useConsoles();
  const { id, driver, wants } = tab;
  const isMine = drives(tab, me?.id);
  const isAsking = wants.some(who => who.id === me?.id);
  const hasAsked = useRef(false);
  const hadIt = useRef(false);
  useEffect(() => {
    session?.drive(isMine, driver?.name ?? null);
  }, [session, isMine, driver]);
  useEffect(() => {
    if (session === null || sent?.console !== id) return;
    // A line waits until one has the keyboard: a console that was just opened is not yet listed.
    if (sent.text !== null && !isMine) return;
    session.focus();
    if (sent.text !== null) session.suggest(sent.text);
    taken();
  }, [session, sent, id, isMine, taken]);
  useEffect(() => {
    // Who asked for the keyboard types next, unless something else has their attention by now.
    const isFree = document.activeElement === document.body;
    if (isMine && hasAsked.current && isFree) session?.focus();
    hasAsked.current = isAsking;
  }, [session, isMine, isAsking]);
  useEffect(() => {
    // A server that was started again gives the keyboard to whoever asks; who had it asks.
    if (driver === null && hadIt.current)
      void link.consoles.ask(id, { do: 'want', keyboard: true });
    hadIt.current = isMine;
  }, [driver, isMine, id, link]);
};
