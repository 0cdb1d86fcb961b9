import { must } from '../../../base/assert.ts';
import type { ChannelId } from '../../../protocol/id.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { connectionOf } from '../../vmbus/bus-id.ts';
import { establishGpadl } from '../../vmbus/client-channel.ts';
import { takePages } from '../../vmbus/client-memory.ts';
import { fromHex, toHex } from '../../vmbus/hex.ts';
import { u32 } from '../../vmbus/layout.ts';
import type { Packet } from '../../vmbus/packet.ts';
import { gpaDirect } from '../../vmbus/packet.ts';
import { PAGE_SIZE } from '../../vmbus/ring.ts';
import { ALLOCATE_BUFFER, BIND_ADAPTER, KERNEL_VSC } from '../duration.ts';
import { sendPacket, shown } from '../packet-io.ts';
import { vscFailed, vscReady } from '../vsc-outcome.ts';
import type { Vsc } from '../vsp.ts';
import { numberOf, patchVsc, proceedAfter, textOf, vscState } from '../vsp.ts';
import { RECEIVE_BUFFER_ID } from './netvsp.ts';
import type { NvspFields, NvspName } from './nvsp.ts';
import { NVSP_STATUS, NVSP_VERSION, decodeNvsp, encodeNvsp, nvspVersionText } from './nvsp.ts';
import type { OidName } from './rndis.ts';
import {
  OFFLOAD_PARAMETERS,
  OID,
  PACKET_FILTER,
  decodeRndis,
  encodeRndis,
  informationOffset,
  rndisName,
} from './rndis.ts';

// NetVSC (netvsc63.sys): the guest's driver of a synthetic network adapter.

const MIB = 1024 * 1024;

/** Linux, hyperv_net.h: 15 MB for hosts up to V2, 16 MB for newer ones; 1 MB to send. */
const RECEIVE_BUFFER_OLD = (15 * MIB) / PAGE_SIZE;
const RECEIVE_BUFFER = (16 * MIB) / PAGE_SIZE;
const SEND_BUFFER = MIB / PAGE_SIZE;
const SEND_BUFFER_ID = 0;

const ETHERNET_HEADER = 14;
const MTU = 1500;
const CAPABILITY_8021Q = 0x8;

const RNDIS_CONTROL = 1;
const NO_SECTION = 0xffff_ffff;

/** What is under way, in the order of the bring-up. */
type Step =
  | 'Init'
  | 'ReceiveBuffer'
  | 'SendBuffer'
  | 'RndisInitialize'
  | RndisStep
  | 'Ready'
  | 'Failed';

type RndisStep = (typeof RNDIS_STEPS)[number]['step'];

/** Questions and settings after INITIALIZE: Linux, rndis_filter.c. */
const RNDIS_STEPS = [
  { step: 'QueryOffload', request: 'Query', oid: 'OffloadCapabilities' },
  { step: 'QueryAddress', request: 'Query', oid: 'PermanentAddress' },
  { step: 'QueryLink', request: 'Query', oid: 'MediaConnectStatus' },
  { step: 'SetOffload', request: 'Set', oid: 'OffloadParameters' },
  { step: 'SetFilter', request: 'Set', oid: 'CurrentPacketFilter' },
] as const satisfies readonly { step: string; request: 'Query' | 'Set'; oid: OidName }[];

export const netvsc: Vsc = {
  component: 'netvsc',
  work: KERNEL_VSC,
  // Linux: 512 KB each way.
  ringPages: 128,
  isIn: () => true,
  load: (_channel, _os, { netvsc: versions }) => ({
    step: 'Init',
    versions,
    version: must(versions[0], 'a driver knows a version'),
    page: 0,
    // What lies in the guest's memory for a while: the request page, the part of the receive buffer.
    requestPage: '',
    receiveBuffer: '',
    requestId: 0,
  }),
  start(turn, channel) {
    const page = takePages(turn, turn.must('vmbus-connection', connectionOf(channel.id)), 1);
    patchVsc(turn, channel.id, { page });
    init(turn, channel.id, numberOf(vscState(channel), 'version'));
  },
  established(turn, channel, gpadlHandle) {
    const step = textOf(vscState(channel), 'step');
    if (step === 'ReceiveBuffer') {
      send(turn, channel.id, 'SendReceiveBuffer', { gpadlHandle, id: RECEIVE_BUFFER_ID });
    } else {
      send(turn, channel.id, 'SendSendBuffer', { gpadlHandle, id: SEND_BUFFER_ID });
    }
  },
  receive(turn, channel, packet) {
    if (packet.type === 'TransferPages') return receiveRndis(turn, channel, packet);
    const step = textOf(vscState(channel), 'step') as Step;
    if (step === 'Init') return initAnswered(turn, channel, packet);
    if (step === 'ReceiveBuffer') {
      const { status } = decodeNvsp('SendReceiveBufferComplete', packet.payload);
      if (status !== NVSP_STATUS.Success) return vscFailed(turn, channel.id, 'no receive buffer');
      enter(turn, channel.id, 'SendBuffer');
      proceedAfter(turn, channel.id, ALLOCATE_BUFFER);
    } else if (step === 'SendBuffer') {
      const { status } = decodeNvsp('SendSendBufferComplete', packet.payload);
      if (status !== NVSP_STATUS.Success) return vscFailed(turn, channel.id, 'no send buffer');
      initializeRndis(turn, channel.id);
    }
    // A completion of an RNDIS request only says that the host has taken it.
  },
  proceed(turn, channel) {
    const state = vscState(channel);
    switch (textOf(state, 'step') as Step) {
      case 'ReceiveBuffer':
        return establishGpadl(turn, channel.id, {
          pages:
            numberOf(state, 'version') >= NVSP_VERSION.V4 ? RECEIVE_BUFFER : RECEIVE_BUFFER_OLD,
          purpose: 'receive-buffer',
        });
      case 'SendBuffer':
        return establishGpadl(turn, channel.id, { pages: SEND_BUFFER, purpose: 'send-buffer' });
      default:
        return vscReady(turn, channel.id);
    }
  },
};

function enter(turn: Turn, id: ChannelId, step: Step, detail = ''): void {
  patchVsc(turn, id, { step });
  turn.patch('vmbus-channel', id, { deviceState: `${step}${detail}` });
}

const WANT_COMPLETION: readonly NvspName[] = ['Init', 'SendReceiveBuffer', 'SendSendBuffer'];

function send<N extends NvspName>(turn: Turn, id: ChannelId, name: N, fields: NvspFields<N>): void {
  sendPacket(turn, id, {
    to: 'host',
    wantsCompletion: WANT_COMPLETION.includes(name),
    payload: encodeNvsp(name, fields),
    telling: { as: 'fact', summary: name, data: { message: name, fields: shown(fields) } },
  });
}

function init(turn: Turn, id: ChannelId, version: number): void {
  patchVsc(turn, id, { version });
  enter(turn, id, 'Init', ` ${nvspVersionText(version)}`);
  send(turn, id, 'Init', { protocolVersion: version, protocolVersion2: version });
}

function initAnswered(turn: Turn, channel: Channel, packet: Packet): void {
  const state = vscState(channel);
  const version = numberOf(state, 'version');
  const { status } = decodeNvsp('InitComplete', packet.payload);
  if (status !== NVSP_STATUS.Success) {
    const versions = state['versions'] as readonly number[];
    const lower = versions[versions.indexOf(version) + 1];
    if (lower === undefined) return vscFailed(turn, channel.id, 'no version in common');
    return init(turn, channel.id, lower);
  }
  const { cause } = turn;
  if (version >= NVSP_VERSION.V2) {
    send(turn, channel.id, 'SendNdisConfig', {
      mtu: MTU + ETHERNET_HEADER,
      capabilities: CAPABILITY_8021Q,
    });
  }
  turn.cause = cause;
  // NDIS 6.1 for all versions up to V4.
  send(turn, channel.id, 'SendNdisVersion', { ndisMajorVersion: 6, ndisMinorVersion: 1 });
  enter(turn, channel.id, 'ReceiveBuffer');
  proceedAfter(turn, channel.id, ALLOCATE_BUFFER);
}

interface RndisRequest {
  readonly message: Uint8Array;
  readonly name: string;
  readonly summary: string;
}

function nextRequestId(turn: Turn, id: ChannelId): number {
  const requestId = numberOf(vscState(turn.must('vmbus-channel', id)), 'requestId') + 1;
  patchVsc(turn, id, { requestId });
  return requestId;
}

function initializeRndis(turn: Turn, id: ChannelId): void {
  enter(turn, id, 'RndisInitialize');
  sendRndis(turn, id, {
    name: 'Initialize',
    summary: 'INITIALIZE 1.0',
    message: encodeRndis('Initialize', {
      requestId: nextRequestId(turn, id),
      majorVersion: 1,
      minorVersion: 0,
      maxTransferSize: 0x4000,
    }),
  });
}

/** Writes a message into the request page and names that page in a packet. */
function sendRndis(turn: Turn, id: ChannelId, { message, name, summary }: RndisRequest): void {
  patchVsc(turn, id, { requestPage: toHex(message) });
  const { page } = vscState(turn.must('vmbus-channel', id)) as { readonly page: number };
  sendPacket(turn, id, {
    to: 'host',
    type: 'GpaDirect',
    extended: gpaDirect(page, message.length),
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

function receiveRndis(turn: Turn, channel: Channel, packet: Packet): void {
  const { cause } = turn;
  const state = vscState(channel);
  const message = fromHex(textOf(state, 'receiveBuffer'));
  // What was lent of the receive buffer goes back at once.
  sendPacket(turn, channel.id, {
    to: 'host',
    type: 'Completion',
    transaction: packet.transaction,
    payload: encodeNvsp('SendRndisPacketComplete', { status: NVSP_STATUS.Success }),
    telling: { as: 'trace', summary: 'SendRndisPacketComplete' },
  });
  turn.cause = cause;
  const step = textOf(state, 'step') as Step;
  if (step === 'Ready' || !isSuccess(message)) return;
  const at = RNDIS_STEPS.findIndex(each => each.step === step);
  const following = RNDIS_STEPS[at + 1];
  if (following !== undefined) ask(turn, channel.id, following);
  // Data may flow; NDIS still has to bind its protocols.
  else proceedAfter(turn, channel.id, BIND_ADAPTER);
}

function isSuccess(message: Uint8Array): boolean {
  switch (rndisName(message)) {
    case 'InitializeComplete':
      return decodeRndis('InitializeComplete', message).status === 0;
    case 'SetComplete':
      return decodeRndis('SetComplete', message).status === 0;
    case 'QueryComplete':
      return decodeRndis('QueryComplete', message).status === 0;
    default:
      return false;
  }
}

function ask(
  turn: Turn,
  id: ChannelId,
  { step, request, oid }: (typeof RNDIS_STEPS)[number],
): void {
  const version = numberOf(vscState(turn.must('vmbus-channel', id)), 'version');
  const information = informationFor(oid, version);
  enter(turn, id, step);
  sendRndis(turn, id, {
    name: request,
    summary: `${request.toUpperCase()} ${oid}`,
    message: encodeRndis(
      request,
      {
        requestId: nextRequestId(turn, id),
        oid: OID[oid],
        informationBufferLength: information.length,
        informationBufferOffset: informationOffset(request),
      },
      information,
    ),
  });
}

const OBJECT_DEFAULT = 0x80;
const OBJECT_OFFLOAD = 0xa7;
/** Both ways, and on. */
const CHECKSUM_BOTH = 4;
const ON = 2;

/** The structure that goes with a question or a setting; NDIS_OFFLOAD grew with V4. */
function informationFor(oid: OidName, version: number): Uint8Array {
  if (oid === 'OffloadCapabilities') {
    const isNew = version >= NVSP_VERSION.V4;
    const structure = new Uint8Array(isNew ? 144 : 112);
    structure.set([OBJECT_OFFLOAD, isNew ? 2 : 1, structure.length, 0]);
    return structure;
  }
  if (oid === 'OffloadParameters') {
    return OFFLOAD_PARAMETERS.encode({
      objectType: OBJECT_DEFAULT,
      revision: 1,
      size: OFFLOAD_PARAMETERS.size,
      ipv4Checksum: CHECKSUM_BOTH,
      tcp4Checksum: CHECKSUM_BOTH,
      udp4Checksum: CHECKSUM_BOTH,
      tcp6Checksum: CHECKSUM_BOTH,
      udp6Checksum: CHECKSUM_BOTH,
      lsov1: 0,
      lsov2Ipv4: ON,
      lsov2Ipv6: ON,
    });
  }
  if (oid !== 'CurrentPacketFilter') return new Uint8Array(0);
  const filter = new Uint8Array(u32.size);
  const { Directed, Broadcast, AllMulticast } = PACKET_FILTER;
  u32.write(new DataView(filter.buffer), 0, Directed | Broadcast | AllMulticast);
  return filter;
}
