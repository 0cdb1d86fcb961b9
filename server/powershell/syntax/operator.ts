import { isDash, isLetter } from './characters.ts';
import type { Reader } from './reader.ts';
import type { Assignment, Unary } from './tree.ts';

// Precedence from about_Operator_Precedence: what binds tighter has the larger number.
const LEVELS: readonly (readonly string[])[] = [
  ['-and', '-or', '-xor'],
  ['-band', '-bor', '-bxor'],
  'eq ne gt ge lt le like notlike match notmatch replace contains notcontains in notin split'
    .split(' ')
    .flatMap(name => [`-${name}`, `-i${name}`, `-c${name}`])
    .concat(['-is', '-isnot', '-as', '-join', '-shl', '-shr']),
  ['+', '-'],
  ['*', '/', '%'],
  ['-f'],
  ['..'],
];

const PRECEDENCE = new Map(
  LEVELS.flatMap((operators, level) => operators.map(operator => [operator, level] as const)),
);

/** Those that begin with a dash, as completion offers them. */
export const DASHED_OPERATORS: readonly string[] = [...PRECEDENCE.keys()].filter(
  name => name.length > 1 && name.startsWith('-'),
);

export interface Operator {
  /** In lower case, with a plain dash. */
  readonly name: string;
  readonly length: number;
  readonly precedence: number;
}

/** The binary operator that stands here, not yet read. */
export const binaryOperator = (r: Reader): Operator | null => {
  const name = binaryName(r);
  if (isDash(r.peek()) && r.pos + Math.max(name.length, 1) === r.text.length)
    r.expectation = { kind: 'operator', start: r.pos, frame: r.frame };
  const precedence = PRECEDENCE.get(name);
  return precedence === undefined ? null : { name, length: name.length, precedence };
};

const binaryName = (r: Reader): string => {
  const [c, next] = [r.peek(), r.peek(1)];
  if (isDash(c)) {
    if (isLetter(next)) return dashed(r);
    return isDash(next) || next === '=' ? '' : '-';
  }
  if (c === '.') return next === '.' ? '..' : '';
  if (c === '+') return next === '+' || next === '=' ? '' : c;
  // `*>` redirects all streams.
  return '*/%'.includes(c) && c !== '' && next !== '=' && !(c === '*' && next === '>') ? c : '';
};

/** `-name` in lower case. */
const dashed = (r: Reader): string => {
  let end = r.pos + 1;
  while (isLetter(r.text.charAt(end))) end += 1;
  return `-${r.text.slice(r.pos + 1, end).toLowerCase()}`;
};

const UNARY: ReadonlySet<string> = new Set([
  '-not',
  '-bnot',
  '-split',
  '-isplit',
  '-csplit',
  '-join',
] satisfies Unary['operator'][]);

const isUnary = (name: string): name is Unary['operator'] => UNARY.has(name);

/** `-not` and its like, where an expression begins, not yet read. */
export const unaryOperator = (r: Reader): Unary['operator'] | null => {
  if (!isDash(r.peek()) || !isLetter(r.peek(1))) return null;
  const name = dashed(r);
  return isUnary(name) ? name : null;
};

/** `=` and its like, not yet read. */
export const assignmentOperator = (r: Reader): Assignment['operator'] | null => {
  const c = isDash(r.peek()) ? '-' : r.peek();
  if (c === '=') return '=';
  if (r.peek(1) !== '=') return null;
  return c === '+' || c === '-' || c === '*' || c === '/' || c === '%' ? `${c}=` : null;
};
