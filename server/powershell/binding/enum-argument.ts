import type { BindingHost, Converted } from '../engine/binder-port.ts';
import { type EnumType, EnumValue } from '../value/enum.ts';
import { itemsOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';

/** A name, a beginning that only one name has, or a number. The sentences are Windows PowerShell's. */
export const convertEnum = (value: Value, type: EnumType, host: BindingHost): Converted => {
  if (value instanceof EnumValue && value.type === type) return { ok: true, value };
  if (typeof value === 'number' && type.members.some(([, number]) => number === value))
    return { ok: true, value: type.of(value) };
  // An array of names is what commas between them are: several flags at once.
  const text =
    itemsOf(value)
      ?.map(one => host.text(one))
      .join(',') ?? host.text(value);
  const known = text.trim() === '' ? null : type.parse(text);
  if (known !== null && isMember(known)) return { ok: true, value: known };
  const begins = type.members.filter(([name]) =>
    name.toLowerCase().startsWith(text.trim().toLowerCase()),
  );
  const [only, another] = begins;
  if (text.trim() !== '' && only !== undefined && another === undefined)
    return { ok: true, value: type.of(only[1]) };
  return { ok: false, message: refusal(value, text, { type, begins }) };
};

const isMember = ({ type, number }: EnumValue): boolean =>
  type.flags || type.members.some(([, one]) => one === number);

const refusal = (
  value: Value,
  text: string,
  { type, begins }: { readonly type: EnumType; readonly begins: EnumType['members'] },
): string => {
  if (typeof value !== 'string' || text.trim() === '' || /^[+-]?\d+$/.test(text)) {
    const from = value === null ? 'null' : `value "${text}"`;
    return `Cannot convert ${from} to type "${type.name}" due to enumeration values that are not valid. Specify one of the following enumeration values and try again. The possible enumeration values are "${names(type.members, ',')}".`;
  }
  const why =
    begins.length > 1
      ? `Unable to process the identifier name ${text} because it's either too similar or identical to the following enumerator names: ${names(begins, ', ')}. Use a more specific identifier name.`
      : `Unable to match the identifier name ${text} to a valid enumerator name. Specify one of the following enumerator names and try again: ${names(type.members, ', ')}`;
  return `Cannot convert value "${text}" to type "${type.name}". Error: "${why}"`;
};

const names = (members: EnumType['members'], by: string): string =>
  members.map(([name]) => name).join(by);
