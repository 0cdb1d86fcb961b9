import { useRef } from 'react';
import type { ListedConsole } from '../link/console-desk.ts';
import { useConnection } from '../state/lab-context.tsx';
import css from './console.module.css';
import { ProgressBands } from './progress-bands.tsx';
import { useSaid } from './use-said.ts';
import { useSession } from './use-session.ts';

interface TerminalProps {
  readonly tab: ListedConsole;
  /** Where the focus goes when it leaves the terminal. */
  readonly leave: () => void;
}

/** One console, as a terminal. The others' screens show the same. */
export const TerminalView = ({ tab, leave }: TerminalProps) => {
  const { phase } = useConnection();
  const place = useRef<HTMLDivElement>(null);
  const { said, say } = useSaid();
  const { now, size } = useSession(tab, { place, leave, say });
  const isAway = phase !== 'live' && phase !== 'catching-up';
  return (
    <div className={css['terminal']} data-state={isAway ? 'away' : (now?.state ?? 'loading')}>
      <div className={css['place']} ref={place} />
      {now !== null && <ProgressBands progress={now.progress} size={size} />}
      <p className={css['said']} role="status">
        {isAway ? 'Not connected. What is entered now is not sent.' : said}
      </p>
    </div>
  );
};
