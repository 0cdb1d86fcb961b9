import { LIMITS } from '../engine/limits.ts';
import { bitwise, calculate, type Sizes, wholeNumber } from './arithmetic.ts';
import { compare, equals } from './compare.ts';
import { convert, convertOrNull, isOfType } from './convert.ts';
import { fault } from './fault.ts';
import { composite } from './format-operator.ts';
import { Hashtable } from './hashtable.ts';
import { isNumber, plainNumber } from './number.ts';
import { atOnce, type Match, type Patient, type Regex, regexOf } from './regex/regex.ts';
import { RegexValue } from './regex-value.ts';
import { itemsOf, joinText, textOf, tooLong } from './text.ts';
import { fullTypeName } from './type-table.ts';
import { TypeValue } from './type-value.ts';
import type { Value } from './value.ts';
import { Wildcard } from './wildcard.ts';

/** What operators need of whoever evaluates them. */
export interface OperatorHost extends Sizes {
  /** $OFS. */
  readonly separator: string;
  /** $Matches of a successful -match. */
  matched(groups: Hashtable): void;
}

/** A binary operator of two values; `-and`, `-or`, `-xor` and script-block forms are the evaluator's. */
export const operate = (operator: string, left: Value, right: Value, host: OperatorHost): Value => {
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return calculate(operator, left, right, host);
    case '..':
      return range(left, right, host);
    case '-f':
      return checked(composite(textOf(left, host.separator), itemsOf(right) ?? [right]), host);
    case '-band':
    case '-bor':
    case '-bxor':
    case '-shl':
    case '-shr':
      return bitwise(operator, left, right);
    case '-is':
      return isOfType(left, typeOperand(right));
    case '-isnot':
      return !isOfType(left, typeOperand(right));
    case '-as':
      return convertOrNull(left, typeOperand(right));
    case '-join':
      return checked(
        joinText(
          (itemsOf(left) ?? [left]).map(item => textOf(item)),
          textOf(right),
        ),
        host,
      );
    default:
      return textual(operator, left, right, host);
  }
};

const checked = (text: string, host: Sizes): string => {
  host.text(text.length);
  return text;
};

const typeOperand = (value: Value): string => {
  if (value instanceof TypeValue) return value.full;
  const full = fullTypeName(textOf(value));
  if (full !== null) return full;
  throw fault({
    message: `Unable to find type [${textOf(value)}]: make sure that the assembly containing this type is loaded.`,
    id: 'TypeNotFound',
    category: 'InvalidOperation',
    target: textOf(value),
  });
};

const range = (left: Value, right: Value, host: Sizes): Value => {
  const [from = 0, to = 0] = [left, right].map(value => {
    const number = convert(value, 'System.Int32');
    return isNumber(number) ? plainNumber(number) : 0;
  });
  host.elements(Math.abs(to - from) + 1);
  const step = to < from ? -1 : 1;
  const numbers: number[] = [];
  for (let number = from; number !== to + step; number += step) numbers.push(number);
  return numbers;
};

interface Form {
  readonly operator: string;
  readonly ignoreCase: boolean;
}

/** Found once for each operator there is: expressions are evaluated often. */
const forms = new Map<string, Form>();

/** `-ieq` and `-ceq` are `-eq`. */
export const formOf = (written: string): Form => {
  const known = forms.get(written);
  if (known !== undefined) return known;
  const form = {
    operator: written.replace(/^-[ic](?!n$|s$|snot$|ontains$)/, '-'),
    ignoreCase: !/^-c(?!ontains$)/.test(written),
  };
  forms.set(written, form);
  return form;
};

interface Searched {
  readonly left: Value;
  readonly right: Value;
  readonly ignoreCase: boolean;
}

/** Elements of a list that are searched in one go. */
const ELEMENTS_AT_ONCE = 1_000;

/** The operators that search texts: on a long one that takes long, and others have their turns. */
export const searching = (
  operator: string,
  { left, right, ignoreCase }: Searched,
  host: OperatorHost,
): Patient<Value> => {
  if (operator === '-replace') return replaced(left, right, ignoreCase, host);
  if (operator === '-split') return split(left, right, ignoreCase, host);
  return matching(left, right, { ignoreCase, wanted: operator === '-match' }, host);
};

/** The operators with `i` and `c` forms. */
const textual = (written: string, left: Value, right: Value, host: OperatorHost): Value => {
  const { operator, ignoreCase } = formOf(written);
  limit(operator === '-in' || operator === '-notin' ? right : left);
  switch (operator) {
    case '-replace':
    case '-split':
    case '-match':
    case '-notmatch':
      return atOnce(searching(operator, { left, right, ignoreCase }, host));
    case '-contains':
      return contains(left, right, ignoreCase);
    case '-notcontains':
      return !contains(left, right, ignoreCase);
    case '-in':
      return contains(right, left, ignoreCase);
    case '-notin':
      return !contains(right, left, ignoreCase);
    default:
      return filtered(left, comparison(operator, right, ignoreCase));
  }
};

/** An operator goes through a list in one go; what that costs is bounded by the texts in it. */
const limit = (value: Value): void => {
  let characters = 0;
  for (const item of itemsOf(value) ?? []) if (typeof item === 'string') characters += item.length;
  if (characters > LIMITS.charactersAtOnce) throw tooLong();
};

/** An array on the left: the elements for which it is so. */
const filtered = (left: Value, holds: (value: Value) => boolean): Value => {
  const items = itemsOf(left);
  return items === null ? holds(left) : items.filter(holds);
};

const comparison = (
  operator: string,
  right: Value,
  ignoreCase: boolean,
): ((left: Value) => boolean) => {
  switch (operator) {
    case '-eq':
      return left => equals(left, right, ignoreCase);
    case '-ne':
      return left => !equals(left, right, ignoreCase);
    case '-lt':
      return left => compare(left, right, ignoreCase) < 0;
    case '-le':
      return left => compare(left, right, ignoreCase) <= 0;
    case '-gt':
      return left => compare(left, right, ignoreCase) > 0;
    case '-ge':
      return left => compare(left, right, ignoreCase) >= 0;
    case '-like':
    case '-notlike': {
      const wildcard = new Wildcard(textOf(right), ignoreCase);
      return left => wildcard.matches(textOf(left)) === (operator === '-like');
    }
    default:
      throw fault({
        message: `The operator "${operator}" is not supported by this console.`,
        id: 'NotSupported',
        category: 'NotImplemented',
      });
  }
};

const contains = (list: Value, item: Value, ignoreCase: boolean): boolean =>
  (itemsOf(list) ?? [list]).some(one => equals(one, item, ignoreCase));

export const regexOperand = (value: Value, ignoreCase: boolean): Regex =>
  value instanceof RegexValue ? value.regex : regexOf(textOf(value), { ignoreCase });

function* matching(
  left: Value,
  right: Value,
  how: { readonly ignoreCase: boolean; readonly wanted: boolean },
  host: OperatorHost,
): Patient<Value> {
  const regex = regexOperand(right, how.ignoreCase);
  const items = itemsOf(left);
  if (items !== null) {
    const kept: Value[] = [];
    for (const [index, item] of items.entries()) {
      if (((yield* regex.searched(textOf(item))) !== null) === how.wanted) kept.push(item);
      if (index % ELEMENTS_AT_ONCE === 0) yield;
    }
    return kept;
  }
  const match = yield* regex.searched(textOf(left));
  if (match !== null) host.matched(groupsOf(regex, match));
  return (match !== null) === how.wanted;
}

export const groupsOf = (regex: Regex, match: Match): Hashtable => {
  const table = new Hashtable();
  for (const [index, group] of match.groups.entries()) {
    if (group === undefined) continue;
    const name = regex.names[index] ?? String(index);
    table.set(/^\d+$/.test(name) ? Number(name) : name, group);
  }
  return table;
};

function* replaced(left: Value, right: Value, ignoreCase: boolean, host: Sizes): Patient<Value> {
  const [pattern = null, by = null, ...rest] = itemsOf(right) ?? [right];
  if (rest.length > 0)
    throw fault({
      message: `The -ireplace operator allows only two elements to follow it, not ${rest.length + 2}.`,
      id: 'BadReplaceArgument',
      category: 'InvalidArgument',
    });
  const regex = regexOperand(pattern, ignoreCase);
  const items = itemsOf(left);
  const texts: string[] = [];
  for (const item of items ?? [left]) {
    const text = textOf(item);
    const put = (match: Match): string => regex.expand(textOf(by), match, text);
    texts.push(checked(yield* regex.replaced(text, put), host));
    if (texts.length % ELEMENTS_AT_ONCE === 0) yield;
  }
  return items === null ? (texts[0] ?? '') : texts;
}

function* split(left: Value, right: Value, ignoreCase: boolean, host: Sizes): Patient<Value> {
  const [delimiter = null, count = null, options = null] = itemsOf(right) ?? [right];
  const most = count === null ? 0 : plainNumber(wholeNumber(count));
  const simple = /simplematch/i.test(textOf(options));
  const regex = simple
    ? regexOf(escapeAll(textOf(delimiter)), { ignoreCase })
    : regexOperand(delimiter, ignoreCase);
  const parts: string[] = [];
  for (const [index, item] of (itemsOf(left) ?? [left]).entries()) {
    for (const part of yield* regex.parted(textOf(item), most > 0 ? most : Infinity))
      parts.push(part);
    if (index % ELEMENTS_AT_ONCE === 0) yield;
  }
  host.elements(parts.length);
  return parts;
}

const escapeAll = (text: string): string => text.replace(/[^\w\s]/g, '\\$&');

/** Unary `-split`: by white space, without empty ends. */
export const splitWords = (value: Value): Value =>
  (itemsOf(value) ?? [value]).flatMap(item =>
    textOf(item)
      .trim()
      .split(/\s+/)
      .filter(part => part !== ''),
  );
