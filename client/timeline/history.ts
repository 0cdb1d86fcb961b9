import type { Result } from '../../server/base/result.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { FactsPage } from '../rest/request.ts';

export interface OlderAsked {
  readonly before: number;
  readonly turn: number;
  readonly limit: number;
}

export type AskOlder = (asked: OlderAsked) => Promise<Result<FactsPage, { message: string }>>;

/** More than this are not drawn at once. */
export const MOST_FACTS = 50_000;
const PAGE = 2_000;

/** The facts of a scope from as far back as somebody looked, oldest first. */
export class History {
  readonly #ask: AskOlder;
  readonly #listeners = new Set<() => void>();
  facts: readonly Fact[] = [];
  version = 0;
  hasOlder = false;
  isLoading = false;

  constructor(ask: AskOlder) {
    this.#ask = ask;
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What is held now. Another history, or a gap, begins anew: then it is true. */
  take(held: readonly Fact[]): boolean {
    const newest = held.at(-1);
    const known = this.facts.at(-1);
    if (newest === undefined || newest === known) return false;
    const goesOn =
      known === undefined
        ? -1
        : held.findLastIndex(({ n, at, summary }) => {
            return n === known.n && at === known.at && summary === known.summary;
          });
    if (known === undefined || goesOn < 0) {
      this.facts = held;
      this.hasOlder = (held[0]?.n ?? 1) > 1;
    } else this.facts = [...this.facts, ...held.slice(goesOn + 1)].slice(-MOST_FACTS);
    this.#changed();
    return known !== undefined && goesOn < 0;
  }

  /** One page further back. */
  async loadOlder(): Promise<void> {
    const oldest = this.facts[0];
    if (this.isLoading || !this.hasOlder || oldest === undefined) return;
    this.isLoading = true;
    this.#changed();
    const answer = await this.#ask({ before: oldest.n, turn: oldest.turn, limit: PAGE });
    this.isLoading = false;
    // Another history meanwhile: what came belongs to none of it.
    if (this.facts[0] !== oldest) return this.#changed();
    if (answer.ok) {
      const { facts, more } = answer.value;
      this.facts = [...facts, ...this.facts];
      this.hasOlder = more && facts.length > 0 && this.facts.length < MOST_FACTS;
    } else this.hasOlder = false;
    this.#changed();
  }

  #changed(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}
