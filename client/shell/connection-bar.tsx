import { Button } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { clockTime } from '../format/lab-time.ts';
import { useConnection, useMoment, useRecord } from '../state/lab-context.tsx';
import type { Connection } from '../link/port.ts';
import css from './connection-bar.module.css';

/** A quiet bar, only when there is something to say. The last picture stays below it. */
export const ConnectionBar = () => {
  const connection = useConnection();
  const late = useLate(connection);
  const said = sentenceOf(connection, late);
  const picture = useLastPicture();
  if (said === null) return null;
  const { word, sentence, bad = false } = said;
  return (
    <div className={`${css['bar']} ${bad ? css['bad'] : ''}`} role="status">
      <strong>{word}</strong>
      <span>
        {sentence} {!bad && picture}
      </span>
      {bad && (
        <Button size="small" onClick={() => window.location.reload()}>
          Reload
        </Button>
      )}
    </div>
  );
};

/** Which moment of the lab the screen shows. */
const useLastPicture = (): string => {
  const moment = useMoment();
  const clock = useRecord<'clock'>('clock:lab');
  if (moment === null || clock?.calendarStart === undefined) return '';
  return `You see the lab as it was at ${clockTime(clock.calendarStart, moment.at)}.`;
};

/** Connecting is worth a word only when it takes long. */
const useLate = ({ phase }: Connection): boolean => {
  const [lateIn, setLateIn] = useState<Connection['phase'] | null>(null);
  useEffect(() => {
    const timer = window.setTimeout(() => setLateIn(phase), 1_500);
    return () => window.clearTimeout(timer);
  }, [phase]);
  return lateIn === phase;
};

interface Said {
  readonly word: string;
  readonly sentence: string;
  readonly bad?: boolean;
}

const sentenceOf = (connection: Connection, late: boolean): Said | null => {
  switch (connection.phase) {
    case 'live':
      return null;
    case 'connecting':
      return late ? { word: 'Connecting', sentence: 'The lab has not answered yet.' } : null;
    case 'catching-up':
      return late
        ? { word: 'Catching up', sentence: 'What this screen missed is on its way.' }
        : null;
    case 'offline':
      return {
        word: 'Offline',
        sentence: 'It connects again by itself, and nothing that happened meanwhile is lost.',
      };
    case 'stopped':
      return {
        word: 'The lab stands still',
        sentence: `${connection.message} ${connection.returns ? 'It comes back by itself.' : 'Ask an instructor.'}`,
      };
    case 'closed':
      return { word: 'Closed', sentence: connection.message, bad: true };
  }
};
