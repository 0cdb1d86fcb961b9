import { expect, test } from 'vitest';
import { milliseconds, seconds } from '../../../protocol/time.ts';
import { VM } from '../../hypervisor/bench.fixture.ts';
import { fromHex } from '../../vmbus/hex.ts';
import { decodePacket } from '../../vmbus/packet.ts';
import { BusBench, WS2008R2, WS2012 } from '../bus-bench.fixture.ts';
import {
  queryKvp,
  removeIntegrationServices,
  requestShutdown,
  setIntegrationService,
} from '../integration-service.ts';
import { SHUTDOWN, TIME_SYNC, decodeIc } from './message.ts';
import { serviceId } from './service.ts';

function ready(os = WS2012): BusBench {
  const bench = new BusBench({ os });
  bench.connect();
  bench.pass(seconds(1));
  return bench;
}

test('[DV30] the host lists its versions first, the guest answers with one of each', () => {
  const bench = ready();

  expect(bench.packets('ic-kvp')).toEqual([
    'Negotiate: framework 1.0, 3.0; message 3.0, 4.0',
    'Negotiate answered: framework 3.0; message 4.0',
  ]);
  const agreed = ['heartbeat', 'kvp', 'shutdown', 'timesync', 'vss'].map(key => {
    const { status, frameworkVersion, messageVersion } = bench.service(key);
    return [key, status, frameworkVersion, messageVersion];
  });
  expect(agreed).toEqual([
    ['heartbeat', 'Ok', '3.0', '3.0'],
    ['kvp', 'Ok', '3.0', '4.0'],
    ['shutdown', 'Ok', '3.0', '3.0'],
    ['timesync', 'Ok', '3.0', '3.0'],
    ['vss', 'Ok', '3.0', '4.0'],
  ]);
  expect(bench.channel('ic-rdv').protocol).toBe('3.0');
});

test('[DV31] older services work, and the host logs 4010 for each', () => {
  const bench = ready(WS2008R2);

  const events = bench.facts().filter(({ kind, vm }) => kind === 'event' && vm === VM);
  expect(bench.service('kvp')).toMatchObject({ status: 'Ok', messageVersion: '3.0' });
  expect(events.map(({ data }) => [data['id'], data['level']])).toEqual([
    [4010, 'Warning'],
    [4010, 'Warning'],
  ]);
  expect(events[0]?.summary).toContain('Message version: Negotiated (3.0) - Expected (4.0)');
  expect(bench.channel('ic-rdv').state).toBe('Closed');
});

test('[DV31] services with no version in common are an error', () => {
  const bench = new BusBench({ os: WS2012 });
  bench.connect();
  bench.pass(milliseconds(0));
  const patched = (): boolean => {
    const { ends, id } = bench.channel('ic-vss');
    if (ends.vsc === null) return false;
    bench.turn().patch('vmbus-channel', id, {
      ends: { ...ends, vsc: { ...ends.vsc, versions: ['9.0'] } },
    });
    return true;
  };
  while (!patched()) bench.pass(milliseconds(0.01));
  bench.pass(seconds(1));

  expect(bench.service('vss')).toMatchObject({ status: 'Error', messageVersion: null });
  expect(bench.packets('ic-vss').at(-1)).toBe('Negotiate answered: framework none; message none');
  expect(bench.guestHeard).toContainEqual(
    expect.objectContaining({ type: 'VscFailed', device: 'ic-vss' }),
  );
});

test('[DV32] the host beats every two seconds, the guest answers each, at one event a beat', () => {
  const bench = ready();
  const before = bench.service('heartbeat');
  const { sent, received } = { ...before };
  const turns = bench.world.turn;

  bench.pass(seconds(600));

  const after = bench.service('heartbeat');
  expect(after.sent - sent).toBe(300);
  expect(after.received - received).toBe(300);
  // 300 beats, 120 time samples, and the turns of this test itself.
  expect(bench.world.turn - turns).toBeLessThanOrEqual(300 + 120 + 5);
});

test('[DV32] counters of rings, signals and hypercalls move as if each step were an event', () => {
  const bench = ready();
  const calls = (): number =>
    bench
      .turn()
      .where('hypercall-count', 'partition', bench.partition)
      .find(({ name }) => name === 'HvSignalEvent')?.count ?? 0;
  const before = { ...bench.channel('ic-heartbeat') };
  const called = calls();

  bench.pass(seconds(20));

  const after = bench.channel('ic-heartbeat');
  expect(after.packetsToGuest - before.packetsToGuest).toBe(10);
  expect(after.packetsToHost - before.packetsToHost).toBe(10);
  expect(after.signalsToGuest - before.signalsToGuest).toBe(10);
  expect(after.bytesToGuest - before.bytesToGuest).toBe(640);
  expect(after.toGuestIn - before.toGuestIn).toBe(720);
  expect(after.toGuestIn).toBe(after.toGuestOut);
  expect(after.toHostIn).toBe(after.toHostOut);
  expect(calls() - called).toBe(10);
});

test('[DV33] heartbeat OK is told with the first answer, its loss after three missed ones', () => {
  const bench = ready();
  expect(bench.workerHeard[0]).toEqual({
    type: 'HeartbeatChanged',
    heartbeat: 'OkApplicationsUnknown',
  });
  bench.workerHeard.length = 0;

  bench.enter('Frozen');
  bench.pass(seconds(5));
  expect(bench.workerHeard).toEqual([]);
  bench.pass(seconds(2));

  expect(bench.workerHeard).toEqual([{ type: 'HeartbeatChanged', heartbeat: 'LostCommunication' }]);
  expect(bench.service('heartbeat').status).toBe('LostCommunication');
});

test('[DV33] a hung guest leaves its ring to fill; a host that finds no room sends nothing', () => {
  const bench = ready();
  bench.enter('Frozen');

  bench.pass(seconds(1000));

  const { toGuestIn, toGuestOut } = bench.channel('ic-heartbeat');
  const unread = (toGuestIn - toGuestOut + 12_288) % 12_288;
  expect(unread).toBe(170 * 72);
  const { sent, received } = bench.service('heartbeat');
  expect(sent - received).toBe(170);

  bench.enter('Ready');
  bench.pass(seconds(2));

  expect(bench.service('heartbeat')).toMatchObject({ status: 'Ok', received: sent });
  expect(bench.workerHeard.at(-1)).toMatchObject({ heartbeat: 'OkApplicationsUnknown' });
});

test('[DV34] traced beats show their real bytes; later ones are kept ever more rarely', () => {
  const bench = ready();
  const { id } = bench.channel('ic-heartbeat');

  bench.pass(seconds(3600));

  const traced = bench.traces().filter(({ channel }) => channel === id);
  const last = traced.at(-1);
  expect(traced.filter(({ rate }) => rate === 1).length).toBeGreaterThanOrEqual(62);
  expect(traced.length).toBeLessThan(64 + 32 * 6);
  expect(last?.rate).toBe(64);
  for (const { bytes, packet, rate } of traced) {
    const message = decodeIc(decodePacket(fromHex(bytes)).payload);
    expect(message).toMatchObject({ type: 1, framework: '3.0', version: '3.0' });
    expect(packet % rate).toBe(0);
  }
});

test('[DV35] the guest’s own items reach the worker process by their real names', () => {
  const bench = ready();

  expect(bench.workerHeard).toContainEqual({
    type: 'KvpReceived',
    items: {
      FullyQualifiedDomainName: 'WEB',
      IntegrationServicesVersion: '6.2.9200.16384',
      NetworkAddressIPv4: '10.0.1.5',
      NetworkAddressIPv6: '',
      OSBuildNumber: '9200',
      OSName: 'Windows Server 2012 Standard',
      OSMajorVersion: '6',
      OSMinorVersion: '2',
      OSVersion: '6.2.9200',
      ProcessorArchitecture: '9',
    },
  });
  // Ten items, and the answer that there are no more.
  expect(bench.service('kvp')).toMatchObject({ sent: 11, received: 11 });
});

test('[DV35] items are read again when asked for, even in the middle of a round', () => {
  const bench = ready();
  bench.workerHeard.length = 0;
  const [adapter] = bench.turn().where('network-adapter', 'vm', VM);

  expect(queryKvp(bench.turn(), VM)).toMatchObject({ ok: true });
  bench.pass(milliseconds(2));
  bench.turn().patch('network-adapter', adapter?.id ?? 'network-adapter:none', {
    ipAddress: '10.0.1.9',
  });
  queryKvp(bench.turn(), VM);
  bench.pass(milliseconds(40));

  const heard = bench.workerHeard.filter(({ type }) => type === 'KvpReceived');
  expect(heard).toHaveLength(2);
  expect(heard.at(-1)).toMatchObject({ items: { NetworkAddressIPv4: '10.0.1.9' } });
});

test('[DV36] a shutdown request is acknowledged, then the guest is asked', () => {
  const bench = ready();

  const asked = requestShutdown(bench.turn(), VM, { force: true, reason: 'Patch day' });
  bench.pass(milliseconds(20));

  expect(asked).toEqual({ ok: true, value: null });
  expect(bench.packets('ic-shutdown').slice(-2)).toEqual([
    'Shutdown, forced',
    'Shutdown acknowledged',
  ]);
  const fact = bench.facts().find(({ summary }) => summary.endsWith('Shutdown, forced'));
  const { body } = decodeIc(decodePacket(fromHex(String(fact?.data['bytes']))).payload);
  expect(SHUTDOWN.decode(body)).toEqual({
    reasonCode: 0x8000_0000,
    timeoutSecs: 0,
    flags: 1,
    message: 'Patch day',
  });
  expect(bench.guestHeard.at(-1)).toEqual({ type: 'ShutdownRequested', force: true });
  expect(bench.service('shutdown')).toMatchObject({ sent: 1, received: 1 });
});

test('[DV36] without its other end, or switched off, the request is refused', () => {
  const bench = new BusBench();

  const early = requestShutdown(bench.turn(), VM, { force: false, reason: '' });
  setIntegrationService(bench.turn(), serviceId(VM, 'shutdown'), false);
  const off = requestShutdown(bench.turn(), VM, { force: false, reason: '' });

  expect(early).toMatchObject({ fault: { kind: 'ServiceNotReady' } });
  expect(off).toMatchObject({ fault: { kind: 'ServiceDisabled' } });
  expect(queryKvp(bench.turn(), VM)).toMatchObject({ fault: { kind: 'ServiceNotReady' } });
});

test('[DV37] the clock is set once, then sampled every five seconds, without answers', () => {
  const bench = ready();
  const { id } = bench.channel('ic-timesync');

  bench.pass(seconds(50));

  const traced = bench.traces().filter(({ channel }) => channel === id);
  expect(traced.map(({ summary }) => summary)).toEqual([
    'Time synchronization',
    ...Array.from({ length: 10 }, () => 'Time sample'),
  ]);
  const [first] = traced;
  const { body } = decodeIc(decodePacket(fromHex(first?.bytes ?? '')).payload);
  const { parentTime, flags } = TIME_SYNC.decode(body);
  expect(flags).toBe(1);
  // 2013-03-04 08:00 UTC as a FILETIME, and when the message was sent.
  expect(parentTime).toBe(130_068_576_000_000_000n + BigInt(first?.at ?? 0));
  expect(bench.service('timesync')).toMatchObject({ sent: 11, received: 0 });
});

test('[DV38] a service that is switched off loses its channel, and gets one when it is on again', () => {
  const bench = ready();

  setIntegrationService(bench.turn(), serviceId(VM, 'heartbeat'), false);
  bench.pass(seconds(10));
  expect(bench.channels().some(({ device }) => device === 'ic-heartbeat')).toBe(false);
  expect(bench.service('heartbeat')).toMatchObject({ enabled: false, status: 'Disabled' });
  expect(bench.workerHeard.at(-1)).toEqual({ type: 'HeartbeatChanged', heartbeat: 'NoContact' });
  const { sent } = { ...bench.service('heartbeat') };

  setIntegrationService(bench.turn(), serviceId(VM, 'heartbeat'), true);
  bench.pass(seconds(10));
  expect(bench.service('heartbeat')).toMatchObject({ enabled: true, status: 'Ok' });
  expect(bench.service('heartbeat').sent - sent).toBe(5);
});

test('[DV38] a service switched off and on at once is offered again after its release', () => {
  const bench = ready();
  const id = serviceId(VM, 'shutdown');

  setIntegrationService(bench.turn(), id, false);
  setIntegrationService(bench.turn(), id, true);
  bench.pass(seconds(1));

  expect(bench.channel('ic-shutdown')).toMatchObject({ state: 'Open', deviceState: 'Ready' });
  expect(bench.service('shutdown')).toMatchObject({ enabled: true, status: 'Ok' });
});

test('[DV39] a virtual machine has the five services of 2012, and they go with it', () => {
  const bench = new BusBench();

  const names = bench
    .turn()
    .all('integration-service')
    .map(({ name }) => name);
  expect(names).toEqual([
    'Heartbeat',
    'Key-Value Pair Exchange',
    'Shutdown',
    'Time Synchronization',
    'VSS',
  ]);

  removeIntegrationServices(bench.turn(), VM);
  expect(bench.turn().all('integration-service')).toEqual([]);
});
