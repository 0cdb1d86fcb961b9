/** System.Decimal: a whole number of 96 bits and how many of its digits stand behind the point. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const LIMIT = 1n << 96n;
const MAX_SCALE = 28;

/** A number in decimal notation times ten to a power times a factor; null when it is too large. */
export const decimalOf = (text: string, power: number, factor: bigint): Decimal | null => {
  const [whole = '', fraction = ''] = text.split('.');
  const digits =
    BigInt(`${whole === '' || whole === '-' ? `${whole}0` : whole}${fraction}`) * factor;
  const scale = fraction.length - power;
  if (scale < -MAX_SCALE) return digits === 0n ? { digits, scale: 0 } : null;
  if (scale < 0) return within({ digits: digits * 10n ** BigInt(-scale), scale: 0 });
  if (scale > 2 * MAX_SCALE + fraction.length) return { digits: 0n, scale: MAX_SCALE };
  return rounded({ digits, scale });
};

/** More digits behind the point than fit are rounded away, half to even. */
const rounded = ({ digits, scale }: Decimal): Decimal | null => {
  if (scale <= MAX_SCALE) return within({ digits, scale });
  const part = 10n ** BigInt(scale - MAX_SCALE);
  const [kept, rest] = [digits / part, digits % part];
  const twice = 2n * (rest < 0n ? -rest : rest);
  const away = twice > part || (twice === part && kept % 2n !== 0n);
  const step = digits < 0n ? -1n : 1n;
  return within({ digits: away ? kept + step : kept, scale: MAX_SCALE });
};

const within = (decimal: Decimal): Decimal | null =>
  decimal.digits < LIMIT && -decimal.digits < LIMIT ? decimal : null;

export const decimalText = ({ digits, scale }: Decimal): string => {
  if (scale === 0) return String(digits);
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const at = text.length - scale;
  return `${digits < 0n ? '-' : ''}${text.slice(0, at)}.${text.slice(at)}`;
};
