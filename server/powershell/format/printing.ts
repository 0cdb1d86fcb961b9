import type { Value } from '../value/value.ts';
import { cellText } from './cell.ts';
import type { Field, Layout, ListLayout, TableLayout, WideLayout } from './layout.ts';
import { listLines } from './list.ts';
import { SIZED_BY, Table } from './table.ts';
import { placed } from './width.ts';

/** Prints objects of one layout, one after the other. Lines of a window of so many characters. */
export interface Printing {
  put(object: Value): void;
  end(): void;
}

export const printingOf = (
  layout: Layout,
  line: number,
  print: (text: string) => void,
): Printing => {
  if (layout.kind === 'table') return new TablePrinting(layout, line, print);
  if (layout.kind === 'list') return new ListPrinting(layout, line, print);
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
  readonly #print: (text: string) => void;
  readonly #groups: Groups;
  #held: Value[] = [];
  #table: Table | null = null;

  constructor(layout: TableLayout, line: number, print: (text: string) => void) {
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
    this.#table = new Table(this.#layout, this.#line);
    this.#print(['', ...this.#table.begin(rows)].map(text => `${text}\n`).join(''));
  }

  #rows(objects: readonly Value[]): void {
    for (const object of objects)
      for (const text of this.#table?.row(object) ?? []) this.#print(`${text}\n`);
  }
}

class ListPrinting implements Printing {
  readonly #layout: ListLayout;
  readonly #line: number;
  readonly #print: (text: string) => void;
  readonly #groups: Groups;
  #hasBegun = false;

  constructor(layout: ListLayout, line: number, print: (text: string) => void) {
    this.#layout = layout;
    this.#line = line;
    this.#print = print;
    this.#groups = new Groups(layout.group);
  }

  put(object: Value): void {
    const group = this.#groups.next(object);
    this.#print(this.#hasBegun ? '\n' : '\n\n');
    if (group !== null) this.#print(`${group}\n\n`);
    this.#hasBegun = true;
    const lines = listLines(this.#layout, object, this.#line);
    this.#print(lines.map(text => `${text}\n`).join(''));
  }

  end(): void {
    this.#print('\n\n\n');
  }
}

class WidePrinting implements Printing {
  readonly #layout: WideLayout;
  readonly #line: number;
  readonly #print: (text: string) => void;
  #texts: string[] = [];

  constructor(layout: WideLayout, line: number, print: (text: string) => void) {
    this.#layout = layout;
    this.#line = line;
    this.#print = print;
  }

  put(object: Value): void {
    this.#texts.push(cellText(this.#layout.field.of(object)));
  }

  end(): void {
    const { columns, auto } = this.#layout;
    const longest = Math.max(1, ...this.#texts.map(({ length }) => length));
    const count = columns ?? (auto ? Math.max(1, Math.floor(this.#line / (longest + 1))) : 2);
    const width = Math.max(1, Math.floor((this.#line - count) / count));
    this.#print('\n');
    for (let at = 0; at < this.#texts.length; at += count) {
      const line = this.#texts.slice(at, at + count).map(text => placed(text, width, 'left'));
      this.#print(`${line.join(' ').trimEnd()}\n`);
    }
    this.#print('\n\n');
  }
}
