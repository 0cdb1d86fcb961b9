/** The tree of a regular expression of .NET, without what cannot be matched in linear time. */
export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'assert'; readonly assert: Assertion }
  | { readonly kind: 'group'; readonly index: number; readonly body: RegexNode }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexNode[] }
  | {
      readonly kind: 'repeat';
      readonly body: RegexNode;
      readonly least: number;
      /** Infinity for no limit. */
      readonly most: number;
      readonly lazy: boolean;
    };

export type Assertion =
  | 'start'
  | 'end'
  | 'end-or-newline'
  | 'line-start'
  | 'line-end'
  | 'word'
  | 'not-word';

/** Which UTF-16 units match: ranges, or all but them. */
export interface CharSet {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [least: number, most: number])[];
  /** Of `[a-z-[aeiou]]`. */
  readonly except: CharSet | null;
  /** Units are compared without case. */
  readonly ignoreCase: boolean;
}

export const isIn = (set: CharSet, unit: number): boolean => {
  const { ranges, negated, except } = set;
  const inside =
    within(ranges, unit) ||
    (set.ignoreCase && (within(ranges, lower(unit)) || within(ranges, upper(unit))));
  return inside !== negated && (except === null || !isIn(except, unit));
};

const within = (ranges: CharSet['ranges'], unit: number): boolean => {
  for (const [least, most] of ranges) if (unit >= least && unit <= most) return true;
  return false;
};

const lower = (unit: number): number => String.fromCharCode(unit).toLowerCase().charCodeAt(0);

const upper = (unit: number): number => {
  const text = String.fromCharCode(unit).toUpperCase();
  return text.length === 1 ? text.charCodeAt(0) : unit;
};

export const isWord = (unit: number): boolean =>
  (unit >= 48 && unit <= 57) ||
  (unit >= 65 && unit <= 90) ||
  (unit >= 97 && unit <= 122) ||
  unit === 95 ||
  (unit > 127 && /[\p{L}\p{Mn}\p{Nd}\p{Pc}]/u.test(String.fromCharCode(unit)));
