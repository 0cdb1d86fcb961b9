// What somebody is changing in the Settings window. Each edit remembers what it found, so that a change
// somebody else makes meanwhile is seen, and nothing is overwritten unnoticed.

/** A setting; its value is a text, as its field shows it. */
export type Key =
  | 'boot-order'
  | 'memory'
  | 'count'
  | 'reserve'
  | 'limit'
  | 'weight'
  | 'dvd'
  | `switch:${string}`
  | 'name'
  | 'notes'
  | `service:${string}`
  | 'start-action'
  | 'start-delay'
  | 'stop-action';

export interface Edit {
  /** What it was when the edit began. */
  readonly base: string;
  readonly mine: string;
}

export type Draft = ReadonlyMap<Key, Edit>;

export const NO_EDITS: Draft = new Map();

/** Editing back to what is there now is no edit. */
export const edited = (draft: Draft, key: Key, now: string, mine: string): Draft => {
  const after = new Map(draft);
  if (mine === now) after.delete(key);
  else after.set(key, { base: draft.get(key)?.base ?? now, mine });
  return after;
};

/** What is saved is no edit any more. */
export const saved = (draft: Draft, keys: readonly Key[]): Draft =>
  new Map([...draft].filter(([key]) => !keys.includes(key)));

export interface Conflict {
  readonly key: Key;
  readonly mine: string;
  readonly theirs: string;
}

/** Edits whose ground has moved: somebody saved another value meanwhile. */
export const conflicts = (draft: Draft, now: (key: Key) => string): readonly Conflict[] =>
  [...draft].flatMap(([key, { base, mine }]) => {
    const theirs = now(key);
    return theirs === base || theirs === mine ? [] : [{ key, mine, theirs }];
  });

/** Keeping mine means knowing of theirs; taking theirs means having changed nothing. */
export const settled = (
  draft: Draft,
  { key, mine, theirs }: Conflict,
  which: 'mine' | 'theirs',
): Draft => {
  const after = new Map(draft);
  if (which === 'theirs') after.delete(key);
  else after.set(key, { base: theirs, mine });
  return after;
};
