import { expect, test } from 'vitest';
import type { Json } from '../../server/base/json.ts';
import type { RecordOf } from '../../server/protocol/record/index.ts';
import { aLab, type Lab } from '../fixture/lab.ts';

const GIB = 1024 ** 3;
const path = (name: string): string => `C:\\VHDs\\${name}`;

const withDisk = (lab: Lab, ...names: readonly string[]): Lab => {
  for (const name of names)
    lab.do('disk.create', { host: 'host:HV01', path: path(name), type: 'Dynamic', size: GIB });
  lab.pass(2);
  return lab;
};

const diskAt = (lab: Lab, name: string): RecordOf<'virtual-disk'> | undefined =>
  lab.find('virtual-disk', disk => disk.path === path(name));

const drives = (lab: Lab, vm: string): readonly string[] =>
  lab
    .all('disk-drive')
    .filter(drive => drive.vm === lab.vm(vm).id)
    .map(({ type, controller, controllerNumber, location }) =>
      [type, controller, controllerNumber, location].join(' '),
    )
    .toSorted();

const faultOf = (lab: Lab, op: string, args: { readonly [name: string]: Json }) => {
  const before = lab.records();
  const result = lab.run(op, args);
  expect(lab.records()).toEqual(before);
  return result.ok ? null : result.fault;
};

test('[VM47] without a word about its place a drive takes the first free one on IDE', () => {
  const lab = withDisk(aLab({ vms: { Web: {} } }), 'a.vhdx');

  lab.vmDo('vm.addDrive', 'Web', { type: 'HardDisk', path: path('a.vhdx') });
  lab.vmDo('vm.addDrive', 'Web', { type: 'HardDisk', controller: 'SCSI', path: null });
  lab.vmDo('vm.addDrive', 'Web', { type: 'Dvd', path: null });

  expect(drives(lab, 'Web')).toEqual([
    'Dvd IDE 1 0',
    'Dvd IDE 1 1',
    'HardDisk IDE 0 0',
    'HardDisk IDE 0 1',
    'HardDisk SCSI 0 0',
  ]);
  const args = { vm: lab.vm('Web').id, type: 'HardDisk', path: null };
  expect(faultOf(lab, 'vm.addDrive', args)?.code).toBe(32773);
  expect(faultOf(lab, 'vm.addDrive', { ...args, controller: 'SCSI', location: 0 })?.code).toBe(
    32773,
  );
  expect(faultOf(lab, 'vm.addDrive', { ...args, controller: 'SCSI', number: 1 })?.code).toBe(32773);
  expect(faultOf(lab, 'vm.addDrive', { ...args, type: 'Dvd', controller: 'SCSI' })?.code).toBe(
    32773,
  );
  expect(diskAt(lab, 'a.vhdx')?.vm).toBe(lab.vm('Web').id);
  lab.check();
});

test('[VM48] on SCSI a disk comes and goes while its machine runs, and the guest looks again', () => {
  const lab = withDisk(aLab({ vms: { Web: {} } }), 'a.vhdx');
  lab.boot('Web');
  const from = lab.facts.length;

  lab.vmDo('vm.addDrive', 'Web', { type: 'HardDisk', controller: 'SCSI', path: path('a.vhdx') });
  const isOpen = diskAt(lab, 'a.vhdx')?.inUse;
  lab.pass(2);
  const busy = faultOf(lab, 'disk.compact', { host: 'host:HV01', path: path('a.vhdx') });
  const drive = lab.find('disk-drive', ({ controller }) => controller === 'SCSI')?.id ?? '';
  lab.vmDo('vm.removeDrive', 'Web', { drive });
  lab.pass(2);

  expect(isOpen).toBe(true);
  expect(busy?.code).toBe(0x8007_0020);
  const told = lab.facts.slice(from).filter(({ data }) => data['message'] === 'EnumerateBus');
  expect(told).toHaveLength(2);
  expect(told[0]).toMatchObject({ kind: 'packet', from: 'storvsp', to: 'storvsc' });
  expect(diskAt(lab, 'a.vhdx')).toMatchObject({ vm: null, inUse: false });
  const channel = lab.find('vmbus-channel', ({ device }) => device === 'storvsp');
  expect(channel?.deviceState).toBe('Ready');
  lab.check();
});

test('[VM48] on IDE, and of a DVD drive, nothing is added or removed while it runs', () => {
  const lab = withDisk(aLab({ vms: { Web: {} } }), 'a.vhdx');
  lab.boot('Web');
  const { id: vm } = lab.vm('Web');
  const [own] = lab.all('disk-drive').filter(({ type }) => type === 'HardDisk');
  const disk = { vm, type: 'HardDisk', path: path('a.vhdx') };

  const refused = [
    faultOf(lab, 'vm.addDrive', disk),
    faultOf(lab, 'vm.addDrive', { vm, type: 'Dvd', path: null }),
    faultOf(lab, 'vm.removeDrive', { vm, drive: own?.id ?? '' }),
    faultOf(lab, 'vm.setDrive', { vm, drive: own?.id ?? '', to: { controller: 'SCSI' } }),
    faultOf(lab, 'vm.addScsiController', { vm }),
    faultOf(lab, 'vm.removeScsiController', { vm, number: 0 }),
  ];

  expect(refused.map(fault => fault?.code)).toEqual(Array.from({ length: 6 }, () => 32775));
  expect(refused[0]?.message).toBe(
    `'Web' failed to add device 'Virtual Hard Disk'. (Virtual machine ID ${vm.slice(3).toUpperCase()})\nThe operation cannot be performed while the object is in its current state.`,
  );
});

test('[VM49] a drive is moved, and another file put into it', () => {
  const lab = withDisk(aLab({ vms: { Web: {} } }), 'a.vhdx');
  const { id: vm } = lab.vm('Web');
  const [own] = lab.all('disk-drive').filter(({ type }) => type === 'HardDisk');
  const before = own?.disk ?? 'virtual-disk:none';

  lab.do('vm.setDrive', {
    vm,
    drive: own?.id ?? '',
    path: path('a.vhdx'),
    to: { controller: 'SCSI', number: 0, location: 7 },
  });

  expect(drives(lab, 'Web')).toEqual(['Dvd IDE 1 0', 'HardDisk SCSI 0 7']);
  expect(diskAt(lab, 'a.vhdx')?.vm).toBe(vm);
  expect(lab.get('virtual-disk', before)?.vm).toBeNull();
  lab.check();
});

test('[VM49] a disk that another machine has is not attached', () => {
  const lab = aLab({ vms: { Web: {}, SQL: {} } });
  const taken = lab.find('virtual-disk', ({ vm }) => vm === lab.vm('SQL').id)?.path ?? '';

  const fault = faultOf(lab, 'vm.addDrive', {
    vm: lab.vm('Web').id,
    type: 'HardDisk',
    path: taken,
  });

  expect(fault?.code).toBe(0x8007_0020);
});

test('[VM50] four SCSI controllers at most; one goes with its drives, and those behind it move up', () => {
  const lab = withDisk(aLab({ vms: { Web: {} } }), 'a.vhdx', 'b.vhdx');
  for (let n = 0; n < 3; n += 1) lab.vmDo('vm.addScsiController', 'Web');
  const fifth = faultOf(lab, 'vm.addScsiController', { vm: lab.vm('Web').id });
  const on = (number: number, name: string) =>
    lab.vmDo('vm.addDrive', 'Web', {
      type: 'HardDisk',
      controller: 'SCSI',
      number,
      path: path(name),
    });
  on(1, 'a.vhdx');
  on(3, 'b.vhdx');

  lab.vmDo('vm.removeScsiController', 'Web', { number: 1 });

  expect(fifth?.code).toBe(32773);
  expect(lab.vm('Web').scsiControllers).toBe(3);
  expect(drives(lab, 'Web')).toEqual(['Dvd IDE 1 0', 'HardDisk IDE 0 0', 'HardDisk SCSI 2 0']);
  expect(diskAt(lab, 'a.vhdx')?.vm).toBeNull();
  lab.check();
  lab.boot('Web');
  const offered = lab.all('vmbus-channel').filter(({ device }) => device === 'storvsp');
  expect(offered).toHaveLength(3);
});

test('[VM51] a drive whose file is gone keeps its path: its machine does not start until it is back', () => {
  const lab = withDisk(aLab({ vms: { Web: { disk: 'none' } } }), 'base.vhdx');
  const child = { host: 'host:HV01', path: path('child.vhdx') };
  lab.do('disk.create', { ...child, type: 'Differencing', parent: path('base.vhdx') });
  lab.pass(2);
  lab.vmDo('vm.addDrive', 'Web', { type: 'HardDisk', path: child.path });
  lab.do('disk.merge', child);
  lab.pass(5);
  const drive = { ...lab.find('disk-drive', ({ type }) => type === 'HardDisk') };
  lab.vmDo('vm.start', 'Web');
  lab.pass(10);
  const state = lab.vm('Web').state;
  const events = lab.events(lab.vm('Web').id);

  lab.do('disk.create', { ...child, type: 'Dynamic', size: GIB });
  lab.pass(2);
  lab.vmDo('vm.start', 'Web');
  lab.pass(10);

  expect(drive).toMatchObject({ disk: null, media: child.path });
  expect([state, events.includes(12240), events.includes(12030)]).toEqual(['Off', true, true]);
  expect(lab.vm('Web').state).toBe('Running');
  expect(lab.get('disk-drive', drive?.id ?? 'disk-drive:none')?.disk).toBe(
    diskAt(lab, 'child.vhdx')?.id,
  );
  lab.check();
  lab.vmDo('vm.turnOff', 'Web');
  lab.pass(5);
  lab.vmDo('vm.delete', 'Web');
});
