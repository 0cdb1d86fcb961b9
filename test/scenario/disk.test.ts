import { expect, test } from 'vitest';
import type { Json } from '../../server/base/json.ts';
import type { RecordOf } from '../../server/protocol/record/index.ts';
import { aLab, type Lab } from '../fixture/lab.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

const at = (name: string) => ({ host: 'host:HV01', path: `C:\\VHDs\\${name}` });

const diskAt = (lab: Lab, name: string): RecordOf<'virtual-disk'> | undefined =>
  lab.find('virtual-disk', ({ path }) => path === at(name).path);

/** Makes a disk and waits for it. */
const make = (lab: Lab, name: string, args: { readonly [name: string]: Json }): void => {
  lab.do('disk.create', { ...at(name), ...args });
  lab.passUntil(() => diskAt(lab, name)?.job === null, 600);
};

const child = (lab: Lab, name: string, parent: string): void =>
  make(lab, name, { type: 'Differencing', parent: at(parent).path });

const finish = (lab: Lab, op: string, args: { readonly [name: string]: Json }): void => {
  const { job } = lab.do(op, args) as { readonly job: `job:${string}` };
  lab.passUntil(() => lab.get('job', job)?.state !== 'Running', 3_600);
  expect(lab.get('job', job)).toMatchObject({ state: 'Completed', error: null });
};

const codeOf = (lab: Lab, op: string, args: { readonly [name: string]: Json }): number | null => {
  const before = lab.records();
  const result = lab.run(op, args);
  if (result.ok) return null;
  expect(lab.records()).toEqual(before);
  return result.fault.code;
};

test('[VM45] a fixed disk takes its time by its size, and nobody else has the file meanwhile', () => {
  const lab = aLab();
  lab.do('disk.create', { ...at('fixed.vhdx'), type: 'Fixed', size: 20 * GIB });
  lab.pass(50);
  const half = { ...lab.find('job', job => job.procedure === 'create-fixed-disk') };
  const busy = codeOf(lab, 'disk.resize', { ...at('fixed.vhdx'), size: 30 * GIB });

  lab.pass(60);

  expect(half).toMatchObject({ state: 'Running', stepTitle: 'Writing zeroes' });
  expect(half?.percent).toBeGreaterThan(35);
  expect(half?.percent).toBeLessThan(55);
  expect(busy).toBe(0x8007_0020);
  expect(diskAt(lab, 'fixed.vhdx')).toMatchObject({ fileSize: 20 * GIB + 4 * MIB, job: null });
  lab.check();
});

test('[VM45] what a host that loses its power was making is gone, and its space is back', () => {
  const lab = aLab();
  const free = lab.all('volume')[0]?.free;
  lab.do('disk.create', { ...at('fixed.vhdx'), type: 'Fixed', size: 20 * GIB });
  lab.pass(10);

  lab.do('host.powerOff', { host: 'host:HV01' });

  expect(diskAt(lab, 'fixed.vhdx')).toBeUndefined();
  expect(lab.all('volume')[0]?.free).toBe(free);
  lab.check();
});

test('[VM45] a stopping service ends what it was making', () => {
  const lab = aLab();
  lab.do('disk.create', { ...at('fixed.vhdx'), type: 'Fixed', size: 200 * GIB });

  lab.do('service.stop', { service: 'service:HV01/vmms' });
  lab.pass(30);

  expect(lab.get('service', 'service:HV01/vmms')?.state).toBe('Stopped');
  expect(diskAt(lab, 'fixed.vhdx')).toBeUndefined();
  lab.check();
});

test('[VM46] a disk that cannot be made is refused in the words of VMMS and of the driver', () => {
  const lab = aLab();
  make(lab, 'a.vhdx', { type: 'Dynamic', size: GIB });

  const again = lab.run('disk.create', { ...at('a.vhdx'), type: 'Dynamic', size: GIB });

  expect(again).toMatchObject({
    ok: false,
    fault: {
      kind: 'FileExists',
      code: 0x8007_0050,
      message:
        "Failed to create the virtual hard disk.\nThe system failed to create 'C:\\VHDs\\a.vhdx': The file exists. (0x80070050).",
    },
  });
});

test('[ST23] VHDX alone shrinks, to the end of its last partition; a child keeps its parent’s size', () => {
  const lab = aLab();
  make(lab, 'a.vhdx', { type: 'Dynamic', size: 8 * GIB });
  make(lab, 'b.vhd', { type: 'Dynamic', size: 8 * GIB });
  child(lab, 'c.vhdx', 'a.vhdx');
  const image = { host: 'host:HV01', path: 'C:\\Library\\ws2012.vhdx' };

  const codes = [
    codeOf(lab, 'disk.resize', { ...at('b.vhd'), size: 4 * GIB }),
    codeOf(lab, 'disk.resize', { ...at('c.vhdx'), size: 9 * GIB }),
    codeOf(lab, 'disk.resize', { ...at('a.vhdx'), size: 'minimum' }),
    codeOf(lab, 'disk.resize', { ...at('a.vhdx'), size: 65 * 1024 * GIB }),
    codeOf(lab, 'disk.resize', { ...at('none.vhdx'), size: GIB }),
  ];
  const cut = lab.run('disk.resize', { ...image, size: 40 * GIB });
  finish(lab, 'disk.resize', { ...image, size: 80 * GIB });
  finish(lab, 'disk.resize', { ...image, size: 'minimum' });
  finish(lab, 'disk.resize', { ...at('a.vhdx'), size: 4 * GIB });

  expect(codes).toEqual([0xc03a_001b, 0xc03a_001b, 0xc03a_0026, 0xc03a_0012, 0x8007_0002]);
  expect(cut).toMatchObject({ fault: { code: 0xc03a_0025 } });
  expect(lab.find('virtual-disk', ({ path }) => path === image.path)?.maximumSize).toBe(60 * GIB);
  // Its child was made for another size.
  expect(codeOf(lab, 'disk.merge', at('c.vhdx'))).toBe(0xc03a_0017);
  lab.check();
});

test('[ST24] a merge gives the parent what its child holds, and the child is gone', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  lab.vmDo('vm.turnOff', 'Web');
  lab.passUntil(() => lab.vm('Web').state === 'Off', 30);
  const own = lab.find('virtual-disk', ({ vm }) => vm === lab.vm('Web').id);
  const written = own?.blocks.length ?? 0;
  const disk = { host: 'host:HV01', path: own?.path ?? '' };

  finish(lab, 'disk.merge', disk);

  const parent = lab.find('virtual-disk', ({ path }) => path === 'C:\\Library\\ws2012.vhdx');
  expect(written).toBeGreaterThan(0);
  expect(lab.find('virtual-disk', ({ path }) => path === disk.path)).toBeUndefined();
  expect(parent).toMatchObject({ content: { sysprepped: false }, job: null });
  lab.check();
});

test('[ST24] a parent that was merged into fits its other children no more, until somebody says so', () => {
  const lab = aLab();
  make(lab, 'base.vhdx', { type: 'Dynamic', size: 8 * GIB });
  child(lab, 'one.vhdx', 'base.vhdx');
  child(lab, 'two.vhdx', 'base.vhdx');
  finish(lab, 'disk.merge', at('one.vhdx'));
  const parent = at('base.vhdx').path;

  const broken = codeOf(lab, 'disk.merge', at('two.vhdx'));
  const unsaid = codeOf(lab, 'disk.setParent', { ...at('two.vhdx'), parent });
  lab.do('disk.setParent', { ...at('two.vhdx'), parent, ignoreMismatch: true });
  const itself = codeOf(lab, 'disk.setParent', { ...at('two.vhdx'), parent: at('two.vhdx').path });

  expect([broken, unsaid, itself]).toEqual([0xc03a_000e, 0xc03a_000e, 0xc03a_0018]);
  finish(lab, 'disk.merge', at('two.vhdx'));
  lab.check();
});

test('[ST25] a copy of a chain holds everything of it, in another format too', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  lab.vmDo('vm.turnOff', 'Web');
  lab.passUntil(() => lab.vm('Web').state === 'Off', 30);
  const own = lab.find('virtual-disk', ({ vm }) => vm === lab.vm('Web').id);
  const source = { host: 'host:HV01', path: own?.path ?? '' };

  finish(lab, 'disk.convert', { ...source, to: at('whole.vhd').path });

  const copy = diskAt(lab, 'whole.vhd');
  expect(copy).toMatchObject({
    format: 'VHD',
    type: 'Dynamic',
    maximumSize: 60 * GIB,
    parent: null,
    content: own?.content,
  });
  expect(copy?.fileSize).toBeGreaterThan(8.9 * GIB);
  lab.check();
});

test('[ST26] compacting takes out what the guest has deleted, and nothing else', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  const own = { ...lab.find('virtual-disk', ({ vm }) => vm === lab.vm('Web').id) };
  const disk = { host: 'host:HV01', path: own?.path ?? '' };
  const open = codeOf(lab, 'disk.compact', disk);
  lab.vmDo('vm.turnOff', 'Web');
  lab.passUntil(() => lab.vm('Web').state === 'Off', 30);
  make(lab, 'fixed.vhdx', { type: 'Fixed', size: GIB });

  finish(lab, 'disk.compact', disk);

  const after = lab.find('virtual-disk', ({ path }) => path === disk.path);
  expect(own?.unused).not.toEqual([]);
  expect(after?.unused).toEqual([]);
  expect((own?.fileSize ?? 0) - (after?.fileSize ?? 0)).toBeGreaterThan(400 * MIB);
  expect([open, codeOf(lab, 'disk.compact', at('fixed.vhdx'))]).toEqual([0x8007_0020, 0xc03a_001b]);
  lab.check();
});
