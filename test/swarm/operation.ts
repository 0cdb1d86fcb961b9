import type { ClientModel } from './client-model.ts';
import { pick } from './dice.ts';

interface Command {
  readonly op: string;
  readonly args: { readonly [name: string]: unknown };
}

export interface World {
  readonly hosts: readonly string[];
  readonly vms: readonly string[];
  readonly services: readonly string[];
  readonly workers: readonly string[];
  readonly images: readonly string[];
  readonly isos: readonly string[];
  readonly adapters: readonly string[];
  readonly switches: readonly string[];
  readonly integrationServices: readonly string[];
  readonly drives: readonly string[];
  readonly snapshots: readonly string[];
}

const MIB = 1024 * 1024;

const SETTINGS = [
  { notes: 'for the class' },
  { automaticStartAction: 'Start', automaticStartDelay: 5 },
  { automaticStopAction: 'ShutDown' },
  { automaticStopAction: 'TurnOff', automaticStartAction: 'Nothing' },
  { bootOrder: ['IDE', 'CD', 'Floppy', 'LegacyNetworkAdapter'] },
];

/** Few, so that one is often there already, and sometimes the folder of another. */
const PATHS = ['C:\\Lab', 'C:\\Lab\\a.txt', 'C:\\Lab\\b.txt', 'D:\\a.txt', 'Z:\\a.txt'];

const WRITTEN = [
  { text: 'one line\r\n', append: true, encoding: 'ASCII' },
  { text: 'Größe\r\n', append: false, encoding: 'Unicode' },
  { text: '', append: false, encoding: 'UTF8' },
];

const DISKS = ['C:\\Lab\\a.vhdx', 'C:\\Lab\\b.vhdx', 'C:\\Lab\\c.vhd', 'Z:\\d.vhdx'];
const DISK_SIZES = [3 * MIB, 64 * MIB, 128 * MIB, 1024 * MIB];

/** How often each is tried, and what a learner would send: often wrong for the state, never malformed. */
const KINDS: readonly (readonly [
  weight: number,
  make: (world: World, dice: () => number) => Command | null,
])[] = [
  [
    3,
    ({ hosts, images }, dice) => ({
      op: 'vm.create',
      args: {
        host: pick(dice, hosts),
        name: `VM ${dice() % 100}`,
        memory: (512 + (dice() % 8) * 512) * MIB,
        processors: 1 + (dice() % 4),
        disk:
          images.length > 0 && dice() % 3 > 0
            ? { from: 'library', image: pick(dice, images) }
            : { from: 'empty', size: 1024 * MIB },
        virtualSwitch: null,
        iso: null,
      },
    }),
  ],
  [12, onVm('vm.start')],
  [3, onVm('vm.turnOff')],
  [2, onVm('vm.pause')],
  [2, onVm('vm.resume')],
  [2, onVm('vm.save')],
  [1, onVm('vm.deleteSavedState')],
  [1, onVm('vm.reset')],
  [
    2,
    ({ vms }, dice) =>
      vms.length === 0 ? null : { op: 'vm.shutDown', args: { vm: pick(dice, vms), force: false } },
  ],
  [
    1,
    ({ vms }, dice) =>
      vms.length === 0
        ? null
        : { op: 'vm.rename', args: { vm: pick(dice, vms), name: `Renamed ${dice() % 1000}` } },
  ],
  [1, onVm('vm.delete')],
  [
    1,
    ({ vms }, dice) =>
      vms.length === 0
        ? null
        : { op: 'vm.setMemory', args: { vm: pick(dice, vms), startup: (dice() % 5) * 256 * MIB } },
  ],
  [
    1,
    ({ vms }, dice) =>
      vms.length === 0
        ? null
        : {
            op: 'vm.setProcessors',
            args: { vm: pick(dice, vms), count: 1 + (dice() % 4), weight: 1 + (dice() % 200) },
          },
  ],
  [
    1,
    ({ vms, isos }, dice) =>
      vms.length === 0
        ? null
        : { op: 'vm.setDvd', args: { vm: pick(dice, vms), image: pick(dice, [null, ...isos]) } },
  ],
  [
    1,
    ({ adapters, switches }, dice) => {
      if (adapters.length === 0) return null;
      const adapter = pick(dice, adapters);
      return {
        op: 'vm.connectNetworkAdapter',
        args: { vm: ownerOf(adapter), adapter, virtualSwitch: pick(dice, [null, ...switches]) },
      };
    },
  ],
  [
    1,
    ({ integrationServices }, dice) => {
      if (integrationServices.length === 0) return null;
      const service = pick(dice, integrationServices);
      return {
        op: 'vm.setIntegrationService',
        args: { vm: ownerOf(service), service, enabled: dice() % 2 === 0 },
      };
    },
  ],
  [
    2,
    ({ vms }, dice) =>
      vms.length === 0
        ? null
        : { op: 'vm.configure', args: { vm: pick(dice, vms), ...pick(dice, SETTINGS) } },
  ],
  [2, onFile((place, dice) => ({ op: 'file.write', args: { ...place, ...pick(dice, WRITTEN) } }))],
  [1, onFile(place => ({ op: 'file.makeFolder', args: place }))],
  [1, onFile((place, dice) => ({ op: 'file.move', args: { ...place, to: pick(dice, PATHS) } }))],
  [1, onFile(place => ({ op: 'file.remove', args: place }))],
  [
    3,
    onDisk((place, dice) => ({
      op: 'disk.create',
      args: {
        ...place,
        ...pick(dice, [
          { type: 'Dynamic', size: pick(dice, DISK_SIZES) },
          { type: 'Fixed', size: pick(dice, DISK_SIZES) },
          { type: 'Differencing', parent: pick(dice, DISKS) },
        ]),
      },
    })),
  ],
  [
    1,
    onDisk((place, dice) => ({
      op: 'disk.resize',
      args: { ...place, size: pick(dice, [...DISK_SIZES, 'minimum']) },
    })),
  ],
  [
    1,
    onDisk((place, dice) => ({
      op: 'disk.convert',
      args: { ...place, to: pick(dice, DISKS), deleteSource: dice() % 2 === 0 },
    })),
  ],
  [1, onDisk(place => ({ op: 'disk.merge', args: place }))],
  [1, onDisk(place => ({ op: 'disk.compact', args: place }))],
  [
    1,
    onDisk((place, dice) => ({
      op: 'disk.setParent',
      args: { ...place, parent: pick(dice, DISKS), ignoreMismatch: dice() % 2 === 0 },
    })),
  ],
  [
    3,
    ({ vms }, dice) =>
      vms.length === 0
        ? null
        : {
            op: 'vm.addDrive',
            args: {
              vm: pick(dice, vms),
              ...pick(dice, [
                { type: 'HardDisk', controller: 'SCSI', path: pick(dice, DISKS) },
                { type: 'HardDisk', path: pick(dice, DISKS) },
                { type: 'Dvd' },
              ]),
            },
          },
  ],
  [
    1,
    ({ drives }, dice) => {
      if (drives.length === 0) return null;
      const drive = pick(dice, drives);
      const path = pick(dice, DISKS);
      const to = { controller: pick(dice, ['IDE', 'SCSI']), number: 0 };
      const args = pick(dice, [{ path }, { path: null }, { to }, { path, to }]);
      return { op: 'vm.setDrive', args: { vm: ownerOfDrive(drive), drive, ...args } };
    },
  ],
  [
    1,
    ({ drives }, dice) => {
      if (drives.length === 0) return null;
      const drive = pick(dice, drives);
      return { op: 'vm.removeDrive', args: { vm: ownerOfDrive(drive), drive } };
    },
  ],
  [
    2,
    ({ vms }, dice) =>
      vms.length === 0
        ? null
        : { op: 'vm.takeSnapshot', args: { vm: pick(dice, vms), name: `S${dice() % 100}` } },
  ],
  [1, onSnapshot('vm.applySnapshot', () => ({}))],
  [1, onSnapshot('vm.deleteSnapshot', dice => ({ subtree: dice() % 3 === 0 }))],
  [1, onSnapshot('vm.renameSnapshot', dice => ({ name: `R${dice() % 100}` }))],
  [1, onVm('vm.addScsiController')],
  [
    1,
    ({ vms }, dice) =>
      vms.length === 0
        ? null
        : { op: 'vm.removeScsiController', args: { vm: pick(dice, vms), number: dice() % 2 } },
  ],
  [1, onVm('guest.crash')],
  [1, onVm('guest.shutDown')],
  [
    1,
    ({ services }, dice) =>
      services.length === 0
        ? null
        : {
            op: pick(dice, ['service.stop', 'service.start']),
            args: { service: pick(dice, services) },
          },
  ],
  [
    2,
    ({ workers }, dice) =>
      workers.length === 0 ? null : { op: 'process.end', args: { process: pick(dice, workers) } },
  ],
  [
    1,
    ({ hosts }, dice) => ({
      op: pick(dice, ['host.start', 'host.shutDown', 'host.powerOff']),
      args: { host: pick(dice, hosts) },
    }),
  ],
  [1, () => ({ op: 'clock.pause', args: {} })],
  [3, () => ({ op: 'clock.resume', args: {} })],
  [
    2,
    (_, dice) => ({
      op: 'clock.speed',
      args: { speed: pick(dice, [100, 1_000, 5_000, 20_000, 60_000]) },
    }),
  ],
  [
    1,
    (_, dice) => ({ op: 'clock.step', args: { to: pick(dice, ['fact', 'job-step', 'second']) } }),
  ],
  [1, () => ({ op: 'swarm.throw', args: {} })],
];

const TOTAL = KINDS.reduce((sum, [weight]) => sum + weight, 0);

function onVm(op: string): (world: World, dice: () => number) => Command | null {
  return ({ vms }, dice) => (vms.length === 0 ? null : { op, args: { vm: pick(dice, vms) } });
}

/** Of some machine, mostly not its own: which machine one belongs to is not in its id. */
function onSnapshot(
  op: string,
  more: (dice: () => number) => { readonly [name: string]: unknown },
): (world: World, dice: () => number) => Command | null {
  return ({ vms, snapshots }, dice) =>
    vms.length === 0 || snapshots.length === 0
      ? null
      : { op, args: { vm: pick(dice, vms), snapshot: pick(dice, snapshots), ...more(dice) } };
}

function onDisk(
  make: (place: { readonly host: string; readonly path: string }, dice: () => number) => Command,
): (world: World, dice: () => number) => Command | null {
  return ({ hosts }, dice) =>
    hosts.length === 0 ? null : make({ host: pick(dice, hosts), path: pick(dice, DISKS) }, dice);
}

function onFile(
  make: (place: { readonly host: string; readonly path: string }, dice: () => number) => Command,
): (world: World, dice: () => number) => Command | null {
  return ({ hosts }, dice) =>
    hosts.length === 0 ? null : make({ host: pick(dice, hosts), path: pick(dice, PATHS) }, dice);
}

/** What this learner does next, by what their own screen shows. */
export function nextCommand(client: ClientModel, dice: () => number): Command | null {
  const world = worldOf(client);
  return world.hosts.length === 0 ? null : commandIn(world, dice);
}

/** What somebody does who sees that. */
export function commandIn(world: World, dice: () => number): Command | null {
  let at = dice() % TOTAL;
  for (const [weight, make] of KINDS) {
    at -= weight;
    if (at < 0) return make(world, dice);
  }
  return null;
}

/** What belongs to a machine is named after it. */
function ownerOfDrive(id: string): string {
  return `vm:${id.slice(id.indexOf(':') + 1).replace(/\/(IDE|SCSI)\/.*$/, '')}`;
}

function ownerOf(id: string): string {
  const path = id.slice(id.indexOf(':') + 1);
  return `vm:${path.slice(0, path.lastIndexOf('/'))}`;
}

function worldOf(client: ClientModel): World {
  const seen = [...client.scopes.values()].flatMap(({ records }) => [...records.keys()]);
  const ids = [...new Set(seen)].toSorted();
  const of = (kind: string): string[] => ids.filter(id => id.startsWith(`${kind}:`));
  return {
    hosts: of('host'),
    vms: of('vm'),
    services: of('service'),
    workers: of('worker-process'),
    images: of('library-image').filter(id => !id.toLowerCase().includes('iso')),
    isos: of('library-image').filter(id => id.toLowerCase().includes('iso')),
    adapters: of('network-adapter'),
    switches: of('virtual-switch'),
    integrationServices: of('integration-service'),
    drives: of('disk-drive'),
    snapshots: of('vm-snapshot'),
  };
}
