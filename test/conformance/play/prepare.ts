import type { HostId, Id } from '../../../server/protocol/id.ts';
import { labFile } from '../../../server/protocol/lab-file.ts';
import type { RecordOf } from '../../../server/protocol/record/index.ts';
import { Machine } from '../../../server/sim/engine/machine.ts';
import type { Turn } from '../../../server/sim/engine/turn.ts';
import { World } from '../../../server/sim/engine/world.ts';
import { found, SIMULATION } from '../../../server/sim/simulation.ts';
import { createDisk, diskAt } from '../../../server/sim/storage/virtual-disk.ts';
import { recordSnapshot } from '../../../server/sim/vmms/snapshots.ts';
import { TICKS_PER_SECOND } from '../../../server/protocol/time.ts';
import { Lab } from '../../fixture/lab.ts';
import type { Wanted, WantedPlace, WantedVm } from './wanted.ts';

// The lab that a block's words speak of.

const SEED = 'conformance';

/** Where a session begins, and relative paths with it. */
const HOME = 'C:\\Users\\Administrator';

const ISO = { type: 'Iso', os: 'ws2012', size: '4 GB' } as const;
const DEFAULT_SWITCH = 'LAN';

export const prepare = (wanted: Wanted): Lab => {
  const machine = new Machine(new World(SEED), SIMULATION);
  machine.found(turn => {
    found(turn, labFile.parse(fileOf(wanted)));
    for (const host of turn.all('host')) furnish(turn, host.id, wanted);
    for (const vm of wanted.vms.values()) fit(turn, vm);
  });
  machine.advance(machine.now);
  const lab = new Lab(SEED, machine);
  for (const vm of wanted.vms.values()) bring(lab, vm);
  return lab;
};

const fileOf = (wanted: Wanted): object => {
  const named = [...wanted.switches.keys()];
  const isNamed = named.some(one => one.toLowerCase() === DEFAULT_SWITCH.toLowerCase());
  const switches = isNamed ? named : [DEFAULT_SWITCH, ...named];
  return {
    name: 'Conformance',
    era: '2012',
    seed: SEED,
    calendarStart: '2013-03-04T08:00:00Z',
    hosts: [...wanted.hosts].map(name => ({
      name,
      logicalProcessors: 8,
      numaNodes: 2,
      memory: '64 GB',
      volumes: [...wanted.drives].map(letter => ({ letter, capacity: '10 TB' })),
      networkAdapters: switches.map((_, index) => ({ name: `Ethernet ${index + 1}` })),
      virtualSwitches: switches.map((one, index) => {
        const type = wanted.switches.get(one) ?? 'External';
        return type === 'External'
          ? { type, name: one, networkAdapter: `Ethernet ${index + 1}` }
          : { type, name: one };
      }),
      libraryImages: [
        { type: 'Vhdx', name: 'ws2012', os: 'ws2012', size: '9 GB', maximumSize: '60 GB' },
        { ...ISO, name: 'ws2012-setup' },
      ],
      virtualMachines: [...wanted.vms.values()]
        .filter(vm => vm.host === name)
        .map(vm => ({
          name: vm.name,
          // Of no size that anybody sets.
          memory: '1288 MB',
          virtualSwitch: vm.connected ? DEFAULT_SWITCH : null,
          iso: vm.media ? 'ws2012-setup' : null,
          disk: { from: 'library', image: 'ws2012' },
        })),
    })),
  };
};

/** Files lie where the block looks for them. */
const furnish = (turn: Turn, host: HostId, { disks, children, images }: Wanted): void => {
  const name = host.slice('host:'.length);
  for (const path of disks) aDisk(turn, host, path);
  for (const [path, parent] of children) {
    const based = diskAt(turn, host, absolute(parent));
    if (based !== undefined)
      createDisk(turn, {
        host,
        path: absolute(path),
        format: based.format,
        type: 'Differencing',
        parent: based.id,
      });
  }
  const setup = turn.must('library-image', `library-image:${name}/ws2012-setup`);
  for (const path of images) {
    const { id: _, ...values } = setup;
    const own = absolute(path);
    turn.insert('library-image', `library-image:${name}/${own}`, {
      ...values,
      name: own,
      path: own,
    });
  }
};

/** Partitioned in part, so that it has a smallest size; and in part no longer used. */
const aDisk = (turn: Turn, host: HostId, path: string): void => {
  const made = createDisk(turn, {
    host,
    path: absolute(path),
    format: /\.vhd$/i.test(path) ? 'VHD' : 'VHDX',
    type: 'Dynamic',
    maximumSize: 40 * 1024 ** 3,
    partitioned: 10 * 1024 ** 3,
    blocks: [[0, 60]],
  });
  if (made.ok) turn.patch('virtual-disk', made.value, { unused: [[40, 20]] });
};

const absolute = (path: string): string =>
  /^([A-Za-z]:|\\\\)/.test(path) ? path : `${HOME}\\${path.replace(/^\.\\/, '')}`;

const OLD = 100 * 24 * 3600 * TICKS_PER_SECOND;

/** What a lab file cannot say: names of adapters, services that are withheld. */
const fit = (turn: Turn, wanted: WantedVm): void => {
  const vm = turn
    .where('vm', 'host', `host:${wanted.host}`)
    .find(({ name }) => name === wanted.name);
  if (vm === undefined) return;
  const [adapter] = turn.where('network-adapter', 'vm', vm.id);
  const [first, ...more] = wanted.adapters;
  if (adapter !== undefined && first !== undefined) {
    turn.patch('network-adapter', adapter.id, { name: first });
    const { id, ...values } = adapter;
    for (const [index, name] of more.entries())
      turn.insert('network-adapter', `${id}-${index + 2}` as Id<'network-adapter'>, {
        ...values,
        name,
      });
  }
  for (const setting of wanted.unlike) turn.patch('vm', vm.id, setting);
  for (const place of wanted.places.values()) addDrive(turn, vm, place);
  for (const name of wanted.snapshots) recordSnapshot(turn, turn.must('vm', vm.id), name);
  // Old enough for whoever looks for old ones.
  for (const { id } of turn.where('vm-snapshot', 'vm', vm.id))
    turn.patch('vm-snapshot', id, { createdAt: -OLD });
  if (wanted.withheld.size === 0) return;
  for (const service of turn.where('integration-service', 'vm', vm.id))
    turn.patch('integration-service', service.id, { enabled: false, status: 'Disabled' });
};

const addDrive = (turn: Turn, vm: RecordOf<'vm'>, place: WantedPlace): void => {
  const { type, controller, number, location } = place;
  const id = `disk-drive:${vm.id.slice(3)}/${controller}/${number}/${location}` as const;
  const there = turn.get('disk-drive', id);
  if (there?.type === type) return;
  if (there !== undefined) turn.remove('disk-drive', id);
  const path = `C:\\${vm.name} ${controller}-${number}-${location}.vhdx`;
  const made =
    type === 'Dvd'
      ? null
      : createDisk(turn, {
          host: vm.host,
          path,
          format: 'VHDX',
          type: 'Dynamic',
          maximumSize: 40 * 1024 ** 3,
        });
  if (controller === 'SCSI')
    turn.patch('vm', vm.id, { scsiControllers: Math.max(vm.scsiControllers, number + 1) });
  turn.insert('disk-drive', id, {
    host: vm.host,
    vm: vm.id,
    type,
    controller,
    controllerNumber: number,
    location,
    disk: made?.ok === true ? made.value : null,
    media: null,
  });
  if (made?.ok === true) turn.patch('virtual-disk', made.value, { vm: vm.id });
};

const bring = (lab: Lab, { name, host, state, withheld }: WantedVm): void => {
  if (state === 'Off') return;
  const vm = lab.find('vm', one => one.name === name && one.host === `host:${host}`);
  if (vm === undefined) return;
  const args = { vm: vm.id };
  const until = (isSo: () => boolean): void => lab.passUntil(isSo, 600);
  lab.do('vm.start', args);
  until(() => {
    const now = lab.get('vm', vm.id);
    // A guest without integration services says nothing.
    return withheld.size > 0
      ? now?.state === 'Running'
      : now?.heartbeat === 'OkApplicationsUnknown';
  });
  if (state === 'Paused') lab.do('vm.pause', args);
  if (state === 'Saved') lab.do('vm.save', args);
  until(() => lab.get('vm', vm.id)?.state === state);
};
