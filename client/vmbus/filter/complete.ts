import { FIELD_NAMES, FIELDS, type FieldName, isField, operatorsOf } from './fields.ts';
import { lex, type Token } from './lex.ts';

/** What could come where one types, and what of the text it takes the place of. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly offers: readonly Offer[];
}

export interface Offer {
  readonly text: string;
  readonly about: string;
}

const MOST = 12;
const JOINS: readonly Offer[] = [
  { text: '&&', about: 'and' },
  { text: '||', about: 'or' },
];
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '>', '>=', '<', '<=', 'contains']);

/** `typesSeen` are the types of messages that there are. */
export const complete = (
  source: string,
  caret: number,
  typesSeen: readonly string[],
): Completion => {
  const opened = openText(source.slice(0, caret));
  const end = wordEnd(source, caret);
  const start = opened ?? wordStart(source, caret);
  const typed = source.slice(start, caret).replace('"', '').toLowerCase();
  const before = lex(source.slice(0, start));
  if (!before.ok) return { start, end, offers: [] };
  const offers = offersAfter(before.tokens, typesSeen)
    .map(offer => ({ offer, rank: rankOf(offer.text.toLowerCase().replaceAll('"', ''), typed) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ offer }) => offer);
  const isDone = offers.length === 1 && offers[0]?.text === source.slice(start, end);
  return { start, end, offers: isDone ? [] : offers.slice(0, MOST) };
};

/** What begins so comes first, then what has it somewhere. */
const rankOf = (text: string, typed: string): number => {
  if (text.startsWith(typed)) return 2;
  return typed.length > 2 && text.includes(typed) ? 1 : 0;
};

const offersAfter = (tokens: readonly Token[], typesSeen: readonly string[]): readonly Offer[] => {
  const last = tokens.at(-1);
  const field = fieldOf(last);
  if (field !== null)
    return operatorsOf(field).map(text => ({ text, about: OPERATORS_SAID[text] ?? '' }));
  const before = fieldOf(tokens.at(-2));
  if (last !== undefined && before !== null && COMPARISONS.has(last.text.toLowerCase()))
    return valuesOf(before, typesSeen);
  const isComplete =
    last !== undefined && (last.kind === 'close' || tokens.length >= 3 || last.kind === 'text');
  return isComplete && last.kind !== 'operator' && last.kind !== 'open' && !isJoin(last)
    ? JOINS
    : FIELD_NAMES.map(text => ({ text, about: FIELDS[text].about }));
};

const OPERATORS_SAID: Readonly<Record<string, string>> = {
  '==': 'is',
  '!=': 'is not',
  '>': 'more than',
  '>=': 'at least',
  '<': 'less than',
  '<=': 'at most',
  contains: 'has these words in it',
};

const isJoin = ({ text, kind }: Token): boolean =>
  kind !== 'text' && ['and', 'or', 'not'].includes(text.toLowerCase());

const fieldOf = (token: Token | undefined): FieldName | null => {
  const word = token?.kind === 'word' ? token.text.toLowerCase() : '';
  return isField(word) ? word : null;
};

const valuesOf = (field: FieldName, typesSeen: readonly string[]): readonly Offer[] => {
  const values = field === 'type' ? typesSeen : (FIELDS[field].values ?? []);
  return values.map(text => ({ text: /^\w+$/u.test(text) ? text : `"${text}"`, about: '' }));
};

/** Where a text begins that nobody has closed yet. */
const openText = (source: string): number | null => {
  let opened: number | null = null;
  for (let at = 0; at < source.length; at += 1)
    if (source[at] === '"' && source[at - 1] !== '\\') opened = opened === null ? at : null;
  return opened;
};

const wordStart = (source: string, caret: number): number => {
  let at = caret;
  while (at > 0 && /[^\s()!]/u.test(source.charAt(at - 1))) at -= 1;
  return at;
};

const wordEnd = (source: string, caret: number): number => {
  let at = caret;
  while (at < source.length && /[^\s()]/u.test(source.charAt(at))) at += 1;
  return at;
};
