import { endsNumber, endsWord } from './characters.ts';
import { type Decimal, decimalOf, decimalText } from './decimal.ts';
import type { Reader } from './reader.ts';
import type { NumberLiteral } from './tree.ts';

// Last in a class of characters, the plain dash is itself.
const DASHES = '\u2013\u2014\u2015-';
const PATTERN = new RegExp(
  `([+${DASHES}]?)(?:0x([0-9a-f]+)|(\\d+(?:\\.(?!\\.)\\d*)?|\\.\\d+)(e[+${DASHES}]?\\d+)?)([ld]?)(?:([kmgtp])b)?`,
  'iy',
);

const UNITS = ['', 'k', 'm', 'g', 't', 'p'];
/** Longer than any number of .NET, and short enough to be computed with. */
const MAX_DIGITS = 400;

type Scan = Pick<NumberLiteral, 'type' | 'value'>;

/**
 * The number that begins here; null when it is none, e.g. `7zip` or `10.0.0.1`. As an argument it must
 * be the whole word, and has no sign: `-5` is a word there.
 */
export const number = (r: Reader, inCommand: boolean): NumberLiteral | null => {
  PATTERN.lastIndex = r.pos;
  const found = PATTERN.exec(r.text);
  if (found === null) return null;
  const [text] = found;
  const next = r.peek(text.length);
  if (!(inCommand ? endsWord(next) : endsNumber(next))) return null;
  const scan = valueOf(found);
  if (scan === null && inCommand) return null;
  const extent = r.take(text.length);
  if (scan === null) return r.fail('BadNumericConstant', extent, text);
  r.mark('number', extent.start);
  return { ...extent, node: 'number', ...scan, text };
};

const valueOf = (found: RegExpExecArray): Scan | null => {
  const [, sign = '', hex, mantissa = '', exponent = '', suffix = '', unit = ''] = found;
  const negative = sign !== '' && sign !== '+';
  const factor = 1024n ** BigInt(UNITS.indexOf(unit.toLowerCase()));
  if ((hex ?? mantissa).length > MAX_DIGITS) return null;
  if (hex !== undefined) return ofHex(hex, (negative ? -1n : 1n) * factor, suffix.toLowerCase());
  // The typographic dash of an exponent is a minus, too.
  const power = exponent === '' ? 0 : Number(exponent.slice(1).replace(/^[^\d+]/, '-'));
  const real = exponent !== '' || mantissa.includes('.');
  const text = `${negative ? '-' : ''}${mantissa}`;
  if (suffix.toLowerCase() === 'd') return ofDecimal(decimalOf(text, power, factor));
  if (real) {
    const value = Number(`${text}e${power}`) * Number(factor);
    if (suffix !== '') return whole(value);
    return Number.isFinite(value) ? { type: 'Double', value } : null;
  }
  return ofInteger(BigInt(text) * factor, suffix !== '');
};

/** `1.5l` is rounded to the nearest whole number. */
const whole = (value: number): Scan | null =>
  Number.isFinite(value) ? ofLong(BigInt(Math.round(value))) : null;

const ofDecimal = (decimal: Decimal | null): Scan | null =>
  decimal === null ? null : { type: 'Decimal', value: decimalText(decimal) };

/** 0xFFFFFFFF is -1: the digits are the bits of an Int32 or, when there are more, of an Int64. */
const ofHex = (digits: string, factor: bigint, suffix: string): Scan | null => {
  const bits = BigInt(`0x${digits}`);
  if (bits >= 1n << 64n) return null;
  const value = BigInt.asIntN(bits < 1n << 32n ? 32 : 64, bits) * factor;
  const integer = ofInteger(value, suffix === 'l');
  return integer?.type === 'Int32' || integer?.type === 'Int64' ? integer : null;
};

/** The narrowest of Int32, Int64, Decimal, Double that holds it. */
const ofInteger = (value: bigint, long: boolean): Scan | null => {
  if (long) return ofLong(value);
  if (BigInt.asIntN(32, value) === value) return { type: 'Int32', value: Number(value) };
  const wide = ofLong(value);
  if (wide !== null) return wide;
  const decimal = decimalOf(String(value), 0, 1n);
  return decimal === null ? { type: 'Double', value: Number(value) } : ofDecimal(decimal);
};

const ofLong = (value: bigint): Scan | null => {
  if (BigInt.asIntN(64, value) !== value) return null;
  const plain = Number(value);
  return { type: 'Int64', value: Number.isSafeInteger(plain) ? plain : value };
};
