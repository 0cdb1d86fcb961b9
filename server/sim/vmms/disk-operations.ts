import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { DiskId, HostId, JobId, PersonId } from '../../protocol/id.ts';
import type { ArgsOf, OperationResult, Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { OperationHandler } from '../engine/handler.ts';
import type { Turn } from '../engine/turn.ts';
import type { DiskVerb } from './disk-fault.ts';
import { diskFault } from './disk-fault.ts';
import * as jobs from './disk-jobs.ts';
import { enter } from './door.ts';
import {
  checkResize,
  idleChain,
  mergeTarget,
  minimumSize,
  setParent,
  wholeMap,
} from '../storage/disk-edit.ts';
import { defaultBlockSize, formatOf } from '../storage/disk-format.ts';
import type { StorageFault } from '../storage/fault.ts';
import { storageFault } from '../storage/fault.ts';
import { diskOrImageAt } from '../storage/library.ts';
import { createDisk } from '../storage/virtual-disk.ts';

// New and Edit Virtual Hard Disk: everything that could be wrong is looked at before a job begins.

type Begun = Result<JobId | null, StorageFault>;

function onDisks<A extends { readonly host: HostId; readonly path: string }>(
  verb: DiskVerb,
  act: (turn: Turn, args: A, person: PersonId | null) => Begun,
): OperationHandler<A> {
  return (turn, args, person): OperationResult => {
    const entered = enter(turn, args.host);
    if (!entered.ok) return entered;
    const begun: Result<JobId | null, Refusal> = act(turn, args, person);
    if (!begun.ok) return fail(diskFault(verb, args.path, begun.fault));
    return ok(begun.value === null ? null : { job: begun.value });
  };
}

function create(turn: Turn, args: ArgsOf<'disk.create'>, person: PersonId | null): Begun {
  const { host, path, type, size, parent: parentPath, ...sizes } = args;
  if ((type === 'Differencing') !== (parentPath !== undefined)) {
    return fail(storageFault('ParentNotFound', { path }));
  }
  const parent = parentPath === undefined ? null : diskOrImageAt(turn, host, parentPath);
  if (parent !== null && !parent.ok) return parent;
  const made = createDisk(turn, {
    host,
    path,
    format: formatOf(path),
    type,
    ...(size === undefined ? {} : { maximumSize: size }),
    ...(parent === null ? {} : { parent: parent.value.id }),
    ...given(sizes),
  });
  if (!made.ok) return made;
  const disk = turn.must('virtual-disk', made.value);
  const procedure = type === 'Fixed' ? jobs.CREATE_FIXED_DISK : jobs.CREATE_DISK;
  return ok(
    jobs.beginWork(turn, procedure, {
      host,
      title: `Creating virtual hard disk ${path}`,
      person,
      disks: [disk.id],
      made: disk.id,
      bytes: disk.fileSize,
    }),
  );
}

type Sizes = Pick<ArgsOf<'disk.create'>, 'blockSize' | 'logicalSectorSize' | 'physicalSectorSize'>;

function given(sizes: Sizes): { readonly [S in keyof Sizes]?: NonNullable<Sizes[S]> } {
  const { blockSize, logicalSectorSize, physicalSectorSize } = sizes;
  return {
    ...(blockSize === undefined ? {} : { blockSize }),
    ...(logicalSectorSize === undefined ? {} : { logicalSectorSize }),
    ...(physicalSectorSize === undefined ? {} : { physicalSectorSize }),
  };
}

function resize(turn: Turn, args: ArgsOf<'disk.resize'>, person: PersonId | null): Begun {
  const found = diskOrImageAt(turn, args.host, args.path);
  if (!found.ok) return found;
  const disk = found.value;
  const size = args.size === 'minimum' ? minimumSize(disk) : ok(args.size);
  if (!size.ok) return size;
  const checked = checkResize(turn, disk, size.value);
  if (!checked.ok) return checked;
  const more = disk.type === 'Fixed' ? Math.max(0, size.value - disk.maximumSize) : 0;
  return ok(
    jobs.beginWork(turn, jobs.RESIZE_DISK, {
      host: args.host,
      title: `${size.value < disk.maximumSize ? 'Shrinking' : 'Expanding'} virtual hard disk ${disk.path}`,
      person,
      disks: [disk.id],
      bytes: more,
      args: { disk: disk.id, size: size.value },
    }),
  );
}

function convert(turn: Turn, args: ArgsOf<'disk.convert'>, person: PersonId | null): Begun {
  const { host, deleteSource } = args;
  const found = diskOrImageAt(turn, host, args.path);
  if (!found.ok) return found;
  const source = found.value;
  const chain = idleChain(turn, source);
  if (!chain.ok) return chain;
  const made = copyOf(turn, args, chain.value);
  if (!made.ok) return made;
  return ok(
    jobs.beginWork(turn, jobs.CONVERT_DISK, {
      host,
      title: `Converting virtual hard disk ${source.path}`,
      person,
      disks: [source.id, made.value],
      made: made.value,
      bytes: turn.must('virtual-disk', made.value).fileSize,
      args: { disk: source.id, deleteSource },
    }),
  );
}

/** A new disk with all that the chain holds; a differencing one with what the child alone holds. */
function copyOf(
  turn: Turn,
  args: ArgsOf<'disk.convert'>,
  chain: readonly RecordOf<'virtual-disk'>[],
): Result<DiskId, StorageFault> {
  const [source] = chain;
  if (source === undefined) return fail(storageFault('FileNotFound', { path: args.path }));
  const type = args.type ?? (source.type === 'Fixed' ? 'Fixed' : 'Dynamic');
  const isChild = type === 'Differencing';
  if (isChild !== (args.parent !== undefined)) {
    return fail(storageFault('ParentNotFound', { path: args.to }));
  }
  const parent = args.parent === undefined ? null : diskOrImageAt(turn, args.host, args.parent);
  if (parent !== null && !parent.ok) return parent;
  const { maximumSize, content, partitioned } = source;
  if (parent !== null && parent.value.maximumSize !== maximumSize) {
    return fail(storageFault('SizeMismatch', { path: args.to, parent: parent.value.path }));
  }
  const format = formatOf(args.to);
  const blockSize = args.blockSize ?? defaultBlockSize(format, type);
  const grain = blockSize > 0 ? blockSize : defaultBlockSize(format, 'Dynamic');
  return createDisk(turn, {
    host: args.host,
    path: args.to,
    format,
    type,
    maximumSize,
    ...(args.blockSize === undefined ? {} : { blockSize }),
    ...(parent === null ? {} : { parent: parent.value.id }),
    blocks: wholeMap(isChild ? [source] : chain, grain),
    content,
    partitioned,
  });
}

function merge(turn: Turn, args: ArgsOf<'disk.merge'>, person: PersonId | null): Begun {
  const found = diskOrImageAt(turn, args.host, args.path);
  if (!found.ok) return found;
  const { id, path, type } = found.value;
  if (type !== 'Differencing') return fail(storageFault('InvalidType', { path, type }));
  const chain = idleChain(turn, found.value);
  if (!chain.ok) return chain;
  const target = mergeTarget(chain.value, args.into ?? null);
  if (target === null) return fail(storageFault('ParentNotFound', { path }));
  const merged = chain.value.slice(0, chain.value.indexOf(target));
  return ok(
    jobs.beginWork(turn, jobs.MERGE_DISK, {
      host: args.host,
      title: `Merging virtual hard disk ${path}`,
      person,
      disks: [...merged, target].map(disk => disk.id),
      bytes: merged.reduce((sum, { fileSize }) => sum + fileSize, 0),
      args: { disk: id, target: target.id },
    }),
  );
}

function compact(turn: Turn, args: ArgsOf<'disk.compact'>, person: PersonId | null): Begun {
  const found = diskOrImageAt(turn, args.host, args.path);
  if (!found.ok) return found;
  const { id, path, type, fileSize } = found.value;
  if (type === 'Fixed') return fail(storageFault('InvalidType', { path, type }));
  const chain = idleChain(turn, found.value);
  if (!chain.ok) return chain;
  return ok(
    jobs.beginWork(turn, jobs.COMPACT_DISK, {
      host: args.host,
      title: `Compacting virtual hard disk ${path}`,
      person,
      disks: [id],
      bytes: fileSize,
      args: { disk: id },
    }),
  );
}

function reparent(turn: Turn, args: ArgsOf<'disk.setParent'>): Begun {
  const found = diskOrImageAt(turn, args.host, args.path);
  if (!found.ok) return found;
  const parent = diskOrImageAt(turn, args.host, args.parent);
  if (!parent.ok) return parent;
  return setParent(turn, found.value, {
    parent: parent.value,
    ignoreMismatch: args.ignoreMismatch,
  });
}

export const DISK_HANDLERS = {
  'disk.create': onDisks<ArgsOf<'disk.create'>>('create', create),
  'disk.resize': onDisks<ArgsOf<'disk.resize'>>('resize', resize),
  'disk.convert': onDisks<ArgsOf<'disk.convert'>>('convert', convert),
  'disk.merge': onDisks<ArgsOf<'disk.merge'>>('merge', merge),
  'disk.compact': onDisks<ArgsOf<'disk.compact'>>('compact', compact),
  'disk.setParent': onDisks<ArgsOf<'disk.setParent'>>('setParent', reparent),
} as const;
