import { expect, test } from 'vitest';
import type { RecordOf } from '../../server/protocol/record/index.ts';
import { aLab, type Lab } from '../fixture/lab.ts';

const MIB = 1024 ** 2;

const snapshot = (lab: Lab, name: string): RecordOf<'vm-snapshot'> => {
  const found = lab.find('vm-snapshot', one => one.name === name);
  if (found === undefined) throw new Error(`no snapshot ${name}`);
  return { ...found };
};

const settle = (lab: Lab): void =>
  lab.passUntil(() => lab.all('job').every(job => job.state !== 'Running'), 600);

const take = (lab: Lab, name: string): RecordOf<'vm-snapshot'> => {
  lab.vmDo('vm.takeSnapshot', 'Web', { name });
  settle(lab);
  return snapshot(lab, name);
};

const apply = (lab: Lab, name: string): void => {
  lab.vmDo('vm.applySnapshot', 'Web', { snapshot: snapshot(lab, name).id });
  settle(lab);
};

const disk = (lab: Lab): RecordOf<'virtual-disk'> => {
  const drive = lab.find(
    'disk-drive',
    ({ vm, type }) => vm === lab.vm('Web').id && type === 'HardDisk',
  );
  const found = drive?.disk ? lab.get('virtual-disk', drive.disk) : undefined;
  if (found === undefined) throw new Error('Web has a disk');
  return { ...found };
};

const files = (lab: Lab): number => lab.all('virtual-disk').length;

test('[VM52] a snapshot keeps the disk as it is; what is written goes to an AVHDX beside it', () => {
  const lab = aLab({ vms: { Web: {} } });
  const before = disk(lab);

  const first = take(lab, 'Clean');

  const now = disk(lab);
  expect(first).toMatchObject({ state: 'Off', parent: null, vm: lab.vm('Web').id });
  expect(first.drives.find(({ type }) => type === 'HardDisk')?.disk).toBe(before.id);
  expect(first.path).toMatch(/\\Snapshots\\[0-9A-F-]{36}\.xml$/u);
  expect(now).toMatchObject({ type: 'Differencing', parent: before.id, fileSize: 4 * MIB });
  expect(now.path).toMatch(/^(.*)\\Web_[0-9A-F-]{36}\.avhdx$/u);
  expect(first.current).toBe(true);
  expect(lab.vm('Web').status).toBe('Operating normally');
  lab.check();
});

test('[VM52] one that is taken while it runs has its memory, and the machine stands for a moment only', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  const free = lab.all('volume')[0]?.free ?? 0;
  lab.vmDo('vm.takeSnapshot', 'Web', { name: 'Live' });
  lab.pass(1);
  const [state, status] = [lab.vm('Web').state, lab.vm('Web').status];
  const stood = lab.guest('Web').suspended;
  const busy = lab.vmRun('vm.save', 'Web');

  settle(lab);

  const live = snapshot(lab, 'Live');
  expect([state, status, stood]).toEqual(['Running', 'Creating snapshot', false]);
  expect(busy).toMatchObject({ ok: false, fault: { code: 32775 } });
  expect(live.state).toBe('Saved');
  expect(live.size).toBeGreaterThan(lab.vm('Web').memoryStartup);
  expect(free - (lab.all('volume')[0]?.free ?? 0)).toBeGreaterThan(live.size);
  expect(disk(lab).inUse).toBe(true);
  expect(lab.guest('Web').bootDisk).toBe(disk(lab).id);
  lab.check();
});

test('[VM52] of a paused machine none is taken, and of none more than fifty', () => {
  const lab = aLab({ vms: { Web: { disk: 'none' } } });
  for (let n = 0; n < 50; n += 1) take(lab, `S${n}`);

  const more = lab.vmRun('vm.takeSnapshot', 'Web', { name: 'One more' });
  lab.vmDo('vm.start', 'Web');
  settle(lab);
  lab.vmDo('vm.pause', 'Web');
  settle(lab);
  const paused = lab.vmRun('vm.takeSnapshot', 'Web', { name: 'Paused' });

  expect(more).toMatchObject({ ok: false, fault: { kind: 'QuotaReached' } });
  expect(paused).toMatchObject({ ok: false, fault: { code: 32775 } });
});

test('[VM53] applied, a machine is what it was: its disk, its settings, its memory', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  lab.pass(20);
  take(lab, 'Live');
  const branch = disk(lab);
  lab.vmDo('vm.turnOff', 'Web');
  settle(lab);
  lab.vmDo('vm.setMemory', 'Web', { startup: 768 * MIB });

  apply(lab, 'Live');

  const vm = lab.vm('Web');
  expect(vm.state).toBe('Saved');
  expect(vm.memoryStartup).not.toBe(768 * MIB);
  expect(lab.get('virtual-disk', branch.id)).toBeUndefined();
  expect(disk(lab).parent).toBe(branch.parent);
  lab.check();
  lab.vmDo('vm.start', 'Web');
  settle(lab);
  expect(lab.vm('Web').state).toBe('Running');
  expect(lab.guest('Web')).toMatchObject({ phase: 'Ready', bootDisk: disk(lab).id });
  lab.check();
});

test('[VM53] over a machine that runs it is turned off first, and twice is as good as once', () => {
  const lab = aLab({ vms: { Web: {} } });
  take(lab, 'Clean');
  const count = files(lab);
  lab.boot('Web');

  apply(lab, 'Clean');
  const once = lab.vm('Web').state;
  apply(lab, 'Clean');

  expect([once, lab.vm('Web').state]).toEqual(['Off', 'Off']);
  expect(files(lab)).toBe(count);
  lab.check();
});

test('[VM54] deleted, its disk and the one above become one, and the machine goes on meanwhile', () => {
  const lab = aLab({ vms: { Web: {} } });
  const base = disk(lab);
  const first = take(lab, 'Clean');
  lab.boot('Web');
  const count = files(lab);

  lab.vmDo('vm.deleteSnapshot', 'Web', { snapshot: first.id, subtree: false });
  lab.pass(0.1);
  const status = lab.vm('Web').status;
  settle(lab);

  expect(status).toBe('Merging disks');
  expect(lab.all('vm-snapshot')).toEqual([]);
  expect(lab.vm('Web')).toMatchObject({ state: 'Running', status: 'Operating normally' });
  expect(files(lab)).toBe(count - 1);
  expect(disk(lab)).toMatchObject({ id: base.id, inUse: true, content: { sysprepped: false } });
  expect(lab.guest('Web').bootDisk).toBe(base.id);
  lab.check();
  lab.vmDo('vm.turnOff', 'Web');
  settle(lab);
  lab.vmDo('vm.start', 'Web');
  settle(lab);
  expect(lab.vm('Web').state).toBe('Running');
});

test('[VM54] one in the middle goes, and those below it move up; a disk with two branches stays', () => {
  const lab = aLab({ vms: { Web: {} } });
  const base = disk(lab);
  take(lab, 'One');
  const two = take(lab, 'Two');
  take(lab, 'Three');
  apply(lab, 'One');
  const before = files(lab);

  lab.vmDo('vm.deleteSnapshot', 'Web', { snapshot: two.id, subtree: false });
  settle(lab);

  expect(snapshot(lab, 'One').current).toBe(true);
  // One keeps the first disk, which has a branch to Three and one to what the machine is now.
  expect(snapshot(lab, 'Three').parent).toBe(snapshot(lab, 'One').id);
  expect(files(lab)).toBe(before - 1);
  lab.vmDo('vm.deleteSnapshot', 'Web', { snapshot: snapshot(lab, 'One').id, subtree: true });
  settle(lab);
  expect(lab.all('vm-snapshot')).toEqual([]);
  expect(disk(lab).id).toBe(base.id);
  lab.check();
});

test('[VM54] a machine that is deleted leaves its disks merged and its space back', () => {
  const lab = aLab({ vms: { Web: {}, Other: {} } });
  const count = files(lab);
  take(lab, 'One');
  take(lab, 'Two');

  lab.vmDo('vm.delete', 'Web');

  expect(lab.all('vm-snapshot')).toEqual([]);
  expect(files(lab)).toBe(count);
  lab.check();
});

test('[VM55] turned off, a machine gives up the snapshot that it was in; one that is off loses it with the power', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  lab.vmDo('vm.takeSnapshot', 'Web', { name: 'Never' });
  lab.vmDo('vm.turnOff', 'Web');
  settle(lab);
  const { status, state } = lab.vm('Web');
  lab.vmDo('vm.takeSnapshot', 'Web', { name: 'Neither' });

  lab.do('host.powerOff', { host: 'host:HV01' });
  lab.pass(5);

  expect([status, state]).toEqual(['Operating normally', 'Off']);
  expect(lab.all('vm-snapshot')).toEqual([]);
  expect(lab.vm('Web')).toMatchObject({ status: 'Operating normally', job: null });
  lab.check();
});

test('[VM55] a merge that the power ended goes on when the service is back', () => {
  const lab = aLab({ vms: { Web: {} } });
  const base = disk(lab);
  const first = take(lab, 'Clean');
  lab.vmDo('vm.deleteSnapshot', 'Web', { snapshot: first.id, subtree: false });
  lab.do('host.powerOff', { host: 'host:HV01' });
  const still = disk(lab).parent;

  lab.do('host.start', { host: 'host:HV01' });
  settle(lab);
  lab.pass(30);

  expect(still).toBe(base.id);
  expect(disk(lab).id).toBe(base.id);
  lab.check();
});
