import type { LiveLab } from './live-lab.ts';
import { capture, isDirty } from './capture.ts';
import type { LabStore, Projection } from './port.ts';
import type { SimTime } from '../protocol/time.ts';
import type { Image } from '../sim/engine/image.ts';
import { save } from '../sim/engine/image.ts';

/** Turns between two keyframes: a past moment is at most so many turns of replay away. */
const KEYFRAME_TURNS = 100_000;

/** Keeps the rows in the database behind the journal: captured in one go, written once committed. */
export class Projector {
  readonly #store: LabStore;
  readonly #live: LiveLab;
  #writing = false;
  #waiting: Projection | null = null;
  /** Resolves when nothing is being written. */
  #idle: (() => void)[] = [];
  projectedTurn: number;
  #keyframeTurn: number;
  readonly #pack: (image: Image) => Uint8Array;

  constructor(store: LabStore, live: LiveLab, pack: (image: Image) => Uint8Array) {
    this.#store = store;
    this.#live = live;
    this.#pack = pack;
    this.#keyframeTurn = live.opened.image?.turn ?? 0;
    this.projectedTurn = live.opened.image?.turn ?? 0;
  }

  get writing(): boolean {
    return this.#writing;
  }

  /** Takes what changed and writes it. False when the fence was lost; throws when the database is away. */
  async project(): Promise<boolean> {
    if (this.#writing) return true;
    const projection = this.#next();
    if (projection === null) return true;
    this.#writing = true;
    try {
      const held = await this.#store.project(projection);
      if (held) {
        this.#waiting = null;
        this.projectedTurn = projection.head.turn;
        await this.#keyframe();
      }
      return held;
    } finally {
      this.#writing = false;
      for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  async idle(): Promise<void> {
    if (this.#writing) await new Promise<void>(resolve => this.#idle.push(resolve));
  }

  /** Now and then the whole state, kept for looking back; only what is committed. */
  async #keyframe(): Promise<void> {
    const { machine, gate, opened, seq, seed, version, failure } = this.#live;
    const { world } = machine;
    // It may have broken while the rows were written.
    if (failure !== null) return;
    if (machine.turn - this.#keyframeTurn < KEYFRAME_TURNS) return;
    if (seq > gate.committed || machine.now > gate.promised) return;
    this.#keyframeTurn = machine.turn;
    const image = save(world, seed);
    const { turn, now: at, stateHash: hash } = image;
    await this.#store.saveKeyframe({
      branch: opened.branch,
      turn,
      at: at as SimTime,
      seq,
      simulation: version,
      hash,
      bytes: this.#pack(image),
    });
  }

  /** What failed last time goes again, unchanged: its rows are marked clean already. */
  #next(): Projection | null {
    const { machine, gate, opened, seq, seed, lab, failure } = this.#live;
    if (this.#waiting === null && failure === null && isDirty(machine)) {
      const { branch, lease } = opened;
      this.#waiting = capture(machine, { lab, branch, lease, seq, seed });
    }
    // Rows of an input that is not committed yet must not be in the database.
    if (this.#waiting === null) return null;
    return this.#waiting.seq <= gate.committed && this.#waiting.head.now <= gate.promised
      ? this.#waiting
      : null;
  }
}
