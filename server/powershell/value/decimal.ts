// System.Decimal: 96 bits of digits and a scale of 0 to 28, kept as text in a Typed.

export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const MOST = (1n << 96n) - 1n;
const SCALE = 28;

const TEN = (power: number): bigint => 10n ** BigInt(power);

/** Null when the text is no decimal number. */
export const decimal = (text: string): Decimal | null => {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', part = '', exponent = '0'] = match;
  if (whole === '' && part === '') return null;
  if (whole.length + part.length > 400) return null;
  const power = Number(exponent) - part.length;
  let digits = BigInt(whole + part) * (power > 0 ? TEN(power) : 1n);
  if (sign === '-') digits = -digits;
  return fit({ digits, scale: power > 0 ? 0 : -power });
};

/** Rounds half to even to what 96 bits hold; null when the number is too large. */
const fit = ({ digits, scale }: Decimal): Decimal | null => {
  let value = { digits, scale };
  while (value.scale > 0 && (value.scale > SCALE || abs(value.digits) > MOST)) {
    const step =
      value.scale > SCALE + 1 && abs(value.digits) > MOST * TEN(20)
        ? 10
        : value.scale > SCALE
          ? value.scale - SCALE
          : 1;
    value = { digits: roundedQuotient(value.digits, TEN(step)), scale: value.scale - step };
  }
  return abs(value.digits) > MOST ? null : value;
};

const abs = (n: bigint): bigint => (n < 0n ? -n : n);

/** Division that rounds half to even, as .NET does. */
export const roundedQuotient = (n: bigint, by: bigint): bigint => {
  const negative = n < 0n !== by < 0n;
  const [top, bottom] = [abs(n), abs(by)];
  let quotient = top / bottom;
  const twice = (top % bottom) * 2n;
  if (twice > bottom || (twice === bottom && quotient % 2n === 1n)) quotient += 1n;
  return negative ? -quotient : quotient;
};

const aligned = (a: Decimal, b: Decimal): readonly [bigint, bigint, number] => {
  const scale = Math.max(a.scale, b.scale);
  return [a.digits * TEN(scale - a.scale), b.digits * TEN(scale - b.scale), scale];
};

export type DecimalOperator = '+' | '-' | '*' | '/' | '%';

/** Null on overflow. Division by zero is the caller's to refuse. */
export const decimalArithmetic = (
  operator: DecimalOperator,
  a: Decimal,
  b: Decimal,
): Decimal | null => {
  const [left, right, scale] = aligned(a, b);
  switch (operator) {
    case '+':
      return fit({ digits: left + right, scale });
    case '-':
      return fit({ digits: left - right, scale });
    case '*':
      return fit({ digits: a.digits * b.digits, scale: a.scale + b.scale });
    case '%':
      return fit({ digits: left % right, scale });
    case '/':
      return trimmed(fit({ digits: roundedQuotient(left * TEN(SCALE), right), scale: SCALE }));
  }
};

/** A quotient has no more zeros behind the point than it needs. */
const trimmed = (value: Decimal | null): Decimal | null => {
  if (value === null) return null;
  let { digits, scale } = value;
  while (scale > 0 && digits % 10n === 0n) {
    digits /= 10n;
    scale -= 1;
  }
  return { digits, scale };
};

export const compareDecimals = (a: Decimal, b: Decimal): number => {
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
};

export const decimalText = ({ digits, scale }: Decimal): string => {
  const sign = digits < 0n ? '-' : '';
  const text = abs(digits)
    .toString()
    .padStart(scale + 1, '0');
  if (scale === 0) return sign + text;
  return `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
};

/** Rounded to so many places; `even` is banker's rounding, else away from zero. */
export const roundDecimal = (value: Decimal, places: number, even = true): Decimal => {
  if (value.scale <= places) return value;
  const by = TEN(value.scale - places);
  if (even) return { digits: roundedQuotient(value.digits, by), scale: places };
  const size = abs(value.digits);
  const whole = size / by + ((size % by) * 2n >= by ? 1n : 0n);
  return { digits: value.digits < 0n ? -whole : whole, scale: places };
};
