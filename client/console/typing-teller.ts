import type { Line } from './line/line.ts';

/** Ten a second read as live; a long script is told less often, for it is sent whole. */
const TELL_MS = 100;
const TELL_LONG_MS = 600;
const LONG = 2_000;

/** Tells the others what is typed: the last state is always told. */
export class TypingTeller {
  readonly #tell: (line: Line) => void;
  #line: Line | null = null;
  #timer: number | null = null;

  constructor(tell: (line: Line) => void) {
    this.#tell = tell;
  }

  typed(line: Line): void {
    this.#line = line;
    if (this.#timer !== null) return;
    this.flush();
    const wait = line.text.length > LONG ? TELL_LONG_MS : TELL_MS;
    this.#timer = window.setTimeout(() => {
      this.#timer = null;
      if (this.#line !== null) this.typed(this.#line);
    }, wait);
  }

  flush(): void {
    if (this.#line !== null) this.#tell(this.#line);
    this.#line = null;
  }

  /** What was typed has been entered: nothing of it is told any more. */
  forget(): void {
    this.#line = null;
  }

  close(): void {
    if (this.#timer !== null) window.clearTimeout(this.#timer);
  }
}
