import { formOf, operate, searching } from '../value/operators.ts';
import type { Patient } from '../value/regex/regex.ts';
import { itemsOf, textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import { castTo } from './cast.ts';
import type { Context } from './context.ts';
import { LIMITS } from './limits.ts';
import { BREATH } from './meter.ts';
import { hostOf, separatorOf } from './operator-host.ts';
import type { Steps } from './steps.ts';

// Operators and casts on what is long are done piece by piece, so that others have their turns.

/** Steps that an element takes an operator. */
const STEPS_OF_AN_ELEMENT = 0.5;

/** Steps that a piece of a search takes. */
const STEPS_OF_A_PIECE = 1_000;

const SEARCHING = new Set(['-replace', '-split', '-match', '-notmatch']);
const COMPARING = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-like', '-notlike']);
/** Whether one of a list is enough, and on which side that stands. */
const HOLDING = new Map([
  ['-contains', { side: 'left', until: true }],
  ['-notcontains', { side: 'left', until: false }],
  ['-in', { side: 'right', until: true }],
  ['-notin', { side: 'right', until: false }],
] as const);

/** A binary operator of two values. */
export function* operated(written: string, left: Value, right: Value, cx: Context): Steps<Value> {
  const { operator, ignoreCase } = formOf(written);
  const host = hostOf(cx);
  if (SEARCHING.has(operator))
    return yield* patiently(searching(operator, { left, right, ignoreCase }, host), cx);
  const holding = HOLDING.get(operator as Parameters<typeof HOLDING.get>[0]);
  if (holding !== undefined) {
    const list = itemsOf(holding.side === 'left' ? left : right);
    if (list === null) return operate(written, left, right, host);
    for (const piece of pieces(list)) {
      const [a, b] = holding.side === 'left' ? [piece, right] : [left, piece];
      if (operate(written, a, b, host) === holding.until) return holding.until;
      if (spent(piece, cx)) yield BREATH;
    }
    return !holding.until;
  }
  const items = itemsOf(left);
  if (items === null) return operate(written, left, right, host);
  if (operator === '-join') return yield* joined(items, textOf(right), cx);
  cx.core.meter.through(items.length);
  if (!COMPARING.has(operator)) return operate(written, left, right, host);
  const kept: Value[] = [];
  for (const piece of pieces(items)) {
    for (const one of itemsOf(operate(written, piece, right, host)) ?? []) kept.push(one);
    if (spent(piece, cx)) yield BREATH;
  }
  return kept;
}

/** `[type]value`. */
export function* cast(value: Value, type: string, cx: Context): Steps<Value> {
  const items = itemsOf(value);
  if (items === null || items.length <= LIMITS.elementsAtOnce) return castTo(value, type, cx);
  if (type === 'System.String') return yield* joined(items, separatorOf(cx), cx);
  if (!type.endsWith('[]') || type === 'System.Object[]') return castTo(value, type, cx);
  const made: Value[] = [];
  for (const piece of pieces(items)) {
    for (const one of itemsOf(castTo(piece, type, cx)) ?? []) made.push(one);
    if (spent(piece, cx)) yield BREATH;
  }
  return made;
}

/** A value inside a string. */
export function* inText(value: Value, cx: Context): Steps<string> {
  const items = itemsOf(value);
  if (items === null || items.length <= LIMITS.elementsAtOnce)
    return textOf(value, separatorOf(cx));
  return yield* joined(items, separatorOf(cx), cx);
}

function* joined(items: readonly Value[], separator: string, cx: Context): Steps<string> {
  const texts: string[] = [];
  let length = 0;
  for (const piece of pieces(items)) {
    const text = textOf(operate('-join', piece, separator, hostOf(cx)));
    texts.push(text);
    length += text.length + separator.length;
    cx.core.meter.longest(length - separator.length);
    if (spent(piece, cx)) yield BREATH;
  }
  return texts.join(separator);
}

function* pieces(items: readonly Value[]): Iterable<Value[]> {
  const { elementsAtOnce: most } = LIMITS;
  for (let from = 0; from < items.length; from += most) yield items.slice(from, from + most);
}

const spent = (piece: readonly Value[], { core }: Context): boolean => {
  core.meter.spend(Math.floor(piece.length * STEPS_OF_AN_ELEMENT));
  return core.meter.tick();
};

/** Work that pauses by itself. */
function* patiently<T>(work: Patient<T>, { core }: Context): Steps<T> {
  let next = work.next();
  for (; next.done !== true; next = work.next()) {
    core.meter.spend(STEPS_OF_A_PIECE);
    if (core.meter.tick()) yield BREATH;
  }
  return next.value;
}
