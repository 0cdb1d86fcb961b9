import type { HostLook } from '../engine/cmdlet.ts';
import type { Value } from '../value/value.ts';
import { cellText } from './cell.ts';
import type { Field, Layout, ListLayout, TableLayout, TextLayout, WideLayout } from './layout.ts';
import { listLines } from './list.ts';
import { SIZED_BY, Table } from './table.ts';
import { placed } from './width.ts';

/** Prints objects of one layout, one after the other. Lines of a window of so many characters. */
export interface Printing {
  put(object: Value): void;
  /** Text among the objects, in its place. */
  aside(text: string, look?: HostLook): void;
  end(): void;
}

export type Print = (text: string, look?: HostLook) => void;

export const printingOf = (layout: Layout, line: number, print: Print): Printing => {
  if (layout.kind === 'table') return new TablePrinting(layout, line, print);
  if (layout.kind === 'list') return new ListPrinting(layout, line, print);
  if (layout.kind === 'text') return new TextPrinting(layout, print);
  return new WidePrinting(layout, line, print);
};

/** Says when a group begins; objects come sorted, or make a group each time it changes. */
class Groups {
  readonly #field: Field | null;
  #current: string | null = null;

  constructor(field: Field | null) {
    this.#field = field;
  }

  /** The line above a new group; null while the group goes on. */
  next(object: Value): string | null {
    if (this.#field === null) return null;
    const text = cellText(this.#field.of(object));
    if (text === this.#current) return null;
    this.#current = text;
    return `   ${this.#field.label}: ${text}`;
  }

  get isOpen(): boolean {
    return this.#current !== null;
  }
}

class TablePrinting implements Printing {
  readonly #layout: TableLayout;
  readonly #line: number;
  readonly #print: Print;
  readonly #groups: Groups;
  #held: Value[] = [];
  /** Behind how many of the held rows each text stands. */
  #asides: { readonly after: number; readonly text: string; readonly look?: HostLook }[] = [];
  #table: Table | null = null;

  constructor(layout: TableLayout, line: number, print: Print) {
    this.#layout = layout;
    this.#line = line;
    this.#print = print;
    this.#groups = new Groups(layout.group);
  }

  put(object: Value): void {
    const wasOpen = this.#groups.isOpen;
    const group = this.#groups.next(object);
    if (group !== null) {
      this.#finish();
      if (wasOpen) this.#print('\n');
      this.#print(`\n\n${group}\n`);
    }
    if (this.#table !== null) return this.#rows([object]);
    this.#held.push(object);
    if (!this.#layout.auto || this.#held.length >= SIZED_BY) this.#begin();
  }

  aside(text: string, look?: HostLook): void {
    if (this.#held.length === 0) this.#print(text, look);
    else
      this.#asides.push({
        after: this.#held.length,
        text,
        ...(look === undefined ? {} : { look }),
      });
  }

  end(): void {
    this.#finish();
    this.#print('\n\n');
  }

  #finish(): void {
    if (this.#held.length > 0) this.#begin();
    this.#table = null;
  }

  #begin(): void {
    const rows = this.#held;
    this.#held = [];
    const asides = this.#asides;
    this.#asides = [];
    this.#table = new Table(this.#layout, this.#line);
    const { head, body } = this.#table.begin(rows);
    this.#print(joined(['', ...head]));
    let from = 0;
    for (const { after, text, look } of asides) {
      this.#print(joined(body.slice(from, after).flat()));
      this.#print(text, look);
      from = after;
    }
    this.#print(joined(body.slice(from).flat()));
  }

  #rows(objects: readonly Value[]): void {
    for (const object of objects)
      for (const text of this.#table?.row(object) ?? []) this.#print(`${text}\n`);
  }
}

const joined = (lines: readonly string[]): string => lines.map(line => `${line}\n`).join('');

class ListPrinting implements Printing {
  readonly #layout: ListLayout;
  readonly #line: number;
  readonly #print: Print;
  readonly #groups: Groups;
  #hasBegun = false;

  constructor(layout: ListLayout, line: number, print: Print) {
    this.#layout = layout;
    this.#line = line;
    this.#print = print;
    this.#groups = new Groups(layout.group);
  }

  put(object: Value): void {
    const group = this.#groups.next(object);
    if (group !== null) this.#print(`${this.#hasBegun ? '\n\n' : ''}\n\n${group}\n`);
    this.#print(this.#hasBegun && group === null ? '\n' : '\n\n');
    this.#hasBegun = true;
    const lines = listLines(this.#layout, object, this.#line);
    this.#print(joined(lines));
  }

  aside(text: string, look?: HostLook): void {
    this.#print(text, look);
  }

  end(): void {
    this.#print('\n\n\n');
  }
}

class TextPrinting implements Printing {
  readonly #layout: TextLayout;
  readonly #print: Print;
  #hasBegun = false;

  constructor(layout: TextLayout, print: Print) {
    this.#layout = layout;
    this.#print = print;
  }

  put(object: Value): void {
    this.#print(`${this.#hasBegun ? '' : '\n'}${this.#layout.of(object)}\n`);
    this.#hasBegun = true;
  }

  aside(text: string, look?: HostLook): void {
    this.#print(text, look);
  }

  end(): void {
    this.#print('\n\n');
  }
}

class WidePrinting implements Printing {
  readonly #layout: WideLayout;
  readonly #line: number;
  readonly #print: Print;
  readonly #groups: Groups;
  #texts: string[] = [];

  constructor(layout: WideLayout, line: number, print: Print) {
    this.#layout = layout;
    this.#line = line;
    this.#print = print;
    this.#groups = new Groups(layout.group);
  }

  put(object: Value): void {
    const group = this.#groups.next(object);
    if (group !== null) {
      this.#finish();
      this.#print(`\n\n${group}\n`);
    }
    this.#texts.push(cellText(this.#layout.field.of(object)));
  }

  aside(text: string, look?: HostLook): void {
    this.#print(text, look);
  }

  end(): void {
    this.#finish();
    this.#print('\n');
  }

  #finish(): void {
    const texts = this.#texts;
    if (texts.length === 0) return;
    this.#texts = [];
    const { columns, auto } = this.#layout;
    const longest = texts.reduce((most, { length }) => Math.max(most, length), 1);
    const count = columns ?? (auto ? Math.max(1, Math.floor(this.#line / (longest + 1))) : 2);
    const width = Math.max(1, Math.floor((this.#line - count) / count));
    this.#print('\n');
    for (let at = 0; at < texts.length; at += count) {
      const line = texts.slice(at, at + count).map(text => placed(text, width, 'left'));
      this.#print(`${line.join(' ').trimEnd()}\n`);
    }
    this.#print('\n');
  }
}
