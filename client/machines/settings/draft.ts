import type { VmState } from '../../../server/protocol/record/vm.ts';

// What somebody is changing in the Settings window. Each edit remembers what it found, so that a change
// somebody else makes meanwhile is seen, and nothing is overwritten unnoticed.

export type PageId = 'memory' | 'processor' | 'dvd' | 'network' | 'name' | 'services';

/** The value of a setting as its field shows it. */
export type Key =
  | 'name'
  | 'memory'
  | 'count'
  | 'reserve'
  | 'limit'
  | 'weight'
  | 'dvd'
  | 'switch'
  | `service:${string}`;

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

/** Server 2012 takes these changes only in these states. A test compares them with the machine's own. */
export const CHANGEABLE: Readonly<Record<PageId, readonly VmState[] | 'always'>> = {
  name: 'always',
  memory: ['Off'],
  processor: ['Off', 'Running', 'Paused'],
  dvd: ['Off', 'Running', 'Paused'],
  network: ['Off', 'Running', 'Paused', 'Saved'],
  services: ['Off', 'Running', 'Paused'],
};

/** Why a page cannot be changed now; null when it can. */
export const frozen = (page: PageId | 'processor count', state: VmState): string | null => {
  const when = page === 'processor count' ? (['Off'] as const) : CHANGEABLE[page];
  const states: readonly VmState[] | 'always' = when;
  if (states === 'always' || states.includes(state)) return null;
  return states.length === 1
    ? `This can be changed only while the virtual machine is off. It is ${state.toLowerCase()} now.`
    : `This cannot be changed while the virtual machine is ${state.toLowerCase()}.`;
};

const whole = (text: string, least: number, most: number): boolean =>
  /^\d{1,7}$/u.test(text.trim()) && Number(text) >= least && Number(text) <= most;

const RANGES: Partial<Record<Key, readonly [least: number, most: number, what: string]>> = {
  memory: [8, 1024 * 1024, 'the memory in MB'],
  count: [1, 64, 'the number of processors'],
  reserve: [0, 100, 'the reserve in percent'],
  limit: [0, 100, 'the limit in percent'],
  weight: [1, 10_000, 'the weight'],
};

export const fieldFault = (key: Key, text: string): string | null => {
  if (key === 'name') return text.trim() === '' ? 'A virtual machine needs a name.' : null;
  const range = RANGES[key];
  if (range === undefined) return null;
  const [least, most, what] = range;
  return whole(text, least, most) ? null : `Specify ${what}, from ${least} through ${most}.`;
};
