import type { Decoded } from './layout.ts';
import { at, bytes, guid, layout, u16, u32, u64, u8 } from './layout.ts';

/** SynIC message type of every VMBus control message. */
export const CHANNEL_MESSAGE_TYPE = 1;

/** {messageType u32, padding u32} before every control message. */
export const HEADER_SIZE = 8;

/** What one HvPostMessage carries. */
export const MESSAGE_LIMIT = 240;

const EMPTY = layout(HEADER_SIZE, {});
const CHANNEL_ONLY = layout(12, { channelId: at(8, u32) });

/** Control messages of protocol 0.13 to 2.4 by name; offsets count from the message header. */
export const CONTROL_MESSAGES = {
  OfferChannel: {
    number: 1,
    to: 'guest',
    layout: layout(196, {
      interfaceId: at(8, guid),
      instanceId: at(24, guid),
      flags: at(56, u16),
      mmioMegabytes: at(58, u16),
      userDefined: at(60, bytes(120)),
      subchannelIndex: at(180, u16),
      channelId: at(184, u32),
      monitorId: at(188, u8),
      monitorAllocated: at(189, u8),
      isDedicated: at(190, u16),
      connectionId: at(192, u32),
    }),
  },
  RescindChannelOffer: { number: 2, to: 'guest', layout: CHANNEL_ONLY },
  RequestOffers: { number: 3, to: 'host', layout: EMPTY },
  AllOffersDelivered: { number: 4, to: 'guest', layout: EMPTY },
  OpenChannel: {
    number: 5,
    to: 'host',
    layout: layout(148, {
      channelId: at(8, u32),
      openId: at(12, u32),
      ringGpadlId: at(16, u32),
      targetVp: at(20, u32),
      downstreamPageOffset: at(24, u32),
      userData: at(28, bytes(120)),
    }),
  },
  OpenChannelResult: {
    number: 6,
    to: 'guest',
    layout: layout(20, { channelId: at(8, u32), openId: at(12, u32), status: at(16, u32) }),
  },
  CloseChannel: { number: 7, to: 'host', layout: CHANNEL_ONLY },
  GpadlHeader: {
    number: 8,
    to: 'host',
    layout: layout(20, {
      channelId: at(8, u32),
      gpadlId: at(12, u32),
      rangeBufferLength: at(16, u16),
      rangeCount: at(18, u16),
    }),
  },
  GpadlBody: {
    number: 9,
    to: 'host',
    layout: layout(16, { messageNumber: at(8, u32), gpadlId: at(12, u32) }),
  },
  GpadlCreated: {
    number: 10,
    to: 'guest',
    layout: layout(20, { channelId: at(8, u32), gpadlId: at(12, u32), status: at(16, u32) }),
  },
  GpadlTeardown: {
    number: 11,
    to: 'host',
    layout: layout(16, { channelId: at(8, u32), gpadlId: at(12, u32) }),
  },
  GpadlTorndown: { number: 12, to: 'guest', layout: layout(12, { gpadlId: at(8, u32) }) },
  RelIdReleased: { number: 13, to: 'host', layout: CHANNEL_ONLY },
  InitiateContact: {
    number: 14,
    to: 'host',
    layout: layout(40, {
      versionRequested: at(8, u32),
      targetMessageVp: at(12, u32),
      interruptPage: at(16, u64),
      parentToChildMonitorPage: at(24, u64),
      childToParentMonitorPage: at(32, u64),
    }),
  },
  VersionResponse: {
    number: 15,
    to: 'guest',
    layout: layout(16, {
      versionSupported: at(8, u8),
      connectionState: at(9, u8),
      selectedVersion: at(12, u32),
    }),
  },
  Unload: { number: 16, to: 'host', layout: EMPTY },
  UnloadComplete: { number: 17, to: 'guest', layout: EMPTY },
} as const;

export type ControlName = keyof typeof CONTROL_MESSAGES;

/** Page numbers follow these two; the first value of a header is {byteCount, byteOffset}. */
interface Listed {
  readonly values: readonly number[];
}

type Tail<N> = N extends 'GpadlHeader' | 'GpadlBody' ? Listed : unknown;

export type Control<N extends ControlName> = { readonly type: N } & Decoded<
  (typeof CONTROL_MESSAGES)[N]['layout']
> &
  Tail<N>;

type NamesTo<Side> = {
  [N in ControlName]: (typeof CONTROL_MESSAGES)[N]['to'] extends Side ? N : never;
}[ControlName];

/** From the client in the guest to the server in the parent. */
export type ClientMessage = { [N in NamesTo<'host'>]: Control<N> }[NamesTo<'host'>];

/** From the server in the parent to the client in the guest. */
export type ServerMessage = { [N in NamesTo<'guest'>]: Control<N> }[NamesTo<'guest'>];

export type ControlMessage = ClientMessage | ServerMessage;
