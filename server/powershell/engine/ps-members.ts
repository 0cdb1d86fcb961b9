import { CustomObject } from '../value/custom-object.ts';
import { Hashtable } from '../value/hashtable.ts';
import { List } from '../value/list.ts';
import { propertiesOf } from '../value/member.ts';
import { property } from '../value/property.ts';
import { type Property, PSObject } from '../value/ps-object.ts';
import { textOf } from '../value/text.ts';
import { typeNames } from '../value/type-names.ts';
import type { Value } from '../value/value.ts';

/** `$x.PSObject`: the members of a value as objects. */
class MemberSet extends PSObject {
  readonly typeNames = ['System.Management.Automation.PSObject', 'System.Object'];
  readonly #base: Value;

  constructor(base: Value) {
    super();
    this.#base = base;
  }

  properties(): readonly Property[] {
    const base = this.#base;
    return [
      property('BaseObject', 'System.Object', () => base),
      property('Properties', 'System.Object', () => new List(infos(base))),
      property('TypeNames', 'System.Object', () => new List([...typeNames(base)])),
    ];
  }

  text(): string {
    return textOf(this.#base);
  }
}

const infos = (base: Value): Value[] => {
  if (base instanceof PSObject) return propertiesOf(base).map(info);
  if (base instanceof Hashtable)
    return [...base.entries()].map(({ key, value }) => noteInfo(textOf(key), value));
  if (typeof base === 'string') return [noteInfo('Length', base.length)];
  return [];
};

const info = (one: Property): Value => {
  const made = noteInfo(one.name, one.get());
  made.note('MemberType', one.kind);
  made.note('TypeNameOfValue', one.type);
  made.note('IsSettable', one.set !== undefined);
  return made;
};

const noteInfo = (name: string, value: Value): CustomObject => {
  const made = new CustomObject('System.Management.Automation.PSPropertyInfo');
  made.note('Name', name);
  made.note('Value', value);
  made.note('MemberType', 'NoteProperty');
  return made;
};

export const psObjectOf = (base: Value): PSObject => new MemberSet(base);
