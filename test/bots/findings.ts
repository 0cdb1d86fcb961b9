import type { Json } from '../../server/base/json.ts';
import { canonical } from '../../server/base/json.ts';
import type { Line } from './ledger.ts';

/** What a ledger proves against a server, or for it. */
export interface Findings {
  readonly sent: number;
  /** Journaled by the server's own word: each must be in the journal, once, with this result. */
  readonly acknowledged: readonly Acknowledged[];
  /** Sent and neither answered nor stopped: may be in the journal, or not, but at most once. */
  readonly unanswered: readonly string[];
  /** Two answers to one command that were not the same. */
  readonly answersChanged: readonly string[];
  /** A bot was at a later turn of a scope before, in the same lineage. */
  readonly positionsBack: readonly string[];
  readonly diverged: number;
  readonly gaps: number;
  readonly connections: number;
  /** First words of a scope on a new connection, where the bot had a position before. */
  readonly resumedByDelta: number;
  readonly resumedByPicture: number;
  /** Milliseconds from sending to the first answer. */
  readonly latencies: readonly number[];
}

export interface Acknowledged {
  readonly id: string;
  readonly seq: number;
  readonly lineage: number;
  readonly turn: number | null;
  readonly result: Json;
}

type Of<T extends Line['type']> = Extract<Line, { readonly type: T }>;

export function findingsOf(lines: readonly Line[]): Findings {
  const answers = new Answers();
  const positions = new Positions();
  for (const line of lines) {
    switch (line.type) {
      case 'sending':
        answers.sending(line);
        break;
      case 'answer':
        answers.answer(line);
        break;
      case 'stopped':
        answers.stopped.add(line.id);
        break;
      case 'welcomed':
        positions.welcomed(line.bot);
        break;
      case 'left':
        positions.left(line);
        break;
      case 'position':
        positions.at(line);
        break;
      case 'lost':
        break;
    }
  }
  return { ...answers.findings(), ...positions.findings };
}

class Answers {
  readonly #sent = new Map<string, number>();
  readonly #first = new Map<string, Of<'answer'>>();
  readonly #changed = new Set<string>();
  readonly stopped = new Set<string>();

  sending({ id, wall }: Of<'sending'>): void {
    this.#sent.set(id, wall);
  }

  answer(line: Of<'answer'>): void {
    // Not journaled: the border's word for how things stand just now, which another day is another.
    if (line.seq === null) return;
    const first = this.#first.get(line.id);
    if (first === undefined) this.#first.set(line.id, line);
    else if (wordOf(first) !== wordOf(line)) this.#changed.add(line.id);
  }

  findings() {
    const latencies: number[] = [];
    const acknowledged: Acknowledged[] = [];
    for (const { id, seq, lineage, turn, result, wall } of this.#first.values()) {
      acknowledged.push({ id, seq: seq ?? 0, lineage, turn, result });
      latencies.push(wall - (this.#sent.get(id) ?? wall));
    }
    return {
      sent: this.#sent.size,
      acknowledged,
      unanswered: [...this.#sent.keys()].filter(
        id => !this.#first.has(id) && !this.stopped.has(id),
      ),
      answersChanged: [...this.#changed],
      latencies: latencies.toSorted((a, b) => a - b),
    };
  }
}

function wordOf({ seq, lineage, turn, result }: Of<'answer'>): string {
  return canonical({ seq, lineage, turn, result });
}

class Positions {
  readonly #at = new Map<string, { readonly lineage: number; readonly turn: number }>();
  /** Scopes of which a bot has heard nothing yet on its present connection. */
  readonly #fresh = new Set<string>();
  readonly #known = new Map<string, Set<string>>();
  readonly #back: string[] = [];
  readonly #counts = {
    diverged: 0,
    gaps: 0,
    connections: 0,
    resumedByDelta: 0,
    resumedByPicture: 0,
  };

  get findings() {
    return { positionsBack: this.#back, ...this.#counts };
  }

  welcomed(bot: string): void {
    this.#counts.connections += 1;
    for (const key of this.#known.get(bot) ?? []) this.#fresh.add(key);
  }

  left({ bot, scope }: Of<'left'>): void {
    this.#known.get(bot)?.delete(`${bot} ${scope}`);
    this.#fresh.delete(`${bot} ${scope}`);
  }

  at({ bot, scope, by, heard, lineage, turn, wall }: Of<'position'>): void {
    if (heard === 'diverged') this.#counts.diverged += 1;
    if (heard === 'gap') this.#counts.gaps += 1;
    const key = `${bot} ${scope}`;
    const before = this.#at.get(key);
    if (before?.lineage === lineage && before.turn > turn) {
      this.#back.push(`${key}: turn ${turn} after ${before.turn}, at ${wall}`);
    }
    this.#at.set(key, { lineage, turn });
    if (this.#fresh.delete(key) && before?.lineage === lineage) {
      if (by === 'picture') this.#counts.resumedByPicture += 1;
      else this.#counts.resumedByDelta += 1;
    }
    const known = this.#known.get(bot) ?? new Set();
    this.#known.set(bot, known.add(key));
  }
}

export function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}
