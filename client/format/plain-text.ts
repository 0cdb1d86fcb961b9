import type { Json } from '../../server/base/json.ts';

/** A text or a number as it is; nothing for what has an inside. */
export const plainText = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
