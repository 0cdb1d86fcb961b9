import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';

test('[GU1] with nothing to boot from the BIOS says so', () => {
  const lab = aLab({ vms: { Empty: { disk: 'empty' }, Bare: { disk: 'none' } } });
  lab.vmDo('vm.start', 'Empty');
  lab.vmDo('vm.start', 'Bare');

  lab.pass(30);

  for (const name of ['Empty', 'Bare']) {
    expect(lab.guest(name)).toMatchObject({ phase: 'NoBootDevice', os: null });
    expect(lab.guest(name).screen).toContain('Reboot and Select proper Boot device');
    expect(lab.vm(name)).toMatchObject({ state: 'Running', heartbeat: 'NoContact' });
  }
  lab.check();
});

test('[GU2] setup from the DVD takes 8 minutes, then the disk has a system', () => {
  const lab = aLab({ vms: { New: { disk: 'empty', iso: 'ws2012-setup' } } });
  lab.vmDo('vm.start', 'New');
  lab.passUntil(() => lab.all('guest')[0]?.phase === 'Setup', 20);
  const began = lab.now;

  lab.pass(240);
  const half = lab.guest('New').installPercent;
  lab.passUntil(() => lab.guest('New').phase !== 'Setup');
  const took = lab.now - began;
  lab.passUntil(() => lab.vm('New').heartbeat === 'OkApplicationsUnknown', 60);

  expect(half).toBe(50);
  expect(took).toBeCloseTo(480, 0);
  const disk = lab.find('virtual-disk', each => each.vm === lab.vm('New').id);
  expect(disk?.content.os).toBe('ws2012');
  expect(disk?.fileSize).toBeGreaterThan(1024 ** 3);
  expect(lab.guest('New').os).toBe('ws2012');
  expect(lab.events(lab.vm('New').id)).toContain(18514);
  lab.check();
});

test('[GU2] without a disk to install on, setup waits', () => {
  const lab = aLab({ vms: { New: { disk: 'none', iso: 'ws2012-setup' } } });
  lab.vmDo('vm.start', 'New');

  lab.pass(600);

  expect(lab.guest('New')).toMatchObject({ phase: 'Setup', installPercent: 0 });
  expect(lab.guest('New').screen).toContain('find any drives');
});

test('[GU3] where a disk can boot too, the DVD waits 5 seconds for a key', () => {
  const plain = aLab({ vms: { Web: {} } });
  plain.boot('Web');
  const lab = aLab({ vms: { Web: { iso: 'ws2012-setup' } } });
  lab.vmDo('vm.start', 'Web');
  lab.pass(7);
  const asked = lab.guest('Web').screen;

  lab.passUntil(() => lab.vm('Web').heartbeat === 'OkApplicationsUnknown', 60);

  expect(asked).toContain('Press any key to boot from CD or DVD');
  expect(lab.guest('Web').os).toBe('ws2012');
  expect(lab.now - plain.now).toBeGreaterThan(3);
});

test('[GU4] a kernel that knows the hypervisor tells its name, MS-DOS does not', () => {
  const lab = aLab({ vms: { New: {}, Old: { disk: 'ws2008r2' }, Dos: { disk: 'msdos' } } });
  for (const name of ['New', 'Old', 'Dos']) lab.vmDo('vm.start', name);

  lab.pass(60);

  const of = (name: string): unknown => {
    const partition = lab.get('partition', lab.vm(name).partition ?? 'partition:none');
    return [partition?.guestOsId, partition?.hypercallPage, lab.guest(name).enlightened];
  };
  expect(of('New')).toEqual(['00010406020023f0', true, true]);
  expect(of('Old')).toEqual(['0001040601011db1', true, true]);
  expect(of('Dos')).toEqual(['0000000000000000', false, false]);
});

test('[GU5] each system agrees on the version of the bus that it knows', () => {
  const lab = aLab({ vms: { New: {}, Old: { disk: 'ws2008r2' } } });
  for (const name of ['New', 'Old']) lab.vmDo('vm.start', name);

  lab.passUntil(() => lab.vm('Old').heartbeat === 'OkApplicationsUnknown', 120);
  lab.pass(5);

  const version = (name: string): number | null | undefined =>
    lab.find('vmbus-connection', each => each.vm === lab.vm(name).id)?.version;
  expect(version('New')).toBe(0x2_0004);
  expect(version('Old')).toBe(0x1_0001);
  expect(lab.vm('Old').integrationServicesVersion).toBe('6.1.7601.17514');
  expect(lab.vm('New').integrationServicesVersion).toBe('6.2.9200.16384');
  lab.check();
});

test('[GU6] MS-DOS has no bus, no heartbeat and no rest', () => {
  const lab = aLab({ vms: { Dos: { disk: 'msdos' } } });
  lab.vmDo('vm.start', 'Dos');

  lab.pass(300);

  expect(lab.guest('Dos')).toMatchObject({ phase: 'Ready', screen: 'C:\\>_' });
  expect(lab.vm('Dos')).toMatchObject({ state: 'Running', heartbeat: 'NoContact', cpuLoad: 1000 });
  expect(lab.all('vmbus-connection')[0]?.version).toBeNull();
  expect(lab.told('vmbus')).toEqual([]);
  lab.check();
});

test('[GU7] a prepared image gets a name at its first boot and keeps it', () => {
  const lab = aLab({ vms: { A: {}, B: {} } });
  lab.boot('A');
  lab.boot('B');
  const first = lab.guest('A').computerName;
  lab.vmDo('vm.turnOff', 'A');
  lab.passUntilState('A', 'Off');

  lab.boot('A');

  expect(first).toMatch(/^WIN-[A-Z0-9]{11}$/);
  expect(lab.guest('A').computerName).toBe(first);
  expect(lab.guest('B').computerName).not.toBe(first);
  expect(lab.told('guest').filter(line => line.includes('specialises'))).toHaveLength(2);
});

test('[GU8] a bug check loses the heartbeat and restarts by itself', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  lab.pass(10);

  lab.vmDo('guest.crash', 'Web');
  lab.pass(9);
  const crashed = { ...lab.guest('Web'), heartbeat: lab.vm('Web').heartbeat };
  lab.passUntil(() => lab.guest('Web').phase === 'Firmware', 5);
  const event = lab.events(lab.vm('Web').id).at(-1);
  lab.passUntil(() => lab.vm('Web').heartbeat === 'OkApplicationsUnknown', 60);

  expect(crashed.phase).toBe('Crashed');
  expect(crashed.heartbeat).toBe('LostCommunication');
  expect(event).toBe(18514);
  expect(lab.vm('Web').state).toBe('Running');
  lab.check();
});

test('[GU8] nobody can crash or shut down what is not up', () => {
  const lab = aLab({ vms: { Web: {}, Empty: { disk: 'empty' }, Dos: { disk: 'msdos' } } });
  lab.vmDo('vm.start', 'Empty');
  lab.vmDo('vm.start', 'Dos');
  lab.pass(20);
  const before = lab.records();

  const refused = [
    lab.vmRun('guest.crash', 'Web'),
    lab.vmRun('guest.crash', 'Empty'),
    lab.vmRun('guest.shutDown', 'Empty'),
    lab.vmRun('guest.shutDown', 'Dos'),
  ];

  for (const result of refused) expect(result).toMatchObject({ ok: false });
  expect(lab.records()).toEqual(before);
});

test('[GU12] an adapter has an address by DHCP, the same one again, and none when unplugged', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  lab.pass(5);
  const first = lab.vm('Web').ipAddresses;
  const adapter = lab.all('network-adapter')[0]?.id ?? '';
  lab.vmDo('vm.reset', 'Web');
  lab.pass(1);
  const reset = lab.all('network-adapter')[0]?.ipAddress;
  lab.passUntil(() => lab.vm('Web').ipAddresses.length > 0, 60);
  const second = lab.vm('Web').ipAddresses;

  lab.vmDo('vm.connectNetworkAdapter', 'Web', { adapter, virtualSwitch: null });
  lab.pass(1);
  const unplugged = lab.all('network-adapter')[0]?.ipAddress;
  lab.vmDo('vm.connectNetworkAdapter', 'Web', {
    adapter,
    virtualSwitch: 'virtual-switch:HV01/LAN',
  });
  lab.pass(5);

  expect(first).toEqual([expect.stringMatching(/^10\./)]);
  expect(reset).toBeNull();
  expect(second).toEqual(first);
  expect(unplugged).toBeNull();
  expect(lab.all('network-adapter')[0]?.ipAddress).toBe(first[0]);
  expect(lab.vm('Web').ipAddresses).toEqual(first);
  lab.check();
});
