import { z } from 'zod';
import { FORBIDDEN_IN_NAMES } from '../name.ts';
import { diskPath } from './disk.ts';
import { freeText, givenName, idOf, operation } from './operation.ts';

const onVm = z.strictObject({ vm: idOf('vm') });

const MIB = 1024 * 1024;

/** 1 TB is the most a virtual machine may have on Server 2012; the machine says so by refusal. */
const memory = z.int().min(0).max(Number.MAX_SAFE_INTEGER).multipleOf(MIB);

/** A virtual hard disk or an ISO. */
const mediumPath = z
  .string()
  .max(260)
  .regex(
    /^[A-Za-z]:\\(?:[^\\/:*?"<>|]+\\)*[^\\/:*?"<>|]+\.(a?vhdx?|iso)$/i,
    'is no path of a virtual hard disk or an image',
  )
  .refine(path => !FORBIDDEN_IN_NAMES.test(path), 'has a control or bidirectional character');

/** Where a drive is; what is left out is the first that is free. */
const place = {
  controller: z.enum(['IDE', 'SCSI']).optional(),
  number: z.int().min(0).max(3).optional(),
  location: z.int().min(0).max(63).optional(),
};

/** The disk a new virtual machine boots from. */
const newDisk = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('library'), image: idOf('library-image') }),
  z.strictObject({
    from: z.literal('empty'),
    size: z
      .int()
      .min(3 * MIB)
      .max(64 * 1024 ** 4),
    /** Where its file goes; by default it is named after the machine, in the host's folder. */
    path: diskPath.optional(),
  }),
  z.strictObject({ from: z.literal('existing'), disk: idOf('virtual-disk') }),
  z.strictObject({ from: z.literal('none') }),
]);

export const VM_OPERATIONS = {
  'vm.create': operation({
    verb: 'lab.command',
    about: 'Creates a virtual machine, Off, on a host.',
    args: z.strictObject({
      host: idOf('host'),
      name: givenName,
      memory,
      processors: z.int().min(1).max(1024).default(1),
      disk: newDisk,
      virtualSwitch: idOf('virtual-switch').nullable().default(null),
      iso: idOf('library-image').nullable().default(null),
    }),
  }),
  'vm.start': operation({
    verb: 'lab.command',
    about: 'Starts a virtual machine, or restores a saved one.',
    args: onVm,
  }),
  'vm.pause': operation({
    verb: 'lab.command',
    about: 'Suspends the virtual processors.',
    args: onVm,
  }),
  'vm.resume': operation({
    verb: 'lab.command',
    about: 'Resumes a paused virtual machine.',
    args: onVm,
  }),
  'vm.save': operation({
    verb: 'lab.command',
    about: 'Saves memory and device state to files and frees the partition.',
    args: onVm,
  }),
  'vm.deleteSavedState': operation({
    verb: 'lab.command',
    about: 'Discards the saved state; the virtual machine is Off.',
    args: onVm,
  }),
  'vm.reset': operation({
    verb: 'lab.command',
    about: 'Resets the virtual machine without warning its guest.',
    args: onVm,
  }),
  'vm.turnOff': operation({
    verb: 'lab.command',
    about: 'Turns the virtual machine off without warning its guest.',
    args: onVm,
  }),
  'vm.shutDown': operation({
    verb: 'lab.command',
    about: 'Asks the guest to shut down through the shutdown integration service.',
    args: z.strictObject({ vm: idOf('vm'), force: z.boolean().default(false) }),
  }),
  'vm.rename': operation({
    verb: 'lab.command',
    about: 'Gives the virtual machine another name.',
    args: z.strictObject({ vm: idOf('vm'), name: givenName }),
  }),
  'vm.delete': operation({
    verb: 'lab.command',
    about: 'Removes the configuration; virtual hard disks stay.',
    args: onVm,
  }),
  'vm.setMemory': operation({
    verb: 'lab.command',
    about: 'Sets the startup memory, in bytes.',
    args: z.strictObject({ vm: idOf('vm'), startup: memory }),
  }),
  'vm.setProcessors': operation({
    verb: 'lab.command',
    about: 'Sets the number of virtual processors and their share.',
    args: z.strictObject({
      vm: idOf('vm'),
      count: z.int().min(1).max(1024).optional(),
      reserve: z.int().min(0).max(100).optional(),
      limit: z.int().min(0).max(100).optional(),
      weight: z.int().min(1).max(10_000).optional(),
    }),
  }),
  'vm.configure': operation({
    verb: 'lab.command',
    about:
      'Sets notes, what a virtual machine does when its host starts and stops, and its boot order.',
    args: z.strictObject({
      vm: idOf('vm'),
      notes: freeText.max(1000).optional(),
      automaticStartAction: z.enum(['Nothing', 'StartIfRunning', 'Start']).optional(),
      /** Seconds. */
      automaticStartDelay: z.int().min(0).max(2_147_483_647).optional(),
      automaticStopAction: z.enum(['TurnOff', 'Save', 'ShutDown']).optional(),
      /** Every device that the BIOS knows, each once. */
      bootOrder: z
        .array(z.enum(['CD', 'IDE', 'LegacyNetworkAdapter', 'Floppy']))
        .length(4)
        .refine(devices => new Set(devices).size === 4, 'names a device twice')
        .optional(),
    }),
  }),
  'vm.setDvd': operation({
    verb: 'lab.command',
    about: 'Inserts an ISO into the DVD drive, or takes it out.',
    args: z.strictObject({ vm: idOf('vm'), image: idOf('library-image').nullable() }),
  }),
  'vm.addDrive': operation({
    verb: 'lab.command',
    about: 'Adds a hard disk or DVD drive; a SCSI disk also while the virtual machine runs.',
    args: z.strictObject({
      vm: idOf('vm'),
      type: z.enum(['HardDisk', 'Dvd']),
      ...place,
      path: mediumPath.nullable().default(null),
    }),
  }),
  'vm.setDrive': operation({
    verb: 'lab.command',
    about: 'Puts another file into a drive, or the drive to another place.',
    args: z.strictObject({
      vm: idOf('vm'),
      drive: idOf('disk-drive'),
      path: mediumPath.nullable().optional(),
      to: z.strictObject(place).optional(),
    }),
  }),
  'vm.removeDrive': operation({
    verb: 'lab.command',
    about: 'Removes a drive; the file in it stays.',
    args: z.strictObject({ vm: idOf('vm'), drive: idOf('disk-drive') }),
  }),
  'vm.addScsiController': operation({
    verb: 'lab.command',
    about: 'Adds a SCSI controller.',
    args: onVm,
  }),
  'vm.removeScsiController': operation({
    verb: 'lab.command',
    about: 'Removes a SCSI controller with its drives.',
    args: z.strictObject({ vm: idOf('vm'), number: z.int().min(0).max(3) }),
  }),
  'vm.connectNetworkAdapter': operation({
    verb: 'lab.command',
    about: 'Connects the network adapter to a virtual switch, or disconnects it.',
    args: z.strictObject({
      vm: idOf('vm'),
      adapter: idOf('network-adapter'),
      virtualSwitch: idOf('virtual-switch').nullable(),
    }),
  }),
  'vm.setIntegrationService': operation({
    verb: 'lab.command',
    about: 'Offers or withholds one integration service.',
    args: z.strictObject({
      vm: idOf('vm'),
      service: idOf('integration-service'),
      enabled: z.boolean(),
    }),
  }),
  'guest.crash': operation({
    verb: 'lab.command',
    about: 'Makes the guest operating system stop with a bug check.',
    args: onVm,
  }),
  'guest.shutDown': operation({
    verb: 'lab.command',
    about: 'Shuts the guest down from inside, as its own user would.',
    args: onVm,
  }),
} as const;
