import { type Entry, digestOf } from './ledger.ts';
import type { Replayed, Told } from './journal.ts';

// The ledgers against the journal. Every count here must be zero; each has sentences that say where.

export interface Verdict {
  readonly sent: number;
  readonly acknowledged: number;
  readonly refusedAtBorder: number;
  readonly factsSeen: number;
  readonly statesSeen: number;
  readonly counts: Counts;
  /** A sentence each, the first of every kind. */
  readonly sentences: readonly string[];
}

export const KINDS = [
  /** Acknowledged, and not in the journal. */
  'missing',
  /** In the journal, or in what it led to, more than once. */
  'doneTwice',
  /** Answered in two ways, or otherwise than the journal says. */
  'answersChanged',
  /** Given and neither answered nor refused, long after. */
  'unanswered',
  /** A scope shown at an earlier turn, time or lineage than before. */
  'positionsBack',
  /** Turns of a scope that were never told. */
  'gaps',
  /** A fact that was shown and is none, or another one. */
  'factsFalse',
  /** A row of the fact table that a replay does not come to. */
  'rowsFalse',
  /** A client held something else than the server said it must. */
  'diverged',
  /** One scope at one turn with two hashes: somebody was shown a history that was then another. */
  'hashesDiffer',
  /** The journal replayed comes to another hash than it had. */
  'replayDiffers',
] as const;

type Kind = (typeof KINDS)[number];
export type Counts = Readonly<Record<Kind, number>>;

const SENTENCES_A_KIND = 5;

/** `ledgers` by bot. */
export const judge = (
  ledgers: readonly (readonly Entry[])[],
  told: Told,
  replayed: Replayed,
): Verdict => {
  const court = new Court(told, replayed);
  for (const ledger of ledgers) court.hear(ledger);
  return court.verdict();
};

interface Answered {
  readonly seq: number | null;
  readonly turn: number | null;
  readonly digest: string;
}

class Court {
  readonly #told: Told;
  readonly #replayed: Replayed;
  readonly #counts = Object.fromEntries(KINDS.map(kind => [kind, 0])) as Record<Kind, number>;
  readonly #sentences: string[] = [];
  readonly #sent = new Set<string>();
  readonly #answers = new Map<string, Answered>();
  readonly #refused = new Set<string>();
  readonly #hashes = new Map<string, string>();
  readonly #facts = new Set<number>();
  #states = 0;

  constructor(told: Told, replayed: Replayed) {
    this.#told = told;
    this.#replayed = replayed;
  }

  hear(ledger: readonly Entry[]): void {
    let bot = '?';
    let audience = '?';
    const places = new Map<string, { lineage: number; turn: number; at: number }>();
    for (const entry of ledger) {
      if (entry.e === 'bot') ({ name: bot, audience } = entry);
      else if (entry.e === 'sent') this.#sent.add(entry.id);
      else if (entry.e === 'refused') this.#refused.add(entry.id);
      else if (entry.e === 'answer') this.#answer(entry);
      else if (entry.e === 'fact') this.#fact(bot, entry);
      else if (entry.e === 'diverged')
        this.#found('diverged', `${bot} in ${entry.scope} at turn ${entry.turn}`);
      else if (entry.e === 'shown') {
        this.#states += 1;
        this.#place(bot, entry, places);
        if (entry.hash !== undefined) this.#hash(audience, entry.scope, entry.turn, entry.hash);
      }
    }
  }

  #answer({ id, seq, turn, digest, isLast }: Extract<Entry, { e: 'answer' }>): void {
    if (!isLast) return;
    const before = this.#answers.get(id);
    if (before === undefined) this.#answers.set(id, { seq, turn, digest });
    else if (before.digest !== digest || before.seq !== seq || before.turn !== turn)
      this.#found('answersChanged', `${id} was answered as ${before.seq} and as ${seq}`);
  }

  #fact(bot: string, { n, digest }: Extract<Entry, { e: 'fact' }>): void {
    this.#facts.add(n);
    const real = this.#replayed.facts.get(n);
    if (real === digest) return;
    const what = real === undefined ? 'there is no such fact' : 'it is another one';
    this.#found('factsFalse', `${bot} was shown fact ${n}: ${what}`);
  }

  #place(
    bot: string,
    { scope, by, lineage, from, turn, at }: Extract<Entry, { e: 'shown' }>,
    places: Map<string, { lineage: number; turn: number; at: number }>,
  ): void {
    const before = places.get(scope);
    if (before !== undefined) {
      const isBack = lineage < before.lineage || turn < before.turn || at < before.at;
      if (isBack)
        this.#found(
          'positionsBack',
          `${bot} in ${scope}: ${by} at turn ${turn}, time ${at}, after turn ${before.turn}, time ${before.at}`,
        );
      if (by === 'packet' && from > before.turn + 1)
        this.#found('gaps', `${bot} in ${scope}: turns ${from}..${turn} after turn ${before.turn}`);
    }
    places.set(scope, { lineage, turn, at });
  }

  #hash(audience: string, scope: string, turn: number, hash: string): void {
    const key = `${audience} ${scope} ${turn}`;
    const before = this.#hashes.get(key);
    if (before === undefined) this.#hashes.set(key, hash);
    else if (before !== hash)
      this.#found('hashesDiffer', `${scope} at turn ${turn} had ${before} and ${hash}`);
  }

  #found(kind: Kind, sentence: string): void {
    this.#counts[kind] += 1;
    if (this.#counts[kind] <= SENTENCES_A_KIND) this.#sentences.push(`${kind}: ${sentence}`);
  }

  verdict(): Verdict {
    this.#compareWithJournal();
    this.#compareRows();
    const acknowledged = [...this.#answers.values()].filter(({ seq }) => seq !== null).length;
    return {
      sent: this.#sent.size,
      acknowledged,
      refusedAtBorder: this.#refused.size,
      factsSeen: this.#facts.size,
      statesSeen: this.#states,
      counts: this.#counts,
      sentences: this.#sentences,
    };
  }

  #compareWithJournal(): void {
    const { inputs, repeated } = this.#told;
    const journaled = new Map(inputs.map(input => [input.command, input]));
    for (const [id, { seq, turn, digest }] of this.#answers) {
      if (seq === null) continue;
      const input = journaled.get(id);
      if (input === undefined) this.#found('missing', `${id}, acknowledged as ${seq}`);
      else if (input.seq !== seq || input.turn !== turn || digestOf(input.result) !== digest)
        this.#found('answersChanged', `${id} is input ${input.seq}, it was answered as ${seq}`);
    }
    for (const id of this.#sent)
      if (!this.#answers.has(id) && !this.#refused.has(id)) this.#found('unanswered', id);
    for (const command of repeated)
      this.#found('doneTwice', `${command} stands in the journal twice`);
    for (const { seq, command, poisoned } of inputs) {
      const times = this.#replayed.actions.get(seq) ?? 0;
      if (times !== (poisoned ? 0 : 1))
        this.#found('doneTwice', `${command} (input ${seq}) left ${times} actions`);
    }
  }

  #compareRows(): void {
    for (const [n, digest] of this.#told.factsInRows)
      if (this.#replayed.facts.get(n) !== digest) this.#found('rowsFalse', `fact ${n}`);
    const { clock } = this.#told;
    if (clock !== null && clock.turn > this.#replayed.turn)
      this.#found(
        'rowsFalse',
        `rows of turn ${clock.turn}, a replay ends at ${this.#replayed.turn}`,
      );
    for (const difference of this.#replayed.differences) this.#found('replayDiffers', difference);
  }
}
