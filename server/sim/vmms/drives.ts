import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { DiskId, Id } from '../../protocol/id.ts';
import type { ArgsOf, Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { announceUnits } from '../devices/storvsp/storvsp.ts';
import type { Turn } from '../engine/turn.ts';
import { VM_LIMITS } from '../hardware/limits.ts';
import { diskOrImageAt } from '../storage/library.ts';
import { closeDisk, openDisk } from '../storage/virtual-disk.ts';
import type { DeviceVerb } from './device-fault.ts';
import { deviceFault, occupied } from './device-fault.ts';
import { diskAttached, notFound, wrongHost } from './refusal.ts';
import { mayChange } from './vm-state.ts';

// Drives of a virtual machine: at a place on an IDE or SCSI controller, with a file in them or
// without. SCSI disks come and go while it runs; its guest hears that the bus has changed.

type Vm = RecordOf<'vm'>;
type Drive = RecordOf<'disk-drive'>;
type Done = Result<null, Refusal>;

interface Place {
  readonly controller: Drive['controller'];
  readonly controllerNumber: number;
  readonly location: number;
}

/** What a drive holds: a virtual hard disk, the path of an image, or nothing. */
interface Medium {
  readonly disk: DiskId | null;
  readonly media: string | null;
}

const DONE = ok(null);
const NOTHING: Medium = { disk: null, media: null };

/** A generation 1 virtual machine has two IDE controllers with two places each. */
const IDE_PLACES = 2;

const NO_DVD = 'A DVD drive is attached to an IDE controller.';

export function addDrive(turn: Turn, vm: Vm, args: ArgsOf<'vm.addDrive'>): Result<Id, Refusal> {
  const { type, path } = args;
  const place = placeFor(turn, vm, args);
  if (!place.ok) return place;
  const refused = mayTouch(vm, { type, ...place.value }, 'add');
  if (refused !== null) return fail(refused);
  if (type === 'Dvd' && place.value.controller === 'SCSI') return fail(occupied(vm, 'add', NO_DVD));
  const medium = mediumAt(turn, vm, { type, path });
  if (!medium.ok) return medium;
  const id = driveId(vm, place.value);
  const opened = attach(turn, vm, medium.value);
  if (!opened.ok) return opened;
  turn.insert('disk-drive', id, {
    host: vm.host,
    vm: vm.id,
    type,
    ...place.value,
    ...medium.value,
  });
  tellGuest(turn, vm, place.value);
  return ok(id);
}

export function removeDrive(turn: Turn, vm: Vm, { drive: id }: ArgsOf<'vm.removeDrive'>): Done {
  const drive = turn.get('disk-drive', id);
  if (drive === undefined || drive.vm !== vm.id) return notFound(id);
  const refused = mayTouch(vm, drive, 'remove');
  if (refused !== null) return fail(refused);
  detach(turn, drive);
  turn.remove('disk-drive', id);
  tellGuest(turn, vm, drive);
  return DONE;
}

/** Another file in a drive, another place for it, or both. */
export function setDrive(turn: Turn, vm: Vm, args: ArgsOf<'vm.setDrive'>): Done {
  const drive = turn.get('disk-drive', args.drive);
  if (drive === undefined || drive.vm !== vm.id) return notFound(args.drive);
  const place = args.to === undefined ? ok(placeOf(drive)) : placeFor(turn, vm, args.to, drive);
  if (!place.ok) return place;
  const isMoved = driveId(vm, place.value) !== drive.id;
  const refused = isMoved
    ? (mayTouch(vm, drive, 'modify') ?? mayTouch(vm, { ...drive, ...place.value }, 'modify'))
    : mayInsert(vm, drive);
  if (refused !== null) return fail(refused);
  const { type, disk, media } = drive;
  if (type === 'Dvd' && place.value.controller === 'SCSI') {
    return fail(occupied(vm, 'modify', NO_DVD));
  }
  const isChanged = args.path !== undefined;
  const medium = isChanged
    ? mediumAt(turn, vm, { type, path: args.path ?? null }, drive)
    : ok({ disk, media });
  if (!medium.ok) return medium;
  if (isChanged) {
    detach(turn, drive);
    const opened = attach(turn, vm, medium.value);
    if (!opened.ok) {
      attach(turn, vm, { disk, media });
      return opened;
    }
  }
  put(turn, drive, { place: place.value, medium: medium.value, isMoved });
  tellGuest(turn, vm, drive);
  if (isMoved) tellGuest(turn, vm, place.value);
  return DONE;
}

/** A drive is known by its place: another place makes it another record. */
function put(
  turn: Turn,
  { id, host, vm, type }: Drive,
  to: { readonly place: Place; readonly medium: Medium; readonly isMoved: boolean },
): void {
  if (!to.isMoved) return turn.patch('disk-drive', id, { ...to.medium });
  turn.remove('disk-drive', id);
  turn.insert('disk-drive', driveId(turn.must('vm', vm), to.place), {
    host,
    vm,
    type,
    ...to.place,
    ...to.medium,
  });
}

export function addScsiController(turn: Turn, vm: Vm): Done {
  if (!mayChange(vm.state, 'scsiController')) return fail(deviceFault(vm, 'add', 'scsi'));
  if (vm.scsiControllers >= VM_LIMITS.scsiControllers) {
    const why = `A virtual machine has ${VM_LIMITS.scsiControllers} SCSI controllers at most.`;
    return fail(deviceFault(vm, 'add', 'scsi', why));
  }
  turn.patch('vm', vm.id, { scsiControllers: vm.scsiControllers + 1 });
  return DONE;
}

/** Its drives go with it; controllers behind it move up. */
export function removeScsiController(
  turn: Turn,
  vm: Vm,
  { number }: ArgsOf<'vm.removeScsiController'>,
): Done {
  if (!mayChange(vm.state, 'scsiController')) return fail(deviceFault(vm, 'remove', 'scsi'));
  if (number >= vm.scsiControllers) return notFound(`scsi-controller:${number}`);
  const drives = turn
    .where('disk-drive', 'vm', vm.id)
    .filter(
      ({ controller, controllerNumber }) => controller === 'SCSI' && controllerNumber >= number,
    )
    .toSorted((a, b) => a.controllerNumber - b.controllerNumber || a.location - b.location);
  for (const drive of drives) {
    turn.remove('disk-drive', drive.id);
    if (drive.controllerNumber === number) detach(turn, drive);
    else {
      const place = { ...placeOf(drive), controllerNumber: drive.controllerNumber - 1 };
      const { host, vm: of, type, disk, media } = drive;
      turn.insert('disk-drive', driveId(vm, place), { host, vm: of, type, ...place, disk, media });
    }
  }
  turn.patch('vm', vm.id, { scsiControllers: vm.scsiControllers - 1 });
  return DONE;
}

function placeOf({ controller, controllerNumber, location }: Drive): Place {
  return { controller, controllerNumber, location };
}

function driveId(vm: Vm, { controller, controllerNumber, location }: Place): Id<'disk-drive'> {
  return `disk-drive:${vm.id.slice('vm:'.length)}/${controller}/${controllerNumber}/${location}`;
}

interface Wanted {
  readonly controller?: Place['controller'] | undefined;
  readonly number?: number | undefined;
  readonly location?: number | undefined;
}

/** The place that was asked for, or the first free one that fits what was said. */
function placeFor(turn: Turn, vm: Vm, wanted: Wanted, moving?: Drive): Result<Place, Refusal> {
  const verb: DeviceVerb = moving === undefined ? 'add' : 'modify';
  const fits = placesOf(vm, wanted).filter(
    ({ controllerNumber, location }) =>
      (wanted.number ?? controllerNumber) === controllerNumber &&
      (wanted.location ?? location) === location,
  );
  if (fits.length === 0)
    return fail(occupied(vm, verb, 'There is no such controller or location.'));
  const isFree = (place: Place): boolean => {
    const id = driveId(vm, place);
    return id === moving?.id || turn.get('disk-drive', id) === undefined;
  };
  const free = fits.find(isFree);
  if (free !== undefined) return ok(free);
  return fail(occupied(vm, verb, 'The location is in use, or the controller is full.'));
}

/** Without a word about it: IDE first, and what runs can take a SCSI disk only. */
function placesOf(vm: Vm, { controller }: Wanted): readonly Place[] {
  const on = (bus: Place['controller'], controllers: number, locations: number): Place[] =>
    Array.from({ length: controllers * locations }, (_, at) => ({
      controller: bus,
      controllerNumber: Math.floor(at / locations),
      location: at % locations,
    }));
  const ide = on('IDE', IDE_PLACES, IDE_PLACES);
  const scsi = on('SCSI', vm.scsiControllers, VM_LIMITS.scsiLocations);
  return controller === 'IDE' ? ide : controller === 'SCSI' ? scsi : ide;
}

/** SCSI disks may come and go while it runs; nothing else does. */
function mayTouch(
  vm: Vm,
  { type, controller }: Pick<Drive, 'type' | 'controller'>,
  verb: DeviceVerb,
): Refusal | null {
  const change = type === 'HardDisk' && controller === 'SCSI' ? 'scsiDisk' : 'drive';
  return mayChange(vm.state, change) ? null : deviceFault(vm, verb, type);
}

function mayInsert(vm: Vm, drive: Drive): Refusal | null {
  if (drive.type === 'HardDisk') return mayTouch(vm, drive, 'modify');
  return mayChange(vm.state, 'dvd') ? null : deviceFault(vm, 'modify', 'Dvd');
}

function mediumAt(
  turn: Turn,
  vm: Vm,
  { type, path }: { readonly type: Drive['type']; readonly path: string | null },
  of?: Drive,
): Result<Medium, Refusal> {
  if (path === null) return ok(NOTHING);
  if (type === 'Dvd') return discAt(turn, vm, path);
  const found = diskOrImageAt(turn, vm.host, path);
  if (!found.ok) return fail(deviceFault(vm, 'add', 'HardDisk', found.fault));
  const { id, vm: owner } = found.value;
  if (owner !== null && of?.disk !== id) return diskAttached(found.value.path);
  return ok({ disk: id, media: null });
}

function discAt(turn: Turn, vm: Vm, path: string): Result<Medium, Refusal> {
  const key = path.toLowerCase();
  const image = turn
    .where('library-image', 'host', vm.host)
    .find(one => one.type === 'Iso' && one.path.toLowerCase() === key);
  return image === undefined ? wrongHost(path, vm.host) : ok({ disk: null, media: image.path });
}

/** The disk is this machine's; of one that runs its file is opened at once. */
function attach(turn: Turn, vm: Vm, { disk }: Medium): Done {
  if (disk === null) return DONE;
  turn.patch('virtual-disk', disk, { vm: vm.id });
  if (vm.partition === null) return DONE;
  const opened = openDisk(turn, disk);
  if (opened.ok) return DONE;
  turn.patch('virtual-disk', disk, { vm: null });
  return fail(deviceFault(vm, 'add', 'HardDisk', opened.fault));
}

function detach(turn: Turn, { disk, vm }: Drive): void {
  if (disk === null || turn.get('virtual-disk', disk)?.vm !== vm) return;
  closeDisk(turn, disk);
  turn.patch('virtual-disk', disk, { vm: null });
}

function tellGuest(turn: Turn, vm: Vm, { controller, controllerNumber }: Place): void {
  if (controller === 'SCSI') announceUnits(turn, vm.id, controllerNumber);
}
