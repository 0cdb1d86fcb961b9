import type { Down } from '../protocol/wire/down.ts';

const ENCODER = new TextEncoder();

/** The JSON text of a message, once for everyone who gets it. */
export function encode(message: Down): Uint8Array {
  return ENCODER.encode(JSON.stringify(message));
}
