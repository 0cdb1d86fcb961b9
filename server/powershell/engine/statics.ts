import { integerAt, textAt } from '../value/argument.ts';
import { enumType } from '../value/enum.ts';
import { fault } from '../value/fault.ts';
import { Guid } from '../value/guid.ts';
import { noMethod } from '../value/method-fault.ts';
import { staticMethod, staticValue } from '../value/static.ts';
import { textOf } from '../value/text.ts';
import { TICKS } from '../value/time-span.ts';
import { DateTime } from '../value/date-time.ts';
import type { Value } from '../value/value.ts';
import { blockOf } from './cast.ts';
import type { Context } from './context.ts';
import { environment, setEnvironment } from './environment.ts';
import { instanceOf } from './instance.ts';

/** `[type]::Name`; $null when there is none, as PowerShell has it. */
export const staticProperty = (type: string, name: string, cx: Context): Value => {
  const member = enumType(type)?.parse(name);
  if (member !== undefined && member !== null) return member;
  return sessionValue(`${type}.${name}`.toLowerCase(), cx) ?? staticValue(type, name);
};

const sessionValue = (key: string, cx: Context): Value | undefined => {
  const { setup } = cx.core;
  switch (key) {
    case 'system.datetime.now':
      return cx.core.now();
    case 'system.datetime.utcnow':
      return new DateTime(cx.core.now().ticks, 'Utc');
    case 'system.datetime.today': {
      const now = cx.core.now();
      return new DateTime(now.ticks - (now.ticks % TICKS.day), 'Local');
    }
    case 'system.environment.machinename':
      return cx.computer.name;
    case 'system.environment.username':
      return setup.user;
    case 'system.environment.userdomainname':
      return environment(cx.core, 'USERDOMAIN');
    case 'system.environment.currentdirectory':
      return cx.core.location;
    default:
      return undefined;
  }
};

export interface StaticCall {
  readonly type: string;
  readonly name: string;
  readonly args: readonly Value[];
}

/** `[type]::Name(...)`; undefined when it returns nothing. */
export const staticCall = (call: StaticCall, cx: Context): Value | undefined => {
  const { type, name, args } = call;
  const known = sessionCall(call, cx);
  if (known !== NONE) return known;
  if (name.toLowerCase() === 'new') return instanceOf(type, args, cx);
  const method = staticMethod(type, name);
  if (method === null) throw unknown(type, name);
  const result = method(args);
  if (typeof result === 'string') cx.core.meter.text(result.length);
  return result;
};

const unknown = (type: string, name: string) =>
  NOT_SIMULATED.has(type)
    ? fault({
        message: `[${type}]::${name} is not simulated in this console.`,
        id: 'NotSimulated',
        category: 'NotImplemented',
        exception: 'System.Management.Automation.PSNotSupportedException',
        target: name,
      })
    : noMethod(type, name);

/** Types that reach out of the lab, or that a lab has no use for. */
const NOT_SIMULATED = new Set([
  'System.IO.File',
  'System.IO.Directory',
  'System.Diagnostics.Process',
  'System.Text.Encoding',
  'System.Globalization.CultureInfo',
]);

const NONE = Symbol('none');

const sessionCall = (
  { type, name, args }: StaticCall,
  cx: Context,
): Value | undefined | typeof NONE => {
  switch (`${type}.${name}`.toLowerCase()) {
    case 'system.guid.newguid':
      return newGuid(cx);
    case 'system.management.automation.scriptblock.create':
      return blockOf(textAt(args, 0), cx);
    case 'system.environment.getenvironmentvariable':
      return environment(cx.core, textAt(args, 0));
    case 'system.environment.setenvironmentvariable':
      setEnvironment(cx.core, textAt(args, 0), textAt(args, 1));
      return undefined;
    case 'system.environment.getfolderpath':
      return `C:\\Users\\${cx.core.setup.user}\\${textAt(args, 0)}`;
    case 'system.io.path.gettemppath':
      return `${textOf(environment(cx.core, 'TEMP'))}\\`;
    case 'system.io.path.getrandomfilename':
      return `${letters(cx, 8)}.${letters(cx, 3)}`;
    case 'system.io.path.getfullpath':
      return /^[a-z]:/i.test(textAt(args, 0))
        ? textAt(args, 0)
        : `${cx.core.location}\\${textAt(args, 0)}`;
    case 'system.array.createinstance':
      cx.core.meter.elements(integerAt(args, 1));
      return Array.from({ length: Math.max(integerAt(args, 1), 0) }, () => null);
    default:
      return NONE;
  }
};

/** A random guid of version 4, from the session's dice. */
export const newGuid = (cx: Context): Guid => {
  const hex = [1, 2, 3, 4].map(() => cx.core.roll().toString(16).padStart(8, '0')).join('');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return new Guid(text);
};

const letters = (cx: Context, count: number): string =>
  Array.from({ length: count }, () =>
    'abcdefghijklmnopqrstuvwxyz012345'.charAt(cx.core.roll() % 32),
  ).join('');
