import { must } from '../../../base/assert.ts';
import type { ChannelId } from '../../../protocol/id.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { connectionOf } from '../../vmbus/bus-id.ts';
import { takePages } from '../../vmbus/client-memory.ts';
import { toHex } from '../../vmbus/hex.ts';
import type { Layout } from '../../vmbus/layout.ts';
import { gpaDirect } from '../../vmbus/packet.ts';
import { ADD_DISK, KERNEL_VSC } from '../duration.ts';
import { sendPacket } from '../packet-io.ts';
import { vscFailed, vscReady } from '../vsc-outcome.ts';
import type { Vsc } from '../vsp.ts';
import { numberOf, patchVsc, proceedAfter, textOf, vscState } from '../vsp.ts';
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
import type { ScsiAddress } from './scsi.ts';
import { SCSI, addressOf, drivesOf } from './scsi.ts';

// StorVSC (storvsc.sys): the guest's driver of a storage channel. It agrees on a version, asks what
// the controller can do, then makes disks of the units it finds. The firmware never uses it.

/** SRB_FLAGS_DATA_IN; Windows gives a disk request 10 s while it looks for units (recalled). */
const DATA_IN = 0x40;
const SCAN_TIMEOUT = 10;

type Body<V extends Fields> = { readonly layout: Layout<V>; readonly value: V };
type Fields = { readonly [field: string]: number };

/** What is under way: the request whose completion is awaited. */
type Step =
  | 'BeginInitialization'
  | 'QueryProtocolVersion'
  | 'QueryProperties'
  | 'CreateSubChannels'
  | 'EndInitialization'
  | 'ReportLuns'
  | 'Inquiry'
  | 'ReadCapacity'
  | 'Ready'
  | 'Failed';

export const storvsc: Vsc = {
  component: 'storvsc',
  work: KERNEL_VSC,
  // Linux: 1 MB each way.
  ringPages: 256,
  isIn: () => true,
  load: (_channel, _os, { storvsc: versions }) => ({
    step: 'BeginInitialization',
    versions,
    version: must(versions[0], 'a driver knows a version'),
    unit: 0,
    page: 0,
  }),
  start(turn, channel) {
    if (channel.offer.subchannelIndex > 0) {
      turn.patch('vmbus-channel', channel.id, { protocol: storVersionText(STOR_VERSION.WIN8) });
      vscReady(turn, channel.id);
      return;
    }
    const page = takePages(turn, turn.must('vmbus-connection', connectionOf(channel.id)), 1);
    patchVsc(turn, channel.id, { page });
    request(turn, channel.id, 'BeginInitialization');
  },
  receive(turn, channel, packet) {
    const reply = decodeStor(packet.payload);
    const step = textOf(vscState(channel), 'step') as Step;
    if (reply.operation === 'EnumerateBus') return enumerateBus(turn, channel);
    ANSWERED[step]?.(turn, channel, reply);
  },
  proceed(turn, channel) {
    scanNext(turn, channel);
  },
};

/** The host says that units have come or gone: it is looked again, from the first one. */
function enumerateBus(turn: Turn, channel: Channel): void {
  const isIdle = textOf(vscState(channel), 'step') === 'Ready';
  patchVsc(turn, channel.id, isIdle ? { unit: 0 } : { rescan: true });
  if (isIdle) reportLuns(turn, turn.must('vmbus-channel', channel.id));
}

/** Sends one request of the initialisation and waits for its completion. */
function request<V extends Fields>(
  turn: Turn,
  id: ChannelId,
  operation: StorOperation & Step,
  body?: Body<V>,
): void {
  const { version } = vscState(turn.must('vmbus-channel', id)) as { readonly version: number };
  const detail = operation === 'QueryProtocolVersion' ? ` ${storVersionText(version)}` : '';
  patchVsc(turn, id, { step: operation });
  turn.patch('vmbus-channel', id, { deviceState: `${operation}${detail}` });
  sendPacket(turn, id, {
    to: 'host',
    wantsCompletion: true,
    payload: encodeStor(
      storPacketSize(version),
      { operation, status: 0, wantsCompletion: true },
      body,
    ),
    telling: {
      as: 'fact',
      summary: `${operation}${detail}`,
      data: { message: operation, ...(body && { fields: body.value }) },
    },
  });
}

function queryVersion(turn: Turn, id: ChannelId, version: number): void {
  patchVsc(turn, id, { version });
  request(turn, id, 'QueryProtocolVersion', {
    layout: STOR_QUERY_VERSION,
    value: { version, revision: 0 },
  });
}

type Answered = (turn: Turn, channel: Channel, reply: StorPacket) => void;

/** What each completion leads to. */
const ANSWERED: { readonly [S in Step]?: Answered } = {
  BeginInitialization: unlessRefused((turn, channel) => {
    queryVersion(turn, channel.id, numberOf(vscState(channel), 'version'));
  }),
  QueryProtocolVersion(turn, channel, reply) {
    if (reply.status === STOR_STATUS.Success) return request(turn, channel.id, 'QueryProperties');
    const versions = vscState(channel)['versions'] as readonly number[];
    const lower = versions[versions.indexOf(numberOf(vscState(channel), 'version')) + 1];
    if (lower === undefined) return vscFailed(turn, channel.id, 'no version in common');
    queryVersion(turn, channel.id, lower);
  },
  QueryProperties: unlessRefused((turn, channel, reply) => {
    const { maximumSubChannelCount } = STOR_PROPERTIES.decode(reply.body);
    const mayAsk = numberOf(vscState(channel), 'version') >= STOR_VERSION.WIN8;
    if (maximumSubChannelCount === 0 || !mayAsk) {
      return request(turn, channel.id, 'EndInitialization');
    }
    request(turn, channel.id, 'CreateSubChannels', {
      layout: STOR_SUB_CHANNELS,
      value: { subChannelCount: maximumSubChannelCount },
    });
  }),
  CreateSubChannels: unlessRefused((turn, channel) => {
    request(turn, channel.id, 'EndInitialization');
  }),
  EndInitialization: unlessRefused((turn, channel) => {
    if (channel.device === 'storvsp') reportLuns(turn, channel);
    else scanNext(turn, channel);
  }),
  ReportLuns: scanNext,
  Inquiry: (turn, channel) => execute(turn, channel, 'ReadCapacity'),
  ReadCapacity(turn, channel) {
    patchVsc(turn, channel.id, { unit: numberOf(vscState(channel), 'unit') + 1 });
    proceedAfter(turn, channel.id, ADD_DISK);
  },
};

function unlessRefused(answered: Answered): Answered {
  return (turn, channel, reply) => {
    if (reply.status === STOR_STATUS.Success) answered(turn, channel, reply);
    else vscFailed(turn, channel.id, `refused with 0x${reply.status.toString(16).toUpperCase()}`);
  };
}

/** The next unit of those the controller told of, or the end of the search. */
function scanNext(turn: Turn, channel: Channel): void {
  const drives = drivesOf(turn, channel);
  if (drives[numberOf(vscState(channel), 'unit')] !== undefined) {
    return execute(turn, channel, 'Inquiry');
  }
  if (vscState(channel)['rescan'] !== true) return vscReady(turn, channel.id);
  patchVsc(turn, channel.id, { unit: 0, rescan: false });
  reportLuns(turn, turn.must('vmbus-channel', channel.id));
}

const COMMANDS = {
  Inquiry: { opcode: SCSI.Inquiry, cdbLength: 6, length: 36, name: 'INQUIRY' },
  ReadCapacity: {
    opcode: SCSI.ReadCapacity10,
    cdbLength: 10,
    length: 8,
    name: 'READ CAPACITY(10)',
  },
} as const;

function execute(turn: Turn, channel: Channel, step: keyof typeof COMMANDS): void {
  const { opcode, cdbLength, length, name } = COMMANDS[step];
  const drive = drivesOf(turn, channel)[numberOf(vscState(channel), 'unit')];
  // It was taken away while it was being looked at.
  if (drive === undefined) return vscReady(turn, channel.id);
  const cdb = new Uint8Array(cdbLength);
  cdb[0] = opcode;
  // INQUIRY names the room for its data; a capacity is always 8 bytes.
  if (opcode === SCSI.Inquiry) cdb[4] = length;
  patchVsc(turn, channel.id, { step });
  sendSrb(turn, channel, { at: addressOf(drive), cdb, length, name });
}

function reportLuns(turn: Turn, channel: Channel): void {
  // Room for the header and 64 units: the allocation length stands big-endian at byte 6.
  const length = 8 + 64 * 8;
  const cdb = new Uint8Array(12);
  cdb[0] = SCSI.ReportLuns;
  new DataView(cdb.buffer).setUint32(6, length);
  patchVsc(turn, channel.id, { step: 'ReportLuns' });
  sendSrb(turn, channel, {
    at: { pathId: 0, targetId: 0, lun: 0 },
    cdb,
    length,
    name: 'REPORT LUNS',
  });
}

interface Command {
  readonly at: ScsiAddress;
  readonly cdb: Uint8Array;
  readonly length: number;
  readonly name: string;
}

function sendSrb(turn: Turn, channel: Channel, { at, cdb, length, name }: Command): void {
  const version = numberOf(vscState(channel), 'version');
  sendPacket(turn, channel.id, {
    to: 'host',
    type: 'GpaDirect',
    extended: gpaDirect(numberOf(vscState(channel), 'page'), length),
    wantsCompletion: true,
    payload: encodeStor(
      storPacketSize(version),
      { operation: 'ExecuteSrb', status: 0, wantsCompletion: true },
      {
        layout: SCSI_REQUEST,
        value: {
          ...at,
          length: scsiRequestSize(version),
          srbStatus: 0,
          scsiStatus: 0,
          cdbLength: cdb.length,
          senseLength: version >= STOR_VERSION.WIN8 ? 20 : 18,
          dataIn: 1,
          properties: 0,
          dataTransferLength: length,
          cdbOrSense: toHex(cdb),
          queueTag: 0,
          queueAction: 0,
          srbFlags: DATA_IN,
          timeout: SCAN_TIMEOUT,
          queueSortKey: 0,
        },
      },
    ),
    telling: { as: 'trace', summary: `${name} ${at.pathId}:${at.targetId}:${at.lun}` },
  });
}
