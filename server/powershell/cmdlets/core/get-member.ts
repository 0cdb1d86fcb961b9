import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { compareText } from '../../value/compare.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { propertiesOf } from '../../value/member.ts';
import { PSObject } from '../../value/ps-object.ts';
import { textOf } from '../../value/text.ts';
import { typeName } from '../../value/type-names.ts';
import type { Value } from '../../value/value.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { methodsOf, nameIn } from './member-definitions.ts';
import { perCall } from './per-call.ts';

const known = perCall(() => new Set<string>());

export const getMember: Cmdlet = {
  name: 'Get-Member',
  synopsis: 'Lists the properties and methods of objects.',
  examples: [{ line: 'Get-VM | Get-Member -MemberType Property', about: 'What a machine knows.' }],
  *process(call) {
    const { bound } = call;
    if (!bound.has('InputObject')) return;
    const object = bound.value('InputObject') ?? null;
    const type = typeName(object);
    if (known(call).has(type)) return;
    known(call).add(type);
    yield* write(call, type, membersOf(object));
  },
};

interface Member {
  readonly name: string;
  readonly kind: string;
  readonly definition: string;
}

/** Kinds of members as they follow each other. */
const ORDER = ['AliasProperty', 'Method', 'NoteProperty', 'Property', 'ScriptProperty'];

const membersOf = (object: Value): readonly Member[] => {
  const common = methodsOf(object).map(definition => ({
    name: nameIn(definition),
    kind: 'Method',
    definition,
  }));
  if (!(object instanceof PSObject))
    return typeof object === 'string'
      ? [...common, { name: 'Length', kind: 'Property', definition: 'int Length {get;}' }]
      : common;
  const own = object.methods().map(({ name, definition }) => ({
    name,
    kind: 'Method',
    definition,
  }));
  const names = new Set(own.map(({ name }) => name));
  const methods = [...own, ...common.filter(({ name }) => !names.has(name))];
  const properties = propertiesOf(object).map(one => ({
    name: one.name,
    kind: one.kind,
    definition:
      one.kind === 'NoteProperty'
        ? `${one.type} ${one.name}=${textOf(one.get())}`
        : `${one.type} ${one.name} {get;${one.set === undefined ? '' : 'set;'}}`,
  }));
  return [...methods, ...properties].toSorted(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || compareText(a.name, b.name),
  );
};

function* write({ bound, shell }: Call, type: string, members: readonly Member[]): Steps<void> {
  const names = (bound.texts('Name') ?? ['*']).map(name => new Wildcard(name));
  const kinds = (bound.texts('MemberType') ?? ['All']).map(kind => kind.toLowerCase());
  for (const { name, kind, definition } of members) {
    if (!names.some(pattern => pattern.matches(name))) continue;
    if (!kinds.some(wanted => isOfKind(kind, wanted))) continue;
    const result = new CustomObject('Microsoft.PowerShell.Commands.MemberDefinition');
    result.note('TypeName', type);
    result.note('Name', name);
    result.note('MemberType', kind);
    result.note('Definition', definition);
    yield* shell.write(result);
  }
}

/** `Properties` and `Methods` are all kinds of these. */
const isOfKind = (kind: string, wanted: string): boolean =>
  wanted
    .split(/,\s*/)
    .some(
      one =>
        one === 'all' ||
        kind.toLowerCase() === one ||
        (one === 'properties' && kind.endsWith('Property')) ||
        (one === 'methods' && kind.endsWith('Method')),
    );
