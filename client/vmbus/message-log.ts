import type { Result } from '../../server/base/result.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { FactsPage } from '../rest/request.ts';
import { MessageTable } from './message-table.ts';

export interface OlderAsked {
  readonly before: number;
  readonly turn: number;
  readonly limit: number;
}

export type AskOlder = (asked: OlderAsked) => Promise<Result<FactsPage, { message: string }>>;

const PAGE = 1_000;
/** Pages looked through for one message, before somebody has to ask again. */
const PAGES_AT_ONCE = 8;

/** What is known of one bus: messages as they come, and older ones as they are asked for. */
export class MessageLog {
  readonly #ask: AskOlder;
  readonly #listeners = new Set<() => void>();
  table = new MessageTable();
  /** Grows with every change. */
  version = 0;
  /** There may be older ones. */
  hasOlder = false;
  isLoading = false;
  problem: string | null = null;
  #last: Fact | null = null;
  #oldest: Fact | null = null;

  constructor(ask: AskOlder) {
    this.#ask = ask;
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The facts of the machine that are held now, oldest first. True when it had to begin anew. */
  take(facts: readonly Fact[]): boolean {
    const newest = facts.at(-1);
    if (newest === undefined || newest === this.#last) return false;
    const isFirst = this.#last === null;
    const goesOn = this.#last === null ? -1 : lastIndexOf(facts, this.#last);
    if (this.#last === null || goesOn === -1) {
      // The first ones, or those of another history, or too many were missed.
      this.table = new MessageTable();
      this.#oldest = facts[0] ?? null;
      this.hasOlder = (this.#oldest?.n ?? 1) > 1;
      this.table.append(facts);
    } else this.table.append(facts.slice(goesOn + 1));
    this.#last = newest;
    this.#changed();
    return goesOn === -1 && !isFirst;
  }

  /** Puts older messages in front; facts that came with them are given to `seen`. */
  async loadOlder(seen: (facts: readonly Fact[]) => void): Promise<void> {
    if (this.isLoading || !this.hasOlder || this.#oldest === null) return;
    this.isLoading = true;
    this.problem = null;
    this.#changed();
    const { table } = this;
    const before = table.count;
    for (let i = 0; i < PAGES_AT_ONCE && this.hasOlder && table.count === before; i += 1) {
      const { n, turn } = this.#oldest;
      const answer = await this.#ask({ before: n, turn, limit: PAGE });
      // Another history meanwhile: what comes now belongs to none of it.
      if (table !== this.table) break;
      if (!answer.ok) {
        this.problem = answer.fault.message;
        break;
      }
      const { facts, more } = answer.value;
      seen(facts);
      table.prepend(facts);
      this.#oldest = facts[0] ?? this.#oldest;
      this.hasOlder = more && facts.length > 0 && !table.isFull;
    }
    this.isLoading = false;
    this.#changed();
  }

  #changed(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** Where the same fact stands: not only of the same number, as after a rewind numbers come again. */
const lastIndexOf = (facts: readonly Fact[], { n, at, summary }: Fact): number =>
  facts.findLastIndex(fact => fact.n === n && fact.at === at && fact.summary === summary);
