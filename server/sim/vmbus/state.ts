import type {
  ChannelState,
  GpadlState,
  VmbusClientState,
  VmbusConnectionState,
} from '../../protocol/record/vmbus.ts';

/**
 * The server's state machines. A row reads: in this state, that trigger leads there; a trigger
 * without a place in its row is out of order and does nothing. `Gone` has no record.
 * openvmm, vmbus_server/src/channels.rs.
 */
type Transitions<State extends string, Trigger extends string> = {
  readonly [S in State]: { readonly [T in Trigger]?: State | 'Gone' };
};

export type ConnectionTrigger = 'contact' | 'rejected' | 'accepted' | 'unload' | 'unloaded';

export const CONNECTION_TRANSITIONS = {
  Disconnected: { contact: 'Connecting' },
  Connecting: {
    accepted: 'Connected',
    rejected: 'Disconnected',
    contact: 'Connecting',
    unload: 'Disconnecting',
  },
  // A second contact means that the guest rebooted without Unload.
  Connected: { unload: 'Disconnecting', contact: 'Connecting' },
  Disconnecting: { unloaded: 'Disconnected', contact: 'Connecting' },
} as const satisfies Transitions<VmbusConnectionState, ConnectionTrigger>;

export type ChannelTrigger =
  | 'offered'
  | 'open'
  | 'opened'
  | 'refused'
  | 'close'
  | 'closed'
  | 'release'
  | 'revoke'
  | 'reoffer'
  | 'disconnect';

export const CHANNEL_TRANSITIONS = {
  ClientReleased: { offered: 'Closed', revoke: 'Gone' },
  Closed: {
    open: 'Opening',
    release: 'ClientReleased',
    revoke: 'Revoked',
    disconnect: 'ClientReleased',
  },
  Opening: {
    opened: 'Open',
    refused: 'Closed',
    revoke: 'Revoked',
    disconnect: 'OpeningClientRelease',
  },
  Open: { close: 'Closing', revoke: 'Revoked', disconnect: 'ClosingClientRelease' },
  // The guest gets no message when a close has finished, so it may reopen before.
  Closing: {
    closed: 'Closed',
    open: 'ClosingReopen',
    release: 'ClosingClientRelease',
    revoke: 'Revoked',
    disconnect: 'ClosingClientRelease',
  },
  ClosingReopen: { closed: 'Opening', revoke: 'Revoked', disconnect: 'ClosingClientRelease' },
  ClosingClientRelease: { closed: 'ClientReleased', revoke: 'Gone' },
  OpeningClientRelease: {
    opened: 'ClosingClientRelease',
    refused: 'ClientReleased',
    revoke: 'Gone',
  },
  Revoked: { release: 'Gone', reoffer: 'Reoffered', disconnect: 'Gone' },
  Reoffered: { release: 'ClientReleased', disconnect: 'ClientReleased', revoke: 'Revoked' },
} as const satisfies Transitions<ChannelState, ChannelTrigger>;

export type GpadlTrigger = 'complete' | 'accepted' | 'teardown' | 'released' | 'drop';

export const GPADL_TRANSITIONS = {
  InProgress: { complete: 'Offered', drop: 'Gone' },
  Offered: { accepted: 'Accepted', teardown: 'OfferedTearingDown', drop: 'Gone' },
  Accepted: { teardown: 'TearingDown', drop: 'Gone' },
  OfferedTearingDown: { accepted: 'TearingDown', drop: 'Gone' },
  TearingDown: { released: 'Gone', drop: 'Gone' },
} as const satisfies Transitions<GpadlState, GpadlTrigger>;

export type ClientTrigger =
  | 'connect'
  | 'refused'
  | 'exhausted'
  | 'agreed'
  | 'offersDelivered'
  | 'unload'
  | 'unloaded';

/**
 * Linux, drivers/hv/connection.c and channel_mgmt.c: each wait is for one message. A system that
 * boots knows nothing of what an earlier one waited for, so it may connect from anywhere.
 */
export const CLIENT_TRANSITIONS = {
  Idle: { connect: 'AwaitingVersion' },
  AwaitingVersion: {
    connect: 'AwaitingVersion',
    refused: 'AwaitingVersion',
    exhausted: 'Idle',
    agreed: 'AwaitingOffers',
  },
  AwaitingOffers: {
    connect: 'AwaitingVersion',
    offersDelivered: 'Connected',
    unload: 'AwaitingUnload',
  },
  Connected: { connect: 'AwaitingVersion', unload: 'AwaitingUnload' },
  AwaitingUnload: { connect: 'AwaitingVersion', unloaded: 'Idle' },
} as const satisfies Transitions<VmbusClientState, ClientTrigger>;

/** Where a trigger leads, or undefined when it is out of order. */
export function next<S extends string, T extends string>(
  transitions: Transitions<S, T>,
  state: S,
  trigger: T,
): S | 'Gone' | undefined {
  return transitions[state][trigger];
}
