import type { Layout } from '../../vmbus/layout.ts';
import { at, layout, u16, u32, u64 } from '../../vmbus/layout.ts';

// openvmm netvsp/src/protocol.rs. Offsets count from the message type.

/** Every message is sent in this size up to protocol 6.0. */
export const NVSP_SIZE = 28;

export const NVSP_VERSION = { V1: 0x0_0002, V2: 0x3_0002, V4: 0x4_0000 } as const;

export const NVSP_STATUS = { None: 0, Success: 1, Failure: 2 } as const;

export const NVSP_MESSAGES = {
  Init: {
    number: 1,
    layout: layout(12, { protocolVersion: at(4, u32), protocolVersion2: at(8, u32) }),
  },
  InitComplete: {
    number: 2,
    layout: layout(16, {
      deprecated: at(4, u32),
      maximumMdlChainLength: at(8, u32),
      status: at(12, u32),
    }),
  },
  SendNdisVersion: {
    number: 100,
    layout: layout(12, { ndisMajorVersion: at(4, u32), ndisMinorVersion: at(8, u32) }),
  },
  SendReceiveBuffer: {
    number: 101,
    layout: layout(12, { gpadlHandle: at(4, u32), id: at(8, u16) }),
  },
  SendReceiveBufferComplete: {
    number: 102,
    layout: layout(28, {
      status: at(4, u32),
      numSections: at(8, u32),
      offset: at(12, u32),
      subAllocationSize: at(16, u32),
      subAllocations: at(20, u32),
      endOffset: at(24, u32),
    }),
  },
  RevokeReceiveBuffer: { number: 103, layout: layout(6, { id: at(4, u16) }) },
  SendSendBuffer: {
    number: 104,
    layout: layout(12, { gpadlHandle: at(4, u32), id: at(8, u16) }),
  },
  SendSendBufferComplete: {
    number: 105,
    layout: layout(12, { status: at(4, u32), sectionSize: at(8, u32) }),
  },
  RevokeSendBuffer: { number: 106, layout: layout(6, { id: at(4, u16) }) },
  SendRndisPacket: {
    number: 107,
    layout: layout(16, {
      channelType: at(4, u32),
      sendBufferSectionIndex: at(8, u32),
      sendBufferSectionSize: at(12, u32),
    }),
  },
  SendRndisPacketComplete: { number: 108, layout: layout(8, { status: at(4, u32) }) },
  SendNdisConfig: {
    number: 125,
    layout: layout(20, { mtu: at(4, u32), capabilities: at(12, u64) }),
  },
} as const;

export type NvspName = keyof typeof NVSP_MESSAGES;

export type NvspFields<N extends NvspName> =
  (typeof NVSP_MESSAGES)[N]['layout'] extends Layout<infer V> ? V & object : never;

const NAMES = new Map<number, NvspName>(
  Object.entries(NVSP_MESSAGES).map(([name, { number }]) => [number, name as NvspName]),
);

export function encodeNvsp<N extends NvspName>(name: N, fields: NvspFields<N>): Uint8Array {
  const whole = new Uint8Array(NVSP_SIZE);
  const view = new DataView(whole.buffer);
  const { number, layout: form } = NVSP_MESSAGES[name];
  view.setUint32(0, number, true);
  // The table pairs each name with its own layout, which a lookup by a parameter cannot express.
  (form as Layout<unknown>).encodeInto(view, 0, fields);
  return whole;
}

/** The message's name; null for one this host does not know. */
export function nvspName(payload: Uint8Array): NvspName | null {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  return NAMES.get(view.getUint32(0, true)) ?? null;
}

export function decodeNvsp<N extends NvspName>(name: N, payload: Uint8Array): NvspFields<N> {
  return NVSP_MESSAGES[name].layout.decode(payload) as NvspFields<N>;
}

/** "4.0": 0x40000 is written 4.0, and V1's 2 is 0.2. */
export function nvspVersionText(version: number): string {
  return `${version >>> 16}.${version & 0xffff}`;
}
