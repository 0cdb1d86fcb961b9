import type { Answer, Down } from '../protocol/wire/down.ts';

const ENCODER = new TextEncoder();

/** The JSON text of a message, once for everyone who gets it. */
export function encode(message: Down): Uint8Array {
  return ENCODER.encode(JSON.stringify(message));
}

const DECODER = new TextDecoder();

/** The way back, for what was encoded here a moment ago and is needed here after all. */
export function decodeAnswer(bytes: Uint8Array): Answer {
  return JSON.parse(DECODER.decode(bytes)) as Answer;
}
