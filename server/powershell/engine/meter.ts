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

  /** An error was made. */
  error(): void {
    this.#line.steps += LIMITS.stepsOfAnError;
    this.#line.breath += LIMITS.stepsOfAnError;
  }

  /** Work on so many characters that was done in one go. */
  work(characters: number): void {
    const steps = Math.floor(characters / LIMITS.charactersOfAStep);
    this.#line.steps += steps;
    this.#line.breath += steps;
  }

  text(length: number): void {
    if (length > LIMITS.textLength) throw tooMuch('characters in a string', LIMITS.textLength);
    this.allocate(length * COST.character);
  }

  elements(count: number): void {
    if (count > LIMITS.elements) throw tooMuch('elements in a collection', LIMITS.elements);
    this.allocate(count * COST.element);
  }

  allocate(bytes: number): void {
    this.#allocated += bytes;
    if (this.#allocated <= LIMITS.allocated) return;
    this.#allocated = sizeOf(this.#roots(), LIMITS.live);
    if (this.#allocated > LIMITS.live) throw tooMuch('bytes of memory', LIMITS.live);
  }

  outputObject(): void {
    this.#line.objects += 1;
    if (this.#line.objects > LIMITS.outputObjects)
      throw tooMuch('objects of output', LIMITS.outputObjects);
  }

  outputText(length: number): void {
    this.#line.characters += length;
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
  const stack: Value[] = [...roots];
  let size = 0;
  for (let value = stack.pop(); value !== undefined && size <= most; value = stack.pop()) {
    if (typeof value === 'string') size += value.length * COST.character;
    if (value === null || typeof value !== 'object' || seen.has(value)) continue;
    seen.add(value);
    size += COST.object;
    for (const part of partsOf(value)) stack.push(part);
    size += countOf(value) * COST.element;
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
