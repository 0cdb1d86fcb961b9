import { assert } from '../../base/assert.ts';

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes as they are stored with facts and carried through the agenda. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += PAIRS[byte];
  return text;
}

export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  assert(text.length % 2 === 0, 'two digits make a byte');
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = digit(text.charCodeAt(i * 2)) * 16 + digit(text.charCodeAt(i * 2 + 1));
    bytes[i] = byte;
  }
  return bytes;
}

function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  assert(lower >= 0x61 && lower <= 0x66, 'not a hexadecimal digit');
  return lower - 0x57;
}
