import type { Layout } from '../../vmbus/layout.ts';
import { at, layout, u16, u32, u8 } from '../../vmbus/layout.ts';

// openvmm netvsp/src/rndisprot.rs. Offsets count from the message header {type, length}; "offset"
// fields inside a message count from its byte 8.

export const RNDIS_MESSAGES = {
  Initialize: {
    number: 2,
    layout: layout(24, {
      requestId: at(8, u32),
      majorVersion: at(12, u32),
      minorVersion: at(16, u32),
      maxTransferSize: at(20, u32),
    }),
  },
  InitializeComplete: {
    number: 0x8000_0002,
    layout: layout(52, {
      requestId: at(8, u32),
      status: at(12, u32),
      majorVersion: at(16, u32),
      minorVersion: at(20, u32),
      deviceFlags: at(24, u32),
      medium: at(28, u32),
      maxPacketsPerMessage: at(32, u32),
      maxTransferSize: at(36, u32),
      packetAlignmentFactor: at(40, u32),
    }),
  },
  Halt: { number: 3, layout: layout(12, { requestId: at(8, u32) }) },
  Query: {
    number: 4,
    layout: layout(28, {
      requestId: at(8, u32),
      oid: at(12, u32),
      informationBufferLength: at(16, u32),
      informationBufferOffset: at(20, u32),
    }),
  },
  QueryComplete: {
    number: 0x8000_0004,
    layout: layout(24, {
      requestId: at(8, u32),
      status: at(12, u32),
      informationBufferLength: at(16, u32),
      informationBufferOffset: at(20, u32),
    }),
  },
  Set: {
    number: 5,
    layout: layout(28, {
      requestId: at(8, u32),
      oid: at(12, u32),
      informationBufferLength: at(16, u32),
      informationBufferOffset: at(20, u32),
    }),
  },
  SetComplete: {
    number: 0x8000_0005,
    layout: layout(16, { requestId: at(8, u32), status: at(12, u32) }),
  },
  IndicateStatus: {
    number: 7,
    layout: layout(20, {
      status: at(8, u32),
      statusBufferLength: at(12, u32),
      statusBufferOffset: at(16, u32),
    }),
  },
} as const;

export type RndisName = keyof typeof RNDIS_MESSAGES;

export type RndisFields<N extends RndisName> =
  (typeof RNDIS_MESSAGES)[N]['layout'] extends Layout<infer V> ? V : never;

const NAMES = new Map<number, RndisName>(
  Object.entries(RNDIS_MESSAGES).map(([name, { number }]) => [number, name as RndisName]),
);

const HEADER = layout(8, { messageType: at(0, u32), messageLength: at(4, u32) });

export const RNDIS_STATUS = {
  Success: 0,
  NotSupported: 0xc000_00bb,
  MediaConnect: 0x4001_000b,
  MediaDisconnect: 0x4001_000c,
} as const;

export const OID = {
  PermanentAddress: 0x0101_0101,
  CurrentAddress: 0x0101_0102,
  MaximumFrameSize: 0x0001_0106,
  LinkSpeed: 0x0001_0107,
  CurrentPacketFilter: 0x0001_010e,
  MediaConnectStatus: 0x0001_0114,
  OffloadParameters: 0xfc01_020c,
  OffloadCapabilities: 0xfc01_020d,
} as const;

export type OidName = keyof typeof OID;

export function oidName(oid: number): OidName | null {
  const found = Object.entries(OID).find(([, number]) => number === oid);
  return found === undefined ? null : (found[0] as OidName);
}

export const PACKET_FILTER = { Directed: 1, Multicast: 2, AllMulticast: 4, Broadcast: 8 } as const;

/** NDIS_OFFLOAD_PARAMETERS, revision 1. */
export const OFFLOAD_PARAMETERS = layout(20, {
  objectType: at(0, u8),
  revision: at(1, u8),
  size: at(2, u16),
  ipv4Checksum: at(4, u8),
  tcp4Checksum: at(5, u8),
  udp4Checksum: at(6, u8),
  tcp6Checksum: at(7, u8),
  udp6Checksum: at(8, u8),
  lsov1: at(9, u8),
  lsov2Ipv4: at(11, u8),
  lsov2Ipv6: at(12, u8),
});

/**
 * NDIS_OFFLOAD: 112 bytes in revision 1 (NDIS 6.0), 144 in revision 2 (6.1). Linux hyperv_net.h. Only
 * what the virtual switch offers is named; the IPsec parts stay 0.
 */
export const OFFLOAD_CAPABILITIES = layout(144, {
  objectType: at(0, u8),
  revision: at(1, u8),
  size: at(2, u16),
  ip4TransmitEncapsulation: at(4, u32),
  ip4TransmitChecksum: at(8, u32),
  ip4ReceiveEncapsulation: at(12, u32),
  ip4ReceiveChecksum: at(16, u32),
  ip6TransmitEncapsulation: at(20, u32),
  ip6TransmitChecksum: at(24, u32),
  ip6ReceiveEncapsulation: at(28, u32),
  ip6ReceiveChecksum: at(32, u32),
  lsov2Ip4Encapsulation: at(80, u32),
  lsov2Ip4MaximumSize: at(84, u32),
  lsov2Ip4MinimumSegments: at(88, u32),
  lsov2Ip6Encapsulation: at(92, u32),
  lsov2Ip6MaximumSize: at(96, u32),
  lsov2Ip6MinimumSegments: at(100, u32),
  lsov2Ip6Options: at(104, u32),
});

const NO_INFORMATION = new Uint8Array(0);

/** A whole message, its information buffer behind its fixed part. */
export function encodeRndis<N extends RndisName>(
  name: N,
  fields: RndisFields<N>,
  information: Uint8Array = NO_INFORMATION,
): Uint8Array {
  const { number, layout: form } = RNDIS_MESSAGES[name];
  const whole = new Uint8Array(form.size + information.length);
  const view = new DataView(whole.buffer);
  HEADER.encodeInto(view, 0, { messageType: number, messageLength: whole.length });
  (form as Layout<unknown>).encodeInto(view, 0, fields);
  whole.set(information, form.size);
  return whole;
}

/** Where an information buffer stands that follows the fixed part, as its message says it. */
export function informationOffset(name: RndisName): number {
  return RNDIS_MESSAGES[name].layout.size - HEADER.size;
}

export function rndisName(message: Uint8Array): RndisName | null {
  return NAMES.get(HEADER.decode(message).messageType) ?? null;
}

export function decodeRndis<N extends RndisName>(name: N, message: Uint8Array): RndisFields<N> {
  return RNDIS_MESSAGES[name].layout.decode(message) as RndisFields<N>;
}
