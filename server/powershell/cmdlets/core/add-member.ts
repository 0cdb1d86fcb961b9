import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { Terminating } from '../../engine/error-record.ts';
import { Note } from '../../value/property.ts';
import { PSObject } from '../../value/ps-object.ts';
import { textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';

export const addMember: Cmdlet = {
  name: 'Add-Member',
  synopsis: 'Adds a property to an object.',
  examples: [
    { line: "$vm | Add-Member NoteProperty Owner 'Ann' -PassThru", about: 'A note on a machine.' },
  ],
  *process(call) {
    const { bound, shell } = call;
    const object = bound.value('InputObject') ?? null;
    if (object instanceof PSObject)
      for (const [name, value] of membersOf(call)) add(call, object, name, value);
    if (bound.flag('PassThru')) yield* shell.write(object);
  },
};

const membersOf = ({ bound }: Call): readonly (readonly [string, Value])[] => {
  const table = bound.table('NotePropertyMembers');
  if (table !== undefined)
    return [...table.entries()].map(({ key, value }) => [textOf(key), value] as const);
  const name = bound.text('NotePropertyName') ?? bound.text('Name');
  const value = bound.value('NotePropertyValue') ?? bound.value('Value') ?? null;
  return name === undefined ? [] : [[name, value]];
};

const add = ({ bound, shell }: Call, object: PSObject, name: string, value: Value): void => {
  const kind = bound.text('MemberType') ?? 'NoteProperty';
  if (kind !== 'NoteProperty')
    throw new Terminating(
      shell.fault({
        message: `Members of type ${kind} are not simulated; NoteProperty is.`,
        id: 'MemberTypeNotSimulated',
        category: 'NotImplemented',
      }),
    );
  if (object.property(name) !== undefined && !bound.flag('Force'))
    throw new Terminating(
      shell.fault({
        message: `Cannot add a member with the name "${name}" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command.`,
        id: 'MemberAlreadyExists',
        category: 'InvalidOperation',
        target: object,
      }),
    );
  object.notes.set(name.toLowerCase(), new Note(name, value));
};
