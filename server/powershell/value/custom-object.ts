import { Note } from './property.ts';
import { type Property, PSObject } from './ps-object.ts';
import { textOf } from './text.ts';
import type { Value } from './value.ts';

/** [pscustomobject]@{}, and what Select-Object makes: nothing but NoteProperties. */
export class CustomObject extends PSObject {
  typeNames: readonly string[];

  constructor(typeName: string | null = null) {
    super();
    const own = ['System.Management.Automation.PSCustomObject', 'System.Object'];
    this.typeNames = typeName === null ? own : [typeName, ...own];
  }

  static of(entries: Iterable<readonly [name: string, value: Value]>): CustomObject {
    const made = new CustomObject();
    for (const [name, value] of entries) made.note(name, value);
    return made;
  }

  /** Adds or replaces a NoteProperty. */
  note(name: string, value: Value): void {
    this.notes.set(name.toLowerCase(), new Note(name, value));
  }

  properties(): readonly Property[] {
    return [];
  }

  override property(name: string): Property | undefined {
    return this.notes.get(name.toLowerCase());
  }

  text(): string {
    const parts = [...this.notes.values()].map(note => `${note.name}=${textOf(note.get())}`);
    return `@{${parts.join('; ')}}`;
  }
}
