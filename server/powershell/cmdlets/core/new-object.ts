import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { Terminating } from '../../engine/error-record.ts';
import { convertOrNull } from '../../value/convert.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { Hashtable } from '../../value/hashtable.ts';
import { List } from '../../value/list.ts';
import { setProperty } from '../../value/member.ts';
import { PSObject } from '../../value/ps-object.ts';
import { textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';

/** Types that can be made here, and how. Names without `System.`, in lower case. */
const MAKERS = new Map<string, (args: readonly Value[]) => Value>([
  ['psobject', () => new CustomObject()],
  ['pscustomobject', () => new CustomObject()],
  ['management.automation.psobject', () => new CustomObject()],
  ['object', () => new CustomObject()],
  ['collections.arraylist', () => new List()],
  ['collections.hashtable', () => new Hashtable()],
  ['hashtable', () => new Hashtable()],
  ['string', args => textOf(args[0] ?? '')],
  ['datetime', args => converted(args, 'System.DateTime')],
  ['timespan', args => converted(args, 'System.TimeSpan')],
  ['guid', args => converted(args, 'System.Guid')],
  ['version', args => converted(args, 'System.Version')],
]);

const converted = (args: readonly Value[], type: string): Value =>
  convertOrNull(
    args.length === 1 ? (args[0] ?? null) : args.map(one => textOf(one)).join(':'),
    type,
  );

export const newObject: Cmdlet = {
  name: 'New-Object',
  synopsis: 'Makes an object.',
  examples: [
    { line: "New-Object psobject -Property @{Name = 'WEB01'}", about: 'One with a name.' },
  ],
  *process(call) {
    const { bound, shell } = call;
    const made = makeOne(call);
    for (const { key, value } of bound.table('Property')?.entries() ?? []) {
      if (made instanceof CustomObject) made.note(textOf(key), value);
      else if (made instanceof PSObject) setProperty(made, textOf(key), value);
    }
    yield* shell.write(made);
  },
};

const makeOne = ({ bound, shell }: Call): Value => {
  const name = bound.text('TypeName') ?? bound.text('ComObject') ?? '';
  const key = name.toLowerCase().replace(/^system\./, '');
  const maker = key.startsWith('collections.generic.list')
    ? () => new List([], name)
    : MAKERS.get(key);
  if (maker !== undefined) return maker(bound.values('ArgumentList') ?? []);
  throw new Terminating(
    shell.fault({
      message: `Objects of type [${name}] are not simulated in this console.`,
      id: 'TypeNotSimulated',
      category: 'NotImplemented',
      exception: 'System.Management.Automation.PSArgumentException',
    }),
  );
};
