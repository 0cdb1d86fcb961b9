import type { Variable as VariableNode } from '../syntax/tree.ts';
import { convert } from '../value/convert.ts';
import { fault } from '../value/fault.ts';
import { textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import type { Context } from './context.ts';
import { environment, setEnvironment } from './environment.ts';
import { notSimulated, notWritable } from './faults.ts';
import { LIMITS } from './limits.ts';
import type { Scope, Variable } from './scope.ts';

/** The value of $name; null for one that is not there. */
export const read = (node: VariableNode, cx: Context): Value => {
  const scope = node.scope;
  const name = node.name.toLowerCase();
  if (scope === '') return valueOf(cx.scope.find(name));
  switch (scope.toLowerCase()) {
    case 'global':
      return valueOf(cx.scope.root.own(name));
    case 'script':
      return valueOf(cx.scope.script.own(name));
    case 'local':
    case 'private':
      return valueOf(cx.scope.own(name));
    case 'using':
      return valueOf((cx.scope.using ?? cx.scope).find(name));
    case 'variable':
      return valueOf(cx.scope.find(name));
    case 'env':
      return name === 'computername' ? cx.computer.name : environment(cx.core, name);
    case 'function':
      return cx.scope.function(name)?.text ?? null;
    case 'alias':
      return cx.core.aliases.get(name)?.command ?? null;
    default:
      throw noDrive(scope);
  }
};

const noDrive = (name: string) =>
  fault({
    message: `Cannot find drive. A drive with the name '${name}' does not exist.`,
    id: 'DriveNotFound',
    category: 'ObjectNotFound',
    exception: 'System.Management.Automation.DriveNotFoundException',
    target: name,
  });

const valueOf = (variable: Variable | undefined): Value => {
  if (variable === undefined) return null;
  return variable.get === undefined ? variable.value : variable.get();
};

const targetScope = (scope: string, cx: Context): Scope | null => {
  switch (scope) {
    case '':
    case 'local':
    case 'private':
    case 'variable':
      return cx.scope;
    case 'global':
      return cx.scope.root;
    case 'script':
      return cx.scope.script;
    default:
      return null;
  }
};

/** $name = value, in the scope that the name says: the own one if it says none. */
export const write = (node: VariableNode, value: Value, cx: Context): void => {
  const kind = node.scope.toLowerCase();
  const scope = targetScope(kind, cx);
  if (scope !== null) {
    writeIn(scope, node.name, value, { cx, hidden: kind === 'private' });
    return;
  }
  if (kind === 'env') {
    setEnvironment(cx.core, node.name, textOf(value));
    return;
  }
  throw notSimulated(`Writing to the drive ${node.scope}: is not simulated.`, node.scope);
};

export const writeIn = (
  scope: Scope,
  name: string,
  value: Value,
  { cx, hidden }: { readonly cx: Context; readonly hidden: boolean },
): void => {
  const key = name.toLowerCase();
  if (key === 'null') return;
  const known = scope.own(key) ?? constant(scope.find(key));
  if (known?.readOnly === true) throw notWritable(name);
  const type = known?.type ?? null;
  const fitting = type === null ? value : convert(value, type);
  if (known !== undefined) {
    known.value = fitting;
    return;
  }
  if (scope.count >= LIMITS.variables)
    throw fault({
      message: `Cannot create variable ${name} because variable capacity ${LIMITS.variables} is exceeded for this scope.`,
      id: 'VariableCapacityExceeded',
      category: 'LimitsExceeded',
      exception: 'System.Management.Automation.SessionStateOverflowException',
      target: name,
    });
  cx.core.meter.allocate(100);
  scope.declare({ name, value: fitting, type: null, readOnly: false, hidden });
};

/** Constants of the session are seen everywhere and may not be shadowed. */
const constant = (variable: Variable | undefined): Variable | undefined =>
  variable?.readOnly === true ? variable : undefined;

/** [int]$x = ...: the variable keeps the type. */
export const constrain = (node: VariableNode, type: string, cx: Context): void => {
  const scope = targetScope(node.scope.toLowerCase(), cx) ?? cx.scope;
  const known = scope.own(node.name.toLowerCase());
  if (known !== undefined) known.type = type;
};
