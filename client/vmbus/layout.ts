// Where the fields of messages stand. The page reads the bytes themselves, so what it shows is what lay in
// memory and not what somebody says about it. Sources: openvmm vmbus_core, vmbus_ring, storvsp_protocol,
// netvsp and hyperv_ic_protocol; Linux include/linux/hyperv.h agrees on every size it defines.

export type FieldForm =
  | 'u8'
  | 'u16'
  | 'u32'
  | 'u64'
  | 'guid'
  | 'bytes'
  | 'bus-version'
  | 'service-version'
  | 'u64s';

export interface LayoutField {
  readonly name: string;
  readonly offset: number;
  readonly form: FieldForm;
  /** Of `bytes`; `u64s` go on to the end. */
  readonly size?: number;
  readonly note?: string;
}

const field = (
  offset: number,
  form: FieldForm,
  name: string,
  more: { readonly size?: number; readonly note?: string } = {},
): LayoutField => ({ offset, form, name, ...more });

export interface MessageLayout {
  readonly name: string;
  readonly fields: readonly LayoutField[];
}

const CHANNEL = field(8, 'u32', 'channelId');
const HEAD = [field(0, 'u32', 'messageType'), field(4, 'u32', 'padding')];

const message = (name: string, ...fields: readonly LayoutField[]): MessageLayout => ({
  name,
  fields: [...HEAD, ...fields],
});

/** Control messages of protocol 2.4 by their number. Offset 0 is the message type. */
export const CONTROL: Readonly<Record<number, MessageLayout>> = {
  1: message(
    'OfferChannel',
    field(8, 'guid', 'interfaceId', { note: 'device type' }),
    field(24, 'guid', 'instanceId', { note: 'this device' }),
    field(40, 'bytes', 'reserved', { size: 16 }),
    field(56, 'u16', 'flags'),
    field(58, 'u16', 'mmioMegabytes'),
    field(60, 'bytes', 'userDefined', { size: 120 }),
    field(180, 'u16', 'subchannelIndex', { note: '0 is the primary channel' }),
    field(182, 'u16', 'mmioMegabytesOptional'),
    field(184, 'u32', 'channelId'),
    field(188, 'u8', 'monitorId', { note: '255 is none' }),
    field(189, 'u8', 'monitorAllocated'),
    field(190, 'u16', 'isDedicated'),
    field(192, 'u32', 'connectionId', { note: 'for HvSignalEvent' }),
  ),
  2: message('RescindChannelOffer', CHANNEL),
  3: message('RequestOffers'),
  4: message('AllOffersDelivered'),
  5: message(
    'OpenChannel',
    CHANNEL,
    field(12, 'u32', 'openId'),
    field(16, 'u32', 'ringGpadlId'),
    field(20, 'u32', 'targetVp'),
    field(24, 'u32', 'downstreamPageOffset', { note: 'pages before the ring to the guest' }),
    field(28, 'bytes', 'userData', { size: 120 }),
  ),
  6: message('OpenChannelResult', CHANNEL, field(12, 'u32', 'openId'), field(16, 'u32', 'status')),
  7: message('CloseChannel', CHANNEL),
  8: message(
    'GpadlHeader',
    CHANNEL,
    field(12, 'u32', 'gpadlId'),
    field(16, 'u16', 'rangeBufferLength'),
    field(18, 'u16', 'rangeCount'),
    field(20, 'u64s', 'ranges', { note: 'byte count and offset, then page numbers' }),
  ),
  9: message(
    'GpadlBody',
    field(8, 'u32', 'messageNumber'),
    field(12, 'u32', 'gpadlId'),
    field(16, 'u64s', 'pageNumbers'),
  ),
  10: message('GpadlCreated', CHANNEL, field(12, 'u32', 'gpadlId'), field(16, 'u32', 'status')),
  11: message('GpadlTeardown', CHANNEL, field(12, 'u32', 'gpadlId')),
  12: message('GpadlTorndown', field(8, 'u32', 'gpadlId')),
  13: message('RelIdReleased', CHANNEL),
  14: message(
    'InitiateContact',
    field(8, 'bus-version', 'versionRequested'),
    field(12, 'u32', 'targetMessageVp'),
    field(16, 'u64', 'interruptPage', { note: 'used below 2.4' }),
    field(24, 'u64', 'parentToChildMonitorPage'),
    field(32, 'u64', 'childToParentMonitorPage'),
  ),
  15: message(
    'VersionResponse',
    field(8, 'u8', 'versionSupported'),
    field(9, 'u8', 'connectionState'),
    field(10, 'u16', 'padding'),
    field(12, 'bus-version', 'selectedVersion'),
  ),
  16: message('Unload'),
  17: message('UnloadComplete'),
};

/** In front of every packet of a ring. */
export const DESCRIPTOR: readonly LayoutField[] = [
  field(0, 'u16', 'packetType'),
  field(2, 'u16', 'dataOffset8', { note: 'payload start in units of 8 bytes' }),
  field(4, 'u16', 'length8', { note: 'without the footer, in units of 8 bytes' }),
  field(6, 'u16', 'flags', { note: 'bit 0: completion requested' }),
  field(8, 'u64', 'transactionId'),
];

export const PACKET_TYPES: Readonly<Record<number, string>> = {
  6: 'data in-band',
  7: 'data using transfer pages',
  9: 'data using GPA direct',
  11: 'completion',
};

/** The same as facts of the bus name them. */
export const DESCRIPTOR_TYPES: Readonly<Record<number, string>> = {
  6: 'InBand',
  7: 'TransferPages',
  9: 'GpaDirect',
  11: 'Completion',
};

/** Between the descriptor and the payload of packets whose data lies elsewhere in memory. */
export const EXTENDED: Readonly<Record<number, readonly LayoutField[]>> = {
  7: [
    field(16, 'u16', 'transferPageSetId', { note: 'the buffer it lies in' }),
    field(20, 'u32', 'rangeCount'),
    field(24, 'u32', 'byteCount'),
    field(28, 'u32', 'byteOffset'),
  ],
  9: [
    field(20, 'u32', 'rangeCount'),
    field(24, 'u32', 'byteCount'),
    field(28, 'u32', 'byteOffset', { note: 'in the first page' }),
  ],
};

export const PIPE_BYTES = 8;

/** In front of what integration components, mouse and video say. */
export const PIPE: readonly LayoutField[] = [
  field(0, 'u32', 'pipeType', { note: '1 is data' }),
  field(4, 'u32', 'pipeLength'),
];

export const STORVSP: readonly LayoutField[] = [
  field(0, 'u32', 'operation'),
  field(4, 'u32', 'flags', { note: 'bit 0: completion wanted' }),
  field(8, 'u32', 'status'),
];

export const STORVSP_OPERATIONS: Readonly<Record<number, string>> = {
  1: 'COMPLETE_IO',
  2: 'REMOVE_DEVICE',
  3: 'EXECUTE_SRB',
  7: 'BEGIN_INITIALIZATION',
  8: 'END_INITIALIZATION',
  9: 'QUERY_PROTOCOL_VERSION',
  10: 'QUERY_PROPERTIES',
  11: 'ENUMERATE_BUS',
};

const NVSP_TYPE = field(0, 'u32', 'messageType');
const nvsp = (name: string, ...fields: readonly LayoutField[]): MessageLayout => ({
  name,
  fields: [NVSP_TYPE, ...fields],
});

export const NVSP: Readonly<Record<number, MessageLayout>> = {
  1: nvsp('INIT', field(4, 'u32', 'protocolVersion'), field(8, 'u32', 'protocolVersion2')),
  2: nvsp(
    'INIT_COMPLETE',
    field(4, 'u32', 'deprecated'),
    field(8, 'u32', 'maximumMdlChainLength'),
    field(12, 'u32', 'status', { note: '1 is accepted' }),
  ),
  100: nvsp(
    'SEND_NDIS_VERSION',
    field(4, 'u32', 'ndisMajorVersion'),
    field(8, 'u32', 'ndisMinorVersion'),
  ),
  101: nvsp('SEND_RECEIVE_BUFFER', field(4, 'u32', 'gpadlHandle'), field(8, 'u16', 'id')),
  102: nvsp(
    'SEND_RECEIVE_BUFFER_COMPLETE',
    field(4, 'u32', 'status'),
    field(8, 'u32', 'numSections'),
    field(12, 'u32', 'offset'),
    field(16, 'u32', 'subAllocationSize'),
    field(20, 'u32', 'subAllocations'),
    field(24, 'u32', 'endOffset'),
  ),
  103: nvsp('REVOKE_RECEIVE_BUFFER', field(4, 'u16', 'id')),
  104: nvsp('SEND_SEND_BUFFER', field(4, 'u32', 'gpadlHandle'), field(8, 'u16', 'id')),
  105: nvsp('SEND_SEND_BUFFER_COMPLETE', field(4, 'u32', 'status'), field(8, 'u32', 'sectionSize')),
  106: nvsp('REVOKE_SEND_BUFFER', field(4, 'u16', 'id')),
  107: nvsp(
    'SEND_RNDIS_PACKET',
    field(4, 'u32', 'channelType', { note: '0 data, 1 control' }),
    field(8, 'u32', 'sendBufferSectionIndex'),
    field(12, 'u32', 'sendBufferSectionSize'),
  ),
  108: nvsp('SEND_RNDIS_PACKET_COMPLETE', field(4, 'u32', 'status')),
  125: nvsp(
    'SEND_NDIS_CONFIG',
    field(4, 'u32', 'mtu', { note: 'bytes of a frame' }),
    field(8, 'u32', 'reserved'),
    field(12, 'u64', 'capabilities'),
  ),
};

export const INTEGRATION: readonly LayoutField[] = [
  field(0, 'service-version', 'frameworkVersion'),
  field(4, 'u16', 'messageType'),
  field(6, 'service-version', 'messageVersion'),
  field(10, 'u16', 'messageSize'),
  field(12, 'u32', 'status'),
  field(16, 'u8', 'transactionId'),
  field(17, 'u8', 'flags', { note: '1 transaction, 2 request, 4 response' }),
];

export const INTEGRATION_TYPES: Readonly<Record<number, string>> = {
  0: 'negotiate',
  1: 'heartbeat',
  2: 'key-value pairs',
  3: 'shutdown',
  4: 'time synchronization',
  5: 'volume snapshot',
  6: 'remote desktop control',
};
