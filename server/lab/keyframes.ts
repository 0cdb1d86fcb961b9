import { RECORD_KINDS } from '../protocol/record/kind.ts';
import { stampedHash } from '../sim/engine/image.ts';
import type { Row } from '../sim/engine/row.ts';
import type { World } from '../sim/engine/world.ts';
import { formOfChanges, formOfWorld, type KeyframeForm } from './keyframe-form.ts';
import type { LiveLab } from './live-lab.ts';
import type { Keyframe } from './port.ts';
import type { Surroundings } from './surroundings.ts';

/** Turns between two keyframes: a past moment is at most so many turns of replay away, some 100 ms. */
const KEYFRAME_TURNS = 3_000;

/** Copied, not committed yet; when there are so many, the lab goes on without. */
const WAITING = 16;

interface Draft {
  readonly keyframe: Omit<Keyframe, 'bytes'>;
  readonly form: KeyframeForm;
}

/**
 * The states of one lab in memory that are kept for looking back. A whole one is rare, because copying
 * a large lab holds up everybody in it; between two, only what has changed since is kept.
 */
export class Keyframes {
  readonly #live: LiveLab;
  readonly #around: Surroundings;
  #last: number;
  /** The turn of the whole keyframe that the next ones are changes to. */
  #base: number | null = null;
  /** Rows changed since then. */
  readonly #changed = new Set<Row>();
  #waiting: Draft[] = [];
  #saving: Promise<void> | null = null;

  constructor(live: LiveLab, around: Surroundings) {
    this.#live = live;
    this.#around = around;
    this.#last = live.opened.keptTurn;
  }

  /** Rows that go to the database, and are not among the changed ones any more after that. */
  note(rows: readonly Row[]): void {
    if (this.#base !== null) for (const row of rows) this.#changed.add(row);
  }

  /** Takes a copy when the last one is so many turns ago. */
  look(): void {
    const { machine, failure, seed, version, opened, seq } = this.#live;
    const { world, turn, now: at } = machine;
    if (failure !== null || turn - this.#last < KEYFRAME_TURNS) return;
    if (this.#waiting.length >= WAITING) return;
    this.note(world.records.forProjection);
    const isWhole = this.#base === null || this.#changed.size * 2 > 3_000 + countOf(world);
    const form = isWhole
      ? formOfWorld(world, seed)
      : formOfChanges(world, seed, this.#changed, this.#base ?? 0);
    const base = isWhole ? null : this.#base;
    const { branch } = opened;
    const hash = stampedHash(world);
    const keyframe = { branch, turn, at, seq, simulation: version, hash, base };
    this.#waiting.push({ keyframe, form });
    this.#last = turn;
    if (!isWhole) return;
    this.#base = turn;
    this.#changed.clear();
  }

  /**
   * Writes what is committed by now, beside everything else that is written. They are a cache: what
   * cannot be written is left out.
   */
  save(): void {
    if (!this.#isCommitted(this.#waiting[0])) return;
    this.#saving ??= this.#saveAll()
      .catch((error: unknown) => this.#forget(error))
      .finally(() => {
        this.#saving = null;
      });
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    await this.#saving;
  }

  async #saveAll(): Promise<void> {
    const { store, pack } = this.#around;
    const { lease } = this.#live.opened;
    for (let [draft] = this.#waiting; this.#isCommitted(draft); [draft] = this.#waiting) {
      const bytes = await pack(draft.form);
      if (!(await store.saveKeyframe(lease, { ...draft.keyframe, bytes }))) return;
      this.#waiting.shift();
    }
  }

  #isCommitted(draft: Draft | undefined): draft is Draft {
    const { gate } = this.#live;
    if (draft === undefined) return false;
    const { seq, at } = draft.keyframe;
    return seq <= gate.committed && at <= gate.promised;
  }

  /** Those that follow may be changes to the one that could not be written. */
  #forget(error: unknown): void {
    this.#waiting = [];
    this.#base = null;
    this.#changed.clear();
    const { lab } = this.#live;
    this.#around.log('warn', 'a keyframe could not be kept', { lab, error: String(error) });
  }
}

function countOf(world: World): number {
  return RECORD_KINDS.reduce((sum, kind) => sum + world.records.count(kind), 0);
}
