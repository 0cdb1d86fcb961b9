import type { VmId } from '../../../protocol/id.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { partitionOf } from '../../vmbus/bus-id.ts';
import { fromHex, toHex } from '../../vmbus/hex.ts';
import type { Decoded, Layout } from '../../vmbus/layout.ts';
import type { Packet } from '../../vmbus/packet.ts';
import { offerChannel } from '../../vmbus/server.ts';
import { KERNEL_VSP } from '../duration.ts';
import { deviceGuid } from '../guid.ts';
import type { Telling } from '../packet-io.ts';
import { sendPacket } from '../packet-io.ts';
import type { OfferedAs, Vsp } from '../vsp.ts';
import { numberOf, patchVsp, textOf, vspState } from '../vsp.ts';
import type { StorOperation, StorPacket } from './message.ts';
import {
  SCSI_REQUEST,
  STOR_PROPERTIES,
  STOR_QUERY_VERSION,
  STOR_STATUS,
  STOR_SUB_CHANNELS,
  STOR_VERSION,
  decodeStor,
  encodeStor,
  scsiRequestSize,
  storPacketSize,
  storVersionText,
} from './message.ts';
import { SRB, drivesOf, executeScsi } from './scsi.ts';
import type { StorvspState } from './state.ts';
import { STORVSP_TRANSITIONS } from './state.ts';

// StorVSP (storvsp.sys): one kernel driver of the parent that serves the storage channels of all
// virtual machines. It reads requests from rings and hands them to vhdmp.sys; the worker process is
// not on this path.

/** What a host of the era accepts. */
const VERSIONS: readonly number[] = [STOR_VERSION.WIN8, STOR_VERSION.WIN7, STOR_VERSION.WS2008];

/** openvmm, storvsp/src/lib.rs. */
const MAX_TRANSFER = 0x4_0000;

const MULTI_CHANNEL = 1;

/** Server 2012 gives a SCSI controller one channel for each 16 virtual processors (recalled). */
const PROCESSORS_A_CHANNEL = 16;

function subChannelsMax(turn: Turn, channel: Channel): number {
  if (!textOf(vspState(channel), 'place').startsWith('SCSI/')) return 0;
  const { processorCount } = turn.must('vm', channel.vm);
  return Math.ceil(processorCount / PROCESSORS_A_CHANNEL) - 1;
}

const NO_DATA = '';

function hexBytes(...values: readonly number[]): string {
  return toHex(Uint8Array.from(values));
}

/** IDE accelerators tell which device of the emulated controller they shadow. */
export function ideOffers(turn: Turn, vm: RecordOf<'vm'>): readonly OfferedAs[] {
  return turn
    .where('disk-drive', 'vm', vm.id)
    .filter(({ controller, type, disk }) => controller === 'IDE' && type === 'HardDisk' && disk)
    .toSorted((a, b) => a.controllerNumber - b.controllerNumber || a.location - b.location)
    .map(({ controllerNumber, location }) => {
      const index = controllerNumber * 2 + location;
      return {
        label: `IDE accelerator ${controllerNumber}/${location}`,
        instanceId: `00000000-${index.toString(16).padStart(4, '0')}-8899-0000-000000000000`,
        userDefined: hexBytes(0, 0, controllerNumber, location, 0, 0, 0, 0, 2),
      };
    });
}

/** New-VM of 2012 gives a virtual machine one SCSI controller; it may have four. */
export function scsiOffers(_turn: Turn, vm: RecordOf<'vm'>): readonly OfferedAs[] {
  return Array.from({ length: vm.scsiControllers }, (_, number) => ({
    label: `SCSI controller ${number}`,
    instanceId: scsiInstance(vm.id, number),
    userDefined: NO_DATA,
  }));
}

/** A unit came or went while its machine runs: the guest is to look again. From version 4.2 on. */
export function announceUnits(turn: Turn, vm: VmId, controller: number): void {
  const channel = turn
    .where('vmbus-channel', 'vm', vm)
    .find(
      one =>
        one.device === 'storvsp' &&
        one.offer.subchannelIndex === 0 &&
        one.instanceId === scsiInstance(vm, controller),
    );
  if (channel?.state !== 'Open' || channel.ends.vsp === null) return;
  const version = numberOf(vspState(channel), 'version');
  if (version < STOR_VERSION.WIN7 || textOf(vspState(channel), 'state') !== 'Ready') return;
  sendPacket(turn, channel.id, {
    to: 'guest',
    payload: encodeStor(storPacketSize(version), {
      operation: 'EnumerateBus',
      status: 0,
      wantsCompletion: false,
    }),
    telling: { as: 'fact', summary: 'EnumerateBus', data: { message: 'EnumerateBus' } },
  });
}

function scsiInstance(vm: string, number: number): string {
  return deviceGuid(vm.slice('vm:'.length), `SCSI/${number}`);
}

/** Which place of the configuration a channel serves, from what was offered. */
function placeServed(channel: Channel): string {
  if (channel.device === 'ide-accelerator') {
    const [, , pathId, targetId] = fromHex(channel.offer.userDefined);
    return `IDE/${pathId}/${targetId}`;
  }
  let number = 0;
  while (number < LAST_CONTROLLER && scsiInstance(channel.vm, number) !== channel.instanceId) {
    number += 1;
  }
  return `SCSI/${number}`;
}

/** A virtual machine has at most four SCSI controllers, from 0. */
const LAST_CONTROLLER = 3;

export const storvsp: Omit<Vsp, 'offers'> = {
  component: 'storvsp',
  work: KERNEL_VSP,
  open(_turn, channel) {
    const isSub = channel.offer.subchannelIndex > 0;
    return {
      state: isSub ? 'Ready' : 'Opened',
      version: isSub ? STOR_VERSION.WIN8 : 0,
      place: placeServed(channel),
    };
  },
  receive(turn, channel, packet) {
    const request = decodeStor(packet.payload);
    const { operation } = request;
    // An operation that is unknown stops the channel: no reply.
    if (operation === null) return;
    const state = textOf(vspState(channel), 'state') as StorvspState;
    const to = STORVSP_TRANSITIONS[state][operation];
    if (to === undefined) {
      complete(turn, channel, { packet, request, status: STOR_STATUS.InvalidDeviceState });
      return;
    }
    HANDLERS[operation]?.({ turn, channel, packet, request, to });
  },
};

interface Requested {
  readonly turn: Turn;
  readonly channel: Channel;
  readonly packet: Packet;
  readonly request: StorPacket;
  readonly to: StorvspState;
}

type Body<V> = { readonly layout: Layout<V>; readonly value: V };

const HANDLERS: { readonly [O in StorOperation]?: (requested: Requested) => void } = {
  BeginInitialization: succeed,
  QueryProtocolVersion(requested) {
    const { turn, channel, packet, request } = requested;
    const { version } = STOR_QUERY_VERSION.decode(request.body);
    if (!VERSIONS.includes(version)) {
      complete(turn, channel, { packet, request, status: STOR_STATUS.RevisionMismatch });
      return;
    }
    patchVsp(turn, channel.id, { version });
    turn.patch('vmbus-channel', channel.id, { protocol: storVersionText(version) });
    succeed(requested);
  },
  QueryProperties(requested) {
    const { turn, channel } = requested;
    const maximumSubChannelCount = subChannelsMax(turn, channel);
    succeed(requested, {
      layout: STOR_PROPERTIES,
      value: {
        maximumSubChannelCount,
        flags: maximumSubChannelCount > 0 ? MULTI_CHANNEL : 0,
        maxTransferBytes: MAX_TRANSFER,
      },
    });
  },
  CreateSubChannels(requested) {
    const { turn, channel, packet, request } = requested;
    const { subChannelCount } = STOR_SUB_CHANNELS.decode(request.body);
    if (subChannelCount > subChannelsMax(turn, channel)) {
      complete(turn, channel, { packet, request, status: STOR_STATUS.InvalidParameter });
      return;
    }
    succeed(requested);
    const { cause } = turn;
    for (let index = 1; index <= subChannelCount; index += 1) {
      turn.cause = cause;
      offerSubChannel(turn, channel, index);
    }
  },
  EndInitialization: succeed,
  ExecuteSrb,
  // openvmm: resets have no effect and succeed.
  ResetLun: succeed,
  ResetAdapter: succeed,
  ResetBus: succeed,
};

/** The host may have no memory left for one more port; the guest then works with fewer channels. */
function offerSubChannel(turn: Turn, channel: Channel, index: number): void {
  offerChannel(turn, partitionOf(channel.id), {
    device: channel.device,
    label: `${channel.label}, channel ${index}`,
    interfaceType: channel.interfaceType,
    instanceId: channel.instanceId,
    ...channel.offer,
    subchannelIndex: index,
  });
}

function succeed<V>(requested: Requested, body?: Body<V>): void {
  const { turn, channel, packet, request, to } = requested;
  patchVsp(turn, channel.id, { state: to });
  complete(turn, channel, { packet, request, status: STOR_STATUS.Success, ...(body && { body }) });
}

interface Completion<V> {
  readonly packet: Packet;
  readonly request: StorPacket;
  readonly status: number;
  readonly body?: Body<V>;
  readonly as?: Telling['as'];
}

/** COMPLETE_IO, as long as the request was: Windows guests check the size. */
function complete<V>(turn: Turn, channel: Channel, completion: Completion<V>): void {
  const { packet, request, status, body, as = 'fact' } = completion;
  const name = request.operation ?? '';
  sendPacket(turn, channel.id, {
    to: 'guest',
    type: 'Completion',
    transaction: packet.transaction,
    payload: encodeStor(
      request.size,
      { operation: 'CompleteIo', status, wantsCompletion: false },
      body,
    ),
    telling: {
      as,
      summary: `CompleteIo ${name} = 0x${status.toString(16).toUpperCase()}`,
      data: { message: 'CompleteIo', of: name, status },
    },
  });
}

function ExecuteSrb({ turn, channel, packet, request }: Requested): void {
  const srb: Decoded<typeof SCSI_REQUEST> = SCSI_REQUEST.decode(request.body);
  const opcode = Number.parseInt(srb.cdbOrSense.slice(0, 2) || '00', 16);
  const answer = executeScsi(drivesOf(turn, channel), srb, {
    opcode,
    allocated: srb.dataTransferLength,
  });
  complete(turn, channel, {
    packet,
    request,
    as: 'trace',
    status: statusOf(answer.srbStatus),
    body: {
      layout: SCSI_REQUEST,
      value: {
        ...srb,
        length: scsiRequestSize(numberOf(vspState(channel), 'version')),
        srbStatus: answer.srbStatus,
        dataTransferLength: answer.length,
        cdbOrSense: NO_DATA,
      },
    },
  });
}

/** The packet status that goes with a request block's. */
function statusOf(srbStatus: number): number {
  if (srbStatus === SRB.Success) return STOR_STATUS.Success;
  return srbStatus === SRB.InvalidLun ? STOR_STATUS.NoSuchDevice : STOR_STATUS.IoError;
}
