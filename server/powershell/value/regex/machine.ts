import { isIn, isWord, type Assertion } from './node.ts';
import type { Instruction } from './program.ts';

/** Steps of the machine that are done in one go: about a millisecond. */
export const STEPS_AT_ONCE = 10_000;

/** Places of groups, `[start, end, ...]`, -1 where a group took no part. */
export type Slots = readonly number[];

interface Threads {
  readonly at: Int32Array;
  readonly slots: (Slots | undefined)[];
  count: number;
}

/**
 * Pike's machine: all ways through the pattern side by side, the preferred one first, so that time is
 * the length of the text times that of the pattern, whatever the pattern.
 */
export class Machine {
  readonly #program: readonly Instruction[];
  readonly #width: number;

  constructor(program: readonly Instruction[], groups: number) {
    this.#program = program;
    this.#width = groups * 2;
  }

  /** The leftmost match at or behind `from`; null for none. Yields when others may have their turn. */
  search(text: string, from: number): Generator<void, Slots | null> {
    return new Search(this.#program, this.#width).run(text, from);
  }
}

/** One search: what it has marked is its own, so that several may be under way. */
class Search {
  readonly #program: readonly Instruction[];
  readonly #width: number;
  readonly #seen: Int32Array;
  #generation = 0;
  #steps = 0;

  constructor(program: readonly Instruction[], width: number) {
    this.#program = program;
    this.#width = width;
    this.#seen = new Int32Array(program.length);
  }

  *run(text: string, from: number): Generator<void, Slots | null> {
    let now = this.#threads();
    let next = this.#threads();
    let found: Slots | null = null;
    const none: Slots = Array.from({ length: this.#width }, () => -1);
    for (let at = from; at <= text.length; at += 1) {
      if (this.#steps > STEPS_AT_ONCE) {
        this.#steps = 0;
        yield;
      }
      if (found === null) {
        // The threads of `now` marked what they occupy; a new start has the lowest priority.
        if (now.count === 0) this.#generation += 1;
        this.#add(now, { at: 0, slots: none }, { text, at });
      }
      if (now.count === 0) {
        if (found !== null) break;
        continue;
      }
      this.#generation += 1;
      next.count = 0;
      found = this.#advance(now, next, { text, at }) ?? found;
      [now, next] = [next, now];
    }
    return found;
  }

  #threads(): Threads {
    return { at: new Int32Array(this.#program.length), slots: [], count: 0 };
  }

  /** One unit for every thread in order of preference; a match ends those behind it. */
  #advance(now: Threads, next: Threads, where: Where): Slots | null {
    const unit = where.at < where.text.length ? where.text.charCodeAt(where.at) : -1;
    const beyond = { text: where.text, at: where.at + 1 };
    for (let i = 0; i < now.count; i += 1) {
      const at = now.at[i] ?? 0;
      const instruction = this.#program[at];
      const slots = now.slots[i] ?? [];
      if (instruction?.op === 'match') return slots;
      // A class of many letters takes as long as it has ranges.
      this.#steps += instruction?.op === 'set' ? 1 + (instruction.set.ranges.length >> 3) : 1;
      if (instruction?.op === 'set' && unit >= 0 && isIn(instruction.set, unit))
        this.#add(next, { at: at + 1, slots }, beyond);
    }
    return null;
  }

  /** Follows everything that takes no unit, in order, with a stack of its own. */
  #add(threads: Threads, start: Thread, where: Where): void {
    const stack: Thread[] = [start];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { at, slots } = top;
      if (this.#seen[at] === this.#generation) continue;
      this.#seen[at] = this.#generation;
      this.#steps += 1;
      const instruction = this.#program[at];
      switch (instruction?.op) {
        case undefined:
          break;
        case 'jump':
          stack.push({ at: instruction.to, slots });
          break;
        case 'split':
          stack.push({ at: instruction.second, slots }, { at: instruction.first, slots });
          break;
        case 'save':
          stack.push({ at: at + 1, slots: slots.with(instruction.slot, where.at) });
          break;
        case 'assert':
          if (holds(instruction.assert, where)) stack.push({ at: at + 1, slots });
          break;
        case 'set':
        case 'match':
          threads.at[threads.count] = at;
          threads.slots[threads.count] = slots;
          threads.count += 1;
      }
    }
  }
}

interface Thread {
  readonly at: number;
  readonly slots: Slots;
}

interface Where {
  readonly text: string;
  readonly at: number;
}

const holds = (assertion: Assertion, { text, at }: Where): boolean => {
  const before = at > 0 && isWord(text.charCodeAt(at - 1));
  const after = at < text.length && isWord(text.charCodeAt(at));
  switch (assertion) {
    case 'start':
      return at === 0;
    case 'end':
      return at === text.length;
    case 'end-or-newline':
      return at === text.length || (at === text.length - 1 && text.charAt(at) === '\n');
    case 'line-start':
      return at === 0 || text.charAt(at - 1) === '\n';
    case 'line-end':
      return at === text.length || text.charAt(at) === '\n';
    case 'word':
      return before !== after;
    case 'not-word':
      return before === after;
  }
};
