import { doubleAt, integerAt, textAt } from '../value/argument.ts';
import { convert } from '../value/convert.ts';
import { CustomObject } from '../value/custom-object.ts';
import { DateTime } from '../value/date-time.ts';
import { fault } from '../value/fault.ts';
import { Guid } from '../value/guid.ts';
import { Hashtable } from '../value/hashtable.ts';
import { List } from '../value/list.ts';
import { isNumber } from '../value/number.ts';
import { itemsOf } from '../value/text.ts';
import { TICKS, TimeSpan } from '../value/time-span.ts';
import { exceptionTypes } from '../value/type-table.ts';
import type { Value } from '../value/value.ts';
import { Version } from '../value/version.ts';
import type { Context } from './context.ts';
import { ExceptionObject } from './error-object.ts';

/** What New-Object and `[type]::new()` make: the types a script of an administrator needs. */
export const instanceOf = (type: string, args: readonly Value[], cx: Context): Value => {
  cx.core.meter.allocate(120);
  switch (type) {
    case 'System.Object':
    case 'System.Management.Automation.PSObject':
    case 'System.Management.Automation.PSCustomObject':
      return new CustomObject();
    case 'System.Collections.ArrayList':
    case 'System.Collections.Generic.List':
      return new List(isNumber(args[0] ?? null) ? [] : (itemsOf(args[0] ?? null) ?? []), type);
    case 'System.Collections.Hashtable':
    case 'System.Collections.Generic.Dictionary':
      return new Hashtable();
    case 'System.Collections.Specialized.OrderedDictionary':
      return new Hashtable(true);
    case 'System.DateTime':
      return dateOf(args);
    case 'System.TimeSpan':
      return spanOf(args);
    case 'System.Guid':
      return args.length === 0 ? new Guid(Guid.EMPTY) : convert(args[0] ?? null, type);
    case 'System.Version':
      return args.length < 2
        ? convert(args[0] ?? null, type)
        : new Version(args.map((_, i) => integerAt(args, i)));
    case 'System.String':
      return args.length > 1
        ? textAt(args, 0)
            .charAt(0)
            .repeat(Math.min(integerAt(args, 1), 100_000))
        : textAt(args, 0);
    default:
      return exceptionOf(type, args) ?? refused(type);
  }
};

const refused = (type: string): never => {
  throw fault({
    message: `Objects of type [${type}] are not simulated in this console.`,
    id: 'NotSimulated',
    category: 'NotImplemented',
    exception: 'System.Management.Automation.PSNotSupportedException',
    target: type,
  });
};

const dateOf = (args: readonly Value[]): Value => {
  if (args.length < 3) return convert(args[0] ?? 0, 'System.DateTime');
  const [hour, minute, second] = [3, 4, 5].map(i => (i < args.length ? integerAt(args, i) : 0));
  const ticks =
    BigInt(hour ?? 0) * TICKS.hour +
    BigInt(minute ?? 0) * TICKS.minute +
    BigInt(second ?? 0) * TICKS.second;
  const day = { year: integerAt(args, 0), month: integerAt(args, 1), day: integerAt(args, 2) };
  const date = DateTime.of(day, ticks);
  if (date !== null) return date;
  throw fault({
    message:
      'Exception calling ".ctor" with "3" argument(s): "Year, Month, and Day parameters describe an un-representable DateTime."',
    id: 'ConstructorInvokedThrowException,Microsoft.PowerShell.Commands.NewObjectCommand',
    category: 'InvalidOperation',
    exception: 'System.Management.Automation.MethodInvocationException',
  });
};

const spanOf = (args: readonly Value[]): TimeSpan => {
  if (args.length <= 1) return new TimeSpan(BigInt(Math.trunc(doubleAt(args, 0))));
  const [days, hours, minutes, seconds] =
    args.length === 3
      ? [0, ...args.map((_, i) => integerAt(args, i))]
      : args.map((_, i) => integerAt(args, i));
  return new TimeSpan(
    BigInt(days ?? 0) * TICKS.day +
      BigInt(hours ?? 0) * TICKS.hour +
      BigInt(minutes ?? 0) * TICKS.minute +
      BigInt(seconds ?? 0) * TICKS.second,
  );
};

const exceptionOf = (type: string, args: readonly Value[]): Value => {
  if (!type.endsWith('Exception')) return null;
  const message = args.length > 0 ? textAt(args, 0) : `Exception of type '${type}' was thrown.`;
  return new ExceptionObject({
    message,
    id: message,
    category: 'OperationStopped',
    exception: exceptionTypes(type)[0] ?? type,
    activity: '',
    reason: type.slice(type.lastIndexOf('.') + 1),
    target: null,
    command: '',
    place: null,
  });
};
