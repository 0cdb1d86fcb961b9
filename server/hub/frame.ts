// The frames of RFC 6455 that a server sends: final, text, unmasked. ws could write them too, but only
// one at a time and for one connection; here all that leaves in a tick is one buffer for everybody.

const FINAL_TEXT = 0x81;

/** The text frames of these payloads, one behind the other, in one buffer. */
export function textFrames(payloads: readonly Uint8Array[]): Buffer {
  let size = 0;
  for (const { length } of payloads) size += headerLength(length) + length;
  // Not from the shared pool: a slow reader would keep the whole pool alive for a few bytes of it.
  const frames = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for (const payload of payloads) {
    at = writeHeader(frames, at, payload.length);
    frames.set(payload, at);
    at += payload.length;
  }
  return frames;
}

export function textFrame(text: string): Buffer {
  return textFrames([Buffer.from(text)]);
}

function headerLength(payload: number): number {
  return payload < 126 ? 2 : payload < 0x1_0000 ? 4 : 10;
}

function writeHeader(frames: Buffer, at: number, length: number): number {
  frames[at] = FINAL_TEXT;
  if (length < 126) {
    frames[at + 1] = length;
    return at + 2;
  }
  if (length < 0x1_0000) {
    frames[at + 1] = 126;
    return frames.writeUInt16BE(length, at + 2);
  }
  frames[at + 1] = 127;
  return frames.writeUInt32BE(length, frames.writeUInt32BE(0, at + 2));
}
