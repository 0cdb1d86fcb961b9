import { expect, test } from 'vitest';
import type { Id, SwitchId } from '../../protocol/id.ts';
import { foundHost } from '../hardware/found-host.ts';
import { Bench, HOST, VM, hostSpec } from '../hypervisor/bench.fixture.ts';
import { addressFor } from './address.ts';
import { NO_MAC, assignMac } from './mac-pool.ts';
import { connectPort, disconnectPort, forgetPorts, foundSwitches } from './vmswitch.ts';

const NETWORK = {
  networkAdapters: [{ name: 'Ethernet' }, { name: 'Spare', linkUp: false }],
  virtualSwitches: [
    { name: 'LAN', type: 'External', networkAdapter: 'Ethernet' },
    { name: 'Dark', type: 'External', networkAdapter: 'Spare' },
    { name: 'Hosts', type: 'Internal' },
    { name: 'Alone', type: 'Private' },
  ],
};

const LAN: SwitchId = 'virtual-switch:HV01/LAN';

function scene(): Bench {
  const spec = hostSpec(NETWORK);
  const bench = new Bench(spec);
  foundSwitches(bench.turn(), HOST, spec);
  return bench;
}

let adapters = 0;

function adapter(
  bench: Bench,
  changes: { virtualSwitch?: SwitchId | null; mac?: string; dynamicMac?: boolean } = {},
): Id<'network-adapter'> {
  adapters += 1;
  const id: Id<'network-adapter'> = `network-adapter:${adapters}/1`;
  bench.turn().insert('network-adapter', id, {
    host: HOST,
    vm: VM,
    name: 'Network Adapter',
    legacy: false,
    mac: NO_MAC,
    instanceId: '',
    virtualSwitch: LAN,
    connected: false,
    ipAddress: null,
    dynamicMac: true,
    leases: {},
    ...changes,
  });
  return id;
}

function macOf(bench: Bench, id: Id<'network-adapter'>): string {
  return bench.turn().must('network-adapter', id).mac;
}

test('[NET1] an external switch binds its adapter', () => {
  const bench = scene();

  const bound = bench
    .turn()
    .all('physical-nic')
    .map(nic => [nic.name, nic.virtualSwitch]);

  expect(bound).toEqual([
    ['Ethernet', LAN],
    ['Spare', 'virtual-switch:HV01/Dark'],
  ]);
  const types = bench
    .turn()
    .all('virtual-switch')
    .map(each => [each.name, each.physicalNic]);
  expect(types).toContainEqual(['Hosts', null]);
  expect(types).toContainEqual(['Alone', null]);
});

test('[NET2] a dynamic address is made of the host’s own', () => {
  const bench = scene();

  const macs = [adapter(bench), adapter(bench)].map(id => {
    connectPort(bench.turn(), id);
    return macOf(bench, id);
  });

  // 10.0.0.11.
  expect(macs).toEqual(['00-15-5D-00-0B-00', '00-15-5D-00-0B-01']);
});

test('[NET3] the 257th address is refused as Windows does', () => {
  const bench = scene();

  const outcomes = Array.from({ length: 257 }, () => assignMac(bench.turn(), adapter(bench)));

  expect(outcomes.slice(0, 256).every(({ ok }) => ok)).toBe(true);
  expect(outcomes[256]).toMatchObject({
    ok: false,
    fault: { code: 0x8007_01e7, message: 'Attempt to access invalid address. (0x800701E7)' },
  });
});

test('[NET4] an address is chosen once, and a static one not at all', () => {
  const bench = scene();
  const dynamic = adapter(bench);
  const fixed = adapter(bench, { mac: '00-15-5D-00-0B-FF', dynamicMac: false });

  connectPort(bench.turn(), dynamic);
  const first = macOf(bench, dynamic);
  disconnectPort(bench.turn(), dynamic);
  connectPort(bench.turn(), dynamic);
  connectPort(bench.turn(), fixed);

  expect(macOf(bench, dynamic)).toBe(first);
  expect(macOf(bench, fixed)).toBe('00-15-5D-00-0B-FF');
});

test('[NET5] the address of an adapter that is gone comes round again', () => {
  const bench = scene();
  const all = Array.from({ length: 256 }, () => adapter(bench));
  for (const id of all) assignMac(bench.turn(), id);
  const freed = macOf(bench, all[7] as Id<'network-adapter'>);
  bench.turn().remove('network-adapter', all[7] as Id<'network-adapter'>);

  const chosen = assignMac(bench.turn(), adapter(bench));

  expect(chosen).toEqual({ ok: true, value: freed });
});

test('[NET6] an adapter has its port while its machine runs', () => {
  const bench = scene();
  const id = adapter(bench);
  const isConnected = (): boolean => bench.turn().must('network-adapter', id).connected;

  connectPort(bench.turn(), id);
  const running = isConnected();
  disconnectPort(bench.turn(), id);

  expect([running, isConnected()]).toEqual([true, false]);
  expect(bench.facts().map(({ summary }) => summary)).toEqual([
    expect.stringContaining('connected to LAN'),
    'Network Adapter disconnected',
  ]);
});

test('[NET6] without a switch it gets an address and no port, with a deleted one a refusal', () => {
  const bench = scene();
  const alone = adapter(bench, { virtualSwitch: null });
  const orphan = adapter(bench, { virtualSwitch: 'virtual-switch:HV01/Gone' });

  const outcomes = [alone, orphan].map(id => connectPort(bench.turn(), id));

  expect(outcomes).toMatchObject([{ ok: true }, { ok: false, fault: { code: 0x8007_0490 } }]);
  expect(bench.turn().must('network-adapter', alone)).toMatchObject({ connected: false });
  expect(macOf(bench, alone)).not.toBe(NO_MAC);
});

test('[NET7] leases of all switches of a lab differ', () => {
  const bench = scene();
  const second = hostSpec({ ...NETWORK, name: 'HV02' });
  foundSwitches(bench.turn(), foundHost(bench.turn(), second), second);

  const addresses = Array.from({ length: 100 }, (_, n) => {
    const id = adapter(bench, { virtualSwitch: n % 2 === 0 ? LAN : 'virtual-switch:HV02/LAN' });
    connectPort(bench.turn(), id);
    return addressFor(bench.turn(), id);
  });

  expect(new Set(addresses).size).toBe(100);
  expect(addresses.every(text => /^10\.\d+\.\d+\.\d+$/.test(text ?? ''))).toBe(true);
});

test.each(['Dark', 'Hosts', 'Alone'])('[NET8] on %s nobody answers DHCP', name => {
  const bench = scene();
  const id = adapter(bench, { virtualSwitch: `virtual-switch:HV01/${name}` });
  connectPort(bench.turn(), id);

  const address = addressFor(bench.turn(), id);

  expect(address).toMatch(/^169\.254\.\d+\.\d+$/);
  const third = Number(address?.split('.')[2]);
  expect(third >= 1 && third <= 254).toBe(true);
});

test('[NET9] an address lasts as long as the connection', () => {
  const bench = scene();
  const id = adapter(bench);
  const early = addressFor(bench.turn(), id);
  connectPort(bench.turn(), id);

  const first = addressFor(bench.turn(), id);
  bench.turn().patch('network-adapter', id, { ipAddress: first });
  const again = addressFor(bench.turn(), id);
  forgetPorts(bench.turn(), HOST);

  expect(early).toBeNull();
  expect(again).toBe(first);
  expect(addressFor(bench.turn(), id)).toBeNull();
});
