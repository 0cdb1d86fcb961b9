import type { Json } from '../../base/json.ts';
import { bool, counter, int, intOrNull, json, table, text, textOrNull } from '../field.ts';
import type { Id } from '../id.ts';

/** What reached a paused guest: plain data of an agenda message, and the fact it follows from. */
export type HeldMessage = {
  readonly message: { readonly type: string; readonly [field: string]: Json };
  readonly cause: number;
};

export type UnpostedMessage = {
  readonly to: 'host' | 'guest';
  readonly bytes: string;
  readonly cause: number;
};

export type VmbusConnectionState = 'Disconnected' | 'Connecting' | 'Connected' | 'Disconnecting';

export type VmbusClientState =
  | 'Idle'
  | 'AwaitingVersion'
  | 'AwaitingOffers'
  | 'Connected'
  | 'AwaitingUnload';

export const vmbusConnectionTable = table({
  kind: 'vmbus-connection',
  about:
    'The bus of one virtual machine: the guest’s connection to the VMBus server in the parent.',
  scopes: ['vm'],
  indexes: ['vm', 'host'],
  fields: {
    host: text<Id<'host'>>(),
    vm: text<Id<'vm'>>(),
    partition: text<Id<'partition'>>(),
    state: text<VmbusConnectionState>(),
    /** e.g. 0x00020004 for 2.4; null until agreed. */
    version: intOrNull(),
    offersSent: bool(),
    nextRelId: int({ class: 'hidden' }),
    nextConnectionId: int({ class: 'hidden' }),
    /** What the client in the guest is waiting for. */
    clientState: text<VmbusClientState>({ class: 'hidden' }),
    nextGpadlId: int({ class: 'hidden' }),
    controlMessages: counter(),
    offersRequested: bool({ class: 'hidden' }),
    /** The version the client has proposed and those it would propose next. */
    proposals: json<readonly number[]>({ class: 'hidden' }),
    /** Guest page numbers from here on are free for rings and buffers of the drivers. */
    nextPage: int({ class: 'hidden' }),
    /** The guest's processors stand: what is meant for it waits. */
    paused: bool({ class: 'hidden' }),
    /** Messages for the client that wait in the guest's message slot while it is paused. */
    held: json<readonly HeldMessage[]>({ class: 'hidden' }),
    /** Messages that found all buffers of their port taken, in order, to be posted again. */
    unposted: json<readonly UnpostedMessage[]>({ class: 'hidden' }),
    /** Bits of the guest's monitor page that are set, and that the hypervisor has not looked at yet. */
    monitorPending: json<readonly number[]>({ class: 'hidden' }),
  },
});

export type ChannelState =
  | 'ClientReleased'
  | 'Closed'
  | 'Opening'
  | 'Open'
  | 'Closing'
  | 'ClosingReopen'
  | 'ClosingClientRelease'
  | 'OpeningClientRelease'
  | 'Revoked'
  | 'Reoffered';

/** What an offer carries besides its GUIDs; kept because a guest that reboots is offered it again. */
export type OfferDetails = {
  readonly flags: number;
  readonly mmioMegabytes: number;
  readonly userDefined: string;
  readonly subchannelIndex: number;
};

/** A packet that stands in a ring: its bytes without the footer, and the fact it follows from. */
export type RingPacket = { readonly bytes: string; readonly cause: number };

/** Packets written and not yet read, oldest first; the indices say how many bytes that is. */
export type ChannelRings = {
  readonly toHost: readonly RingPacket[];
  readonly toGuest: readonly RingPacket[];
};

/** What the guest's bus driver keeps of a channel. */
export type ChannelClient = {
  readonly state: 'Offered' | 'Preparing' | 'Opening' | 'Open' | 'Rescinded';
  readonly gpadls: readonly number[];
  readonly toHostPages: number;
  readonly targetVp: number;
};

/** The private state of everyone at the two ends of a channel. */
export type ChannelEnds = {
  readonly client: ChannelClient | null;
  readonly vsp: { readonly [key: string]: Json } | null;
  readonly vsc: { readonly [key: string]: Json } | null;
};

export const vmbusChannelTable = table({
  kind: 'vmbus-channel',
  about: 'One channel of a VMBus: two rings in guest memory between a VSP and a VSC.',
  scopes: ['vm'],
  indexes: ['vm', 'host'],
  fields: {
    host: text<Id<'host'>>(),
    vm: text<Id<'vm'>>(),
    /** Channel id, relid. */
    relId: int(),
    interfaceType: text(),
    instanceId: text(),
    /** The VSP's name in the device table: `storvsp`, `netvsp`, `ic-heartbeat`… */
    device: text(),
    label: text(),
    state: text<ChannelState>(),
    connectionId: int(),
    monitorId: intOrNull(),
    openId: intOrNull(),
    ringGpadl: intOrNull(),
    ringPages: int(),
    downstreamPage: int(),
    targetVp: intOrNull(),
    /** Protocol version the VSP and the VSC agreed on, as people write it; null before. */
    protocol: textOrNull(),
    /** What the device negotiation is waiting for. */
    deviceState: text(),
    packetsToHost: counter(),
    packetsToGuest: counter(),
    bytesToHost: counter(),
    bytesToGuest: counter(),
    signalsToHost: counter(),
    signalsToGuest: counter(),
    /** Byte indices of the two rings' control pages. */
    toHostIn: counter(),
    toHostOut: counter(),
    toGuestIn: counter(),
    toGuestOut: counter(),
    nextTransaction: int({ class: 'hidden' }),
    offer: json<OfferDetails>({ class: 'hidden' }),
    rings: json<ChannelRings>({ class: 'hidden' }),
    ends: json<ChannelEnds>({ class: 'hidden' }),
  },
});

export type GpadlState =
  | 'InProgress'
  | 'Offered'
  | 'Accepted'
  | 'OfferedTearingDown'
  | 'TearingDown';

export const gpadlTable = table({
  kind: 'gpadl',
  about: 'Guest physical address descriptor list: pages the guest registered for a channel.',
  scopes: ['vm'],
  indexes: ['vm', 'channel'],
  fields: {
    host: text<Id<'host'>>(),
    vm: text<Id<'vm'>>(),
    channel: text<Id<'vmbus-channel'>>(),
    gpadlId: int(),
    pages: int(),
    /** Pages named so far by header and bodies. */
    pagesSeen: int(),
    byteOffset: int(),
    firstPage: int(),
    state: text<GpadlState>(),
    purpose: text(),
  },
});
