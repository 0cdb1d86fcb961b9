import type { Layout } from '../../vmbus/layout.ts';
import { at, bytes, layout, u16, u32, u8 } from '../../vmbus/layout.ts';

// openvmm storvsp_protocol/src/lib.rs; Linux drivers/scsi/storvsc_drv.c.

export const STOR_OPERATION = {
  CompleteIo: 1,
  RemoveDevice: 2,
  ExecuteSrb: 3,
  ResetLun: 4,
  ResetAdapter: 5,
  ResetBus: 6,
  BeginInitialization: 7,
  EndInitialization: 8,
  QueryProtocolVersion: 9,
  QueryProperties: 10,
  EnumerateBus: 11,
  FcHbaData: 12,
  CreateSubChannels: 13,
} as const;

export type StorOperation = keyof typeof STOR_OPERATION;

const NAMES = new Map<number, StorOperation>(
  Object.entries(STOR_OPERATION).map(([name, code]) => [code, name as StorOperation]),
);

/** NTSTATUS of replies. */
export const STOR_STATUS = {
  Success: 0,
  InvalidParameter: 0xc000_000d,
  RevisionMismatch: 0xc000_0059,
  NoSuchDevice: 0xc000_00c0,
  IoError: 0xc000_0185,
  InvalidDeviceState: 0xc000_0184,
} as const;

export const STOR_VERSION = { WIN8: 0x0501, WIN7: 0x0402, WS2008: 0x0200 } as const;

/** "5.1". */
export function storVersionText(version: number): string {
  return `${version >>> 8}.${version & 0xff}`;
}

export const STOR_HEADER = layout(12, {
  operation: at(0, u32),
  flags: at(4, u32),
  status: at(8, u32),
});

export const STOR_QUERY_VERSION = layout(4, { version: at(0, u16), revision: at(2, u16) });

export const STOR_PROPERTIES = layout(24, {
  maximumSubChannelCount: at(4, u16),
  flags: at(8, u32),
  maxTransferBytes: at(12, u32),
});

export const STOR_SUB_CHANNELS = layout(2, { subChannelCount: at(0, u16) });

export const SCSI_REQUEST = layout(52, {
  length: at(0, u16),
  srbStatus: at(2, u8),
  scsiStatus: at(3, u8),
  pathId: at(5, u8),
  targetId: at(6, u8),
  lun: at(7, u8),
  cdbLength: at(8, u8),
  senseLength: at(9, u8),
  dataIn: at(10, u8),
  properties: at(11, u8),
  dataTransferLength: at(12, u32),
  cdbOrSense: at(16, bytes(20)),
  queueTag: at(38, u8),
  queueAction: at(39, u8),
  srbFlags: at(40, u32),
  timeout: at(44, u32),
  queueSortKey: at(48, u32),
});

/** Size of a whole packet, and of the request block in it. */
export function storPacketSize(version: number): number {
  return version >= STOR_VERSION.WIN8 ? 0x40 : 0x30;
}

export function scsiRequestSize(version: number): number {
  return version >= STOR_VERSION.WIN8 ? 0x34 : 0x24;
}

export interface StorHead {
  readonly operation: StorOperation;
  readonly status: number;
  readonly wantsCompletion: boolean;
}

/** A packet's payload: header, union, padded to the size of the protocol in use. */
export function encodeStor<V>(
  size: number,
  head: StorHead,
  body?: { readonly layout: Layout<V>; readonly value: V },
): Uint8Array {
  const whole = new Uint8Array(size);
  const view = new DataView(whole.buffer);
  STOR_HEADER.encodeInto(view, 0, {
    operation: STOR_OPERATION[head.operation],
    flags: head.wantsCompletion ? 1 : 0,
    status: head.status,
  });
  if (body !== undefined) {
    const encoded = body.layout.encode(body.value);
    // Before 5.1 the request block is cut after its sense area.
    whole.set(encoded.subarray(0, size - STOR_HEADER.size), STOR_HEADER.size);
  }
  return whole;
}

export interface StorPacket {
  readonly operation: StorOperation | null;
  readonly status: number;
  readonly size: number;
  /** The union, padded so that every layout can be read from it. */
  readonly body: Uint8Array;
}

export function decodeStor(payload: Uint8Array): StorPacket {
  const { operation, status } = STOR_HEADER.decode(payload);
  const body = new Uint8Array(SCSI_REQUEST.size);
  body.set(payload.subarray(STOR_HEADER.size, STOR_HEADER.size + body.length));
  return { operation: NAMES.get(operation) ?? null, status, size: payload.length, body };
}
