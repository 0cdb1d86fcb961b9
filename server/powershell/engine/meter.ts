import { Hashtable } from '../value/hashtable.ts';
import { PSObject } from '../value/ps-object.ts';
import type { Value } from '../value/value.ts';
import { limitReached } from './flow.ts';
import { COST, LIMITS } from './limits.ts';
import type { Breath } from './steps.ts';

export const BREATH: Breath = { wait: 'breath' };

/** What one line, or one job, has used. */
export interface Counts {
  steps: number;
  breath: number;
  objects: number;
  characters: number;
}

export const freshCounts = (): Counts => ({ steps: 0, breath: 0, objects: 0, characters: 0 });

/** Counts what a line uses, and ends it when that is too much. */
export class Meter {
  #line = freshCounts();
  #allocated = 0;
  readonly #roots: () => Iterable<Value>;

  constructor(roots: () => Iterable<Value>) {
    this.#roots = roots;
  }

  /** A new line begins. What the session keeps stays counted. */
  line(): void {
    this.#line = freshCounts();
  }

  /** Counts for another from here on; gives what was counted for until now. */
  exchange(counts: Counts): Counts {
    const before = this.#line;
    this.#line = counts;
    return before;
  }

  get steps(): number {
    return this.#line.steps;
  }

  /** One step; true when it is time to let others work. */
  tick(): boolean {
    this.#line.steps += 1;
    if (this.#line.steps > LIMITS.steps) throw tooMuch('steps', LIMITS.steps);
    this.#line.breath += 1;
    if (this.#line.breath < LIMITS.stepsInABreath) return false;
    this.#line.breath = 0;
    return true;
  }

  /** Work that takes as long as so many steps and is done in one go: the next tick knows of it. */
  spend(steps: number): void {
    this.#line.steps += steps;
    this.#line.breath += steps;
  }

  /** An error was made. */
  error(): void {
    this.spend(LIMITS.stepsOfAnError);
  }

  /** Work on so many characters that was done in one go. */
  work(characters: number): void {
    this.spend(Math.floor(characters / LIMITS.charactersOfAStep));
  }

  /** Likewise on so many elements. */
  through(elements: number): void {
    this.spend(Math.floor(elements / LIMITS.elementsOfAStep));
  }

  parsed(characters: number): void {
    this.spend(Math.floor(characters / LIMITS.charactersParsedInAStep));
  }

  /** A text that is being put together. */
  longest(length: number): void {
    if (length > LIMITS.textLength) throw tooMuch('characters in a string', LIMITS.textLength);
  }

  text(length: number): void {
    this.longest(length);
    this.work(length);
    this.allocate(length * COST.character);
  }

  /** A collection has so many; it grew by `more`. */
  elements(count: number, more = count): void {
    if (count > LIMITS.elements) throw tooMuch('elements in a collection', LIMITS.elements);
    this.through(more);
    this.allocate(more * COST.element);
  }

  allocate(bytes: number): void {
    this.#allocated += bytes;
    if (this.#allocated <= LIMITS.allocated) return;
    this.#allocated = sizeOf(this.#roots(), LIMITS.live);
    if (this.#allocated > LIMITS.live) throw tooMuch('bytes of memory', LIMITS.live);
  }

  outputObject(): void {
    this.#line.objects += 1;
    this.spend(LIMITS.stepsOfAnObjectShown);
    if (this.#line.objects > LIMITS.outputObjects)
      throw tooMuch('objects of output', LIMITS.outputObjects);
  }

  outputText(length: number): void {
    this.#line.characters += length;
    this.spend(Math.floor(length / LIMITS.charactersShownInAStep));
    if (this.#line.characters > LIMITS.outputCharacters)
      throw tooMuch('characters of output', LIMITS.outputCharacters);
  }
}

const tooMuch = (what: string, most: number) =>
  limitReached(
    `The command was stopped because it reached a limit of this console: ${most} ${what} in one line.`,
    'LineLimitReached',
  );

/** An estimate of what is reachable; stops counting beyond `most`. */
const sizeOf = (roots: Iterable<Value>, most: number): number => {
  const seen = new Set<object>();
  const stack: object[] = [];
  let size = 0;
  const found = (value: Value): void => {
    if (typeof value === 'string') size += value.length * COST.character;
    // Most elements are numbers and texts: only what has parts is gone into.
    else if (typeof value === 'object' && value !== null) stack.push(value);
  };
  for (const root of roots) found(root);
  for (let value = stack.pop(); value !== undefined && size <= most; value = stack.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    size += COST.object + countOf(value) * COST.element;
    for (const part of partsOf(value)) found(part);
  }
  return size;
};

const partsOf = (value: object): Iterable<Value> => {
  if (Array.isArray(value)) return value as readonly Value[];
  if (value instanceof Hashtable) return [...value.entries()].flatMap(one => [one.key, one.value]);
  if (!(value instanceof PSObject)) return [];
  // Properties of a type may look at the lab; what a script put into an object are its notes.
  const notes = [...value.notes.values()].flatMap(note =>
    note.kind === 'NoteProperty' ? [note.get()] : [],
  );
  return [...(value.items() ?? []), ...notes];
};

const countOf = (value: object): number =>
  Array.isArray(value) ? value.length : value instanceof Hashtable ? value.size * 4 : 1;
