import type { PersonId } from '../protocol/id.ts';
import type { WireLimits } from '../protocol/wire/limit.ts';
import { TokenBucket } from './token-bucket.ts';

/** What a person may still use up, over all of that person's connections. */
export interface Account {
  connections: number;
  readonly commands: TokenBucket;
  readonly watches: TokenBucket;
  readonly presence: TokenBucket;
}

/** Everyone who has a connection, or had one so lately that their buckets may not be full again. */
export class Persons {
  readonly #limits: WireLimits;
  readonly #accounts = new Map<PersonId, Account>();
  readonly #leftAt = new Map<PersonId, number>();

  constructor(limits: WireLimits) {
    this.#limits = limits;
  }

  /** Null when that would be one connection too many. */
  arrive(person: PersonId, now: number): Account | null {
    const account = this.#accounts.get(person) ?? this.#open(now);
    if (account.connections >= this.#limits.connectionsPerPerson) return null;
    this.#accounts.set(person, account);
    this.#leftAt.delete(person);
    account.connections += 1;
    return account;
  }

  leave(person: PersonId, now: number): void {
    const account = this.#accounts.get(person);
    if (account === undefined) return;
    account.connections -= 1;
    if (account.connections === 0) this.#leftAt.set(person, now);
  }

  /** Forgets who left long enough ago: coming back at once must not fill a bucket. */
  forget(now: number): void {
    for (const [person, leftAt] of this.#leftAt) {
      if (now - leftAt < FORGET_MS) return;
      this.#leftAt.delete(person);
      this.#accounts.delete(person);
    }
  }

  #open(now: number): Account {
    const limits = this.#limits;
    return {
      connections: 0,
      commands: new TokenBucket(limits.commandsPerSecond, limits.commandsBurst, now),
      watches: new TokenBucket(limits.watchesPerSecond, limits.watchesBurst, now),
      presence: new TokenBucket(limits.presencePerSecond, limits.presenceBurst, now),
    };
  }
}

const FORGET_MS = 60_000;
