import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { property } from '../../value/member.ts';
import { type OperatorHost, operate } from '../../value/operators.ts';
import { isTrue } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';

/** The switch that was given, as the operator it stands for. */
const OPERATORS = (
  'EQ NE GT GE LT LE Like NotLike Match NotMatch Contains NotContains In NotIn Is IsNot ' +
  'CEQ CNE CGT CGE CLT CLE CLike CNotLike CMatch CNotMatch CContains CNotContains CIn CNotIn'
).split(' ');

export const whereObject: Cmdlet = {
  name: 'Where-Object',
  synopsis: 'Lets through the objects that meet a condition.',
  examples: [
    { line: 'Get-VM | Where-Object State -eq Running', about: 'Machines that run.' },
    { line: 'Get-VM | where { $_.Uptime.TotalHours -gt 1 }', about: 'Those up for an hour.' },
  ],
  *process(call) {
    const object = call.bound.value('InputObject') ?? null;
    if (yield* passes(call, object)) yield* call.shell.write(object);
  },
};

/** Comparing makes nothing that could grow. */
const HOST: OperatorHost = {
  separator: ' ',
  text: () => undefined,
  elements: () => undefined,
  matched: () => undefined,
};

function* passes(call: Call, object: Value): Steps<boolean> {
  const block = call.bound.value('FilterScript');
  if (block !== undefined)
    return yield* call.shell.test(block, { dollar: object, scope: 'caller' });
  const left = property(object, call.bound.text('Property') ?? '');
  const operator = OPERATORS.find(name => call.bound.flag(name));
  const right = call.bound.value('Value');
  // `where Property` alone asks whether it is true.
  if (operator === undefined && right === undefined) return isTrue(left);
  const name = `-${(operator ?? 'EQ').toLowerCase()}`;
  return isTrue(operate(name, left, right ?? null, HOST));
}
