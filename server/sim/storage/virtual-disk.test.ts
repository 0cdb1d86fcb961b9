import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Result } from '../../base/result.ts';
import type { DiskId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { GIB, MIB, TIB } from '../hardware/page.ts';
import { Bench, HOST, hostSpec } from '../hypervisor/bench.fixture.ts';
import type { StorageFault } from './fault.ts';
import { copyImage, differFromImage, foundLibrary, libraryImageId } from './library.ts';
import type { NewDisk } from './virtual-disk.ts';
import {
  closeDisk,
  createDisk,
  deleteDisk,
  forgetOpenDisks,
  openDisk,
  writeContent,
  writeDisk,
} from './virtual-disk.ts';
import { giveSpace, takeSpace } from './volume.ts';

const LIBRARY = [
  { type: 'Vhdx', name: 'ws2012', os: 'ws2012', size: '9 GB', maximumSize: '60 GB' },
  { type: 'Vhdx', name: 'msdos', os: 'msdos', size: '32 MB', maximumSize: '2 GB' },
];

interface Scene {
  readonly bench: Bench;
  readonly turn: () => Turn;
  readonly free: () => number;
}

/** A host with 90 GB free on C before its library. */
function scene(libraryImages: readonly object[] = []): Scene {
  const spec = hostSpec({ libraryImages });
  const bench = new Bench(spec);
  foundLibrary(bench.turn(), HOST, spec);
  const turn = (): Turn => bench.turn();
  return { bench, turn, free: () => turn().must('volume', 'volume:HV01/C').free };
}

function create(here: Scene, changes: Partial<NewDisk> = {}): Result<DiskId, StorageFault> {
  return createDisk(here.turn(), {
    host: HOST,
    path: 'C:\\Disks\\a.vhdx',
    format: 'VHDX',
    type: 'Dynamic',
    maximumSize: 60 * GIB,
    ...changes,
  });
}

function made(result: Result<DiskId, StorageFault>): DiskId {
  if (!result.ok) throw new Error(result.fault.message);
  return result.value;
}

function codeOf(result: Result<unknown, StorageFault>): number | null {
  return result.ok ? null : result.fault.code;
}

test('[ST1] a volume gives what it has and not a byte more', () => {
  const here = scene();
  const free = here.free();

  const whole = takeSpace(here.turn(), HOST, { path: 'C:\\a', bytes: free });
  const more = takeSpace(here.turn(), HOST, { path: 'C:\\b', bytes: 1 });
  const nowhere = takeSpace(here.turn(), HOST, { path: 'X:\\b', bytes: 1 });

  expect([codeOf(whole), codeOf(more), codeOf(nowhere)]).toEqual([null, 0x8007_0070, 0x8007_0003]);
  giveSpace(here.turn(), HOST, { path: 'C:\\a', bytes: free });
  expect(here.free()).toBe(free);
});

test('[ST1] whatever is made and deleted, free and files add up', () => {
  const action = fc.record({
    kind: fc.constantFrom('create', 'differ', 'delete', 'grow', 'open', 'close'),
    disk: fc.nat(8),
    type: fc.constantFrom('Fixed' as const, 'Dynamic' as const),
    size: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(
    fc.property(fc.array(action, { minLength: 1, maxLength: 40, size: 'max' }), actions => {
      const here = scene();
      const before = here.free();
      for (const [n, { kind, disk, type, size }] of actions.entries()) {
        const disks = here.turn().where('virtual-disk', 'host', HOST);
        const one = disks[disk % Math.max(1, disks.length)];
        const path = `C:\\${n}.vhdx`;
        if (kind === 'create') create(here, { path, type, maximumSize: size * GIB });
        if (one === undefined) continue;
        if (kind === 'differ') create(here, { path, type: 'Differencing', parent: one.id });
        if (kind === 'delete') deleteDisk(here.turn(), one.id);
        if (kind === 'grow') writeDisk(here.turn(), one.id, { at: size * MIB, bytes: size * GIB });
        if (kind === 'open') openDisk(here.turn(), one.id);
        if (kind === 'close') closeDisk(here.turn(), one.id);
      }
      const files = here.turn().where('virtual-disk', 'host', HOST);
      const taken = files.reduce((sum, { fileSize }) => sum + fileSize, 0);
      expect(here.free() + taken).toBe(before);
      expect(here.free()).toBeGreaterThanOrEqual(0);
      for (const { fileSize, maximumSize } of files) {
        expect(fileSize).toBeLessThanOrEqual(maximumSize + 64 * MIB);
      }
    }),
    { numRuns: 40 },
  );
});

test('[ST2] each format has its largest disk', () => {
  const here = scene();

  const codes = [
    create(here, { path: 'C:\\1', maximumSize: 64 * TIB }),
    create(here, { path: 'C:\\2', maximumSize: 64 * TIB + MIB }),
    create(here, { path: 'C:\\3', format: 'VHD', maximumSize: 2040 * GIB }),
    create(here, { path: 'C:\\4', format: 'VHD', maximumSize: 2040 * GIB + MIB }),
    create(here, { path: 'C:\\5', maximumSize: 2 * MIB }),
  ].map(codeOf);

  expect(codes).toEqual([null, 0xc03a_0012, null, 0xc03a_0012, 0xc03a_0012]);
});

test('[ST3] a path is one file in any case', () => {
  const here = scene();
  create(here);
  const free = here.free();

  const again = create(here, { path: 'c:\\disks\\A.VHDX' });

  expect(codeOf(again)).toBe(0x8007_0050);
  expect(here.free()).toBe(free);
});

test('[ST4] a fixed disk takes all of it, a dynamic one the blocks that were written', () => {
  const here = scene();
  const before = here.free();
  const sizes = (disk: DiskId): number => here.turn().must('virtual-disk', disk).fileSize;

  const fixed = made(create(here, { path: 'C:\\f', type: 'Fixed', maximumSize: GIB }));
  const afterFixed = here.free();
  const dynamic = made(create(here, { path: 'C:\\d', maximumSize: GIB }));
  writeDisk(here.turn(), dynamic, { at: 40 * MIB, bytes: 1 });
  const once = sizes(dynamic);
  writeDisk(here.turn(), dynamic, { at: 33 * MIB, bytes: 30 * MIB });
  writeDisk(here.turn(), fixed, { at: 0, bytes: 100 * MIB });
  const again = sizes(dynamic);
  writeDisk(here.turn(), dynamic, { at: 0, bytes: 100 * GIB });

  expect(before - afterFixed).toBe(GIB + 4 * MIB);
  expect([once, again]).toEqual([36 * MIB, 36 * MIB]);
  expect(sizes(dynamic)).toBe(GIB + 4 * MIB);
  expect(sizes(fixed)).toBe(GIB + 4 * MIB);
});

test('[ST4] growth stops where the volume ends', () => {
  const here = scene();
  const disk = made(create(here, { maximumSize: 500 * GIB }));

  const grown = writeDisk(here.turn(), disk, { at: 0, bytes: 200 * GIB });

  expect(codeOf(grown)).toBe(0x8007_0070);
  expect(here.turn().must('virtual-disk', disk)).toMatchObject({ fileSize: 4 * MIB, blocks: [] });
});

test('[ST18] a size that no sector ends at, and a block size of no format, make no disk', () => {
  const here = scene();

  const codes = [
    create(here, { path: 'C:\\1.vhdx', maximumSize: GIB + 1 }),
    create(here, { path: 'C:\\2.vhdx', blockSize: 3 * MIB }),
    create(here, { path: 'C:\\3.vhd', format: 'VHD', blockSize: MIB }),
    create(here, { path: 'C:\\4.vhd', format: 'VHD', blockSize: MIB / 2 }),
    create(here, { path: 'C:\\5.vhdx', blockSize: 256 * MIB }),
  ].map(codeOf);

  expect(codes).toEqual([0xc03a_0012, 0xc03a_000b, 0xc03a_000b, null, null]);
});

test('[ST19] a parent of another size breaks the chain', () => {
  const here = scene();
  const parent = made(create(here));
  const child = made(create(here, { path: 'C:\\c', type: 'Differencing', parent }));
  here.turn().patch('virtual-disk', parent, { maximumSize: 61 * GIB });

  const opened = openDisk(here.turn(), child);

  expect(codeOf(opened)).toBe(0xc03a_0017);
});

test('[ST5] a differencing disk is its parent’s child', () => {
  const here = scene();
  const parent = made(create(here));
  const content = {
    os: 'ws2012',
    sysprepped: false,
    computerName: 'WEB01',
    integrationComponents: null,
  };
  writeContent(here.turn(), parent, content);

  const child = made(create(here, { path: 'C:\\c', type: 'Differencing', parent }));
  const mixed = create(here, { path: 'C:\\m', format: 'VHD', type: 'Differencing', parent });

  expect(here.turn().must('virtual-disk', child)).toMatchObject({ maximumSize: 60 * GIB, content });
  expect(codeOf(mixed)).toBe(0xc03a_0004);
});

test('[ST6] a file has one writer or many readers', () => {
  const here = scene();
  const parent = made(create(here));
  const [one, two] = ['C:\\1', 'C:\\2'].map(path =>
    made(create(here, { path, type: 'Differencing', parent })),
  ) as [DiskId, DiskId];

  const first = [one, two].map(disk => codeOf(openDisk(here.turn(), disk)));
  const again = openDisk(here.turn(), one);
  const written = openDisk(here.turn(), parent);
  closeDisk(here.turn(), one);
  const stillRead = openDisk(here.turn(), parent);
  closeDisk(here.turn(), two);

  expect(first).toEqual([null, null]);
  expect([again, written, stillRead].map(codeOf)).toEqual([0x8007_0020, 0x8007_0020, 0x8007_0020]);
  expect(codeOf(openDisk(here.turn(), parent))).toBeNull();
  expect(codeOf(openDisk(here.turn(), one))).not.toBeNull();
});

test('[ST7] a parent that was written breaks its children’s chain', () => {
  const here = scene();
  const parent = made(create(here));
  const child = made(create(here, { path: 'C:\\c', type: 'Differencing', parent }));
  const grandchild = made(create(here, { path: 'C:\\g', type: 'Differencing', parent: child }));
  openDisk(here.turn(), parent);
  closeDisk(here.turn(), parent);

  const opened = [child, grandchild].map(disk => codeOf(openDisk(here.turn(), disk)));

  expect(opened).toEqual([0xc03a_000e, 0xc03a_000e]);
});

test('[ST8] a disk or a parent that is gone does not open', () => {
  const here = scene();
  const parent = made(create(here));
  const child = made(create(here, { path: 'C:\\c', type: 'Differencing', parent }));
  deleteDisk(here.turn(), parent);

  expect(codeOf(openDisk(here.turn(), child))).toBe(0xc03a_000d);
  expect(codeOf(openDisk(here.turn(), parent))).toBe(0x8007_0002);
  expect(codeOf(create(here, { path: 'C:\\d', type: 'Differencing', parent }))).toBe(0xc03a_000d);
});

test('[ST9] an open file and the parent of an open one stay', () => {
  const here = scene();
  const parent = made(create(here));
  const child = made(create(here, { path: 'C:\\c', type: 'Differencing', parent }));
  openDisk(here.turn(), child);

  const codes = [child, parent].map(disk => codeOf(deleteDisk(here.turn(), disk)));

  expect(codes).toEqual([0x8007_0020, 0x8007_0020]);
  closeDisk(here.turn(), child);
  expect(codeOf(deleteDisk(here.turn(), child))).toBeNull();
});

test('[ST10] the library takes its space on C', () => {
  const without = scene().free();

  const here = scene(LIBRARY);

  expect(without - here.free()).toBe(9 * GIB + 32 * MIB);
  expect(here.turn().must('library-image', 'library-image:HV01/ws2012')).toMatchObject({
    path: 'C:\\Library\\ws2012.vhdx',
    osName: 'Windows Server 2012 Standard',
  });
});

test('[ST11] a copy is large and its own, a differencing disk small and its parent’s', () => {
  const here = scene(LIBRARY);
  const image = libraryImageId(HOST, 'ws2012');
  const before = here.free();

  const copy = made(copyImage(here.turn(), { image, path: 'C:\\copy.vhdx' }));
  const afterCopy = here.free();
  const [one, two] = ['C:\\1.vhdx', 'C:\\2.vhdx'].map(path =>
    made(differFromImage(here.turn(), { image, path })),
  ) as [DiskId, DiskId];

  // 287 whole blocks of 32 MB fit into a file of 9 GB beside what the format keeps for itself.
  const file = 287 * 32 * MIB + 4 * MIB;
  // The image's own file becomes such a one, too, and each child is small.
  expect(before - afterCopy).toBe(file);
  expect(afterCopy - here.free()).toBe(file - 9 * GIB + 8 * MIB);
  expect(here.turn().must('virtual-disk', copy)).toMatchObject({ parent: null, type: 'Dynamic' });
  const parents = [one, two].map(disk => here.turn().must('virtual-disk', disk).parent);
  expect(parents[0]).toBe(parents[1]);
  const codes = [copy, one, two].map(disk => codeOf(openDisk(here.turn(), disk)));
  expect(codes).toEqual([null, null, null]);
});

test('[ST11] an image too large for what is left is refused', () => {
  const here = scene(LIBRARY);
  takeSpace(here.turn(), HOST, { path: 'C:\\x', bytes: here.free() - GIB });

  const copy = copyImage(here.turn(), {
    image: libraryImageId(HOST, 'ws2012'),
    path: 'C:\\c.vhdx',
  });

  expect(codeOf(copy)).toBe(0x8007_0070);
});

test('[ST12] an image of Windows is sysprepped and has components, MS-DOS neither', () => {
  const here = scene(LIBRARY);
  const contents = ['ws2012', 'msdos'].map(name => {
    const path = `C:\\${name}.vhdx`;
    const disk = made(copyImage(here.turn(), { image: libraryImageId(HOST, name), path }));
    return here.turn().must('virtual-disk', disk).content;
  });

  expect(contents).toMatchObject([
    { os: 'ws2012', sysprepped: true, integrationComponents: '6.2.9200.16384' },
    { os: 'msdos', sysprepped: false, integrationComponents: null },
  ]);
});

test('[ST13] nothing is open after the power was cut', () => {
  const here = scene();
  const disk = made(create(here));
  openDisk(here.turn(), disk);

  forgetOpenDisks(here.turn(), HOST);

  expect(codeOf(openDisk(here.turn(), disk))).toBeNull();
});
