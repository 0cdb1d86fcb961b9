import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { callMethod, ownProperty, property } from '../../value/member.ts';
import type { Value } from '../../value/value.ts';
import { itemsOf } from '../../value/text.ts';

/** Blocks by position: of three the first begins and the last ends; of two the first begins. */
const blocksOf = ({ bound }: Call) => {
  const named = bound.values('Process') ?? [];
  const all = [...named, ...(bound.values('RemainingScripts') ?? [])];
  const [begin, end] = [bound.value('Begin') ?? null, bound.value('End') ?? null];
  const takesFirst = begin === null && all.length > 1;
  const takesLast = end === null && all.length > 2;
  return {
    begin: takesFirst ? (all[0] ?? null) : begin,
    process: all.slice(takesFirst ? 1 : 0, takesLast ? -1 : undefined),
    end: takesLast ? (all.at(-1) ?? null) : end,
  };
};

export const forEachObject: Cmdlet = {
  name: 'ForEach-Object',
  synopsis: 'Does something with each object of the pipeline.',
  examples: [
    {
      line: "1..3 | ForEach-Object { New-VM -Name ('WEB{0:00}' -f $_) }",
      about: 'Three machines.',
    },
    { line: 'Get-VM | ForEach-Object Name', about: 'One property of each.' },
  ],
  *begin(call) {
    const { begin } = blocksOf(call);
    if (begin !== null) yield* call.shell.pass(begin, { scope: 'caller' });
  },
  *process(call) {
    const { bound, shell } = call;
    const object = bound.value('InputObject') ?? null;
    if (bound.has('MemberName')) return yield* member(call, object);
    for (const block of blocksOf(call).process)
      yield* shell.pass(block, { dollar: object, scope: 'caller' });
  },
  *end(call) {
    const { end } = blocksOf(call);
    if (end !== null) yield* call.shell.pass(end, { scope: 'caller' });
  },
};

/** `ForEach-Object Name` reads a property; when there is none of that name, or with arguments, it calls. */
function* member({ bound, shell }: Call, object: Value): Steps<void> {
  const name = bound.text('MemberName') ?? '';
  const args = bound.values('ArgumentList');
  const isProperty = args === undefined && ownProperty(object, name) !== undefined;
  const result = isProperty ? property(object, name) : callMethod(object, name, args ?? []);
  for (const one of itemsOf(result ?? null) ?? [result ?? null])
    if (result !== undefined) yield* shell.write(one);
}
