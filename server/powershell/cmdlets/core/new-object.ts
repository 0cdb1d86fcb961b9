import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { Terminating } from '../../engine/error-record.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { setProperty } from '../../value/member.ts';
import { PSObject } from '../../value/ps-object.ts';
import { textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';

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
  const program = bound.text('ComObject');
  if (program === undefined)
    return shell.make(bound.text('TypeName') ?? '', bound.values('ArgumentList') ?? []);
  throw new Terminating(
    shell.fault({
      message: `COM objects like ${program} are not simulated in this console.`,
      id: 'NotSimulated',
      category: 'NotImplemented',
      exception: 'System.Management.Automation.PSNotSupportedException',
    }),
  );
};
