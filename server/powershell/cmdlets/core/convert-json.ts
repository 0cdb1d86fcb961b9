import type { Cmdlet } from '../../engine/cmdlet.ts';
import { Terminating } from '../../engine/error-record.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { double } from '../../value/number.ts';
import type { Value } from '../../value/value.ts';
import { DEPTH, jsonOf } from './json-of.ts';
import { perCall } from './per-call.ts';

const objects = perCall((): Value[] => []);
const texts = perCall((): string[] => []);

export const convertToJson: Cmdlet = {
  name: 'ConvertTo-Json',
  synopsis: 'Turns objects into JSON.',
  examples: [{ line: 'Get-VM | Select-Object Name, State | ConvertTo-Json', about: 'A list.' }],
  *process(call) {
    objects(call).push(call.bound.value('InputObject') ?? null);
  },
  *end(call) {
    const { bound, shell } = call;
    const all = objects(call);
    if (all.length === 0) return;
    const value = all.length === 1 ? (all[0] ?? null) : all;
    yield* shell.write(jsonOf(value, bound.number('Depth') ?? DEPTH, bound.flag('Compress')));
  },
};

export const convertFromJson: Cmdlet = {
  name: 'ConvertFrom-Json',
  synopsis: 'Turns JSON into objects.',
  examples: [{ line: `'{"name": "WEB01"}' | ConvertFrom-Json`, about: 'An object with a name.' }],
  *process(call) {
    texts(call).push(call.bound.text('InputObject') ?? '');
  },
  *end(call) {
    const text = texts(call).join('\n');
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      throw new Terminating(
        call.shell.fault({
          message: 'Invalid JSON primitive: the text is not JSON.',
          id: 'System.ArgumentException',
          category: 'InvalidArgument',
          exception: 'System.ArgumentException',
        }),
      );
    }
    yield* call.shell.write(valueOf(parsed, 0));
  },
};

/** Deeper than this nothing is read: JSON of a person is not that deep. */
const DEEPEST = 100;

const valueOf = (json: unknown, depth: number): Value => {
  if (depth > DEEPEST || json === null || json === undefined) return null;
  if (typeof json === 'string' || typeof json === 'boolean') return json;
  if (typeof json === 'number') return Number.isInteger(json) ? json : double(json);
  if (Array.isArray(json)) return json.map(one => valueOf(one, depth + 1));
  const result = new CustomObject();
  for (const [name, one] of Object.entries(json)) result.note(name, valueOf(one, depth + 1));
  return result;
};
