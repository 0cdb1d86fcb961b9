import { bool, counter, int, intOrNull, table, text, textOrNull } from '../field.ts';
import type { Id } from '../id.ts';

export type VmbusConnectionState = 'Disconnected' | 'Connecting' | 'Connected' | 'Disconnecting';

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
    /** What the client in the guest is waiting for and has chosen. */
    clientState: text({ class: 'hidden' }),
    nextGpadlId: int({ class: 'hidden' }),
    controlMessages: counter(),
  },
});

export type ChannelState = 'ClientReleased' | 'Closed' | 'Opening' | 'Open' | 'Closing' | 'Revoked';

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
  },
});

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
    state: text<'InProgress' | 'Offered' | 'Accepted' | 'TearingDown'>(),
    purpose: text(),
  },
});
