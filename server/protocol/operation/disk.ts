import { z } from 'zod';
import { FORBIDDEN_IN_NAMES } from '../name.ts';
import { idOf, operation } from './operation.ts';

/** A full Windows path of a virtual hard disk: a drive, folders, a name. */
export const diskPath = z
  .string()
  .max(260)
  .regex(
    /^[A-Za-z]:\\(?:[^\\/:*?"<>|]+\\)*[^\\/:*?"<>|]+\.a?vhdx?$/i,
    'is no path of a virtual hard disk',
  )
  .refine(path => !FORBIDDEN_IN_NAMES.test(path), 'has a control or bidirectional character');

const onDisk = { host: idOf('host'), path: diskPath };

/** Beyond what any format holds: the machine says so by refusal. */
const bytes = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

const sectorSize = z.union([z.literal(512), z.literal(4096)]);

export const DISK_OPERATIONS = {
  'disk.create': operation({
    verb: 'lab.command',
    about: 'Creates a virtual hard disk file on a volume of a host.',
    args: z.strictObject({
      ...onDisk,
      type: z.enum(['Fixed', 'Dynamic', 'Differencing']),
      /** A differencing disk has its parent's. */
      size: bytes.optional(),
      parent: diskPath.optional(),
      blockSize: bytes.optional(),
      logicalSectorSize: sectorSize.optional(),
      physicalSectorSize: sectorSize.optional(),
    }),
  }),
  'disk.resize': operation({
    verb: 'lab.command',
    about: 'Expands or shrinks a virtual hard disk that nobody has open.',
    args: z.strictObject({ ...onDisk, size: z.union([bytes, z.literal('minimum')]) }),
  }),
  'disk.convert': operation({
    verb: 'lab.command',
    about: 'Copies a virtual hard disk into a new file of another format or type.',
    args: z.strictObject({
      ...onDisk,
      to: diskPath,
      /** By default that of the source; a differencing one without a parent becomes dynamic. */
      type: z.enum(['Fixed', 'Dynamic', 'Differencing']).optional(),
      /** Of a differencing one: what it is to be based on. */
      parent: diskPath.optional(),
      blockSize: bytes.optional(),
      deleteSource: z.boolean().default(false),
    }),
  }),
  'disk.merge': operation({
    verb: 'lab.command',
    about: 'Merges a differencing disk into its parent, or into one further up, and deletes it.',
    args: z.strictObject({ ...onDisk, into: diskPath.optional() }),
  }),
  'disk.compact': operation({
    verb: 'lab.command',
    about: 'Takes unused blocks out of a dynamic or differencing disk.',
    args: z.strictObject({ ...onDisk }),
  }),
  'disk.setParent': operation({
    verb: 'lab.command',
    about: 'Points a differencing disk at its parent.',
    args: z.strictObject({
      ...onDisk,
      parent: diskPath,
      ignoreMismatch: z.boolean().default(false),
    }),
  }),
} as const;
