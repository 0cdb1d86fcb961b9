import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';

const GIB = 1024 ** 3;

test('[VM13] [VM4] saving writes both files and frees partition, worker process and bus', () => {
  const lab = aLab({ vms: { Web: { memory: '1 GB' } } });
  lab.boot('Web');

  lab.vmDo('vm.save', 'Web');
  lab.passUntilState('Web', 'Saved');

  const { id } = lab.vm('Web');
  const files = lab.all('vm-file').filter(file => file.vm === id && file.savedAt !== null);
  expect(files.map(file => [file.type, file.path.slice(-4)])).toEqual([
    ['Memory', '.bin'],
    ['DeviceState', '.vsv'],
  ]);
  expect(files[0]?.size).toBe(GIB);
  expect(lab.all('worker-process')).toEqual([]);
  expect(lab.all('partition')).toHaveLength(1);
  expect(lab.all('vmbus-channel')).toEqual([]);
  expect(lab.events(id)).toContain(18510);
  lab.check();
});

test('[VM13] restoring makes a new partition in which the guest goes on where it was', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  lab.pass(10);
  const { partition, workerProcess, guestOsName } = lab.vm('Web');
  const { computerName, phase, bootDisk } = lab.guest('Web');
  lab.vmDo('vm.save', 'Web');
  lab.passUntilState('Web', 'Saved');

  lab.vmDo('vm.start', 'Web');
  lab.passUntilState('Web', 'Running');
  lab.pass(5);

  expect(lab.vm('Web').partition).not.toBe(partition);
  expect(lab.vm('Web').workerProcess).not.toBe(workerProcess);
  expect(lab.guest('Web')).toMatchObject({ computerName, phase, bootDisk, suspended: false });
  expect(lab.vm('Web').heartbeat).toBe('OkApplicationsUnknown');
  expect(lab.vm('Web').guestOsName).toBe(guestOsName);
  expect(lab.events(lab.vm('Web').id)).toContain(18596);
  expect(lab.told('guest').filter(line => line.includes('power-on self-test'))).toHaveLength(1);
  lab.check();
});

test('[VM13] a guest saved in the middle of its boot boots on after it is restored', () => {
  for (const span of [3, 6, 9, 12, 14, 17, 20, 24, 27]) {
    const lab = aLab({ vms: { Web: {} } });
    lab.vmDo('vm.start', 'Web');
    lab.pass(span);
    lab.vmDo('vm.save', 'Web');
    lab.passUntilState('Web', 'Saved');
    lab.pass(30);

    lab.vmDo('vm.start', 'Web');
    lab.passUntil(() => lab.vm('Web').heartbeat === 'OkApplicationsUnknown', 60);

    lab.check();
  }
});

test('[VM13] a paused virtual machine is saved and restored Running', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  lab.vmDo('vm.pause', 'Web');
  lab.passUntilState('Web', 'Paused');

  lab.vmDo('vm.save', 'Web');
  lab.passUntilState('Web', 'Saved');
  lab.vmDo('vm.start', 'Web');
  lab.passUntilState('Web', 'Running');

  lab.check();
});

test('[VM18] deleting the saved state makes it Off and removes both files', () => {
  const lab = aLab({ vms: { Web: {} } });
  const free = lab.get('volume', 'volume:HV01/C')?.free;
  lab.boot('Web');
  const grown = lab.all('virtual-disk').find(disk => disk.vm === lab.vm('Web').id)?.fileSize ?? 0;
  lab.vmDo('vm.save', 'Web');
  lab.passUntilState('Web', 'Saved');

  lab.vmDo('vm.deleteSavedState', 'Web');

  expect(lab.vm('Web').state).toBe('Off');
  expect(lab.all('vm-file').map(file => file.type)).toEqual(['Configuration']);
  expect(lab.get('volume', 'volume:HV01/C')?.free).toBeGreaterThanOrEqual((free ?? 0) - grown);
  lab.check();
});

test('[WP4] while it runs, a .bin file keeps room for its memory on the volume', () => {
  const lab = aLab({ vms: { Saved: { memory: '4 GB' }, Off: { automaticStopAction: 'TurnOff' } } });
  lab.vmDo('vm.start', 'Saved');
  lab.vmDo('vm.start', 'Off');

  lab.pass(5);

  const bins = lab.all('vm-file').filter(file => file.type === 'Memory');
  expect(bins.map(file => [file.vm, file.size])).toEqual([[lab.vm('Saved').id, 4 * GIB]]);
});
