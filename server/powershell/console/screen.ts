import type { HostLook, Progress } from '../engine/cmdlet.ts';
import { enteredBy } from '../../protocol/wire/entered-by.ts';
import type { Screen } from '../engine/host-port.ts';

/** ConsoleColor as a terminal's own sixteen colours: foreground codes; a background is ten more. */
const COLOURS: { readonly [name: string]: number } = {
  black: 30,
  darkred: 31,
  darkgreen: 32,
  darkyellow: 33,
  darkblue: 34,
  darkmagenta: 35,
  darkcyan: 36,
  gray: 37,
  darkgray: 90,
  red: 91,
  green: 92,
  yellow: 93,
  blue: 94,
  magenta: 95,
  cyan: 96,
  white: 97,
};

/** Everything a terminal would obey: a script may print, it may not steer others' terminals. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu;

const LONE = /[\ud800-\udfff]/gu;

/** Text of a script or a person, as others are shown it. */
export const tame = (text: string): string =>
  text.replaceAll(CONTROL, '').replaceAll(LONE, '\ufffd');

/** As long as it was: somebody's cursor stands in it. */
export const tameInPlace = (text: string): string =>
  text.replaceAll(CONTROL, '\ufffd').replaceAll(LONE, '\ufffd');

const BACKGROUND = 10;

/** The screen of one console: what is printed becomes the text of a terminal. */
export class ConsoleScreen implements Screen {
  width: number;
  #text = '';
  readonly #progress = new Map<number, Progress>();
  hasProgressChanged = false;

  constructor(width: number) {
    this.width = width;
  }

  print(text: string, look: HostLook = {}): void {
    const clean = tame(text);
    const codes = codesOf(look);
    if (codes.length === 0) this.#text += clean;
    // Line by line, so that a background does not run on to the end of the window.
    else
      this.#text += clean
        .split('\n')
        .map(line => (line === '' ? '' : `\u001b[${codes.join(';')}m${line}\u001b[0m`))
        .join('\n');
  }

  /** What somebody entered, as it stands behind its prompt, and who it was. */
  entered(text: string, name: string): void {
    this.#text += `${tame(text)}${enteredBy(tame(name).replaceAll('\n', ' '))}\n`;
  }

  progress(progress: Progress): void {
    if (progress.done) this.#progress.delete(progress.id);
    else if (this.#progress.size < 8 || this.#progress.has(progress.id))
      this.#progress.set(progress.id, progress);
    this.hasProgressChanged = true;
  }

  clear(): void {
    this.#text += '\u001b[2J\u001b[3J\u001b[H';
  }

  get length(): number {
    return this.#text.length;
  }

  get progresses(): readonly Progress[] {
    return [...this.#progress.values()];
  }

  /** Nothing is under way any more. */
  forgetProgress(): void {
    this.hasProgressChanged ||= this.#progress.size > 0;
    this.#progress.clear();
  }

  /** What was printed since the last time. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }
}

function codesOf({ foreground, background }: HostLook): number[] {
  const fore = COLOURS[foreground?.toLowerCase() ?? ''];
  const back = COLOURS[background?.toLowerCase() ?? ''];
  return [
    ...(fore === undefined ? [] : [fore]),
    ...(back === undefined ? [] : [back + BACKGROUND]),
  ];
}
