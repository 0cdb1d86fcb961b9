import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { compare } from '../../value/compare.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { ownProperty } from '../../value/member.ts';
import { double, isNumber, plainNumber } from '../../value/number.ts';
import { convertOrNull } from '../../value/convert.ts';
import { textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';
import { perCall } from './per-call.ts';

interface Measured {
  count: number;
  sum: number;
  maximum: Value;
  minimum: Value;
  lines: number;
  words: number;
  characters: number;
}

const nothing = (): Measured => ({
  count: 0,
  sum: 0,
  maximum: null,
  minimum: null,
  lines: 0,
  words: 0,
  characters: 0,
});

const measured = perCall(() => new Map<string, Measured>());

export const measureObject: Cmdlet = {
  name: 'Measure-Object',
  synopsis: 'Counts objects, and adds up or compares their properties.',
  examples: [
    { line: 'Get-VM | Measure-Object MemoryAssigned -Sum', about: 'Memory in use by machines.' },
  ],
  *process(call) {
    const { bound } = call;
    // Without input it is called once, with nothing to measure.
    if (!bound.has('InputObject')) return;
    const object = bound.value('InputObject') ?? null;
    const names = bound.texts('Property') ?? [''];
    for (const name of names) {
      const value = name === '' ? object : ownProperty(object, name);
      if (value !== undefined && value !== null) yield* add(call, name, value);
    }
  },
  *end(call) {
    const { bound, shell } = call;
    const names = bound.texts('Property') ?? [''];
    for (const name of names) {
      const found = measured(call).get(name);
      if (found === undefined && name !== '') yield* shell.error(missing(call, name));
      else yield* shell.write(resultOf(call, name, found ?? nothing()));
    }
  },
};

const missing = ({ shell }: Call, name: string) =>
  shell.fault({
    message: `The property "${name}" cannot be found in the input for any objects.`,
    id: 'GenericMeasurePropertyNotFound',
    category: 'InvalidArgument',
    exception: 'System.Management.Automation.PSArgumentException',
  });

function* add(call: Call, name: string, value: Value) {
  const { bound, shell } = call;
  const all = measured(call);
  const one = all.get(name) ?? nothing();
  all.set(name, one);
  one.count += 1;
  const text = textOf(value);
  one.lines += text.split('\n').length;
  one.words += text.split(/\s+/).filter(word => word !== '').length;
  one.characters += bound.flag('IgnoreWhiteSpace')
    ? text.replaceAll(/\s/g, '').length
    : text.length;
  if (bound.flag('Sum') || bound.flag('Average')) {
    const number = isNumber(value) ? value : convertOrNull(value, 'System.Double');
    if (number === null || !isNumber(number))
      return yield* shell.error(
        shell.fault({
          message: `Input object "${text}" is not numeric.`,
          id: 'NonNumericInputObject',
          category: 'InvalidType',
          exception: 'System.Management.Automation.PSInvalidCastException',
          target: value,
        }),
      );
    one.sum += plainNumber(number);
  }
  if (one.maximum === null || compare(value, one.maximum) > 0) one.maximum = value;
  if (one.minimum === null || compare(value, one.minimum) < 0) one.minimum = value;
}

const resultOf = ({ bound, set }: Call, name: string, one: Measured): Value => {
  if (set === 'TextMeasure') {
    const result = new CustomObject('Microsoft.PowerShell.Commands.TextMeasureInfo');
    result.note('Lines', bound.flag('Line') ? one.lines : null);
    result.note('Words', bound.flag('Word') ? one.words : null);
    result.note('Characters', bound.flag('Character') ? one.characters : null);
    result.note('Property', name === '' ? null : name);
    return result;
  }
  const result = new CustomObject('Microsoft.PowerShell.Commands.GenericMeasureInfo');
  const average = one.count === 0 ? null : double(one.sum / one.count);
  result.note('Count', one.count);
  result.note('Average', bound.flag('Average') ? average : null);
  result.note('Sum', bound.flag('Sum') ? double(one.sum) : null);
  result.note('Maximum', bound.flag('Maximum') ? one.maximum : null);
  result.note('Minimum', bound.flag('Minimum') ? one.minimum : null);
  result.note('Property', name === '' ? null : name);
  return result;
};
