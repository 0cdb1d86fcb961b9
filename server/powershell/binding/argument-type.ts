import type { BindingHost, Converted } from '../engine/binder-port.ts';
import { enumType } from '../value/enum.ts';
import { SwitchValue } from '../value/switch-value.ts';
import { itemsOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import { convertEnum } from './enum-argument.ts';

/** What came of fitting a value to a type. `many`: an array where one value is wanted. */
export type Fitted =
  | Converted
  | { readonly ok: false; readonly message: string; readonly many: true };

/**
 * Fits a value to a parameter's type. Strict: only if it is of that type already, or a single one of an
 * array's elements; null otherwise. PowerShell tries everything strictly before it converts anything.
 */
export const fit = (
  value: Value,
  type: string,
  host: BindingHost,
  strict: boolean,
): Fitted | null => {
  const inner = /^System\.Nullable\[(.+)\]$/.exec(type)?.[1];
  if (inner !== undefined)
    return value === null ? { ok: true, value } : fit(value, inner, host, strict);
  if (isAnything(type)) return { ok: true, value };
  const element = elementOf(type);
  if (element !== null) return fitAll(value, element, host, strict);
  if (isTruth(type)) return fitTruth(value, type, host, strict);
  if (isOf(value, type, host)) return { ok: true, value };
  return strict ? null : convert(value, type, host);
};

const fitAll = (
  value: Value,
  element: string,
  host: BindingHost,
  strict: boolean,
): Fitted | null => {
  if (value === null) return strict ? null : { ok: true, value };
  const fitted: Value[] = [];
  for (const one of itemsOf(value) ?? [value]) {
    const result = fit(one, element, host, strict);
    if (result === null || !result.ok) return result;
    fitted.push(result.value);
  }
  return { ok: true, value: fitted };
};

const fitTruth = (
  value: Value,
  type: string,
  host: BindingHost,
  strict: boolean,
): Converted | null => {
  if (typeof value === 'boolean') return { ok: true, value };
  if (value instanceof SwitchValue) return { ok: true, value: value.present };
  if (strict) return null;
  if (typeof value === 'number') return { ok: true, value: value !== 0 };
  const from = host.typeNames(value)[0] ?? '';
  // Source: Windows PowerShell 3's sentence for -Enabled:text; recalled.
  return {
    ok: false,
    message: `Cannot convert value "${from}" to type "${type}". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.`,
  };
};

const convert = (value: Value, type: string, host: BindingHost): Fitted => {
  const members = enumType(type);
  if (members !== undefined) return convertEnum(value, members, host);
  const items = itemsOf(value);
  if (items?.length === 1)
    return fit(items[0] ?? null, type, host, false) ?? host.convert(value, type);
  if (items !== null && !/Dictionary|Collection|List|Array$/.test(type))
    return { ok: false, message: '', many: true };
  if (typeof value === 'string' && AS_TEXT.has(type)) return { ok: true, value };
  if (isObjectOfModule(type))
    return value === null ? { ok: true, value } : { ok: false, message: notOf(value, type, host) };
  return host.convert(value, type);
};

/** Types that a text becomes, and that stay a text here: a session is named by its computer. */
const AS_TEXT: ReadonlySet<string> = new Set([
  'Microsoft.Management.Infrastructure.CimSession',
  'Microsoft.PowerShell.Commands.ModuleSpecification',
  'System.Globalization.CultureInfo',
  'System.Management.Automation.PSTypeName',
  'System.Net.IPAddress',
  'System.Security.Principal.SecurityIdentifier',
  'System.Uri',
]);

/** Objects of a module: nothing makes one out of something else. */
const isObjectOfModule = (type: string): boolean => /^Microsoft\./i.test(type);

const notOf = (value: Value, type: string, host: BindingHost): string =>
  `Cannot convert the "${host.text(value)}" value of type "${host.typeNames(value)[0] ?? 'null'}" to type "${type}".`;

const isOf = (value: Value, type: string, host: BindingHost): boolean => {
  const wanted = type.toLowerCase();
  const dictionary = wanted === 'system.collections.idictionary';
  return host
    .typeNames(value)
    .some(one => one.toLowerCase() === wanted || (dictionary && /Hashtable|Dictionary/.test(one)));
};

export const isAnything = (type: string): boolean =>
  /^(System\.Object|object|System\.Management\.Automation\.PSObject|psobject)$/i.test(type) ||
  type === '';

const isTruth = (type: string): boolean =>
  /^(System\.Management\.Automation\.SwitchParameter|switch|SwitchParameter|System\.Boolean|bool|boolean)$/i.test(
    type,
  );

/** Of an array or a string collection; null when the type is of one value. */
const elementOf = (type: string): string | null => {
  if (type.endsWith('[]')) return type.slice(0, -2);
  return type === 'System.Collections.Specialized.StringCollection' ? 'System.String' : null;
};

/** Whether a script block is a value of this type, and not a question to be asked of every object. */
export const takesBlocks = (type: string): boolean =>
  /ScriptBlock(\[\])?$/i.test(type) || isAnything(type.replace('[]', ''));
