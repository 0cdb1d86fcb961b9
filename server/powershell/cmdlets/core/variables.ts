import type { Cmdlet } from '../../engine/cmdlet.ts';
import { compareText } from '../../value/compare.ts';
import { CustomObject } from '../../value/custom-object.ts';
import type { Value } from '../../value/value.ts';
import { Wildcard } from '../../value/wildcard.ts';

const variableObject = (name: string, value: Value): CustomObject => {
  const result = new CustomObject('System.Management.Automation.PSVariable');
  result.note('Name', name);
  result.note('Value', value);
  return result;
};

export const getVariable: Cmdlet = {
  name: 'Get-Variable',
  synopsis: 'Lists the variables of this session.',
  examples: [{ line: 'Get-Variable vm*', about: 'Those whose names begin with vm.' }],
  *process({ bound, shell }) {
    const all = [...shell.session.variables()].toSorted((a, b) => compareText(a.name, b.name));
    for (const pattern of bound.texts('Name') ?? ['*']) {
      const wildcard = new Wildcard(pattern);
      const found = all.filter(({ name }) => wildcard.matches(name));
      for (const { name, value } of found)
        yield* shell.write(bound.flag('ValueOnly') ? value : variableObject(name, value));
      if (found.length > 0 || /[*?[]/.test(pattern)) continue;
      yield* shell.error(
        shell.fault({
          message: `Cannot find a variable with the name '${pattern}'.`,
          id: 'VariableNotFound',
          category: 'ObjectNotFound',
          exception: 'System.Management.Automation.ItemNotFoundException',
          target: pattern,
        }),
      );
    }
  },
};

const setter = (name: string, synopsis: string, example: string): Cmdlet => ({
  name,
  synopsis,
  examples: [{ line: example, about: 'The same as an assignment.' }],
  *process({ bound, shell }) {
    const value = bound.value('Value') ?? null;
    for (const one of bound.texts('Name') ?? []) {
      shell.session.setVariable(one, value);
      if (bound.flag('PassThru')) yield* shell.write(variableObject(one, value));
    }
  },
});

export const setVariable = setter(
  'Set-Variable',
  'Gives a variable a value.',
  "Set-Variable rack 'R1'",
);
export const newVariable = setter(
  'New-Variable',
  'Makes a variable.',
  "New-Variable rack -Value 'R1'",
);
export const clearVariable = setter('Clear-Variable', 'Empties a variable.', 'Clear-Variable rack');

export const removeVariable: Cmdlet = {
  name: 'Remove-Variable',
  synopsis: 'Removes a variable.',
  examples: [{ line: 'Remove-Variable rack', about: 'It is $null again.' }],
  *process({ bound, shell }) {
    for (const name of bound.texts('Name') ?? []) {
      if (shell.session.removeVariable(name)) continue;
      yield* shell.error(
        shell.fault({
          message: `Cannot find a variable with the name '${name}'.`,
          id: 'VariableNotFound',
          category: 'ObjectNotFound',
          exception: 'System.Management.Automation.ItemNotFoundException',
          target: name,
        }),
      );
    }
  },
};
