import type { Id } from '../../../protocol/id.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { gpadlOf } from '../../vmbus/bus-id.ts';
import { fromHex, toHex } from '../../vmbus/hex.ts';
import type { Packet } from '../../vmbus/packet.ts';
import { transferPages } from '../../vmbus/packet.ts';
import { PAGE_SIZE } from '../../vmbus/ring.ts';
import { KERNEL_VSP } from '../duration.ts';
import type { Telling } from '../packet-io.ts';
import { sendPacket, shown } from '../packet-io.ts';
import type { Vsp } from '../vsp.ts';
import { patchVsc, patchVsp, textOf, vscState, vspState } from '../vsp.ts';
import type { NvspFields, NvspName } from './nvsp.ts';
import {
  NVSP_STATUS,
  NVSP_VERSION,
  decodeNvsp,
  encodeNvsp,
  nvspName,
  nvspVersionText,
} from './nvsp.ts';
import type { RndisOut } from './rndis-host.ts';
import { answerRndis } from './rndis-host.ts';
import { RNDIS_STATUS, encodeRndis, informationOffset } from './rndis.ts';
import type { NetvspState } from './state.ts';
import { NETVSP_TRANSITIONS } from './state.ts';

// NetVSP, part of vmswitch.sys: the kernel driver of the parent that is the virtual switch and serves
// the network channels of all virtual machines. A channel is an adapter; its port is the switch's.

/** What a host of the era accepts. */
const VERSIONS: readonly number[] = [NVSP_VERSION.V4, NVSP_VERSION.V2, NVSP_VERSION.V1];

const MAXIMUM_MDL_CHAIN = 34;
const DEPRECATED = 0xffff_ffff;

/** Linux, netvsc.c: the transfer page set of the receive buffer. */
export const RECEIVE_BUFFER_ID = 0xcafe;

/** What one packet takes of the receive buffer (recalled, from guests' logs). */
const SUB_ALLOCATION = 1728;

/** openvmm, netvsp/src/lib.rs. */
const SEND_SECTION = 6144;

const RNDIS_CONTROL = 1;
const NO_SECTION = 0xffff_ffff;

export const netvsp: Vsp = {
  component: 'netvsp',
  work: KERNEL_VSP,
  offers(turn, vm) {
    return turn
      .where('network-adapter', 'vm', vm.id)
      .filter(adapter => !adapter.legacy)
      .map(({ name, instanceId }) => ({ label: name, instanceId, userDefined: '' }));
  },
  open: () => ({ state: 'Opened', filter: 0 }),
  receive(turn, channel, packet) {
    // The guest gives back what it was lent of the receive buffer.
    if (packet.type === 'Completion') return;
    const name = nvspName(packet.payload);
    const state = textOf(vspState(channel), 'state') as NetvspState;
    if (name === null) return;
    const to = NETVSP_TRANSITIONS[state][name];
    if (to === undefined) refuse(turn, channel, packet, name);
    else HANDLERS[name]?.({ turn, channel, packet, to });
  },
};

interface Received {
  readonly turn: Turn;
  readonly channel: Channel;
  readonly packet: Packet;
  readonly to: NetvspState;
}

const HANDLERS: { readonly [N in NvspName]?: (received: Received) => void } = {
  Init({ turn, channel, packet, to }) {
    const { protocolVersion } = decodeNvsp('Init', packet.payload);
    const accepted = VERSIONS.includes(protocolVersion);
    if (accepted) {
      patchVsp(turn, channel.id, { state: to });
      turn.patch('vmbus-channel', channel.id, { protocol: nvspVersionText(protocolVersion) });
    }
    complete(turn, channel, packet, {
      name: 'InitComplete',
      fields: {
        deprecated: protocolVersion === NVSP_VERSION.V1 ? NVSP_VERSION.V1 : DEPRECATED,
        maximumMdlChainLength: MAXIMUM_MDL_CHAIN,
        status: accepted ? NVSP_STATUS.Success : NVSP_STATUS.None,
      },
    });
  },
  SendNdisConfig: moveOn,
  SendNdisVersion: moveOn,
  SendReceiveBuffer(received) {
    const { turn, channel, packet } = received;
    const { gpadlHandle } = decodeNvsp('SendReceiveBuffer', packet.payload);
    const gpadl = turn.get('gpadl', gpadlOf(channel.id, gpadlHandle));
    if (gpadl === undefined) return refuse(turn, channel, packet, 'SendReceiveBuffer');
    moveOn(received);
    const subAllocations = Math.floor((gpadl.pages * PAGE_SIZE) / SUB_ALLOCATION);
    complete(turn, channel, packet, {
      name: 'SendReceiveBufferComplete',
      fields: {
        status: NVSP_STATUS.Success,
        numSections: 1,
        offset: 0,
        subAllocationSize: SUB_ALLOCATION,
        subAllocations,
        endOffset: subAllocations * SUB_ALLOCATION,
      },
    });
  },
  SendSendBuffer(received) {
    const { turn, channel, packet } = received;
    const { gpadlHandle } = decodeNvsp('SendSendBuffer', packet.payload);
    if (turn.get('gpadl', gpadlOf(channel.id, gpadlHandle)) === undefined) {
      return refuse(turn, channel, packet, 'SendSendBuffer');
    }
    moveOn(received);
    complete(turn, channel, packet, {
      name: 'SendSendBufferComplete',
      fields: { status: NVSP_STATUS.Success, sectionSize: SEND_SECTION },
    });
  },
  RevokeReceiveBuffer: moveOn,
  RevokeSendBuffer: moveOn,
  SendRndisPacket(received) {
    const { turn, channel, packet } = received;
    completeRndis(turn, channel, packet, NVSP_STATUS.Success);
    // The message lies in the page that the packet names, which is the guest's memory.
    const request = fromHex(textOf(vscState(channel), 'requestPage'));
    const answer = answerRndis(turn, channel, request);
    if (answer !== null) sendRndis(turn, channel, answer);
  },
};

function moveOn({ turn, channel, to }: Received): void {
  patchVsp(turn, channel.id, { state: to });
}

/** Answers by the message's own completion with failure; one without completion gets none. */
function refuse(turn: Turn, channel: Channel, packet: Packet, name: NvspName): void {
  const status = NVSP_STATUS.Failure;
  if (name === 'Init') {
    const fields = { deprecated: DEPRECATED, maximumMdlChainLength: 0, status };
    complete(turn, channel, packet, { name: 'InitComplete', fields });
  } else if (name === 'SendReceiveBuffer') {
    const none = { numSections: 0, offset: 0, subAllocationSize: 0, subAllocations: 0 };
    complete(turn, channel, packet, {
      name: 'SendReceiveBufferComplete',
      fields: { status, ...none, endOffset: 0 },
    });
  } else if (name === 'SendSendBuffer') {
    const fields = { status, sectionSize: 0 };
    complete(turn, channel, packet, { name: 'SendSendBufferComplete', fields });
  } else if (name === 'SendRndisPacket') {
    completeRndis(turn, channel, packet, status);
  }
}

interface Answer<N extends NvspName> {
  readonly name: N;
  readonly fields: NvspFields<N>;
  readonly as?: Telling['as'];
}

function complete<N extends NvspName>(
  turn: Turn,
  channel: Channel,
  packet: Packet,
  { name, fields, as = 'fact' }: Answer<N>,
): void {
  sendPacket(turn, channel.id, {
    to: 'guest',
    type: 'Completion',
    transaction: packet.transaction,
    payload: encodeNvsp(name, fields),
    telling: { as, summary: name, data: { message: name, fields: shown(fields) } },
  });
}

function completeRndis(turn: Turn, channel: Channel, packet: Packet, status: number): void {
  complete(turn, channel, packet, {
    name: 'SendRndisPacketComplete',
    fields: { status },
    as: 'trace',
  });
}

/** Copies a message into the receive buffer and lends the guest that part of it. */
function sendRndis(turn: Turn, channel: Channel, { message, summary, name }: RndisOut): void {
  patchVsc(turn, channel.id, { receiveBuffer: toHex(message) });
  sendPacket(turn, channel.id, {
    to: 'guest',
    type: 'TransferPages',
    extended: transferPages(RECEIVE_BUFFER_ID, 0, message.length),
    wantsCompletion: true,
    payload: encodeNvsp('SendRndisPacket', {
      channelType: RNDIS_CONTROL,
      sendBufferSectionIndex: NO_SECTION,
      sendBufferSectionSize: 0,
    }),
    telling: {
      as: 'fact',
      summary: `RNDIS ${summary}`,
      data: { message: 'SendRndisPacket', rndis: name, memory: toHex(message) },
    },
  });
}

/** The adapter was connected to a switch or taken off it: a guest that listens sees its link change. */
export function indicateLink(turn: Turn, id: Id<'network-adapter'>): void {
  const adapter = turn.must('network-adapter', id);
  const channel = turn
    .where('vmbus-channel', 'vm', adapter.vm)
    .find(each => each.instanceId === adapter.instanceId && each.state === 'Open');
  if (channel === undefined || textOf(vspState(channel), 'state') !== 'Ready') return;
  const { connected } = adapter;
  sendRndis(turn, channel, {
    message: encodeRndis('IndicateStatus', {
      status: connected ? RNDIS_STATUS.MediaConnect : RNDIS_STATUS.MediaDisconnect,
      statusBufferLength: 0,
      statusBufferOffset: informationOffset('IndicateStatus'),
    }),
    name: 'IndicateStatus',
    summary: `INDICATE_STATUS media ${connected ? 'connect' : 'disconnect'}`,
  });
}
