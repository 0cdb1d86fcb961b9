import { expect, test } from 'vitest';
import { seconds } from '../../protocol/time.ts';
import { HOST, VM } from '../hypervisor/bench.fixture.ts';
import { ROOT, rootOf } from '../hypervisor/partition-id.ts';
import { createPort } from '../hypervisor/synic.ts';
import { BusBench, WS2008R2, WS2012 } from './bus-bench.fixture.ts';
import { DEVICES, offersFor } from './index.ts';
import { sampleRate } from './sample.ts';

function ready(os = WS2012, wanted = {}): BusBench {
  const bench = new BusBench({ os, ...wanted });
  bench.connect();
  bench.pass(seconds(1));
  return bench;
}

test('[DV40] a generation 1 virtual machine of 2012 has these devices, under these GUIDs', () => {
  const bench = new BusBench();

  const offers = offersFor(bench.turn(), VM, bench.partition);

  const fixed = offers.map(({ device, interfaceType, instanceId, flags }) => [
    device,
    interfaceType.slice(0, 8),
    instanceId.slice(0, 8),
    flags,
  ]);
  expect(fixed).toEqual([
    ['video', 'da0a7802', '5620e0c7', 0x10],
    ['keyboard', 'f912ad6d', 'd34b2567', 0],
    ['mouse', 'cfa8b69e', '58f75a6d', 0x10],
    ['dynamic-memory', '525074dc', '1eccfd72', 0],
    ['ic-shutdown', '0e0b6031', 'b6650ff7', 0x11],
    ['ic-timesync', '9527e630', '2dd1ce17', 0x11],
    ['ic-heartbeat', '57164f39', 'fd149e91', 0x11],
    ['ic-kvp', 'a9a0f4e7', '242ff919', 0x11],
    ['ic-vss', '35fa2e29', '2450ee40', 0x11],
    ['ic-rdv', '276aacf4', 'f5bee29c', 0x11],
    ['ide-accelerator', '32412632', '00000000', 0x401],
    ['storvsp', 'ba6163d9', expect.any(String), 0x401],
    ['netvsp', 'f8615163', '9a3c1f7e', 0x400],
  ]);
  expect(new Set(offers.map(({ instanceId }) => instanceId)).size).toBe(offers.length);
  expect(offers.find(({ device }) => device === 'video')?.mmioMegabytes).toBe(8);
  expect(new Set(DEVICES.map(({ interfaceType }) => interfaceType)).size).toBe(DEVICES.length);
});

test('[DV40] the same virtual machine has the same devices at each start', () => {
  const bench = new BusBench();

  const first = offersFor(bench.turn(), VM, bench.partition);
  const second = offersFor(bench.turn(), VM, bench.partition);

  expect(second).toEqual(first);
});

test('[DV40] each SCSI controller that the machine has, a channel for each IDE disk and adapter', () => {
  const bench = new BusBench();
  const turn = bench.turn();
  const [ide] = turn.all('disk-drive').filter(({ type }) => type === 'HardDisk');
  const [adapter] = turn.all('network-adapter');
  const { id: _drive, ...drive } = { ...(ide as NonNullable<typeof ide>) };
  const { id: _adapter, ...card } = { ...(adapter as NonNullable<typeof adapter>) };
  turn.insert('disk-drive', 'disk-drive:x/IDE/0/1', { ...drive, location: 1 });
  turn.patch('vm', VM, { scsiControllers: 4 });
  turn.insert('network-adapter', 'network-adapter:x/1', {
    ...card,
    instanceId: '00000000-0000-0000-0000-00000000000a',
  });
  turn.insert('network-adapter', 'network-adapter:x/2', { ...card, legacy: true });

  const offers = offersFor(turn, VM, bench.partition);

  const labels = (device: string): string[] =>
    offers.filter(offer => offer.device === device).map(({ label }) => label);
  expect(labels('ide-accelerator')).toEqual(['IDE accelerator 0/0', 'IDE accelerator 0/1']);
  expect(labels('storvsp')).toEqual([0, 1, 2, 3].map(number => `SCSI controller ${number}`));
  expect(labels('netvsp')).toHaveLength(2);
});

test('[DV41] display, mouse and keyboard agree on the versions of their generation', () => {
  const now = ready();
  const old = ready(WS2008R2);

  expect(now.packets('video')).toEqual([
    'VersionRequest 3.2',
    'VersionResponse',
    'VramLocation',
    'VramLocationAck',
    'FeatureChange',
    'SituationUpdate',
    'SituationUpdateAck',
  ]);
  expect(now.packets('mouse')).toEqual([
    'ProtocolRequest',
    'ProtocolResponse',
    'DeviceInformation',
    'DeviceInformationAck',
  ]);
  expect(now.packets('keyboard')).toEqual(['Protocol request 1.0', 'Protocol response: accepted']);
  expect([now.channel('video').protocol, old.channel('video').protocol]).toEqual(['3.2', '3.0']);
  const depth = old.facts().find(({ summary }) => summary === 'Video: SituationUpdate');
  expect(depth?.data).toMatchObject({ fields: { depthBits: 16, width: 1024, pitch: 2048 } });
});

test('[DV42] memory is negotiated with every guest; one with static memory reports nothing', () => {
  const bench = ready();
  const before = bench.channel('dynamic-memory').packetsToHost;

  bench.pass(seconds(60));

  expect(bench.packets('dynamic-memory')).toEqual([
    'VersionRequest 1.0',
    'VersionResponse',
    'CapabilitiesReport',
    'CapabilitiesResponse',
  ]);
  expect(bench.channel('dynamic-memory').packetsToHost).toBe(before);
  expect(ready(WS2008R2).channel('dynamic-memory').protocol).toBe('0.3');
});

test('[DV42] a guest with dynamic memory reports its pressure each second', () => {
  const bench = ready(WS2012, { dynamicMemory: true });
  const before = bench.channel('dynamic-memory').packetsToHost;

  bench.pass(seconds(60));

  expect(bench.channel('dynamic-memory').packetsToHost - before).toBe(60);
  expect(bench.channel('dynamic-memory').rings).toEqual({ toHost: [], toGuest: [] });
});

test('[DV43] a guest of 2008 R2 has no driver for the keyboard and no sixth service', () => {
  const bench = ready(WS2008R2);

  const idle = bench.channels().filter(({ state }) => state !== 'Open');
  expect(idle.map(({ device, state }) => [device, state])).toEqual([
    ['keyboard', 'Closed'],
    ['ic-rdv', 'Closed'],
  ]);
});

test('[DV5] the first 64 packets of a channel are kept, then 32 of each doubling', () => {
  const rates = Array.from({ length: 4096 }, (_, packet) => sampleRate(packet));

  const kept = (from: number, to: number): number =>
    rates.slice(from, to).filter(rate => rate > 0).length;
  expect(rates.slice(0, 64).every(rate => rate === 1)).toBe(true);
  for (const from of [64, 128, 512, 2048]) expect(kept(from, from * 2)).toBe(32);
  expect(sampleRate(2048)).toBe(64);
  expect(sampleRate(2049)).toBe(0);
});

test('[DV44] a channel whose ports cannot be made fails for its driver and leaves no GPADL', () => {
  const bench = new BusBench({ os: WS2012 });
  const { id, connectionId } = bench.channel('mouse');
  const turn = bench.turn();
  const { number } = turn.must('partition', bench.partition);
  // Somebody else has the number that the channel's event port would get.
  createPort(
    turn,
    { partition: rootOf(bench.partition), as: 'vmbusr', vm: VM },
    {
      portPartition: number,
      connectionPartition: ROOT,
      portId: connectionId,
      type: 'Event',
      targetSint: 2,
      targetVp: 0,
      baseFlagNumber: 2000,
      flagCount: 1,
      receiver: HOST,
    },
  );

  bench.connect();
  bench.pass(seconds(1));

  expect(bench.guestHeard).toContainEqual({
    type: 'VscFailed',
    channel: id,
    device: 'mouse',
    reason: '0xC000009A',
  });
  expect(bench.channel('mouse')).toMatchObject({ state: 'Closed', deviceState: 'Failed' });
  expect(bench.turn().where('gpadl', 'channel', id)).toEqual([]);
});
