import { expect, test } from 'vitest';
import type { Json } from '../../server/base/json.ts';
import { ECHO, type EchoNames, echoOf, WITHOUT_LINE } from '../../server/powershell/echo/echo.ts';
import { type OperationName, OPERATIONS } from '../../server/protocol/operation/index.ts';
import { RECORD_KINDS } from '../../server/protocol/record/kind.ts';
import { type Lab, aLab } from '../fixture/lab.ts';
import { BenchShell, viewOf } from '../fixture/shell.ts';

const theLab = (): Lab =>
  aLab({
    hosts: ['HV01', 'HV02'],
    vms: { 'Web 01': {}, SQL01: { host: 'HV02', iso: 'ws2012-setup' } },
  });

const namesIn = (lab: Lab): EchoNames => {
  const view = viewOf(lab);
  return {
    vm: id => view.get('vm', id as `vm:${string}`),
    host: id => view.get('host', id as `host:${string}`)?.name,
    virtualSwitch: id => view.get('virtual-switch', id as `virtual-switch:${string}`)?.name,
    path: id =>
      view.get('virtual-disk', id as `virtual-disk:${string}`)?.path ??
      view.get('library-image', id as `library-image:${string}`)?.path,
    adapter: id => view.get('network-adapter', id as `network-adapter:${string}`)?.name,
    integrationService: id =>
      view.get('integration-service', id as `integration-service:${string}`)?.name,
    snapshot: id => view.get('vm-snapshot', id as `vm-snapshot:${string}`)?.name,
    drive: id => {
      const drive = view.get('disk-drive', id as `disk-drive:${string}`);
      return drive && { ...drive, number: drive.controllerNumber };
    },
    service: id => view.get('service', id as `service:${string}`),
    workerProcess: id => view.get('worker-process', id as `worker-process:${string}`),
  };
};

/** What comes before, as operations, and the operation itself. */
interface Case {
  readonly before?: (lab: Lab) => void;
  readonly args: (lab: Lab) => { readonly [name: string]: Json };
}

const web = (lab: Lab): { readonly vm: string } => ({ vm: lab.vm('Web 01').id });
const started = (lab: Lab): void => {
  lab.do('vm.start', web(lab));
  lab.passUntil(() => lab.vm('Web 01').heartbeat === 'OkApplicationsUnknown', 120);
};
const first = (
  lab: Lab,
  kind: 'network-adapter' | 'service' | 'integration-service' | 'virtual-switch' | 'worker-process',
): string => {
  const [one] = viewOf(lab)
    .all(kind)
    .filter(({ host }) => host === lab.vm('Web 01').host);
  return one?.id ?? '';
};

const image = (lab: Lab, vm: string, type: 'Iso' | 'Vhdx'): string =>
  viewOf(lab)
    .all('library-image')
    .find(one => one.type === type && one.host === lab.vm(vm).host)?.id ?? '';

const iso = (lab: Lab, vm: string): string => image(lab, vm, 'Iso');

/** A virtual hard disk of HV01 that no machine has. */
const freeDisk = (lab: Lab): string => {
  const view = viewOf(lab);
  const used = new Set(view.all('disk-drive').map(({ disk }) => disk));
  return (
    view.all('virtual-disk').find(({ id, host }) => host === 'host:HV01' && !used.has(id))?.id ?? ''
  );
};

const NETWORK_FIRST = ['LegacyNetworkAdapter', 'CD', 'IDE', 'Floppy'];

const list = { host: 'host:HV02', path: 'C:\\Lists\\racks.txt' };
const written = (lab: Lab): void => {
  lab.do('file.write', { ...list, text: 'R1\r\n', append: false, encoding: 'ASCII' });
};

const GIB = 1024 ** 3;
const onDisk = (path: string): { readonly host: string; readonly path: string } => ({
  host: 'host:HV02',
  path: `C:\\VHDs\\${path}`,
});

/** A dynamic disk with a child, made before. */
const withDisks = (lab: Lab): void => {
  lab.do('disk.create', { ...onDisk('base.vhdx'), type: 'Dynamic', size: 8 * GIB });
  lab.pass(2);
  const parent = onDisk('base.vhdx').path;
  lab.do('disk.create', { ...onDisk('child 1.vhdx'), type: 'Differencing', parent });
  lab.pass(2);
};

/** Two snapshots, one below the other. */
const taken = (lab: Lab): void => {
  for (const name of ['One', 'Two']) {
    lab.do('vm.takeSnapshot', { ...web(lab), name });
    lab.pass(5);
  }
};

const snapshotOf = (lab: Lab, name: string): string =>
  lab.find('vm-snapshot', one => one.name === name)?.id ?? '';

const driveOf = (lab: Lab, vm: string, type: 'HardDisk' | 'Dvd'): string =>
  lab.find('disk-drive', drive => drive.vm === lab.vm(vm).id && drive.type === type)?.id ?? '';

const CASES: { readonly [N in OperationName]?: readonly Case[] } = {
  'vm.create': [
    {
      args: lab => ({
        host: lab.vm('Web 01').host,
        name: "Ann's",
        memory: 1024 * 1024 * 1024,
        disk: { from: 'empty', size: 60 * 1024 * 1024 * 1024 },
        virtualSwitch: viewOf(lab).all('virtual-switch')[0]?.id ?? null,
      }),
    },
    {
      args: lab => ({
        host: lab.vm('SQL01').host,
        name: 'File 02',
        memory: 512 * 1024 * 1024,
        processors: 2,
        disk: { from: 'empty', size: 60 * 1024 ** 3, path: 'C:\\VMs\\File 02.vhd' },
        iso: iso(lab, 'SQL01'),
      }),
    },
    {
      args: lab => ({
        host: lab.vm('SQL01').host,
        name: 'File 03',
        memory: 512 * 1024 * 1024,
        disk: { from: 'none' },
      }),
    },
    {
      args: lab => ({
        host: lab.vm('SQL01').host,
        name: 'File 04',
        memory: 512 * 1024 * 1024,
        disk: { from: 'library', image: image(lab, 'SQL01', 'Vhdx') },
      }),
    },
    {
      before: lab => {
        lab.do('vm.delete', web(lab));
        lab.pass(5);
      },
      args: lab => ({
        host: 'host:HV01',
        name: 'Web 02',
        memory: 512 * 1024 * 1024,
        disk: { from: 'existing', disk: freeDisk(lab) },
      }),
    },
  ],
  'vm.start': [{ args: web }],
  'vm.pause': [{ before: started, args: web }],
  'vm.resume': [
    {
      before: lab => {
        started(lab);
        lab.do('vm.pause', web(lab));
        lab.pass(2);
      },
      args: web,
    },
  ],
  'vm.save': [{ before: started, args: web }],
  'vm.deleteSavedState': [
    {
      before: lab => {
        started(lab);
        lab.do('vm.save', web(lab));
        lab.passUntil(() => lab.vm('Web 01').state === 'Saved', 120);
      },
      args: web,
    },
  ],
  'vm.reset': [{ before: started, args: web }],
  'vm.turnOff': [{ before: started, args: web }],
  'vm.shutDown': [
    { before: started, args: web },
    { before: started, args: lab => ({ ...web(lab), force: true }) },
  ],
  'vm.rename': [{ args: lab => ({ ...web(lab), name: 'Web 02' }) }],
  'vm.delete': [{ args: web }],
  'vm.setMemory': [{ args: lab => ({ ...web(lab), startup: 768 * 1024 * 1024 }) }],
  'vm.setProcessors': [
    { args: lab => ({ ...web(lab), count: 2, reserve: 10 }) },
    { args: lab => ({ ...web(lab), count: 2, reserve: 10, limit: 80, weight: 300 }) },
  ],
  'vm.configure': [
    { args: lab => ({ ...web(lab), notes: "Ann's", automaticStopAction: 'ShutDown' }) },
    { args: lab => ({ ...web(lab), automaticStartAction: 'Start', automaticStartDelay: 30 }) },
    { args: lab => ({ ...web(lab), bootOrder: NETWORK_FIRST }) },
    { args: lab => ({ ...web(lab), notes: 'Rack 4', bootOrder: NETWORK_FIRST }) },
  ],
  'vm.setDvd': [
    { args: lab => ({ ...web(lab), image: iso(lab, 'Web 01') }) },
    { args: lab => ({ vm: lab.vm('SQL01').id, image: null }) },
  ],
  'vm.connectNetworkAdapter': [
    { args: lab => ({ ...web(lab), adapter: first(lab, 'network-adapter'), virtualSwitch: null }) },
    {
      before: lab =>
        void lab.do('vm.connectNetworkAdapter', {
          ...web(lab),
          adapter: first(lab, 'network-adapter'),
          virtualSwitch: null,
        }),
      args: lab => ({
        ...web(lab),
        adapter: first(lab, 'network-adapter'),
        virtualSwitch: first(lab, 'virtual-switch'),
      }),
    },
  ],
  'vm.setIntegrationService': [
    { args: lab => ({ ...web(lab), service: first(lab, 'integration-service'), enabled: false }) },
    {
      before: lab => {
        const service = first(lab, 'integration-service');
        lab.do('vm.setIntegrationService', { ...web(lab), service, enabled: false });
      },
      args: lab => ({ ...web(lab), service: first(lab, 'integration-service'), enabled: true }),
    },
  ],
  'file.write': [
    { before: written, args: () => ({ ...list, text: "Ann's\r\nR2\r\n", append: true }) },
    {
      before: written,
      args: () => ({ ...list, text: 'R3\r\n', append: false, encoding: 'Unicode' }),
    },
  ],
  'file.makeFolder': [{ args: () => ({ ...list, path: 'C:\\Notes' }) }],
  'file.move': [{ before: written, args: () => ({ ...list, to: 'C:\\Lists\\old racks.txt' }) }],
  'file.remove': [{ before: written, args: () => ({ ...list, path: 'C:\\Lists' }) }],
  'vm.takeSnapshot': [
    { args: lab => ({ ...web(lab), name: "Ann's first" }) },
    { before: started, args: lab => ({ ...web(lab), name: 'While it runs' }) },
  ],
  'vm.applySnapshot': [
    { before: taken, args: lab => ({ ...web(lab), snapshot: snapshotOf(lab, 'One') }) },
  ],
  'vm.deleteSnapshot': [
    { before: taken, args: lab => ({ ...web(lab), snapshot: snapshotOf(lab, 'One') }) },
    {
      before: taken,
      args: lab => ({ ...web(lab), snapshot: snapshotOf(lab, 'One'), subtree: true }),
    },
  ],
  'vm.renameSnapshot': [
    {
      before: taken,
      args: lab => ({ ...web(lab), snapshot: snapshotOf(lab, 'Two'), name: 'Second' }),
    },
  ],
  'vm.addDrive': [
    {
      before: withDisks,
      args: lab => ({ vm: lab.vm('SQL01').id, type: 'HardDisk', path: onDisk('base.vhdx').path }),
    },
    {
      before: lab => {
        withDisks(lab);
        lab.do('vm.start', { vm: lab.vm('SQL01').id });
        lab.passUntil(() => lab.vm('SQL01').heartbeat === 'OkApplicationsUnknown', 120);
      },
      args: lab => ({
        vm: lab.vm('SQL01').id,
        type: 'HardDisk',
        controller: 'SCSI',
        number: 0,
        location: 5,
        path: onDisk('child 1.vhdx').path,
      }),
    },
    { args: lab => ({ ...web(lab), type: 'Dvd', number: 1, location: 1 }) },
  ],
  'vm.setDrive': [
    {
      before: withDisks,
      args: lab => ({
        vm: lab.vm('SQL01').id,
        drive: driveOf(lab, 'SQL01', 'HardDisk'),
        path: onDisk('base.vhdx').path,
        to: { controller: 'SCSI', number: 0, location: 1 },
      }),
    },
    {
      args: lab => ({
        vm: lab.vm('SQL01').id,
        drive: driveOf(lab, 'SQL01', 'Dvd'),
        path: null,
        to: { number: 1, location: 1 },
      }),
    },
  ],
  'vm.removeDrive': [
    { args: lab => ({ ...web(lab), drive: driveOf(lab, 'Web 01', 'HardDisk') }) },
    { args: lab => ({ ...web(lab), drive: driveOf(lab, 'Web 01', 'Dvd') }) },
  ],
  'vm.addScsiController': [{ args: web }],
  'vm.removeScsiController': [
    {
      before: lab => void lab.do('vm.addScsiController', web(lab)),
      args: lab => ({ ...web(lab), number: 1 }),
    },
  ],
  'disk.create': [
    { args: () => ({ ...onDisk('data.vhdx'), type: 'Dynamic', size: 40 * GIB }) },
    { args: () => ({ ...onDisk("Ann's.vhd"), type: 'Fixed', size: GIB }) },
    {
      before: withDisks,
      args: () => ({
        ...onDisk('child 2.vhdx'),
        type: 'Differencing',
        parent: onDisk('child 1.vhdx').path,
      }),
    },
    {
      args: () => ({
        ...onDisk('4k.vhdx'),
        type: 'Dynamic',
        size: 40 * GIB,
        blockSize: GIB / 16,
        logicalSectorSize: 4096,
        physicalSectorSize: 4096,
      }),
    },
  ],
  'disk.resize': [
    { before: withDisks, args: () => ({ ...onDisk('base.vhdx'), size: 9 * GIB }) },
    { before: withDisks, args: () => ({ ...onDisk('base.vhdx'), size: 2 * GIB }) },
  ],
  'disk.convert': [
    {
      before: withDisks,
      args: () => ({ ...onDisk('child 1.vhdx'), to: onDisk('whole.vhd').path, type: 'Fixed' }),
    },
    {
      before: withDisks,
      args: () => ({
        ...onDisk('child 1.vhdx'),
        to: onDisk('other.vhdx').path,
        type: 'Differencing',
        parent: onDisk('base.vhdx').path,
        blockSize: 4 * 1024 ** 2,
        deleteSource: true,
      }),
    },
  ],
  'disk.merge': [
    { before: withDisks, args: () => onDisk('child 1.vhdx') },
    {
      before: withDisks,
      args: () => ({ ...onDisk('child 1.vhdx'), into: onDisk('base.vhdx').path }),
    },
  ],
  'disk.compact': [{ before: withDisks, args: () => onDisk('base.vhdx') }],
  'disk.setParent': [
    {
      before: lab => {
        withDisks(lab);
        lab.do('disk.create', { ...onDisk('other.vhdx'), type: 'Dynamic', size: 8 * GIB });
        lab.pass(2);
      },
      args: () => ({
        ...onDisk('child 1.vhdx'),
        parent: onDisk('other.vhdx').path,
        ignoreMismatch: true,
      }),
    },
  ],
  'host.shutDown': [{ args: lab => ({ host: lab.vm('SQL01').host }) }],
  'service.stop': [{ args: lab => ({ service: first(lab, 'service') }) }],
  'service.start': [
    {
      before: lab => {
        lab.do('service.stop', { service: first(lab, 'service') });
        lab.pass(10);
      },
      args: lab => ({ service: first(lab, 'service') }),
    },
  ],
  'process.end': [{ before: started, args: lab => ({ process: first(lab, 'worker-process') }) }],
};

/** All that is so in a lab, without when each row was changed last. */
const valuesOf = (lab: Lab): ReadonlyMap<string, unknown> =>
  new Map(
    RECORD_KINDS.flatMap(kind =>
      lab.world.records.rows(kind).map(row => [`${kind} ${row.record.id}`, row.record] as const),
    ),
  );

/** Long enough for anything that was begun. */
const SECONDS = 60;

test('every operation has a line that is tried here, or a reason why it has none', () => {
  const without = Object.keys(WITHOUT_LINE);

  expect([...Object.keys(ECHO), ...without].toSorted()).toEqual(Object.keys(OPERATIONS).toSorted());
  expect(Object.keys(CASES).toSorted()).toEqual(Object.keys(ECHO).toSorted());
  for (const reason of Object.values(WITHOUT_LINE)) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
});

const ALL = Object.entries(CASES).flatMap(([op, cases]) =>
  cases.map((one, index) => ({ op: op as OperationName, number: index + 1, ...one })),
);

test.each(ALL)('$op, $number: the line does what the button does', ({ op, before, args }) => {
  const [byButton, byLine] = [theLab(), theLab()];
  for (const lab of [byButton, byLine]) before?.(lab);
  const parsed = OPERATIONS[op].args.parse(args(byButton)) as Json;
  const line = echoOf(op, parsed as never, namesIn(byLine));
  const untouched = byLine.world.stateHash().toString();
  const end = byButton.now + SECONDS;

  expect(byButton.run(op, parsed)).toMatchObject({ ok: true });
  const printed = new BenchShell(byLine).type(line ?? '');

  expect(printed.replaceAll(/\n+/g, ' ')).not.toContain('CategoryInfo');
  for (const lab of [byButton, byLine]) lab.pass(end - lab.now);
  expect(valuesOf(byLine)).toEqual(valuesOf(byButton));
  // What takes two cmdlets takes two turns, and each row's hash has the turn that changed it.
  if (line?.includes('; ') !== true)
    expect(byLine.world.stateHash().toString()).toBe(byButton.world.stateHash().toString());
  expect(byLine.world.stateHash().toString()).not.toBe(untouched);
});
