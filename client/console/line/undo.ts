import { isSame, type Line } from './line.ts';

/** Changes that can be taken back. */
const KEPT = 400;

/** What a line was before each change; letters of one word are one change. */
export class Undo {
  #past: Line[] = [];
  #future: Line[] = [];
  #isTyping = false;

  /** Before the line becomes another one. `typed` is what a person types letter by letter. */
  keep(before: Line, typed: string | null = null): void {
    const goesOn = typed !== null && /^\S$/u.test(typed) && this.#isTyping;
    this.#isTyping = typed !== null;
    this.#future = [];
    if (goesOn) return;
    this.#past.push(before);
    if (this.#past.length > KEPT) this.#past.shift();
  }

  /** The cursor went elsewhere: what is typed there is a change of its own. */
  pause(): void {
    this.#isTyping = false;
  }

  undo(now: Line): Line | null {
    return this.#go(this.#past, this.#future, now);
  }

  redo(now: Line): Line | null {
    return this.#go(this.#future, this.#past, now);
  }

  forget(): void {
    this.#past = [];
    this.#future = [];
    this.#isTyping = false;
  }

  #go(from: Line[], to: Line[], now: Line): Line | null {
    this.#isTyping = false;
    let line = from.pop();
    while (line !== undefined && isSame(line, now)) line = from.pop();
    if (line === undefined) return null;
    to.push(now);
    return line;
  }
}
