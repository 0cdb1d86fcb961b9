import type { Fact } from '../../server/protocol/fact.ts';

export const LEVELS = ['Critical', 'Error', 'Warning', 'Information'] as const;
export type Level = (typeof LEVELS)[number];

/** An entry of an event log, as Event Viewer lists it. */
export interface LogEvent {
  readonly n: number;
  readonly at: number;
  readonly level: Level;
  readonly id: number;
  readonly source: string;
  readonly channel: string;
  readonly message: string;
  readonly host: string | null;
  readonly vm: string | null;
}

const isLevel = (value: unknown): value is Level => LEVELS.some(level => level === value);

export const eventOf = ({ n, at, kind, host, vm, data }: Fact): LogEvent | null => {
  if (kind !== 'event') return null;
  const { id, level, source, channel, message } = data;
  if (typeof id !== 'number' || typeof message !== 'string') return null;
  return {
    n,
    at,
    id,
    message,
    level: isLevel(level) ? level : 'Information',
    source: typeof source === 'string' ? source : '',
    channel: typeof channel === 'string' ? channel : '',
    host,
    vm,
  };
};

/**
 * Every word must be found: in the message, source or channel, as the id, or as the level. A word with
 * a minus before it must not be.
 */
export const matches = (event: LogEvent, words: string): boolean => {
  const text = `${event.message} ${event.source} ${event.channel} ${event.level}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/u)
    .filter(word => word !== '' && word !== '-')
    .every(word => {
      const not = word.startsWith('-');
      const wanted = not ? word.slice(1) : word;
      return (text.includes(wanted) || String(event.id) === wanted) !== not;
    });
};
