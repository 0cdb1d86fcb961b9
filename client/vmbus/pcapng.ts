// Packet captures as Wireshark reads them: IETF draft-ietf-opsawg-pcapng, sections 4.1 to 4.3.
// Little-endian throughout; every block is padded to 32 bits and says its length at both ends.

/** Nobody has a link type for VMBus: this is the first of those left to users (DLT_USER0). */
export const LINK_TYPE = 147;

const SECTION_HEADER = 0x0a0d0d0a;
const BYTE_ORDER = 0x1a2b3c4d;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;

const OPTION = {
  end: 0,
  comment: 1,
  ifName: 2,
  epbFlags: 2,
  ifTsResol: 9,
  shbUserAppl: 4,
} as const;

/** epb_flags, bits 0 and 1: as the root partition sees it, what the guest sends comes in. */
const NO_WAY = 0;
const INBOUND = 1;
const OUTBOUND = 2;

export interface CapturedPacket {
  /** Nanoseconds since 1970. */
  readonly at: bigint;
  /** Null where nothing tells which way it went. */
  readonly toGuest: boolean | null;
  readonly comment: string;
  readonly bytes: Uint8Array;
}

export const captureHead = (machine: string): Uint8Array<ArrayBuffer> => {
  const section = new Block(SECTION_HEADER);
  section.u32(BYTE_ORDER);
  section.u16(1);
  section.u16(0);
  // How long the section is, is not known while it is written.
  section.u64(0xffff_ffff_ffff_ffffn);
  section.option(OPTION.shbUserAppl, text('Enlighten'));
  section.endOptions();
  const face = new Block(INTERFACE_DESCRIPTION);
  face.u16(LINK_TYPE);
  face.u16(0);
  face.u32(0);
  face.option(OPTION.ifName, text(`VMBus of ${machine}`));
  // 10 to the power of -9: nanoseconds.
  face.option(OPTION.ifTsResol, Uint8Array.of(9));
  face.endOptions();
  return joined([section.finish(), face.finish()]);
};

export const packetBlock = (packet: CapturedPacket): Uint8Array<ArrayBuffer> => {
  const { at, toGuest, comment, bytes } = packet;
  const block = new Block(ENHANCED_PACKET);
  block.u32(0);
  block.u32(Number(at >> 32n));
  block.u32(Number(at & 0xffff_ffffn));
  block.u32(bytes.length);
  block.u32(bytes.length);
  block.padded(bytes);
  block.option(OPTION.comment, text(comment));
  const way = toGuest === null ? NO_WAY : toGuest ? OUTBOUND : INBOUND;
  block.option(OPTION.epbFlags, Uint8Array.of(way, 0, 0, 0));
  block.endOptions();
  return block.finish();
};

const text = (of: string): Uint8Array => new TextEncoder().encode(of);

const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** A block as it grows: numbers, bytes, options; its type and both lengths are put around at the end. */
class Block {
  readonly #type: number;
  readonly #parts: Uint8Array[] = [];

  constructor(type: number) {
    this.#type = type;
  }

  u16(value: number): void {
    this.#number(2, view => view.setUint16(0, value, true));
  }

  u32(value: number): void {
    this.#number(4, view => view.setUint32(0, value, true));
  }

  u64(value: bigint): void {
    this.#number(8, view => view.setBigUint64(0, value, true));
  }

  padded(bytes: Uint8Array): void {
    this.#parts.push(bytes, new Uint8Array((4 - (bytes.length % 4)) % 4));
  }

  /** A comment longer than a length of 16 bits can say is cut. */
  option(code: number, value: Uint8Array): void {
    const bytes = value.subarray(0, 0xfffc);
    this.u16(code);
    this.u16(bytes.length);
    this.padded(bytes);
  }

  endOptions(): void {
    this.u32(OPTION.end);
  }

  finish(): Uint8Array<ArrayBuffer> {
    const body = joined(this.#parts);
    const whole = new Uint8Array(body.length + 12);
    const view = new DataView(whole.buffer);
    view.setUint32(0, this.#type, true);
    view.setUint32(4, whole.length, true);
    whole.set(body, 8);
    view.setUint32(whole.length - 4, whole.length, true);
    return whole;
  }

  #number(size: number, write: (view: DataView) => void): void {
    const bytes = new Uint8Array(size);
    write(new DataView(bytes.buffer));
    this.#parts.push(bytes);
  }
}
