import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Layout } from '../vmbus/layout.ts';
import { placed } from '../vmbus/placed.fixture.ts';
import {
  CAPABILITY,
  MEMORY_MESSAGES,
  decodeMemory,
  encodeMemory,
} from './dynamic-memory/message.ts';
import {
  HEARTBEAT,
  IC_HEADER,
  KVP_ENUMERATE,
  PIPE_HEADER,
  SHUTDOWN,
  TIME_SYNC,
  VSS_HEADER,
  decodeIc,
  decodeVersions,
  encodeIc,
  encodeVersions,
  fromPipe,
} from './ic/message.ts';
import { KEYBOARD_REQUEST, KEYBOARD_RESPONSE } from './keyboard/keyboard.ts';
import {
  HID_DESCRIPTOR,
  MOUSE_MESSAGES,
  REPORT_DESCRIPTOR,
  decodeMouse,
  encodeMouse,
} from './mouse/message.ts';
import { NVSP_MESSAGES, NVSP_SIZE, decodeNvsp, encodeNvsp, nvspName } from './netvsp/nvsp.ts';
import {
  OFFLOAD_CAPABILITIES,
  OFFLOAD_PARAMETERS,
  RNDIS_MESSAGES,
  decodeRndis,
  encodeRndis,
  informationOffset,
} from './netvsp/rndis.ts';
import {
  SCSI_REQUEST,
  STOR_HEADER,
  STOR_PROPERTIES,
  STOR_QUERY_VERSION,
  STOR_SUB_CHANNELS,
  decodeStor,
  encodeStor,
} from './storvsp/message.ts';
import { VIDEO_MESSAGES, decodeVideo, encodeVideo } from './video/message.ts';

type Printed = readonly (number | string)[];
type Row = readonly [name: string, ours: Printed, table: Printed];

function row<V>(name: string, layout: Layout<V>, ...printed: (number | string)[]): Row {
  return [name, placed(layout), printed];
}

const STORAGE: readonly Row[] = [
  row('header', STOR_HEADER, 12, 'operation 0 4', 'flags 4 4', 'status 8 4'),
  row('version', STOR_QUERY_VERSION, 4, 'version 0 2', 'revision 2 2'),
  row(
    'properties',
    STOR_PROPERTIES,
    24,
    'maximumSubChannelCount 4 2',
    'flags 8 4',
    'maxTransferBytes 12 4',
  ),
  row('sub-channels', STOR_SUB_CHANNELS, 2, 'subChannelCount 0 2'),
  row(
    'SCSI request',
    SCSI_REQUEST,
    52,
    'length 0 2',
    'srbStatus 2 1',
    'scsiStatus 3 1',
    'pathId 5 1',
    'targetId 6 1',
    'lun 7 1',
    'cdbLength 8 1',
    'senseLength 9 1',
    'dataIn 10 1',
    'properties 11 1',
    'dataTransferLength 12 4',
    'cdbOrSense 16 20',
    'queueTag 38 1',
    'queueAction 39 1',
    'srbFlags 40 4',
    'timeout 44 4',
    'queueSortKey 48 4',
  ),
];

test.each(STORAGE)('[DV1] StorVSP %s', (_name, ours, table) => {
  expect(ours).toEqual(table);
});

test('[DV1] a packet has 0x30 bytes before 5.1 and 0x40 from there, whatever it carries', () => {
  const body = { layout: STOR_QUERY_VERSION, value: { version: 0x0402, revision: 0 } };
  const head = {
    operation: 'QueryProtocolVersion',
    status: 0xc000_0059,
    wantsCompletion: true,
  } as const;

  for (const size of [0x30, 0x40]) {
    const payload = encodeStor(size, head, body);
    const back = decodeStor(payload);

    expect(payload).toHaveLength(size);
    expect(back).toMatchObject({ operation: 'QueryProtocolVersion', status: 0xc000_0059, size });
    expect(STOR_QUERY_VERSION.decode(back.body)).toEqual(body.value);
  }
});

const NETWORK: readonly Row[] = [
  row('1 INIT', NVSP_MESSAGES.Init.layout, 12, 'protocolVersion 4 4', 'protocolVersion2 8 4'),
  row(
    '2 INIT_COMPLETE',
    NVSP_MESSAGES.InitComplete.layout,
    16,
    'deprecated 4 4',
    'maximumMdlChainLength 8 4',
    'status 12 4',
  ),
  row(
    '100 SEND_NDIS_VERSION',
    NVSP_MESSAGES.SendNdisVersion.layout,
    12,
    'ndisMajorVersion 4 4',
    'ndisMinorVersion 8 4',
  ),
  row(
    '101 SEND_RECEIVE_BUFFER',
    NVSP_MESSAGES.SendReceiveBuffer.layout,
    12,
    'gpadlHandle 4 4',
    'id 8 2',
  ),
  row(
    '102 SEND_RECEIVE_BUFFER_COMPLETE',
    NVSP_MESSAGES.SendReceiveBufferComplete.layout,
    28,
    'status 4 4',
    'numSections 8 4',
    'offset 12 4',
    'subAllocationSize 16 4',
    'subAllocations 20 4',
    'endOffset 24 4',
  ),
  row('103 REVOKE_RECEIVE_BUFFER', NVSP_MESSAGES.RevokeReceiveBuffer.layout, 6, 'id 4 2'),
  row('104 SEND_SEND_BUFFER', NVSP_MESSAGES.SendSendBuffer.layout, 12, 'gpadlHandle 4 4', 'id 8 2'),
  row(
    '105 SEND_SEND_BUFFER_COMPLETE',
    NVSP_MESSAGES.SendSendBufferComplete.layout,
    12,
    'status 4 4',
    'sectionSize 8 4',
  ),
  row('106 REVOKE_SEND_BUFFER', NVSP_MESSAGES.RevokeSendBuffer.layout, 6, 'id 4 2'),
  row(
    '107 SEND_RNDIS_PACKET',
    NVSP_MESSAGES.SendRndisPacket.layout,
    16,
    'channelType 4 4',
    'sendBufferSectionIndex 8 4',
    'sendBufferSectionSize 12 4',
  ),
  row(
    '108 SEND_RNDIS_PACKET_COMPLETE',
    NVSP_MESSAGES.SendRndisPacketComplete.layout,
    8,
    'status 4 4',
  ),
  row(
    '125 SEND_NDIS_CONFIG',
    NVSP_MESSAGES.SendNdisConfig.layout,
    20,
    'mtu 4 4',
    'capabilities 12 8',
  ),
  row(
    'RNDIS INITIALIZE',
    RNDIS_MESSAGES.Initialize.layout,
    24,
    'requestId 8 4',
    'majorVersion 12 4',
    'minorVersion 16 4',
    'maxTransferSize 20 4',
  ),
  row(
    'RNDIS INITIALIZE_CMPLT',
    RNDIS_MESSAGES.InitializeComplete.layout,
    52,
    'requestId 8 4',
    'status 12 4',
    'majorVersion 16 4',
    'minorVersion 20 4',
    'deviceFlags 24 4',
    'medium 28 4',
    'maxPacketsPerMessage 32 4',
    'maxTransferSize 36 4',
    'packetAlignmentFactor 40 4',
  ),
  row('RNDIS HALT', RNDIS_MESSAGES.Halt.layout, 12, 'requestId 8 4'),
  row(
    'RNDIS QUERY',
    RNDIS_MESSAGES.Query.layout,
    28,
    'requestId 8 4',
    'oid 12 4',
    'informationBufferLength 16 4',
    'informationBufferOffset 20 4',
  ),
  row(
    'RNDIS QUERY_CMPLT',
    RNDIS_MESSAGES.QueryComplete.layout,
    24,
    'requestId 8 4',
    'status 12 4',
    'informationBufferLength 16 4',
    'informationBufferOffset 20 4',
  ),
  row(
    'RNDIS SET',
    RNDIS_MESSAGES.Set.layout,
    28,
    'requestId 8 4',
    'oid 12 4',
    'informationBufferLength 16 4',
    'informationBufferOffset 20 4',
  ),
  row('RNDIS SET_CMPLT', RNDIS_MESSAGES.SetComplete.layout, 16, 'requestId 8 4', 'status 12 4'),
  row(
    'RNDIS INDICATE_STATUS',
    RNDIS_MESSAGES.IndicateStatus.layout,
    20,
    'status 8 4',
    'statusBufferLength 12 4',
    'statusBufferOffset 16 4',
  ),
  row(
    'offload parameters',
    OFFLOAD_PARAMETERS,
    20,
    'objectType 0 1',
    'revision 1 1',
    'size 2 2',
    'ipv4Checksum 4 1',
    'tcp4Checksum 5 1',
    'udp4Checksum 6 1',
    'tcp6Checksum 7 1',
    'udp6Checksum 8 1',
    'lsov1 9 1',
    'lsov2Ipv4 11 1',
    'lsov2Ipv6 12 1',
  ),
];

test.each(NETWORK)('[DV2] %s', (_name, ours, table) => {
  expect(ours).toEqual(table);
});

test('[DV2] NVSP messages have 28 bytes and their number first', () => {
  const payload = encodeNvsp('SendNdisConfig', { mtu: 1514, capabilities: 8 });

  expect(payload).toHaveLength(NVSP_SIZE);
  expect(nvspName(payload)).toBe('SendNdisConfig');
  expect(decodeNvsp('SendNdisConfig', payload)).toEqual({ mtu: 1514, capabilities: 8 });
  expect(Object.values(NVSP_MESSAGES).map(({ number }) => number)).toEqual([
    1, 2, 100, 101, 102, 103, 104, 105, 106, 107, 108, 125,
  ]);
});

test('[DV2] an RNDIS message says its own length and where its information stands', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), data => {
      const information = Uint8Array.from(data);
      const fields = {
        requestId: 3,
        oid: 0x0101_0101,
        informationBufferLength: information.length,
        informationBufferOffset: informationOffset('Query'),
      };

      const message = encodeRndis('Query', fields, information);

      expect(new DataView(message.buffer).getUint32(4, true)).toBe(message.length);
      expect(decodeRndis('Query', message)).toEqual(fields);
      const at = 8 + fields.informationBufferOffset;
      expect(message.subarray(at, at + information.length)).toEqual(information);
    }),
  );
  expect(OFFLOAD_CAPABILITIES.size).toBe(144);
});

const SERVICES: readonly Row[] = [
  row('pipe header', PIPE_HEADER, 8, 'type 0 4', 'length 4 4'),
  row(
    'header',
    IC_HEADER,
    20,
    'frameworkVersion 0 4',
    'messageType 4 2',
    'messageVersion 6 4',
    'messageSize 10 2',
    'status 12 4',
    'transactionId 16 1',
    'flags 17 1',
  ),
  row('heartbeat', HEARTBEAT, 16, 'sequenceNumber 0 8', 'applicationState 8 4'),
  row(
    'shutdown',
    SHUTDOWN,
    2060,
    'reasonCode 0 4',
    'timeoutSecs 4 4',
    'flags 8 4',
    'message 12 2048',
  ),
  row(
    'time sync',
    TIME_SYNC,
    28,
    'parentTime 0 8',
    'childTime 8 8',
    'roundTripTime 16 8',
    'flags 24 1',
  ),
  row(
    'KVP enumerate',
    KVP_ENUMERATE,
    2580,
    'operation 0 1',
    'pool 1 1',
    'index 4 4',
    'valueType 8 4',
    'keySize 12 4',
    'valueSize 16 4',
    'key 20 512',
    'value 532 2048',
  ),
  row('VSS header', VSS_HEADER, 8, 'operation 0 1', 'reserved 1 7'),
];

test.each(SERVICES)('[DV3] integration services: %s', (_name, ours, table) => {
  expect(ours).toEqual(table);
});

test('[DV3] a service message comes back from its pipe, without the padding of its packet', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(0xffff_ffff), (data, status) => {
      const body = Uint8Array.from(data);
      const payload = encodeIc(
        { type: 'Vss', framework: '3.0', version: '4.0', status, flags: 5 },
        body,
      );
      const padded = new Uint8Array((payload.length + 7) & ~7);
      padded.set(payload);

      expect(decodeIc(padded)).toEqual({
        type: 5,
        framework: '3.0',
        version: '4.0',
        status,
        flags: 5,
        body,
      });
      expect(fromPipe(padded)).toHaveLength(20 + body.length);
    }),
  );
});

test('[DV3] versions are listed framework first', () => {
  const versions = { framework: ['1.0', '3.0'], message: ['3.0', '4.0'] };

  const body = encodeVersions(versions);

  expect(body).toHaveLength(8 + 4 * 4);
  expect(decodeVersions(body)).toEqual(versions);
});

const SCREEN: readonly Row[] = [
  row('keyboard 1', KEYBOARD_REQUEST, 8, 'messageType 0 4', 'version 4 4'),
  row('keyboard 2', KEYBOARD_RESPONSE, 8, 'messageType 0 4', 'accepted 4 4'),
  row('mouse 0', MOUSE_MESSAGES.ProtocolRequest.layout, 12, 'version 8 4'),
  row(
    'mouse 1',
    MOUSE_MESSAGES.ProtocolResponse.layout,
    13,
    'versionRequested 8 4',
    'accepted 12 1',
  ),
  row(
    'mouse 2',
    MOUSE_MESSAGES.DeviceInformation.layout,
    177,
    'size 8 4',
    'vendor 12 2',
    'product 14 2',
    'version 16 2',
    'descriptorInfo 40 9',
    'reportDescriptor 49 128',
  ),
  row('mouse 3', MOUSE_MESSAGES.DeviceInformationAck.layout, 9, 'acknowledged 8 1'),
  row('video 1', VIDEO_MESSAGES.VersionRequest.layout, 12, 'version 8 4'),
  row(
    'video 2',
    VIDEO_MESSAGES.VersionResponse.layout,
    14,
    'version 8 4',
    'isAccepted 12 1',
    'maxVideoOutputs 13 1',
  ),
  row(
    'video 3',
    VIDEO_MESSAGES.VramLocation.layout,
    25,
    'userContext 8 8',
    'isVramGpaAddressSpecified 16 1',
    'vramGpaAddress 17 8',
  ),
  row('video 4', VIDEO_MESSAGES.VramLocationAck.layout, 16, 'userContext 8 8'),
  row(
    'video 5',
    VIDEO_MESSAGES.SituationUpdate.layout,
    35,
    'userContext 8 8',
    'videoOutputCount 16 1',
    'active 17 1',
    'vramOffset 18 4',
    'depthBits 22 1',
    'width 23 4',
    'height 27 4',
    'pitch 31 4',
  ),
  row('video 6', VIDEO_MESSAGES.SituationUpdateAck.layout, 16, 'userContext 8 8'),
  row(
    'video 9',
    VIDEO_MESSAGES.FeatureChange.layout,
    12,
    'isDirtNeeded 8 1',
    'isPointerPositionUpdatesNeeded 9 1',
    'isPointerShapeUpdatesNeeded 10 1',
    'isVideoSituationUpdatesNeeded 11 1',
  ),
  row('memory 1', MEMORY_MESSAGES.VersionRequest.layout, 16, 'version 8 4', 'isLastAttempt 12 4'),
  row('memory 2', MEMORY_MESSAGES.VersionResponse.layout, 16, 'isAccepted 8 8'),
  row(
    'memory 3',
    MEMORY_MESSAGES.CapabilitiesReport.layout,
    32,
    'caps 8 8',
    'minPages 16 8',
    'maxPageNumber 24 8',
  ),
  row('memory 4', MEMORY_MESSAGES.CapabilitiesResponse.layout, 16, 'isAccepted 8 8'),
  row(
    'memory 5',
    MEMORY_MESSAGES.StatusReport.layout,
    48,
    'available 8 8',
    'committed 16 8',
    'pageFileSize 24 8',
    'zeroFree 32 8',
    'pageFileWrites 40 4',
    'ioDiff 44 4',
  ),
];

test.each(SCREEN)('[DV4] %s', (_name, ours, table) => {
  expect(ours).toEqual(table);
});

test('[DV4] each protocol puts type and size in its own header', () => {
  const mouse = encodeMouse('DeviceInformationAck', { acknowledged: 1 });
  const video = encodeVideo('VersionRequest', { version: 0x2_0003 });
  const memory = encodeMemory('CapabilitiesResponse', 9, { isAccepted: 1 });

  // The mouse counts its body, video and memory the whole message.
  expect([...mouse.subarray(0, 8)]).toEqual([3, 0, 0, 0, 1, 0, 0, 0]);
  expect([...video.subarray(0, 8)]).toEqual([1, 0, 0, 0, 12, 0, 0, 0]);
  expect([...memory.subarray(0, 8)]).toEqual([4, 0, 16, 0, 9, 0, 0, 0]);
  expect(decodeMouse('DeviceInformationAck', mouse)).toEqual({ acknowledged: 1 });
  expect(decodeVideo('VersionRequest', video)).toEqual({ version: 0x2_0003 });
  expect(decodeMemory('CapabilitiesResponse', memory)).toEqual({ isAccepted: 1 });
  expect(CAPABILITY).toEqual({ Balloon: 1, HotAdd: 2 });
});

test('[DV4] the mouse describes itself in 67 bytes, and says so', () => {
  expect(REPORT_DESCRIPTOR).toHaveLength(67 * 2);
  expect(HID_DESCRIPTOR).toHaveLength(9 * 2);
  expect(Number.parseInt(HID_DESCRIPTOR.slice(14, 16), 16)).toBe(67);
});
