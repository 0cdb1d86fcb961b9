import { type Decimal, decimalText, roundDecimal } from './decimal.ts';
import { fault } from './fault.ts';
import { isInteger, exact, numberType, plainNumber, toDecimal } from './number.ts';
import { general, numberText } from './number-text.ts';
import { Typed } from './typed.ts';

const badFormat = () =>
  fault({
    message: 'Format specifier was invalid.',
    id: 'FormatError',
    category: 'InvalidOperation',
  });

/** Number.ToString(format) in en-US: standard formats with their digits, or a custom one. */
export const formatNumber = (value: number | Typed, format: string): string => {
  const standard = /^([A-Za-z])(\d{0,2})$/.exec(format);
  if (format === '') return numberText(value);
  if (standard === null) return custom(value, format);
  return byLetter(value, standard[1] ?? '', standard[2] ?? '');
};

const byLetter = (value: number | Typed, letter: string, digits: string): string => {
  const places = digits === '' ? null : Number(digits);
  switch (letter.toUpperCase()) {
    case 'N':
      return signed(value, places ?? 2, text => grouped(text));
    case 'F':
      return signed(value, places ?? 2, text => text);
    case 'C':
      return currency(value, places ?? 2);
    case 'P':
      return signed(hundredfold(value), places ?? 2, text => `${grouped(text)} %`);
    case 'D':
      return integerDigits(value, places ?? 1);
    case 'X':
      return hex(value, places ?? 1, letter === 'x');
    case 'E':
      return exponential(value, places ?? 6, letter);
    case 'G':
    case 'R':
      return places === null || places === 0
        ? numberText(value)
        : general(plainNumber(value), places);
    default:
      throw badFormat();
  }
};

const hundredfold = (value: number | Typed): number | Typed => {
  const exactly = toDecimal(value);
  return exactly === null
    ? plainNumber(value) * 100
    : new Typed('Decimal', decimalText({ digits: exactly.digits * 100n, scale: exactly.scale }));
};

/** Rounded half away from zero to so many places; the digits without a sign. */
const fixed = (value: number | Typed, places: number): { negative: boolean; text: string } => {
  const exactly = toDecimal(value) ?? beyond(plainNumber(value));
  const round = roundDecimal(exactly, places, false);
  const negative = round.digits < 0n;
  const text = decimalText({ ...round, digits: negative ? -round.digits : round.digits });
  const [whole = '0', part = ''] = text.split('.');
  return {
    negative: negative && round.digits !== 0n,
    text: places === 0 ? whole : `${whole}.${part.padEnd(places, '0')}`,
  };
};

/** A double beyond what a decimal holds. */
const beyond = (value: number): Decimal => ({
  digits: Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n,
  scale: 0,
});

const special = (value: number | Typed): string | null => {
  const plain = plainNumber(value);
  return Number.isFinite(plain) ? null : numberText(plain);
};

const signed = (
  value: number | Typed,
  places: number,
  dress: (digits: string) => string,
): string => {
  const name = special(value);
  if (name !== null) return name;
  const { negative, text } = fixed(value, places);
  return (negative ? '-' : '') + dress(text);
};

const currency = (value: number | Typed, places: number): string => {
  const { negative, text } = fixed(value, places);
  return negative ? `($${grouped(text)})` : `$${grouped(text)}`;
};

const grouped = (text: string): string => {
  const [whole = '', part] = text.split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? groups : `${groups}.${part}`;
};

const integerDigits = (value: number | Typed, digits: number): string => {
  if (!isInteger(numberType(value) ?? 'Double')) throw badFormat();
  const whole = exact(value);
  return (whole < 0n ? '-' : '') + (whole < 0n ? -whole : whole).toString().padStart(digits, '0');
};

const WIDTH = new Map([
  ['Byte', 8n],
  ['SByte', 8n],
  ['Int16', 16n],
  ['UInt16', 16n],
  ['Int32', 32n],
  ['UInt32', 32n],
]);

const hex = (value: number | Typed, digits: number, lower: boolean): string => {
  const type = numberType(value) ?? 'Double';
  if (!isInteger(type)) throw badFormat();
  const whole = BigInt.asUintN(Number(WIDTH.get(type) ?? 64n), exact(value));
  const text = whole.toString(16).padStart(digits, '0');
  return lower ? text : text.toUpperCase();
};

const exponential = (value: number | Typed, places: number, letter: string): string => {
  const [mantissa = '', power = '0'] = plainNumber(value).toExponential(places).split('e');
  const size = String(Math.abs(Number(power))).padStart(3, '0');
  return `${mantissa}${letter}${power.startsWith('-') ? '-' : '+'}${size}`;
};

/** `0`, `#`, `.`, `,`, `%` and text; up to three sections for positive, negative, zero. */
const custom = (value: number | Typed, format: string): string => {
  const sections = sectionsOf(format);
  const plain = plainNumber(value);
  const zero = plain === 0;
  const section =
    (zero && sections[2]) || (plain < 0 && sections[1] ? sections[1] : sections[0]) || '';
  const text = inSection(value, section);
  const own = plain < 0 && !sections[1] && /[1-9]/.test(text);
  return own ? `-${text}` : text;
};

const sectionsOf = (format: string): string[] => {
  const sections = [''];
  for (let at = 0; at < format.length; at += 1) {
    const letter = format.charAt(at);
    if (letter === ';') sections.push('');
    else {
      const end = letter === "'" || letter === '"' ? format.indexOf(letter, at + 1) : at;
      sections.push((sections.pop() ?? '') + format.slice(at, end < 0 ? format.length : end + 1));
      at = end < 0 ? format.length : end;
    }
  }
  return sections;
};

const inSection = (value: number | Typed, section: string): string => {
  const bare = section.replace(/'[^']*'|"[^"]*"|\\./g, '');
  const [before = '', after = ''] = bare.split('.');
  const count = (text: string, signs: RegExp): number => (text.match(signs) ?? []).length;
  const scaled = bare.includes('%') ? hundredfold(value) : value;
  const { text } = fixed(scaled, count(after, /[0#]/g));
  const [whole = '', part = ''] = text.split('.');
  const least = count(before.slice(Math.max(before.search(/0/), 0)), /[0#]/g);
  const digits = before.includes('0') ? whole.padStart(least, '0') : whole.replace(/^0+$/, '');
  const most = part.replace(/0+$/, '').length;
  const kept = part.slice(
    0,
    Math.max(
      most,
      after.lastIndexOf('0') < 0 ? 0 : count(after.slice(0, after.lastIndexOf('0') + 1), /[0#]/g),
    ),
  );
  return woven(section, {
    whole: /[0#],[0#]/.test(before) ? grouped(digits) : digits,
    part: kept,
  });
};

/** The digits in place of the signs, everything else as it stands. */
const woven = (section: string, digits: { whole: string; part: string }): string => {
  let out = '';
  let placed = false;
  for (let at = 0; at < section.length; at += 1) {
    const letter = section.charAt(at);
    if (letter === "'" || letter === '"') {
      const end = section.indexOf(letter, at + 1);
      out += section.slice(at + 1, end < 0 ? section.length : end);
      at = end < 0 ? section.length : end;
    } else if (letter === '\\') {
      at += 1;
      out += section.charAt(at);
    } else if (/[0#.,]/.test(letter)) {
      if (!placed) out += digits.whole + (digits.part === '' ? '' : `.${digits.part}`);
      placed = true;
    } else {
      out += letter;
    }
  }
  return out;
};
