import { type Level, LEVELS } from './event.ts';

/** A level that is pressed is a word of the filter, so that the address holds it too. */
const wordsOf = (filter: string): readonly string[] =>
  filter.split(/\s+/u).filter(word => word !== '');

const isLevel = (word: string): boolean =>
  LEVELS.some(level => level.toLowerCase() === word.toLowerCase());

export const hasWord = (filter: string, level: Level): boolean =>
  wordsOf(filter).some(word => word.toLowerCase() === level.toLowerCase());

/** One level at a time: an event has but one. */
export const withWord = (filter: string, level: Level): string => {
  const others = wordsOf(filter).filter(word => !isLevel(word));
  return (hasWord(filter, level) ? others : [level.toLowerCase(), ...others]).join(' ');
};
