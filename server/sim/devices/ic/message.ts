import {
  at,
  bytes,
  layout,
  u16,
  u32,
  u64,
  u64Big,
  u8,
  utf16,
  version,
} from '../../vmbus/layout.ts';

// openvmm hyperv_ic_protocol/src/*.rs. On the wire: pipe header, service header, body.

/** In front of every message of a pipe: integration services, mouse, video. */
export const PIPE_HEADER = layout(8, { type: at(0, u32), length: at(4, u32) });

export const PIPE_DATA = 1;

/** A message as a pipe carries it. */
export function inPipe(message: Uint8Array): Uint8Array {
  const whole = new Uint8Array(PIPE_HEADER.size + message.length);
  PIPE_HEADER.encodeInto(new DataView(whole.buffer), 0, {
    type: PIPE_DATA,
    length: message.length,
  });
  whole.set(message, PIPE_HEADER.size);
  return whole;
}

/** The message of a packet's payload, without the padding behind it. */
export function fromPipe(payload: Uint8Array): Uint8Array {
  const { length } = PIPE_HEADER.decode(payload);
  return payload.subarray(PIPE_HEADER.size, PIPE_HEADER.size + length);
}

export const IC_HEADER = layout(20, {
  frameworkVersion: at(0, version),
  messageType: at(4, u16),
  messageVersion: at(6, version),
  messageSize: at(10, u16),
  status: at(12, u32),
  transactionId: at(16, u8),
  flags: at(17, u8),
});

export const IC_TYPE = {
  Negotiate: 0,
  Heartbeat: 1,
  KeyValuePair: 2,
  Shutdown: 3,
  TimeSync: 4,
  Vss: 5,
  RemoteDesktop: 6,
} as const;

export type IcType = keyof typeof IC_TYPE;

export const IC_FLAG = { Transaction: 1, Request: 2, Response: 4 } as const;

/** A request that wants its answer, and that answer. */
export const REQUEST = IC_FLAG.Transaction | IC_FLAG.Request;
export const RESPONSE = IC_FLAG.Transaction | IC_FLAG.Response;

export const IC_STATUS = {
  Success: 0,
  Fail: 0x8000_4005,
  NotSupported: 0x8007_0032,
  NotFound: 0x8004_1002,
  NoMoreItems: 0x8007_0103,
} as const;

/** What an unnegotiated message says of its versions. */
const NO_VERSION = '0.0';

export interface IcHead {
  readonly type: IcType;
  readonly framework?: string;
  readonly version?: string;
  readonly status?: number;
  readonly flags: number;
}

/** A whole payload: pipe header, service header, body. */
export function encodeIc(head: IcHead, body: Uint8Array): Uint8Array {
  const message = new Uint8Array(IC_HEADER.size + body.length);
  IC_HEADER.encodeInto(new DataView(message.buffer), 0, {
    frameworkVersion: head.framework ?? NO_VERSION,
    messageType: IC_TYPE[head.type],
    messageVersion: head.version ?? NO_VERSION,
    messageSize: body.length,
    status: head.status ?? IC_STATUS.Success,
    transactionId: 0,
    flags: head.flags,
  });
  message.set(body, IC_HEADER.size);
  return inPipe(message);
}

export interface IcMessage {
  readonly type: number;
  readonly framework: string;
  readonly version: string;
  readonly status: number;
  readonly flags: number;
  readonly body: Uint8Array;
}

export function decodeIc(payload: Uint8Array): IcMessage {
  const message = fromPipe(payload);
  const header = IC_HEADER.decode(message);
  return {
    type: header.messageType,
    framework: header.frameworkVersion,
    version: header.messageVersion,
    status: header.status,
    flags: header.flags,
    body: message.subarray(IC_HEADER.size, IC_HEADER.size + header.messageSize),
  };
}

const NEGOTIATE = layout(8, {
  frameworkVersionCount: at(0, u16),
  messageVersionCount: at(2, u16),
});

export interface Versions {
  readonly framework: readonly string[];
  readonly message: readonly string[];
}

/** Framework versions first, then message versions; the answer has one of each, or none. */
export function encodeVersions({ framework, message }: Versions): Uint8Array {
  const all = [...framework, ...message];
  const body = new Uint8Array(NEGOTIATE.size + all.length * version.size);
  const view = new DataView(body.buffer);
  NEGOTIATE.encodeInto(view, 0, {
    frameworkVersionCount: framework.length,
    messageVersionCount: message.length,
  });
  all.forEach((each, i) => version.write(view, NEGOTIATE.size + i * version.size, each));
  return body;
}

export function decodeVersions(body: Uint8Array): Versions {
  const { frameworkVersionCount, messageVersionCount } = NEGOTIATE.decode(body);
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const all = Array.from({ length: frameworkVersionCount + messageVersionCount }, (_, i) =>
    version.read(view, NEGOTIATE.size + i * version.size),
  );
  return {
    framework: all.slice(0, frameworkVersionCount),
    message: all.slice(frameworkVersionCount),
  };
}

export const HEARTBEAT = layout(16, { sequenceNumber: at(0, u64), applicationState: at(8, u32) });

export const APPLICATION_STATE = { Unknown: 0, Healthy: 1, Critical: 2, Stopped: 3 } as const;

export const SHUTDOWN = layout(2060, {
  reasonCode: at(0, u32),
  timeoutSecs: at(4, u32),
  flags: at(8, u32),
  message: at(12, utf16(2048)),
});

export const SHUTDOWN_REASON_PLANNED = 0x8000_0000;
export const SHUTDOWN_FLAG = { Force: 1, Restart: 2, Hibernate: 4 } as const;

/** Versions 1.0 and 3.0. */
export const TIME_SYNC = layout(28, {
  parentTime: at(0, u64Big),
  childTime: at(8, u64Big),
  roundTripTime: at(16, u64Big),
  flags: at(24, u8),
});

export const TIME_SYNC_FLAG = { Sync: 1, Sample: 2 } as const;

export const KVP_OPERATION = { Get: 0, Set: 1, Delete: 2, Enumerate: 3 } as const;
export const KVP_POOL = { External: 0, Guest: 1, Auto: 2, AutoExternal: 3 } as const;
export const KVP_STRING = 1;

/** Operation 3: the index, then a value whose parts stand 8 bytes further than in operations 0 and 1. */
export const KVP_ENUMERATE = layout(2580, {
  operation: at(0, u8),
  pool: at(1, u8),
  index: at(4, u32),
  valueType: at(8, u32),
  keySize: at(12, u32),
  valueSize: at(16, u32),
  key: at(20, utf16(512)),
  value: at(532, utf16(2048)),
});

export const VSS_HEADER = layout(8, { operation: at(0, u8), reserved: at(1, bytes(7)) });
