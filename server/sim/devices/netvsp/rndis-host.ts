import { must } from '../../../base/assert.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { fromHex } from '../../vmbus/hex.ts';
import { u32 } from '../../vmbus/layout.ts';
import { patchVsp } from '../vsp.ts';
import {
  OFFLOAD_CAPABILITIES,
  OID,
  RNDIS_STATUS,
  decodeRndis,
  encodeRndis,
  informationOffset,
  oidName,
  rndisName,
} from './rndis.ts';

// The switch's half of RNDIS: what an adapter is asked and told by its guest.

export interface RndisOut {
  readonly message: Uint8Array;
  readonly summary: string;
  readonly name: string;
}

/** The adapter a network channel is. */
function adapterOf(turn: Turn, channel: Channel): RecordOf<'network-adapter'> {
  const found = turn
    .where('network-adapter', 'vm', channel.vm)
    .find(adapter => adapter.instanceId === channel.instanceId);
  return must(found, `${channel.label} is an adapter of its virtual machine`);
}

const CONNECTIONLESS = 1;
const MAX_PACKETS_A_MESSAGE = 8;
const MAX_TRANSFER = 0x4000;
/** Packets begin on multiples of 2^3 bytes. */
const ALIGNMENT_FACTOR = 3;

const ENCAPSULATION_8023 = 2;
const OBJECT_OFFLOAD = 0xa7;
/** IPv4: options, TCP options, TCP, UDP, IP; IPv6: TCP options, TCP, UDP (Linux hyperv_net.h). */
const IP4_CHECKSUMS = 0x0000_0155;
const IP6_CHECKSUMS = 0x0000_0055;
const LSO_MAXIMUM = 62_780;
const LSO_MINIMUM_SEGMENTS = 2;

/** The answer to a request, or null for one that has none. */
export function answerRndis(turn: Turn, channel: Channel, message: Uint8Array): RndisOut | null {
  switch (rndisName(message)) {
    case 'Initialize':
      return initialized(decodeRndis('Initialize', message).requestId);
    case 'Query':
      return queried(turn, channel, message);
    case 'Set':
      return set(turn, channel, message);
    default:
      return null;
  }
}

function initialized(requestId: number): RndisOut {
  return {
    name: 'InitializeComplete',
    summary: 'INITIALIZE_CMPLT 1.0',
    message: encodeRndis('InitializeComplete', {
      requestId,
      status: RNDIS_STATUS.Success,
      majorVersion: 1,
      minorVersion: 0,
      deviceFlags: CONNECTIONLESS,
      medium: 0,
      maxPacketsPerMessage: MAX_PACKETS_A_MESSAGE,
      maxTransferSize: MAX_TRANSFER,
      packetAlignmentFactor: ALIGNMENT_FACTOR,
    }),
  };
}

function queried(turn: Turn, channel: Channel, message: Uint8Array): RndisOut {
  const { requestId, oid, informationBufferLength } = decodeRndis('Query', message);
  const information = informationFor(turn, channel, oid, informationBufferLength);
  return {
    name: 'QueryComplete',
    summary: `QUERY_CMPLT ${oidName(oid) ?? oid}`,
    message: encodeRndis(
      'QueryComplete',
      {
        requestId,
        status: information === null ? RNDIS_STATUS.NotSupported : RNDIS_STATUS.Success,
        informationBufferLength: information?.length ?? 0,
        informationBufferOffset: information === null ? 0 : informationOffset('QueryComplete'),
      },
      information ?? undefined,
    ),
  };
}

/** `asked` is the length of the structure that the guest handed in, which tells its revision. */
function informationFor(
  turn: Turn,
  channel: Channel,
  oid: number,
  asked: number,
): Uint8Array | null {
  const adapter = adapterOf(turn, channel);
  switch (oid) {
    case OID.PermanentAddress:
    case OID.CurrentAddress:
      return fromHex(adapter.mac.replaceAll(/[^0-9a-fA-F]/gu, ''));
    case OID.MediaConnectStatus:
      return word(adapter.connected ? 0 : 1);
    case OID.MaximumFrameSize:
      return word(1500);
    case OID.OffloadCapabilities:
      return offloadCapabilities(asked);
    default:
      return null;
  }
}

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(u32.size);
  u32.write(new DataView(bytes.buffer), 0, value);
  return bytes;
}

function offloadCapabilities(size: number): Uint8Array {
  return OFFLOAD_CAPABILITIES.encode({
    objectType: OBJECT_OFFLOAD,
    revision: size < OFFLOAD_CAPABILITIES.size ? 1 : 2,
    size,
    ip4TransmitEncapsulation: ENCAPSULATION_8023,
    ip4TransmitChecksum: IP4_CHECKSUMS,
    ip4ReceiveEncapsulation: ENCAPSULATION_8023,
    ip4ReceiveChecksum: IP4_CHECKSUMS,
    ip6TransmitEncapsulation: ENCAPSULATION_8023,
    ip6TransmitChecksum: IP6_CHECKSUMS,
    ip6ReceiveEncapsulation: ENCAPSULATION_8023,
    ip6ReceiveChecksum: IP6_CHECKSUMS,
    lsov2Ip4Encapsulation: ENCAPSULATION_8023,
    lsov2Ip4MaximumSize: LSO_MAXIMUM,
    lsov2Ip4MinimumSegments: LSO_MINIMUM_SEGMENTS,
    lsov2Ip6Encapsulation: ENCAPSULATION_8023,
    lsov2Ip6MaximumSize: LSO_MAXIMUM,
    lsov2Ip6MinimumSegments: LSO_MINIMUM_SEGMENTS,
    lsov2Ip6Options: 0,
  }).subarray(0, size);
}

function set(turn: Turn, channel: Channel, message: Uint8Array): RndisOut {
  const { requestId, oid, informationBufferOffset } = decodeRndis('Set', message);
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  if (oid === OID.CurrentPacketFilter) {
    // Data may flow from the first filter on.
    patchVsp(turn, channel.id, { filter: u32.read(view, 8 + informationBufferOffset) });
  }
  const isKnown = oid === OID.CurrentPacketFilter || oid === OID.OffloadParameters;
  return {
    name: 'SetComplete',
    summary: `SET_CMPLT ${oidName(oid) ?? oid}`,
    message: encodeRndis('SetComplete', {
      requestId,
      status: isKnown ? RNDIS_STATUS.Success : RNDIS_STATUS.NotSupported,
    }),
  };
}
