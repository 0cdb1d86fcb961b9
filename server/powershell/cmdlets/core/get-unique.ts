import type { Cmdlet } from '../../engine/cmdlet.ts';
import { textOf } from '../../value/text.ts';
import { typeName } from '../../value/type-names.ts';
import { perCall } from './per-call.ts';

const last = perCall((): { key: string | null } => ({ key: null }));

export const getUnique: Cmdlet = {
  name: 'Get-Unique',
  synopsis: 'Lets through what differs from what came just before it.',
  examples: [{ line: '1, 1, 2 | Get-Unique', about: '1 and 2.' }],
  *process(call) {
    const { bound, shell } = call;
    const object = bound.value('InputObject') ?? null;
    const key = bound.flag('OnType') ? typeName(object) : textOf(object);
    if (last(call).key === key) return;
    last(call).key = key;
    yield* shell.write(object);
  },
};
