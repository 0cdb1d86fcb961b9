import { CustomObject } from './custom-object.ts';
import { toNumber } from './convert-number.ts';
import { parseDate } from './date-parse.ts';
import { DateTime } from './date-time.ts';
import { type EnumType, enumType, EnumValue } from './enum.ts';
import { fault } from './fault.ts';
import { Guid } from './guid.ts';
import { Hashtable } from './hashtable.ts';
import { List } from './list.ts';
import { exact, isInteger, isNumber, type NumberType, numberType, plainNumber } from './number.ts';
import { PSObject } from './ps-object.ts';
import { regexOf } from './regex/regex.ts';
import { RegexValue } from './regex-value.ts';
import { ScriptBlock } from './script-block.ts';
import { SwitchValue } from './switch-value.ts';
import { TimeSpan } from './time-span.ts';
import { isTrue, itemsOf, textOf } from './text.ts';
import { typeName, typeNames } from './type-names.ts';
import { fullTypeName } from './type-table.ts';
import { TypeValue } from './type-value.ts';
import { Typed } from './typed.ts';
import type { Value } from './value.ts';
import { Version } from './version.ts';

/** A value as a type named in full (`System.Int32`, `System.String[]`); throws PowerShell's sentence. */
export const convert = (value: Value, type: string): Value => {
  if (type.endsWith('[]')) return toArray(value, type.slice(0, -2));
  const converter = CONVERTERS.get(type);
  if (converter !== undefined) return converter(unwrapped(value, type), type);
  const names = enumType(type);
  if (names !== undefined) return toEnum(value, names);
  if (value === null || typeNames(value).includes(type)) return value;
  throw impossible(value, type);
};

/** One element stands for itself, unless the type can hold several. */
const unwrapped = (value: Value, type: string): Value => {
  if (type === 'System.String' || type === 'System.Boolean' || KEEPS.has(type)) return value;
  const items = itemsOf(value);
  return items?.length === 1 && !(value instanceof List) ? (items[0] ?? null) : value;
};

const KEEPS = new Set([
  'System.Object',
  'System.Array',
  'System.Collections.ArrayList',
  'System.Collections.Generic.List',
  'System.Management.Automation.PSObject',
  'System.Management.Automation.PSCustomObject',
  'System.Void',
]);

export const impossible = (value: Value, type: string) =>
  fault({
    message: `Cannot convert the "${textOf(value)}" value of type "${typeName(value)}" to type "${type}".`,
    id: 'ConvertToFinalInvalidCastException',
    category: 'InvalidArgument',
  });

const unparsable = (value: Value, type: string, why: string) =>
  fault({
    message: `Cannot convert value "${textOf(value)}" to type "${type}". Error: "${why}"`,
    id: 'InvalidCastParseTargetInvocation',
    category: 'InvalidArgument',
  });

export const toArray = (value: Value, element: string): Value => {
  if (value === null) return null;
  if (element === 'System.Char' && typeof value === 'string')
    return Array.from({ length: value.length }, (_, i) => new Typed('Char', value.charAt(i)));
  const items = itemsOf(value) ?? [value];
  return element === 'System.Object' ? items : items.map(item => convert(item, element));
};

const toEnum = (value: Value, type: EnumType): Value => {
  if (value instanceof EnumValue) {
    if (value.type === type) return value;
    return type.of(value.number);
  }
  if (typeof value === 'string') {
    const made = type.parse(value) ?? byPrefix(value, type);
    if (made !== null) return made;
    const names = type.members.map(([name]) => name).join(', ');
    throw fault({
      message: `Cannot convert value "${value}" to type "${type.name}". Error: "Unable to match the identifier name ${value} to a valid enumerator name. Specify one of the following enumerator names and try again: ${names}"`,
      id: 'InvalidCastFromStringToEnumeration',
      category: 'InvalidArgument',
    });
  }
  if (isNumber(value)) {
    const made = type.of(plainNumber(value));
    if (type.flags || type.members.some(([, number]) => number === made.number)) return made;
    throw fault({
      message: `Cannot convert value "${textOf(value)}" to type "${type.name}" due to enumeration values that are not valid. Specify one of the following enumeration values and try again. The possible enumeration values are "${type.members.map(([name]) => name).join(',')}".`,
      id: 'InvalidCastFromIntToEnumeration',
      category: 'InvalidArgument',
    });
  }
  throw impossible(value, type.name);
};

/** The one name that begins so. */
const byPrefix = (text: string, type: EnumType): EnumValue | null => {
  const start = text.trim().toLowerCase();
  const found = type.members.filter(([name]) => name.toLowerCase().startsWith(start));
  const only = found[0];
  return start !== '' && found.length === 1 && only !== undefined ? type.of(only[1]) : null;
};

const toChar = (value: Value, type: string): Value => {
  if (value instanceof Typed && value.type === 'Char') return value;
  if (typeof value === 'string') {
    if (value.length === 1) return new Typed('Char', value);
    throw unparsable(value, type, 'String must be exactly one character long.');
  }
  if (!isNumber(value)) throw impossible(value, type);
  const code = toNumber(value, 'UInt16');
  return new Typed('Char', String.fromCharCode(isNumber(code) ? plainNumber(code) : 0));
};

const toDate = (value: Value, type: string): Value => {
  if (value instanceof DateTime) return value;
  if (value === null) throw impossibleNull(type);
  if (isNumber(value)) {
    const kind = numberType(value);
    if (kind !== null && isInteger(kind)) return new DateTime(exact(value));
    throw unparsable(value, type, "Invalid cast from 'Double' to 'DateTime'.");
  }
  const date = typeof value === 'string' ? parseDate(value) : null;
  if (date !== null) return date;
  if (typeof value !== 'string') throw impossible(value, type);
  throw unparsable(value, type, 'String was not recognized as a valid DateTime.');
};

const impossibleNull = (type: string) =>
  fault({
    message: `Cannot convert null to type "${type}".`,
    id: 'NullToValueType',
    category: 'InvalidArgument',
  });

const toSpan = (value: Value, type: string): Value => {
  if (value instanceof TimeSpan) return value;
  if (value === null) return new TimeSpan(0n);
  if (isNumber(value)) {
    const ticks = plainNumber(value);
    if (Number.isFinite(ticks)) return new TimeSpan(BigInt(Math.trunc(ticks)));
    throw unparsable(value, type, 'TimeSpan does not accept floating point Not-a-Number values.');
  }
  if (typeof value !== 'string') throw impossible(value, type);
  const span = TimeSpan.parse(value);
  if (span !== null) return span;
  throw unparsable(value, type, 'String was not recognized as a valid TimeSpan.');
};

const toGuid = (value: Value, type: string): Value => {
  if (value instanceof Guid) return value;
  if (typeof value !== 'string') throw impossible(value, type);
  const guid = Guid.parse(value);
  if (guid !== null) return guid;
  throw unparsable(
    value,
    type,
    'Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).',
  );
};

const toVersion = (value: Value, type: string): Value => {
  if (value instanceof Version) return value;
  const version = Version.parse(textOf(value));
  if (version !== null) return version;
  throw unparsable(value, type, 'Version string portion was too short or too long.');
};

const toHashtable = (value: Value, type: string): Value => {
  if (value instanceof Hashtable || value === null) return value;
  throw impossible(value, type);
};

/** [pscustomobject]@{ }: an object with the table's entries. */
export const toCustomObject = (value: Value): Value => {
  if (!(value instanceof Hashtable)) return value;
  return CustomObject.of([...value.entries()].map(({ key, value: one }) => [textOf(key), one]));
};

const toType = (value: Value, type: string): Value => {
  if (value instanceof TypeValue) return value;
  const full = fullTypeName(textOf(value));
  if (full === null) throw impossible(value, type);
  return new TypeValue(full);
};

const same =
  (kind: abstract new (...args: never[]) => PSObject) =>
  (value: Value, type: string): Value => {
    if (value === null || value instanceof kind) return value;
    throw impossible(value, type);
  };

const number =
  (type: NumberType) =>
  (value: Value, full: string): Value => {
    const scalar = value instanceof EnumValue ? value.number : value;
    const made = toNumber(scalar instanceof SwitchValue ? scalar.present : scalar, type);
    if (made === null) throw impossible(value, full);
    return made;
  };

const notSimulated = (value: Value, type: string): Value => {
  if (value !== null && typeNames(value).includes(type)) return value;
  throw fault({
    message: `Values of type "${type}" are not simulated in this console.`,
    id: 'NotSimulated',
    category: 'NotImplemented',
    exception: 'System.Management.Automation.PSNotSupportedException',
  });
};

const NUMBERS: readonly NumberType[] = [
  'Byte',
  'SByte',
  'Int16',
  'UInt16',
  'Int32',
  'UInt32',
  'Int64',
  'UInt64',
  'Single',
  'Double',
  'Decimal',
];

const toList = (value: Value, type: string): Value =>
  value instanceof List ? value : new List(itemsOf(value) ?? [value], type);

const CONVERTERS: ReadonlyMap<string, (value: Value, type: string) => Value> = new Map([
  ...NUMBERS.map(type => [`System.${type}`, number(type)] as const),
  ['System.String', (value: Value) => textOf(value)],
  ['System.Boolean', (value: Value) => isTrue(value)],
  ['System.Object', (value: Value) => value],
  ['System.Void', () => null],
  ['System.Char', toChar],
  ['System.Array', (value: Value) => (value === null ? null : (itemsOf(value) ?? [value]))],
  ['System.DateTime', toDate],
  ['System.TimeSpan', toSpan],
  ['System.Guid', toGuid],
  ['System.Version', toVersion],
  ['System.Type', toType],
  ['System.Collections.Hashtable', toHashtable],
  ['System.Collections.IDictionary', toHashtable],
  ['System.Collections.Specialized.OrderedDictionary', toHashtable],
  ['System.Collections.ArrayList', toList],
  ['System.Collections.Generic.List', toList],
  ['System.Text.RegularExpressions.Regex', (value: Value) => toRegex(value)],
  ['System.Management.Automation.PSObject', (value: Value) => value],
  ['System.Management.Automation.PSCustomObject', toCustomObject],
  ['System.Management.Automation.ScriptBlock', same(ScriptBlock)],
  ['System.Management.Automation.SwitchParameter', (value: Value) => switchOf(value)],
  ['System.Xml.XmlDocument', notSimulated],
  ['System.Management.ManagementObject', notSimulated],
  ['System.Management.ManagementClass', notSimulated],
  ['System.DirectoryServices.DirectoryEntry', notSimulated],
]);

const toRegex = (value: Value): Value =>
  value instanceof RegexValue
    ? value
    : new RegexValue(regexOf(textOf(value), { ignoreCase: false }));

const switchOf = (value: Value): Value => (isTrue(value) ? SwitchValue.ON : SwitchValue.OFF);

/** `-as`: $null when it cannot be. */
export const convertOrNull = (value: Value, type: string): Value => {
  try {
    return convert(value, type);
  } catch {
    return null;
  }
};

/** `-is`. */
export const isOfType = (value: Value, type: string): boolean => {
  if (value === null) return false;
  if (type === 'System.Object') return true;
  if (type === 'System.Management.Automation.PSObject')
    return value instanceof PSObject && value.typeNames.some(name => name.includes('Custom'));
  if (type === 'System.Collections.IEnumerable' || type === 'System.Collections.ICollection')
    return itemsOf(value) !== null || value instanceof Hashtable || typeof value === 'string';
  if (type === 'System.Collections.IDictionary') return value instanceof Hashtable;
  return typeNames(value).includes(type);
};
