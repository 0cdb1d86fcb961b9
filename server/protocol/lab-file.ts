import { z } from 'zod';
import { moment, size, speed } from './lab-file-unit.ts';
import { freeText, givenName } from './operation/operation.ts';

/**
 * Guest operating systems an image of a library may hold, by the name the lab file uses. The
 * guest's own table says how each behaves.
 */
export const GUEST_SYSTEMS = {
  ws2012: 'Windows Server 2012 Standard',
  ws2008r2: 'Windows Server 2008 R2 Standard',
  msdos: 'MS-DOS',
} as const;

export type GuestSystem = keyof typeof GUEST_SYSTEMS;

const guestSystem = z.enum(Object.keys(GUEST_SYSTEMS) as [GuestSystem, ...GuestSystem[]]);

/** A NetBIOS computer name: it is part of ids, so it has no dot, slash or colon. */
const computerName = z
  .string()
  .regex(
    /^[A-Za-z](?:[A-Za-z0-9-]{0,13}[A-Za-z0-9])?$/,
    'is a computer name: a letter, then up to 14 letters, digits or hyphens',
  );

const address = z
  .string()
  .regex(
    /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/,
    'is an IPv4 address',
  );

const volume = z.strictObject({
  letter: z.string().regex(/^[A-Z]$/, 'is a drive letter, A to Z'),
  capacity: size('1 GB', '256 TB'),
  /** What the operating system and other files take. */
  used: size('0 MB', '256 TB').default(20 * 1024 ** 3),
});

const physicalNic = z.strictObject({
  name: givenName,
  speed: speed('10 Mbps', '100 Gbps').default(1_000_000_000),
  linkUp: z.boolean().default(true),
});

const libraryImage = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: z.literal('Vhdx'),
      name: givenName,
      os: guestSystem,
      /** Bytes the file takes. */
      size: size('1 MB', '64 TB'),
      /** Bytes of the disk inside it. */
      maximumSize: size('3 MB', '64 TB'),
    }),
    z.strictObject({
      type: z.literal('Iso'),
      name: givenName,
      os: guestSystem,
      size: size('1 MB', '1 TB'),
    }),
  ],
  { error: 'has a type: Vhdx or Iso' },
);

const virtualSwitch = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: z.literal('External'),
      name: givenName,
      networkAdapter: givenName,
      allowManagementOs: z.boolean().default(true),
    }),
    z.strictObject({ type: z.literal('Internal'), name: givenName }),
    z.strictObject({ type: z.literal('Private'), name: givenName }),
  ],
  { error: 'has a type: External, Internal or Private' },
);

const disk = z.discriminatedUnion(
  'from',
  [
    z.strictObject({ from: z.literal('library'), image: givenName }),
    // VHDX holds at most 64 TB on Server 2012.
    z.strictObject({ from: z.literal('empty'), size: size('3 MB', '64 TB') }),
    z.strictObject({ from: z.literal('none') }),
  ],
  { error: 'comes from: library, empty or none' },
);

const virtualMachine = z.strictObject({
  name: givenName,
  // 8 MB to 1 TB on Server 2012.
  memory: size('8 MB', '1 TB')
    .refine(bytes => bytes % (2 * 1024 ** 2) === 0, 'is a multiple of 2 MB')
    .default(512 * 1024 ** 2),
  // 64 virtual processors are the most on Server 2012.
  processors: z.int().min(1).max(64).default(1),
  disk: disk.default({ from: 'none' }),
  iso: givenName.nullable().default(null),
  virtualSwitch: givenName.nullable().default(null),
  state: z.enum(['Off', 'Running']).default('Off'),
  automaticStartAction: z.enum(['Nothing', 'StartIfRunning', 'Start']).default('StartIfRunning'),
  /** Seconds. */
  automaticStartDelay: z.int().min(0).max(3600).default(0),
  automaticStopAction: z.enum(['TurnOff', 'Save', 'ShutDown']).default('Save'),
  notes: freeText.max(1000).default(''),
});

const host = z.strictObject({
  name: computerName,
  state: z.enum(['Off', 'Running']).default('Running'),
  // 320 logical processors and 4 TB of memory are the most for Hyper-V of Server 2012.
  logicalProcessors: z.int().min(1).max(320),
  numaNodes: z.int().min(1).max(64).default(1),
  memory: size('2 GB', '4 TB'),
  memoryReserve: size('256 MB', '1 TB').nullable().default(null),
  address: address.nullable().default(null),
  hypervisorLaunchType: z.enum(['auto', 'off']).default('auto'),
  volumes: z.array(volume).min(1).max(26),
  networkAdapters: z.array(physicalNic).max(32).default([]),
  libraryImages: z.array(libraryImage).max(100).default([]),
  virtualSwitches: z.array(virtualSwitch).max(100).default([]),
  // 1,024 running virtual machines are the most for one host of Server 2012.
  virtualMachines: z.array(virtualMachine).max(1024).default([]),
});

/** A whole lab, as its author writes it in YAML. */
export const labFile = z.strictObject({
  name: givenName,
  // YAML reads 2012 as a number; the era is a name.
  era: z
    .union([z.literal(2012), z.literal('2012')], { error: 'is 2012, the only era there is yet' })
    .transform(() => '2012' as const),
  /** All dice of the lab follow from it. */
  seed: freeText.min(1).max(100),
  /** The lab's calendar at lab time 0; never today, so that a lab is the same next year. */
  calendarStart: moment,
  limits: z
    .strictObject({ virtualMachines: z.int().min(1).max(8000) })
    .default({ virtualMachines: 200 }),
  // 64 nodes are the most in a cluster of Server 2012.
  hosts: z.array(host).min(1).max(64),
});

export type LabFile = z.output<typeof labFile>;
export type HostSpec = LabFile['hosts'][number];
export type VirtualMachineSpec = HostSpec['virtualMachines'][number];
