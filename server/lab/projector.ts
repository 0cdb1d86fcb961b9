import type { LiveLab } from './live-lab.ts';
import { capture, isDirty, takeTrace } from './capture.ts';
import { formOfImage } from './keyframe-form.ts';
import { Keyframes } from './keyframes.ts';
import type { LeftBehind, Projection } from './port.ts';
import type { Surroundings } from './surroundings.ts';
import type { SimTime } from '../protocol/time.ts';

/** Keeps the rows in the database behind the journal: captured in one go, written once committed. */
export class Projector {
  readonly #around: Surroundings;
  readonly #live: LiveLab;
  readonly #keyframes: Keyframes;
  #begun = false;
  #writing = false;
  #waiting: Projection | null = null;
  /** Resolves when nothing is being written. */
  #idle: (() => void)[] = [];
  projectedTurn: number;

  constructor(live: LiveLab, around: Surroundings) {
    this.#around = around;
    this.#live = live;
    this.#keyframes = new Keyframes(live, around);
    this.projectedTurn = live.opened.image?.turn ?? 0;
  }

  get writing(): boolean {
    return this.#writing;
  }

  /** Takes what changed and writes it. False when the fence was lost; throws when the database is away. */
  async project(): Promise<boolean> {
    this.#keyframes.save();
    if (this.#writing) return true;
    const projection = this.#next();
    if (projection === null) return true;
    this.#writing = true;
    try {
      if (!(await this.#beginElse())) return false;
      const held = await this.#around.store.project(projection);
      if (held) {
        this.#waiting = null;
        this.projectedTurn = projection.head.turn;
        this.#live.broadcast.storedTo = this.projectedTurn;
      }
      return held;
    } finally {
      this.#writing = false;
      for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  async idle(): Promise<void> {
    await this.#keyframes.idle();
    if (this.#writing) await new Promise<void>(resolve => this.#idle.push(resolve));
  }

  /**
   * What happened and is in no row yet. The turn in which the machine failed is none: it is taken
   * back, and whoever goes on from before it does not go through it.
   */
  unwritten(): LeftBehind {
    const { machine, failure, opened } = this.#live;
    const { world } = machine;
    const whole = failure === null ? world.turn : world.turn - 1;
    const isWhole = ({ turn }: { readonly turn: number }): boolean => turn <= whole;
    const waiting = this.#waiting;
    return {
      branch: opened.branch,
      facts: [...(waiting?.facts ?? []), ...world.factsForProjection].filter(isWhole),
      marks: [...(waiting?.marks ?? []), ...machine.marks],
      trace: [...(waiting?.trace ?? []), ...takeTrace(machine)].filter(isWhole),
    };
  }

  /** Takes a copy of the state for looking back, when it is time for one. */
  look(): void {
    this.#keyframes.look();
  }

  /**
   * Rows that somebody has changed begin a segment, written before anything follows them: a replay of
   * what was before would not know of the change.
   */
  async #beginElse(): Promise<boolean> {
    const { opened, isElse, lab, version } = this.#live;
    const { image, lease, branch, imageSeq: seq } = opened;
    if (!isElse || image === null || this.#begun) return true;
    const { store, pack } = this.#around;
    const { turn, now } = image;
    const bytes = await pack(formOfImage(image));
    const at = now as SimTime;
    const begun = { lab, lease, branch, turn, at, seq, simulation: version, bytes };
    this.#begun = await store.beginSegment(begun);
    return this.#begun;
  }

  /** What failed last time goes again, unchanged: its rows are marked clean already. */
  #next(): Projection | null {
    const { machine, gate, opened, seq, seed, lab, failure } = this.#live;
    if (this.#waiting === null && failure === null && isDirty(machine)) {
      const { branch, lease } = opened;
      this.#keyframes.note(machine.world.records.forProjection);
      this.#waiting = capture(machine, { lab, branch, lease, seq, seed });
    }
    // Rows of an input that is not committed yet must not be in the database.
    if (this.#waiting === null) return null;
    return this.#waiting.seq <= gate.committed && this.#waiting.head.now <= gate.promised
      ? this.#waiting
      : null;
  }
}
