import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { must } from '../../server/base/assert.ts';
import { isId } from '../../server/protocol/id.ts';
import { STATION } from '../../server/protocol/management-station.ts';
import type { ListedConsole } from '../link/console-desk.ts';
import { useConsoleList, useLab, useMe, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useNotify } from '../state/notices.tsx';
import { type BottomMemory, readMemory } from './bottom-size.ts';

/** A line that waits for the prompt of a console; without a text, just the focus. */
interface SentLine {
  readonly console: string;
  readonly text: string | null;
}

type Computer = Pick<Seen<'host'>, 'id' | 'name'>;

interface Consoles {
  readonly memory: BottomMemory;
  readonly remember: (change: Partial<BottomMemory>) => void;
  readonly open: (host: string) => Promise<string | null>;
  /** Where a console may be opened: the computer of an administrator, and the hosts. */
  readonly computers: readonly Computer[];
  /** Shows a console and puts the cursor into it. */
  readonly goTo: (console: string) => void;
  readonly sendLine: (text: string, host?: string) => Promise<void>;
  readonly sent: SentLine | null;
  readonly taken: () => void;
}

const ConsolesContext = createContext<Consoles | null>(null);

const KEPT_AS = 'enlighten.bottom';
/** Until the terminal is there and says how wide it is. */
const COLUMNS = 120;

const kept = (): BottomMemory => {
  try {
    return readMemory(window.localStorage.getItem(KEPT_AS));
  } catch {
    return readMemory(null); // storage may be forbidden; a height is worth no error
  }
};

const keep = (memory: BottomMemory): void => {
  try {
    window.localStorage.setItem(KEPT_AS, JSON.stringify(memory));
  } catch {
    // As above.
  }
};

/** The consoles of the lab, which of them is shown, and lines on their way into them. */
export const ConsolesProvider = ({ children }: { children: ReactNode }) => {
  const { link } = useLab();
  const list = useConsoleList();
  const me = useMe();
  const hosts = useRecords('host');
  const complain = useComplain();
  const [memory, setMemory] = useState(kept);
  const [sent, setSent] = useState<SentLine | null>(null);
  useEffect(() => link.consoles.want(), [link]);
  useEffect(() => keep(memory), [memory]);
  const remember = useCallback(
    (change: Partial<BottomMemory>) => setMemory(before => ({ ...before, ...change })),
    [],
  );
  const open = useCallback(
    async (host: string) => {
      if (!isId('host', host)) return null;
      const answer = await link.consoles.ask(null, { do: 'open', host, columns: COLUMNS });
      if (!answer.ok) complain(answer.message);
      if (answer.console === null) return null;
      remember({ shown: answer.console, collapsed: false });
      setSent({ console: answer.console, text: null });
      return answer.console;
    },
    [link, complain, remember],
  );
  const goTo = useCallback(
    (console: string) => {
      remember({ shown: console, collapsed: false });
      setSent({ console, text: null });
    },
    [remember],
  );
  const firstHost = hosts[0]?.id;
  const { shown } = memory;
  const sendLine = useCallback(
    async (text: string, host?: string) => {
      const mine = (list ?? []).filter(
        one => drives(one, me?.id) && (host ?? one.host) === one.host,
      );
      const known = (mine.find(({ id }) => id === shown) ?? mine[0])?.id;
      const where = host ?? firstHost;
      const target = known ?? (where === undefined ? null : await open(where));
      if (target === null) return;
      remember({ shown: target, collapsed: false });
      setSent({ console: target, text });
    },
    [list, me?.id, shown, firstHost, open, remember],
  );
  const taken = useCallback(() => setSent(null), []);
  const computers = useMemo(
    (): readonly Computer[] => [STATION, ...hosts.filter(({ id }) => id !== STATION.id)],
    [hosts],
  );
  const value = useMemo(
    () => ({ memory, remember, open, computers, goTo, sendLine, sent, taken }),
    [memory, remember, open, computers, goTo, sendLine, sent, taken],
  );
  return <ConsolesContext value={value}>{children}</ConsolesContext>;
};

export const useConsoles = (): Consoles =>
  must(useContext(ConsolesContext), 'the screen of a lab provides consoles');

/**
 * Puts a line at the prompt of a console that one drives, on that host or on any; opens one where there
 * is none. It is not run: whoever sent it reads it there and presses Enter.
 */
export const useSendLine = (): Consoles['sendLine'] => useConsoles().sendLine;

/** Shows the console that was shown last, or where to open one. */
export const useGoToConsole = (): (() => void) => {
  const { memory, remember, goTo } = useConsoles();
  const list = useConsoleList();
  return useCallback(() => {
    const console = list?.find(({ id }) => id === memory.shown) ?? list?.[0];
    if (console === undefined) remember({ shown: 'new', collapsed: false });
    else goTo(console.id);
  }, [list, memory.shown, remember, goTo]);
};

export const drives = ({ driver }: ListedConsole, person: string | undefined): boolean =>
  driver !== null && driver.id === person;

/** A request to a console was refused: says so where everything else is said. */
export const useComplain = (): ((message: string) => void) => {
  const notify = useNotify();
  return useCallback(
    message =>
      notify({ intent: 'error', title: 'PowerShell console', message, advice: null, code: null }),
    [notify],
  );
};
