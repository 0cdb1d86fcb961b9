import { CustomObject } from '../../value/custom-object.ts';
import { DateTime } from '../../value/date-time.ts';
import { parseDate } from '../../value/date-parse.ts';
import { formatDate } from '../../value/date-format.ts';
import { EnumValue } from '../../value/enum.ts';
import { Guid } from '../../value/guid.ts';
import { Hashtable } from '../../value/hashtable.ts';
import { propertiesOf } from '../../value/member.ts';
import { isNumber, plainNumber } from '../../value/number.ts';
import { PSObject } from '../../value/ps-object.ts';
import { itemsOf, textOf } from '../../value/text.ts';
import { TimeSpan } from '../../value/time-span.ts';
import { typeNames } from '../../value/type-names.ts';
import type { Value } from '../../value/value.ts';

// Objects as Export-Clixml writes them: simple values by their own elements, everything else with its
// types, its text and its properties to a depth. Source: MS-PSRP, serialization; read for its facts.

const HEAD = '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">';

const escaped = (text: string): string =>
  text
    .replaceAll(
      /[\0-\x1f]/g,
      unit => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Writes objects, each with a number of its own. */
export class ClixmlWriter {
  #next = 0;

  static whole(objects: string): string {
    return `${HEAD}\r\n${objects}</Objs>`;
  }

  of(value: Value, depth: number, name = ''): string {
    const at = name === '' ? '' : ` N="${escaped(name)}"`;
    if (value === null) return `<Nil${at} />`;
    if (typeof value === 'string') return `<S${at}>${escaped(value)}</S>`;
    if (typeof value === 'boolean') return `<B${at}>${String(value)}</B>`;
    if (isNumber(value)) return this.#number(value, at);
    if (value instanceof Guid) return `<G${at}>${value.text()}</G>`;
    if (value instanceof TimeSpan) return `<TS${at}>${value.text()}</TS>`;
    if (value instanceof DateTime) return `<DT${at}>${formatDate(value, 'o') ?? ''}</DT>`;
    const id = this.#next;
    this.#next += 1;
    return `<Obj${at} RefId="${id}">${this.#inside(value, depth)}</Obj>`;
  }

  #number(value: Value, at: string): string {
    const [type = ''] = typeNames(value);
    const tag = type.endsWith('Int32') ? 'I32' : type.endsWith('Int64') ? 'I64' : 'Db';
    return `<${tag}${at}>${isNumber(value) ? plainNumber(value) : 0}</${tag}>`;
  }

  #inside(value: Value, depth: number): string {
    const types = typeNames(value).map(one => `<T>${escaped(one)}</T>`);
    const head = `<TN RefId="${this.#next}">${types.join('')}</TN>`;
    if (value instanceof Hashtable) {
      const entries = [...value.entries()].map(
        ({ key, value: one }) =>
          `<En>${this.of(textOf(key), 0, 'Key')}${this.of(depth > 0 ? one : textOf(one), depth - 1, 'Value')}</En>`,
      );
      return `${head}<DCT>${entries.join('')}</DCT>`;
    }
    const items = itemsOf(value);
    if (items !== null) {
      // A list takes nothing of the depth, but one in another does: it may be the same.
      const inner = (one: Value): string =>
        this.of(depth > 0 ? one : textOf(one), itemsOf(one) === null ? depth : depth - 1);
      return `${head}<LST>${items.map(inner).join('')}</LST>`;
    }
    const text = `<ToString>${escaped(textOf(value))}</ToString>`;
    if (!(value instanceof PSObject) || value instanceof EnumValue || depth <= 0)
      return `${head}${text}`;
    const properties = propertiesOf(value).map(one => this.of(one.get(), depth - 1, one.name));
    return `${head}${text}<Props>${properties.join('')}</Props>`;
  }
}

interface Node {
  readonly tag: string;
  readonly name: string;
  readonly children: Node[];
  text: string;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
]);

const plain = (text: string): string =>
  text
    .replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES.get(name) ?? '')
    .replaceAll(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** Deeper than anything that is written here. */
const DEEPEST = 100;

/** What a file holds; null when it is none of these files. */
export const readClixml = (text: string): readonly Value[] | null => {
  const root: Node = { tag: '', name: '', children: [], text: '' };
  const open = [root];
  for (const [, inner, between] of text.matchAll(/<([^<>]+)>([^<>]*)/g)) {
    const parent = open.at(-1);
    if (inner === undefined || parent === undefined || open.length > DEEPEST) return null;
    if (inner.startsWith('?')) continue;
    if (inner.startsWith('/')) {
      open.pop();
      continue;
    }
    const [, tag = '', rest = ''] = /^([\w.]+)([^]*)$/.exec(inner) ?? [];
    const name = plain(/ N="([^"]*)"/.exec(rest)?.[1] ?? '');
    const node: Node = { tag, name, children: [], text: plain(between ?? '') };
    parent.children.push(node);
    if (!inner.endsWith('/')) open.push(node);
  }
  const [objects] = root.children;
  return objects?.tag === 'Objs' ? objects.children.map(valueOf) : null;
};

const valueOf = (node: Node): Value => {
  switch (node.tag) {
    case 'Nil':
      return null;
    case 'B':
      return node.text === 'true';
    case 'I32':
    case 'I64':
    case 'Db':
      return Number(node.text);
    case 'DT':
      return (
        parseDate(node.text.replace(/(\.\d+)?(Z|[+-]\d\d:\d\d)?$/, '').replace('T', ' ')) ??
        node.text
      );
    case 'G':
      return Guid.parse(node.text) ?? node.text;
    case 'TS':
      return TimeSpan.parse(node.text) ?? node.text;
    case 'Obj':
      return objectOf(node);
    default:
      return node.text;
  }
};

const objectOf = ({ children }: Node): Value => {
  const part = (tag: string): Node | undefined => children.find(one => one.tag === tag);
  const list = part('LST');
  if (list !== undefined) return list.children.map(valueOf);
  const table = part('DCT');
  if (table !== undefined) {
    const made = new Hashtable();
    for (const { children: pair } of table.children)
      made.set(
        pair[0] === undefined ? '' : valueOf(pair[0]),
        pair[1] === undefined ? null : valueOf(pair[1]),
      );
    return made;
  }
  const properties = part('Props');
  const type = part('TN')?.children[0]?.text ?? 'System.Object';
  if (properties === undefined) return part('ToString')?.text ?? '';
  const object = new CustomObject(`Deserialized.${type}`);
  for (const one of properties.children) object.note(one.name, valueOf(one));
  return object;
};
