import type { Reader } from './reader.ts';
import type { Expression } from './tree.ts';
import { startsVariable, variable } from './variable.ts';

/** The text and the expressions that a string or a word is put together from, while it is read. */
export class Pieces {
  readonly parts: (string | Expression)[] = [];
  #text: string[] = [];

  add(text: string): void {
    this.#text.push(text);
  }

  push(expression: Expression): void {
    this.#flush();
    this.parts.push(expression);
  }

  #flush(): void {
    const text = this.#text.join('');
    if (text !== '') this.parts.push(text);
    this.#text = [];
  }

  /** All of it when there is nothing but text; null otherwise. Ends the collecting. */
  plain(): string | null {
    this.#flush();
    if (this.parts.length === 0) return '';
    const [first] = this.parts;
    return this.parts.length === 1 && typeof first === 'string' ? first : null;
  }
}

/** At a `$` within a string or word: reads what it stands for, or says that it is only a dollar. */
export const dollar = (r: Reader, pieces: Pieces, segment: number): boolean => {
  const isExpression = r.peek(1) === '(';
  if (!isExpression && !(startsVariable(r) && r.peek(1) !== ':')) return false;
  if (segment >= 0) r.mark('string', segment);
  pieces.push(isExpression ? r.grammar.subexpression(r) : variable(r, true));
  return true;
};
