import { type Comparison, FIELDS, type FieldName, isField, operatorsOf } from './fields.ts';
import { type FilterFault, lex, type Token } from './lex.ts';

// filter  = or
// or      = and { ("||" | "or") and }
// and     = not { ("&&" | "and") not }
// not     = ("!" | "not") not | "(" or ")" | field operator value | field | text

export type Filter =
  | { readonly is: 'all' }
  | { readonly is: 'or' | 'and'; readonly of: readonly Filter[] }
  | { readonly is: 'not'; readonly of: Filter }
  /** Has the field at all: messages of the bus as a whole have no channel. */
  | { readonly is: 'present'; readonly field: FieldName }
  | {
      readonly is: 'test';
      readonly field: FieldName;
      readonly operator: Comparison;
      /** A time is in ticks since midnight. */
      readonly value: string | number;
    };

export type Parsed =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly fault: FilterFault };

const TICKS_PER_SECOND = 10_000_000;

export const parseFilter = (source: string): Parsed => {
  const lexed = lex(source);
  if (!lexed.ok) return lexed;
  if (lexed.tokens.length === 0) return { ok: true, filter: { is: 'all' } };
  try {
    return { ok: true, filter: new Parser(lexed.tokens, source.length).whole() };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, fault: error.fault };
    throw error;
  }
};

/** Thrown inside this file only: it unwinds the descent. */
class Unreadable extends Error {
  readonly fault: FilterFault;

  constructor(fault: FilterFault) {
    super(fault.message);
    this.fault = fault;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #at = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  whole(): Filter {
    const filter = this.#or();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) {
      throw this.#fault(
        rest.kind === 'close' ? 'This ) has no (.' : 'Join two conditions with && or ||.',
      );
    }
    return filter;
  }

  #or(): Filter {
    return this.#list('or', ['||', 'or'], () => this.#and());
  }

  #and(): Filter {
    return this.#list('and', ['&&', 'and'], () => this.#not());
  }

  #list(is: 'or' | 'and', words: readonly string[], part: () => Filter): Filter {
    const of = [part()];
    while (this.#takes(...words)) of.push(part());
    return of.length === 1 ? (of[0] as Filter) : { is, of };
  }

  #not(): Filter {
    if (this.#takes('!', 'not')) return { is: 'not', of: this.#not() };
    const token = this.#next('A condition is missing here: try type == OfferChannel.');
    if (token.kind === 'open') {
      const inside = this.#or();
      if (this.#tokens[this.#at]?.kind !== 'close') throw this.#fault('The closing ) is missing.');
      this.#at += 1;
      return inside;
    }
    if (token.kind === 'text')
      return { is: 'test', field: 'summary', operator: 'contains', value: token.text };
    const field = token.text.toLowerCase();
    if (token.kind !== 'word' || !isField(field)) throw this.#fault(notAField(token), token);
    return this.#test(field);
  }

  #test(field: FieldName): Filter {
    const known: readonly string[] = operatorsOf(field);
    const token = this.#tokens[this.#at];
    const operator = token?.text.toLowerCase() ?? '';
    if (token === undefined || ['&&', '||', ')', 'and', 'or'].includes(operator))
      return { is: 'present', field };
    if (!known.includes(operator))
      throw this.#fault(
        `After ${field} comes ${known.slice(0, -1).join(', ')} or ${known.at(-1)}.`,
      );
    this.#at += 1;
    const comparison = operator as Comparison;
    const value = this.#value(field, comparison, this.#next(`A value for ${field} is missing.`));
    return { is: 'test', field, operator: comparison, value };
  }

  #value(field: FieldName, operator: Comparison, token: Token): string | number {
    const { form, values } = FIELDS[field];
    if (token.kind === 'operator' || token.kind === 'open' || token.kind === 'close')
      throw this.#fault(`A value for ${field} is missing.`, token);
    if (form === 'number') {
      if (token.kind !== 'number') throw this.#fault(`${field} is a number.`, token);
      return Number(token.text);
    }
    if (form === 'time') {
      if (token.kind !== 'clock')
        throw this.#fault('A time is written 10:42 or 10:42:07.418.', token);
      return ticksOfDay(token.text);
    }
    const text = token.text.toLowerCase();
    const isPossible = (value: string): boolean =>
      operator === 'contains' ? value.includes(text) : value === text;
    if (values !== undefined && !values.some(isPossible))
      throw this.#fault(`${field} is ${values?.map(value => `"${value}"`).join(' or ')}.`, token);
    return token.text;
  }

  #takes(...words: readonly string[]): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.kind === 'text') return false;
    if (!words.includes(token.text.toLowerCase())) return false;
    this.#at += 1;
    return true;
  }

  #next(otherwise: string): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw this.#fault(otherwise);
    this.#at += 1;
    return token;
  }

  #fault(message: string, token: Token | undefined = this.#tokens[this.#at]): Unreadable {
    const { start, end } = token ?? { start: Math.max(0, this.#end - 1), end: this.#end };
    return new Unreadable({ message, start, end });
  }
}

const notAField = ({ kind, text }: Token): string =>
  kind === 'word'
    ? `There is no field “${text}”. Words to look for stand in quotation marks: "${text}".`
    : `A condition begins with a field, such as type or channel.`;

const ticksOfDay = (text: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return Math.round((hours * 3_600 + minutes * 60 + seconds) * TICKS_PER_SECOND);
};
