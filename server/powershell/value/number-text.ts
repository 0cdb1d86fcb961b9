import { numberType } from './number.ts';
import { Typed } from './typed.ts';

/** A number as ToString() gives it in the invariant culture: 15 digits of a double, 7 of a single. */
export const numberText = (value: number | Typed): string => {
  if (value instanceof Typed) {
    if (value.type === 'Double') return general(Number(value.value), 15);
    if (value.type === 'Single') return general(Number(value.value), 7);
    return String(value.value);
  }
  return numberType(value) === 'Double' ? general(value, 15) : String(value);
};

/** .NET's general format of a floating number. */
export const general = (value: number, digits: number): string => {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return '0';
  const [mantissa = '', power = '0'] = value.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  const negative = mantissa.startsWith('-');
  const figures = mantissa.replace(/[-.]/g, '').replace(/0+$/, '') || '0';
  return (negative ? '-' : '') + placed(figures, exponent, digits);
};

const placed = (figures: string, exponent: number, digits: number): string => {
  if (exponent >= digits || exponent <= -5) {
    const part = figures.length > 1 ? `${figures[0]}.${figures.slice(1)}` : figures;
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${part}E${exponent < 0 ? '-' : '+'}${size}`;
  }
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${figures}`;
  const whole = figures.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const part = figures.slice(exponent + 1);
  return part === '' ? whole : `${whole}.${part}`;
};
