import type { Tint } from '../facts/components.ts';
import css from './tint.module.css';

/** The colours of what a fact is about. */
export const TINT_CLASS: Readonly<Record<Tint, string | undefined>> = {
  hypercall: css['hypercall'],
  synthetic: css['synthetic'],
  intercept: css['intercept'],
  brand: css['brand'],
  quiet: css['quietTint'],
};
