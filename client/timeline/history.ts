import type { Result } from '../../server/base/result.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { FactsPage } from '../rest/request.ts';

export interface OlderAsked {
  readonly before: number;
  readonly turn: number;
  readonly limit: number;
}

export type AskOlder = (asked: OlderAsked) => Promise<Result<FactsPage, { message: string }>>;

/** More than this are not drawn at once, whoever asks for older ones. */
const MOST_FACTS = 50_000;
/** Of what comes by itself so many stay: a page that is open for days is as large as one of today. */
export const KEPT_FACTS = 5_000;
const PAGE = 2_000;

/** The facts of a scope from as far back as somebody looked, oldest first. */
export class History {
  readonly #ask: AskOlder;
  readonly #isWanted: (fact: Fact) => boolean;
  readonly #listeners = new Set<() => void>();
  facts: readonly Fact[] = [];
  version = 0;
  hasOlder = false;
  isLoading = false;
  /** The last one looked at, whether it was wanted or not. */
  #newest: Fact | null = null;
  /** Before this one older ones begin. */
  #oldest: Fact | null = null;
  /** Grows with what is asked for, so that it is not pushed out by what comes. */
  #most = KEPT_FACTS;

  constructor(ask: AskOlder, isWanted: (fact: Fact) => boolean = () => true) {
    this.#ask = ask;
    this.#isWanted = isWanted;
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What is held now. Another history, or a gap, begins anew: then it is true. */
  take(held: readonly Fact[]): boolean {
    const newest = held.at(-1);
    const known = this.#newest;
    if (newest === undefined || newest === known) return false;
    const goesOn =
      known === null
        ? -1
        : held.findLastIndex(({ n, at, summary }) => {
            return n === known.n && at === known.at && summary === known.summary;
          });
    this.#newest = newest;
    if (goesOn < 0) {
      this.facts = held.filter(this.#isWanted);
      this.hasOlder = (held[0]?.n ?? 1) > 1;
      this.#oldest = held[0] ?? null;
      this.#most = KEPT_FACTS;
    } else this.#append(held.slice(goesOn + 1).filter(this.#isWanted));
    this.#changed();
    return known !== null && goesOn < 0;
  }

  /** One page further back. */
  async loadOlder(): Promise<void> {
    const oldest = this.#oldest;
    if (this.isLoading || !this.hasOlder || oldest === null) return;
    this.isLoading = true;
    this.#changed();
    const answer = await this.#ask({ before: oldest.n, turn: oldest.turn, limit: PAGE });
    this.isLoading = false;
    // Another history meanwhile, or its beginning was let go of: what came does not stand before it.
    if (this.#oldest !== oldest) return this.#changed();
    if (answer.ok) {
      const { facts, more } = answer.value;
      this.facts = [...facts.filter(this.#isWanted), ...this.facts];
      this.#oldest = facts[0] ?? oldest;
      this.#most = Math.min(MOST_FACTS, Math.max(this.#most, this.facts.length + PAGE));
      this.hasOlder = more && facts.length > 0 && this.facts.length < MOST_FACTS;
    } else this.hasOlder = false;
    this.#changed();
  }

  #append(fresh: readonly Fact[]): void {
    const all = [...this.facts, ...fresh];
    this.facts = all.slice(-this.#most);
    if (this.facts.length === all.length) return;
    this.#oldest = this.facts[0] ?? null;
    this.hasOlder = this.facts.length < MOST_FACTS;
  }

  #changed(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}
