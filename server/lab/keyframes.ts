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
  #saving = false;

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
    const isWhole = this.#base === null || this.#changed.size * 3 > 3_000 + countOf(world);
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

  /** Writes what is committed by now. They are a cache: what cannot be written is left out. */
  async save(): Promise<void> {
    if (this.#saving) return;
    this.#saving = true;
    const { store, pack, log } = this.#around;
    const { gate, opened, lab } = this.#live;
    try {
      for (let [draft] = this.#waiting; draft !== undefined; [draft] = this.#waiting) {
        const { keyframe, form } = draft;
        if (keyframe.seq > gate.committed || keyframe.at > gate.promised) return;
        const held = await store.saveKeyframe(opened.lease, {
          ...keyframe,
          bytes: await pack(form),
        });
        if (!held) return;
        this.#waiting.shift();
      }
    } catch (error) {
      // Those that follow may be changes to the one that is missing.
      this.#waiting = [];
      this.#base = null;
      this.#changed.clear();
      log('warn', 'a keyframe could not be kept', { lab, error: String(error) });
    } finally {
      this.#saving = false;
    }
  }
}

function countOf(world: World): number {
  return RECORD_KINDS.reduce((sum, kind) => sum + world.records.count(kind), 0);
}
