import type { Id } from '../../protocol/id.ts';
import type { RecordKind, RecordOf } from '../../protocol/record/index.ts';
import type { ShellLab } from '../engine/lab.ts';
import { property } from '../value/property.ts';
import { type Property, PSObject } from '../value/ps-object.ts';
import type { Value } from '../value/value.ts';

/** What a property is read from: the record as it is now, and the lab around it. */
export interface Seen<K extends RecordKind> {
  readonly record: RecordOf<K>;
  readonly lab: ShellLab;
}

/** Name, .NET type, and what it is. */
export type PropertyRow<K extends RecordKind> = readonly [
  name: string,
  type: string,
  of: (seen: Seen<K>) => Value,
];

/** One kind of object that cmdlets write, as a table of its properties. */
export interface ObjectType<K extends RecordKind> {
  /** Most derived first; `System.Object` follows by itself. */
  readonly types: readonly string[];
  readonly kind: K;
  readonly properties: readonly PropertyRow<K>[];
  /** What it is inside a string. */
  text(seen: Seen<K>): string;
}

const rows = new WeakMap<object, ReadonlyMap<string, unknown>>();

/** A type's properties by their names in lower case. */
const rowsOf = <K extends RecordKind>(type: ObjectType<K>): ReadonlyMap<string, PropertyRow<K>> => {
  const known = rows.get(type) as ReadonlyMap<string, PropertyRow<K>> | undefined;
  if (known !== undefined) return known;
  const made = new Map(type.properties.map(row => [row[0].toLowerCase(), row] as const));
  rows.set(type, made);
  return made;
};

/** An object over a record of the lab. It is as the record is, whenever it is looked at. */
export class LabObject<K extends RecordKind = RecordKind> extends PSObject {
  readonly typeNames: readonly string[];
  readonly id: Id<K>;
  readonly #type: ObjectType<K>;
  readonly #lab: ShellLab;
  /** The last that was known: a removed machine still has its name. */
  #last: RecordOf<K>;

  constructor(type: ObjectType<K>, record: RecordOf<K>, lab: ShellLab) {
    super();
    this.typeNames = [...type.types, 'System.Object'];
    this.id = record.id;
    this.#type = type;
    this.#lab = lab;
    this.#last = record;
  }

  get kind(): K {
    return this.#type.kind;
  }

  get isGone(): boolean {
    return this.#lab.get(this.#type.kind, this.id) === undefined;
  }

  get record(): RecordOf<K> {
    // A record is changed in place; one that was removed stays as it was.
    this.#last = this.#lab.get(this.#type.kind, this.id) ?? this.#last;
    return this.#last;
  }

  properties(): readonly Property[] {
    return this.#type.properties.map(([name, type, of]) =>
      property(name, type, () => of({ record: this.record, lab: this.#lab })),
    );
  }

  override property(name: string): Property | undefined {
    const key = name.toLowerCase();
    const note = this.notes.get(key);
    if (note !== undefined) return note;
    const row = rowsOf(this.#type).get(key);
    if (row === undefined) return undefined;
    const [own, type, of] = row;
    return property(own, type, () => of({ record: this.record, lab: this.#lab }));
  }

  text(): string {
    return this.#type.text({ record: this.record, lab: this.#lab });
  }

  override comparable(): Value {
    return this.id;
  }
}

/** The object's record when it is one of that kind. */
export const recordIn = <K extends RecordKind>(value: Value, kind: K): RecordOf<K> | null =>
  value instanceof LabObject && value.kind === kind ? (value.record as RecordOf<K>) : null;
