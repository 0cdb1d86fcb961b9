import {
  above,
  below,
  leftOf,
  lineEnd,
  lineStart,
  rightOf,
  wordEnd,
  wordLeft,
  wordRight,
} from './boundary.ts';
import type { Action } from './keys.ts';
import type { Line } from './line.ts';

/** Where the cursor goes; the text stays. Null where it cannot go there. */
export const MOVES: { readonly [A in Action]?: (line: Line) => number | null } = {
  left: ({ text, cursor }) => leftOf(text, cursor),
  right: ({ text, cursor }) => rightOf(text, cursor),
  'word-left': ({ text, cursor }) => wordLeft(text, cursor),
  'word-right': ({ text, cursor }) => wordRight(text, cursor),
  // Of its row first; from there of everything.
  home: ({ text, cursor }) => (cursor === lineStart(text, cursor) ? 0 : lineStart(text, cursor)),
  end: ({ text, cursor }) =>
    cursor === lineEnd(text, cursor) ? text.length : lineEnd(text, cursor),
  up: ({ text, cursor }) => above(text, cursor),
  down: ({ text, cursor }) => below(text, cursor),
};

/** What is cut away, from where to where. */
export const CUTS: {
  readonly [A in Action]?: {
    readonly span: (line: Line) => readonly [number, number];
    /** Kept, to be brought back by `yank`. */
    readonly kills: boolean;
  };
} = {
  'delete-left': { span: ({ text, cursor }) => [leftOf(text, cursor), cursor], kills: false },
  'delete-right': { span: ({ text, cursor }) => [cursor, rightOf(text, cursor)], kills: false },
  'kill-word-left': { span: ({ text, cursor }) => [wordLeft(text, cursor), cursor], kills: true },
  'kill-word-right': { span: ({ text, cursor }) => [cursor, wordEnd(text, cursor)], kills: true },
  'kill-to-start': { span: ({ text, cursor }) => [lineStart(text, cursor), cursor], kills: true },
  'kill-to-end': { span: ({ text, cursor }) => [cursor, lineEnd(text, cursor)], kills: true },
};
