import { useCallback, useSyncExternalStore } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import type { Link } from '../link/port.ts';
import { useLab } from './lab-context.tsx';

/** Facts kept that were asked for; those asked for longest ago go first. */
const KEPT = 20_000;

/** Facts that are older than what is streamed, or of something not watched: asked for, and kept a while. */
export class ToldFacts {
  readonly #byNumber = new Map<number, Fact>();
  readonly #listeners = new Set<() => void>();
  version = 0;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  find(n: number): Fact | undefined {
    return this.#byNumber.get(n);
  }

  put(facts: readonly Fact[]): void {
    for (const fact of facts) {
      this.#byNumber.delete(fact.n);
      this.#byNumber.set(fact.n, fact);
    }
    for (const n of this.#byNumber.keys()) {
      if (this.#byNumber.size <= KEPT) break;
      this.#byNumber.delete(n);
    }
    this.#changed();
  }

  /** After a rewind the same numbers are other facts. */
  clear(): void {
    if (this.#byNumber.size === 0) return;
    this.#byNumber.clear();
    this.#changed();
  }

  #changed(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}

const told = new WeakMap<Link, ToldFacts>();

const toldBy = (link: Link): ToldFacts => {
  const known = told.get(link) ?? new ToldFacts();
  told.set(link, known);
  return known;
};

export const useToldFacts = (): ToldFacts => toldBy(useLab().link);

/** Another function when more was told, so that whoever draws from it draws again. */
export const useFindTold = (): ((n: number) => Fact | undefined) => {
  const facts = useToldFacts();
  const version = useSyncExternalStore(facts.listen, () => facts.version);
  return useCallback(n => (version < 0 ? undefined : facts.find(n)), [facts, version]);
};
