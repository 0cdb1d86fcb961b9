import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

const CREATE = {
  host: 'host:HV01',
  memory: GIB,
  processors: 1,
  disk: { from: 'none' },
  virtualSwitch: null,
  iso: null,
};

test('[VM3] operations that the state does not allow are refused and change nothing', () => {
  const lab = aLab({ vms: { Web: {}, Idle: {} } });
  lab.boot('Web');
  lab.vmDo('vm.start', 'Idle');
  lab.vmDo('vm.turnOff', 'Idle');
  lab.passUntilState('Idle', 'Off');
  const before = lab.records();

  const refused = [
    lab.vmRun('vm.start', 'Web'),
    lab.vmRun('vm.resume', 'Web'),
    lab.vmRun('vm.deleteSavedState', 'Web'),
    lab.vmRun('vm.delete', 'Web'),
    lab.vmRun('vm.setMemory', 'Web', { startup: 2 * GIB }),
    lab.vmRun('vm.setProcessors', 'Web', { count: 2 }),
    ...['vm.turnOff', 'vm.shutDown', 'vm.save', 'vm.pause', 'vm.resume', 'vm.reset'].map(op =>
      lab.vmRun(op, 'Idle'),
    ),
  ];

  for (const result of refused) {
    expect(result).toMatchObject({
      ok: false,
      fault: {
        kind: 'InvalidState',
        code: 32775,
        message: 'The operation cannot be performed while the object is in its current state.',
      },
    });
  }
  expect(lab.records()).toEqual(before);
});

test('[VM19] two virtual machines may have the same name', () => {
  const lab = aLab();

  const first = lab.do('vm.create', { ...CREATE, name: 'Web', disk: { from: 'empty', size: GIB } });
  const second = lab.do('vm.create', {
    ...CREATE,
    name: 'Web',
    disk: { from: 'empty', size: GIB },
  });

  expect(first).not.toEqual(second);
  expect(lab.all('vm').map(vm => vm.name)).toEqual(['Web', 'Web']);
  expect(new Set(lab.all('virtual-disk').map(disk => disk.path)).size).toBe(2);
});

test('[VM20] deleting removes the configuration and leaves the virtual hard disk', () => {
  const lab = aLab({ vms: { Web: {} } });
  const { id } = lab.vm('Web');
  const disks = lab.all('virtual-disk').length;

  lab.vmDo('vm.delete', 'Web');

  expect(lab.get('vm', id)).toBeUndefined();
  expect(lab.all('virtual-disk')).toHaveLength(disks);
  expect(lab.all('virtual-disk').filter(disk => disk.vm === id)).toEqual([]);
  for (const kind of ['disk-drive', 'network-adapter', 'integration-service', 'vm-file'] as const) {
    expect(lab.all(kind), kind).toEqual([]);
  }
  expect(lab.events(id)).toContain(13003);
  lab.check();
});

test('[VM20] a disk that was left can be given to another virtual machine, with what is on it', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  const { computerName } = lab.guest('Web');
  lab.vmDo('vm.turnOff', 'Web');
  lab.passUntilState('Web', 'Off');
  const disk = lab.find('virtual-disk', each => each.vm === lab.vm('Web').id)?.id ?? '';
  lab.vmDo('vm.delete', 'Web');

  lab.do('vm.create', { ...CREATE, name: 'New', disk: { from: 'existing', disk } });
  lab.boot('New');

  expect(lab.guest('New').computerName).toBe(computerName);
});

test('[VM19] a disk that another virtual machine has is refused', () => {
  const lab = aLab({ vms: { Web: {} } });
  const disk = lab.find('virtual-disk', each => each.vm === lab.vm('Web').id)?.id ?? '';
  const before = lab.records();

  const refused = lab.run('vm.create', { ...CREATE, name: 'X', disk: { from: 'existing', disk } });

  expect(refused).toMatchObject({ ok: false, fault: { kind: 'SharingViolation' } });
  expect(lab.records()).toEqual(before);
});

test('[VM21] reserve, limit and weight change while running, and the hypervisor has them', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');

  lab.vmDo('vm.setProcessors', 'Web', { reserve: 10, limit: 50, weight: 200 });

  const partition = lab.find('partition', each => each.type === 'child');
  expect(partition).toMatchObject({ cpuReserve: 6554, cpuCap: 32768, cpuWeight: 200 });
  expect(lab.vm('Web')).toMatchObject({ cpuReserve: 10, cpuLimit: 50, cpuWeight: 200 });
});

test('[VM39] notes and starting change in every state, stopping and booting only while Off', () => {
  const lab = aLab({ vms: { Web: {} } });
  const bootOrder = ['IDE', 'CD', 'Floppy', 'LegacyNetworkAdapter'];

  lab.vmDo('vm.configure', 'Web', { automaticStopAction: 'TurnOff', bootOrder });
  lab.boot('Web');
  lab.vmDo('vm.configure', 'Web', { notes: 'ours', automaticStartDelay: 30 });
  const refused = [{ automaticStopAction: 'Save' }, { bootOrder }].map(args =>
    lab.vmRun('vm.configure', 'Web', { notes: 'theirs', ...args }),
  );

  expect(refused).toMatchObject([{ ok: false }, { ok: false }]);
  expect(lab.vm('Web')).toMatchObject({
    notes: 'ours',
    automaticStartDelay: 30,
    automaticStopAction: 'TurnOff',
    bootOrder,
  });
});

test('[VM21] memory and processors change while Off', () => {
  const lab = aLab({ vms: { Web: {} } });

  lab.vmDo('vm.setMemory', 'Web', { startup: 3 * GIB });
  lab.vmDo('vm.setProcessors', 'Web', { count: 4 });
  lab.boot('Web');

  expect(lab.vm('Web').memoryAssigned).toBe(3 * GIB);
  expect(lab.all('virtual-processor').filter(vp => vp.vm !== null)).toHaveLength(4);
  lab.check();
});

test('[VM22] memory and processors beyond what Server 2012 has are refused', () => {
  const lab = aLab({ vms: { Web: {} } });
  const before = lab.records();

  const refused = [
    lab.vmRun('vm.setMemory', 'Web', { startup: 4 * MIB }),
    lab.vmRun('vm.setMemory', 'Web', { startup: 2 * 1024 * GIB }),
    lab.vmRun('vm.setMemory', 'Web', { startup: 9 * MIB }),
    lab.vmRun('vm.setProcessors', 'Web', { count: 9 }),
    lab.vmRun('vm.setProcessors', 'Web', { count: 65 }),
    lab.vmRun('vm.setProcessors', 'Web', { reserve: 60, limit: 50 }),
    lab.run('vm.create', { ...CREATE, name: 'X', memory: 2 * 1024 * GIB }),
    lab.run('vm.create', { ...CREATE, name: 'X', processors: 9 }),
  ];

  for (const result of refused) {
    expect(result).toMatchObject({ ok: false, fault: { code: 32773 } });
  }
  expect(lab.records()).toEqual(before);
});

test('[VM23] a lab has no more virtual machines than its file allows', () => {
  const lab = aLab({ vmLimit: 1, vms: { Web: {} } });
  const before = lab.records();

  const refused = lab.run('vm.create', { ...CREATE, name: 'X' });

  expect(refused).toMatchObject({ ok: false, fault: { kind: 'QuotaReached' } });
  expect(lab.records()).toEqual(before);
});

test('[VM24] a name may change while it runs', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');

  lab.vmDo('vm.rename', 'Web', { name: 'Front' });

  expect(lab.vm('Front').state).toBe('Running');
});

test('[VM3] things that are not there are refused and nothing is made', () => {
  const lab = aLab({ hosts: ['HV01', 'HV02'], vms: { Web: {} } });
  const before = lab.records();

  const refused = [
    lab.run('vm.start', { vm: 'vm:none' }),
    lab.run('host.start', { host: 'host:none' }),
    lab.run('service.stop', { service: 'service:none' }),
    lab.run('process.end', { process: 'worker-process:none' }),
    lab.run('vm.create', { ...CREATE, name: 'X', iso: 'library-image:none' }),
    lab.run('vm.create', { ...CREATE, name: 'X', iso: 'library-image:HV01/ws2012' }),
    lab.run('vm.create', { ...CREATE, name: 'X', virtualSwitch: 'virtual-switch:HV02/LAN' }),
    lab.run('vm.create', {
      ...CREATE,
      name: 'X',
      disk: { from: 'library', image: 'library-image:HV02/ws2012' },
    }),
    lab.vmRun('vm.setDvd', 'Web', { image: 'library-image:HV02/ws2012-setup' }),
    lab.vmRun('vm.connectNetworkAdapter', 'Web', {
      adapter: lab.all('network-adapter')[0]?.id ?? '',
      virtualSwitch: 'virtual-switch:HV02/LAN',
    }),
  ];

  for (const result of refused) expect(result.ok).toBe(false);
  expect(lab.records()).toEqual(before);
});
