import { assert } from '../../base/assert.ts';
import { at, layout, u16, u32, u64 } from './layout.ts';
import { FOOTER_SIZE, PAGE_SIZE } from './ring.ts';

/** Kinds of ring packets that this era's devices use. */
export const PACKET_TYPE = {
  InBand: 6,
  TransferPages: 7,
  GpaDirect: 9,
  Completion: 0xb,
} as const;

export type PacketType = keyof typeof PACKET_TYPE;

const TYPES = new Map(
  Object.entries(PACKET_TYPE).map(([name, number]) => [number as number, name as PacketType]),
);

export const DESCRIPTOR = layout(16, {
  packetType: at(0, u16),
  dataOffset8: at(2, u16),
  length8: at(4, u16),
  flags: at(6, u16),
  transactionId: at(8, u64),
});

export const TRANSFER_PAGES = layout(16, {
  transferPageSetId: at(0, u16),
  rangeCount: at(4, u32),
  byteCount: at(8, u32),
  byteOffset: at(12, u32),
});

const GPA_DIRECT = layout(16, {
  rangeCount: at(4, u32),
  byteCount: at(8, u32),
  byteOffset: at(12, u32),
});

export interface Packet {
  readonly type: PacketType;
  readonly transaction: number;
  readonly completionRequested: boolean;
  /** What stands between descriptor and payload. */
  readonly extended: Uint8Array;
  readonly payload: Uint8Array;
}

function padded(length: number): number {
  return (length + 7) & ~7;
}

/** The packet as it stands in the ring, without its footer. */
export function encodePacket(packet: Packet): Uint8Array<ArrayBuffer> {
  const { extended, payload } = packet;
  const dataOffset = DESCRIPTOR.size + padded(extended.length);
  const whole = new Uint8Array(dataOffset + padded(payload.length));
  DESCRIPTOR.encodeInto(new DataView(whole.buffer), 0, {
    packetType: PACKET_TYPE[packet.type],
    dataOffset8: dataOffset / 8,
    length8: whole.length / 8,
    flags: packet.completionRequested ? 1 : 0,
    transactionId: packet.transaction,
  });
  whole.set(extended, DESCRIPTOR.size);
  whole.set(payload, dataOffset);
  return whole;
}

/** The payload keeps its padding: devices know the sizes of their own messages. */
export function decodePacket(whole: Uint8Array): Packet {
  const header = DESCRIPTOR.decode(whole);
  const type = TYPES.get(header.packetType);
  assert(type !== undefined, `no packet of type ${header.packetType} is ever written here`);
  const dataOffset = header.dataOffset8 * 8;
  assert(header.length8 * 8 === whole.length, 'the descriptor says how long the packet is');
  return {
    type,
    transaction: header.transactionId,
    completionRequested: (header.flags & 1) === 1,
    extended: whole.subarray(DESCRIPTOR.size, dataOffset),
    payload: whole.subarray(dataOffset),
  };
}

/** What a packet takes in its ring. */
export function ringLength(packetLength: number): number {
  return packetLength + FOOTER_SIZE;
}

/** Extended header of a packet whose data lie in pages of the guest. */
export function gpaDirect(firstPage: number, byteCount: number): Uint8Array {
  const pages = Math.ceil(byteCount / PAGE_SIZE);
  const header = new Uint8Array(GPA_DIRECT.size + pages * u64.size);
  const view = new DataView(header.buffer);
  GPA_DIRECT.encodeInto(view, 0, { rangeCount: 1, byteCount, byteOffset: 0 });
  for (let i = 0; i < pages; i += 1) {
    u64.write(view, GPA_DIRECT.size + i * u64.size, firstPage + i);
  }
  return header;
}

/** Extended header of a packet whose data lie in the receive buffer. */
export function transferPages(set: number, byteOffset: number, byteCount: number): Uint8Array {
  return TRANSFER_PAGES.encode({ transferPageSetId: set, rangeCount: 1, byteCount, byteOffset });
}
