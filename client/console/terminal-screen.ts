import { FitAddon } from '@xterm/addon-fit';
import { type IUnicodeVersionProvider, Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import type { Rows } from './line/rows.ts';
import { widthOf } from './line/width.ts';
import { markEntered } from './entered-mark.ts';
import { FONT, FONT_SIZE, THEME } from './terminal-look.ts';

/** What stands below the text that was printed: the prompt, and what is typed behind it. */
export interface InputArea extends Rows {
  readonly hasCursor: boolean;
}

export interface ScreenHost {
  /** True when the key was for us. */
  key(event: KeyboardEvent): boolean;
  typed(text: string): void;
  pasted(text: string): void;
  focused(is: boolean): void;
  resized(): void;
  /** The input area for a screen so wide, behind text that left off there; null for none. */
  area(startColumn: number): InputArea | null;
}

const SCROLLBACK = 5_000;
const LABEL = 'PowerShell. F6 leaves it.';

/** One table of widths for the terminal and for whoever reckons where in it the cursor is. */
const WIDTHS: IUnicodeVersionProvider = {
  version: 'enlighten',
  wcwidth: widthOf,
  // The width in the second and third bit, and in the first whether it joins what stands before it.
  charProperties: (codePoint, preceding) => {
    const width = widthOf(codePoint);
    const before = (preceding >> 1) & 3;
    const joins = width === 0 && preceding !== 0 && before !== 0;
    return ((joins ? before : width) << 1) | (joins ? 1 : 0);
  },
};

/**
 * A terminal that shows what a console printed and, below it, a line that is drawn again whenever it
 * changes. What was printed is never touched: the line is lifted, text is written, the line is drawn.
 */
export class TerminalScreen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #host: ScreenHost;
  readonly #observer: ResizeObserver;
  /** The row of its cursor, as long as a line is drawn. */
  #drawn: { readonly row: number; readonly shown: string } | null = null;
  #startColumn = 0;
  /** Writes that the terminal has not read yet: until then nobody knows where its cursor is. */
  #unread = 0;
  #isClosed = false;

  constructor(element: HTMLElement, screenReader: boolean, host: ScreenHost) {
    this.#host = host;
    this.#terminal = new Terminal({
      allowProposedApi: true,
      convertEol: true,
      cursorBlink: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      cursorStyle: 'underline',
      cursorInactiveStyle: 'outline',
      fontFamily: FONT,
      fontSize: FONT_SIZE,
      lineHeight: 1.1,
      minimumContrastRatio: 4.5,
      screenReaderMode: screenReader,
      scrollback: SCROLLBACK,
      scrollOnEraseInDisplay: true,
      theme: THEME,
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.unicode.register(WIDTHS);
    this.#terminal.unicode.activeVersion = WIDTHS.version;
    this.#terminal.attachCustomKeyEventHandler(event => !host.key(event));
    this.#terminal.onData(text => host.typed(text));
    markEntered(this.#terminal);
    this.#terminal.open(element);
    this.#fit.fit();
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(element);
    this.#listen(element);
  }

  get columns(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** Pixels of one row. */
  get rowHeight(): number {
    const screen = this.#terminal.element?.querySelector('.xterm-screen');
    return (screen?.clientHeight ?? 0) / this.rows;
  }

  get isFocused(): boolean {
    return this.#terminal.textarea === document.activeElement;
  }

  get hasSelection(): boolean {
    return this.#terminal.hasSelection();
  }

  clearSelection(): void {
    this.#terminal.clearSelection();
  }

  focus(): void {
    this.#terminal.focus();
  }

  scrollPages(pages: number): void {
    this.#terminal.scrollPages(pages);
  }

  scrollToEnd(): void {
    this.#terminal.scrollToBottom();
  }

  set screenReader(on: boolean) {
    this.#terminal.options.screenReaderMode = on;
  }

  /** `whole`: everything before is forgotten. */
  print(text: string, whole: boolean): void {
    this.#lift();
    this.#write(whole ? `\u001bc${text}` : text);
  }

  /** Everything goes out of sight, and stays to be scrolled back to. */
  clear(): void {
    this.#lift();
    this.#write('\u001b[2J\u001b[H');
  }

  /** Draws the line as it is now. */
  draw(): void {
    if (this.#unread > 0 || this.#isClosed) return;
    const area = this.#host.area(this.#startColumn);
    const shown = area === null ? '' : shownAs(area);
    if (shown === (this.#drawn?.shown ?? '')) return;
    this.#lift();
    if (area === null) return;
    this.#terminal.write(shown);
    this.#drawn = { row: area.cursor.row, shown };
  }

  close(): void {
    this.#isClosed = true;
    this.#observer.disconnect();
    this.#terminal.dispose();
  }

  #lift(): void {
    if (this.#drawn === null) return;
    const { row } = this.#drawn;
    this.#drawn = null;
    this.#terminal.write(`${up(row)}\r${right(this.#startColumn)}\u001b[J\u001b[?25h`);
  }

  #write(text: string, before: () => void = () => undefined): void {
    this.#unread += 1;
    this.#terminal.write(text, () => {
      this.#unread -= 1;
      if (this.#isClosed) return;
      before();
      this.#startColumn = this.#terminal.buffer.active.cursorX;
      // Behind a full row the terminal's cursor stands on no cell.
      if (this.#startColumn >= this.columns) return this.#write('\n');
      this.draw();
    });
  }

  /** The terminal breaks rows anew: the drawn line must not be among them. */
  #resize(): void {
    const size = this.#fit.proposeDimensions();
    if (size === undefined || Number.isNaN(size.cols) || Number.isNaN(size.rows)) return;
    if (size.cols === this.columns && size.rows === this.rows) return;
    this.#lift();
    this.#write('', () => {
      this.#fit.fit();
      this.#host.resized();
    });
  }

  #listen(element: HTMLElement): void {
    const { textarea } = this.#terminal;
    textarea?.setAttribute('aria-label', LABEL);
    textarea?.addEventListener('focus', () => this.#host.focused(true));
    textarea?.addEventListener('blur', () => this.#host.focused(false));
    // Before the terminal, which would type it.
    const paste = (event: ClipboardEvent): void => {
      event.preventDefault();
      event.stopPropagation();
      this.#host.pasted(event.clipboardData?.getData('text/plain') ?? '');
    };
    element.addEventListener('paste', paste, { capture: true });
  }
}

const up = (rows: number): string => (rows > 0 ? `\u001b[${rows}A` : '');
const right = (columns: number): string => (columns > 0 ? `\u001b[${columns}C` : '');

const shownAs = ({ rows, cursor, hasCursor }: InputArea): string =>
  rows.join('\r\n') +
  `${up(rows.length - 1 - cursor.row)}\r${right(cursor.column)}` +
  `\u001b[?25${hasCursor ? 'h' : 'l'}`;
