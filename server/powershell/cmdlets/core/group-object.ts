import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { compareText } from '../../value/compare.ts';
import { Hashtable } from '../../value/hashtable.ts';
import { List } from '../../value/list.ts';
import { property } from '../../value/property.ts';
import { type Property, PSObject } from '../../value/ps-object.ts';
import { textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';
import { perCall } from './per-call.ts';
import { selectorsOf, valueOf } from './selector.ts';

interface Group {
  readonly values: readonly Value[];
  readonly objects: Value[];
}

const groups = perCall(() => new Map<string, Group>());
const selectors = perCall(call => selectorsOf(call, 'Property'));

/** Microsoft.PowerShell.Commands.GroupInfo. */
class GroupInfo extends PSObject {
  readonly typeNames: readonly string[];
  readonly #group: Group;
  readonly #hasElements: boolean;

  constructor(group: Group, hasElements: boolean) {
    super();
    this.#group = group;
    this.#hasElements = hasElements;
    const own = ['Microsoft.PowerShell.Commands.GroupInfo', 'System.Object'];
    this.typeNames = hasElements
      ? own
      : ['Microsoft.PowerShell.Commands.GroupInfoNoElement', ...own];
  }

  properties(): readonly Property[] {
    const { values, objects } = this.#group;
    return [
      property('Values', 'System.Collections.ArrayList', () => values),
      property('Count', 'int', () => objects.length),
      property('Group', 'System.Collections.ObjectModel.Collection`1', () =>
        this.#hasElements ? objects : [],
      ),
      property('Name', 'string', () => this.text()),
    ];
  }

  text(): string {
    return nameOf(this.#group);
  }
}

const nameOf = ({ values }: Group): string => values.map(value => textOf(value)).join(', ');

export const groupObject: Cmdlet = {
  name: 'Group-Object',
  synopsis: 'Counts objects that have the same values, and keeps them together.',
  examples: [
    { line: 'Get-VM | Group-Object State', about: 'How many machines are in which state.' },
  ],
  *process(call) {
    const object = call.bound.value('InputObject') ?? null;
    const values = yield* valuesOf(call, object);
    const text = values.map(value => textOf(value)).join('\u0000');
    const key = call.bound.flag('CaseSensitive') ? text : text.toLowerCase();
    const group = groups(call).get(key);
    if (group === undefined) groups(call).set(key, { values, objects: [object] });
    else group.objects.push(object);
  },
  *end(call) {
    const { bound, shell } = call;
    const all = [...groups(call).values()];
    if (bound.flag('AsHashTable')) {
      const table = new Hashtable();
      for (const group of all) {
        const key = bound.flag('AsString') ? nameOf(group) : (group.values[0] ?? null);
        table.set(key, new List(group.objects));
      }
      return yield* shell.write(table);
    }
    for (const group of all.toSorted((a, b) => compareText(nameOf(a), nameOf(b))))
      yield* shell.write(new GroupInfo(group, !bound.flag('NoElement')));
  },
};

function* valuesOf(call: Call, object: Value): Steps<readonly Value[]> {
  const by = selectors(call);
  if (by.length === 0) return [object];
  const values: Value[] = [];
  for (const one of by) values.push(yield* valueOf(one, object, call));
  return values;
}
