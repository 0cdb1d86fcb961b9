import type { Assignment, Expression, Statement } from '../syntax/tree.ts';
import type { ArithmeticOperator } from '../value/number.ts';
import { elementAt, setElement } from '../value/element.ts';
import { fault } from '../value/fault.ts';
import { Hashtable } from '../value/hashtable.ts';
import { property, setProperty } from '../value/member.ts';
import { operate } from '../value/operators.ts';
import { itemsOf, textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import { castTo } from './cast.ts';
import type { Context } from './context.ts';
import { hostOf } from './operator-host.ts';
import { notSimulated } from './faults.ts';
import type { Steps } from './steps.ts';
import { typeOf } from './type-of.ts';
import { constrain, read, write } from './variables.ts';

/** `target = value`, `target += value`. */
export function* assignment(node: Assignment, cx: Context): Steps<void> {
  if (node.operator === '=') {
    const value = yield* valueOf(node.value, cx);
    yield* assign(node.target, value, cx);
    return;
  }
  // `op=` is the operator of its first letter.
  const operator = node.operator.charAt(0) as ArithmeticOperator;
  yield* change(node.target, operator, { value: node.value }, cx);
}

/** What stands on the right: nested assignments give their value on. */
function* valueOf(node: Statement, cx: Context): Steps<Value> {
  if (node.node !== 'assignment') return yield* cx.core.evaluator.collected(node, cx);
  yield* assignment(node, cx);
  return yield* cx.core.evaluator.value(node.target, cx);
}

interface Right {
  readonly value: Statement;
}

/** The target's parts are evaluated once. */
function* change(
  target: Expression,
  operator: ArithmeticOperator,
  right: Right,
  cx: Context,
): Steps<void> {
  const place = yield* placeOf(target, cx);
  const before = place.get();
  const value = yield* valueOf(right.value, cx);
  place.set(operate(operator, before, value, hostOf(cx)));
}

interface Place {
  get(): Value;
  set(value: Value): void;
}

function* placeOf(target: Expression, cx: Context): Steps<Place> {
  switch (target.node) {
    case 'variable':
      return { get: () => read(target, cx), set: value => write(target, value, cx) };
    case 'member': {
      if (target.static) throw noStatic();
      const object = yield* cx.core.evaluator.value(target.target, cx);
      const name = textOf(yield* cx.core.evaluator.value(target.name, cx));
      return {
        get: () => property(object, name),
        set: value => setOn(object, name, value),
      };
    }
    case 'index': {
      const object = yield* cx.core.evaluator.value(target.target, cx);
      const index = yield* cx.core.evaluator.value(target.index, cx);
      return {
        get: () => elementAt(object, index),
        set: value => {
          if (object instanceof Hashtable) cx.core.meter.allocate(60);
          setElement(object, index, value);
        },
      };
    }
    case 'paren': {
      const inner = singleExpression(target.statement);
      if (inner !== null) return yield* placeOf(inner, cx);
      throw notAssignable();
    }
    case 'cast': {
      const inner = yield* placeOf(target.operand, cx);
      const type = typeOf(target.type);
      return { get: () => inner.get(), set: value => inner.set(castTo(value, type, cx)) };
    }
    default:
      throw notAssignable();
  }
}

/** A property of a list that has none of that name is set on each element. */
const setOn = (object: Value, name: string, value: Value): void => {
  const items = itemsOf(object);
  if (items === null || items.length === 0) setProperty(object, name, value);
  else for (const item of items) setProperty(item, name, value);
};

const singleExpression = (node: Statement): Expression | null => {
  const stage = node.node === 'pipeline' && node.stages.length === 1 ? node.stages[0] : undefined;
  return stage?.node === 'expression-stage' ? stage.expression : null;
};

const notAssignable = () =>
  fault({
    message:
      'The assignment expression is not valid. The input to an assignment operator must be an object that is able to accept assignments, such as a variable or a property.',
    id: 'InvalidLeftHandSide',
    category: 'ParserError',
    exception: 'System.Management.Automation.ParseException',
  });

const noStatic = () => notSimulated('Static properties are read only in this console.', '');

export function* assign(target: Expression, value: Value, cx: Context): Steps<void> {
  switch (target.node) {
    case 'variable':
      write(target, value, cx);
      return;
    case 'array':
      yield* several(target.items, value, cx);
      return;
    case 'cast': {
      const type = typeOf(target.type);
      yield* assign(target.operand, castTo(value, type, cx), cx);
      if (target.operand.node === 'variable') constrain(target.operand, type, cx);
      return;
    }
    default: {
      const place = yield* placeOf(target, cx);
      place.set(value);
    }
  }
}

/** `$a, $b = 1, 2, 3`: the last one takes what is left. */
function* several(targets: readonly Expression[], value: Value, cx: Context): Steps<void> {
  const items = itemsOf(value) ?? [value];
  for (const [index, target] of targets.entries()) {
    const last = index === targets.length - 1;
    const rest = items.slice(index);
    yield* assign(target, last && rest.length > 1 ? rest : (rest[0] ?? null), cx);
  }
}
