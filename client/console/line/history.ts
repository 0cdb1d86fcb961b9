/** Entries that are gone through; the server keeps as many for who comes late. */
const KEPT = 500;

/** The lines entered before, and how far back in them one is. */
export class History {
  #lines: string[] = [];
  /** How many lines back; 0 is the line being typed. */
  #back = 0;
  #typed = '';

  get lines(): readonly string[] {
    return this.#lines;
  }

  replace(lines: readonly string[]): void {
    this.#lines = [];
    for (const line of lines) this.#add(line);
    this.rest();
  }

  entered(line: string): void {
    this.#add(line);
    this.rest();
  }

  /** The next Up begins at the newest again. */
  rest(): void {
    this.#back = 0;
  }

  /** The next older line that begins so, or null. */
  older(typed: string, prefix = ''): string | null {
    return this.#go(1, typed, prefix);
  }

  /** The next newer one that begins so; at the end what was being typed. */
  newer(typed: string, prefix = ''): string | null {
    return this.#back === 0 ? null : this.#go(-1, typed, prefix);
  }

  #go(step: 1 | -1, typed: string, prefix: string): string | null {
    if (this.#back === 0) this.#typed = typed;
    let back = this.#back;
    for (;;) {
      back += step;
      if (back === 0) break;
      const line = this.#lines.at(-back);
      if (back > this.#lines.length || line === undefined) return null;
      // The same line twice would look as if the key did nothing.
      if (startsWith(line, prefix) && line !== typed) break;
    }
    this.#back = back;
    return back === 0 ? this.#typed : (this.#lines.at(-back) ?? null);
  }

  #add(line: string): void {
    if (line.trim() === '' || line === this.#lines.at(-1)) return;
    this.#lines.push(line);
    if (this.#lines.length > KEPT) this.#lines.shift();
  }
}

/** Without regard to case, as everything in PowerShell. */
const startsWith = (line: string, prefix: string): boolean =>
  line.toLowerCase().startsWith(prefix.toLowerCase());
