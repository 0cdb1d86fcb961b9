import type { DiskFormat, DiskType } from '../../protocol/record/disk.ts';
import { MIB } from '../hardware/page.ts';
import type { BlockMap } from './block-map.ts';
import { countOf, spanned } from './block-map.ts';

// How long a virtual hard disk file is: what its format keeps before, between and behind the blocks.
// Sources: Virtual Hard Disk Image Format Specification (2006) for VHD, MS-VHDX for VHDX.

export interface DiskShape {
  readonly format: DiskFormat;
  readonly type: DiskType;
  readonly maximumSize: number;
  /** 0 for a fixed disk, which has no table of blocks that grows. */
  readonly blockSize: number;
  readonly logicalSectorSize: number;
}

const SECTOR = 512;
/** VHD: the footer, and the header of a dynamic disk with the footer's copy before it. */
const FOOTER = SECTOR;
const DYNAMIC_HEADER = 1024;
/** A differencing VHD names its parent twice, relative and absolute, a sector each. */
const PARENT_LOCATORS = 2 * SECTOR;
const TABLE_ENTRY: { readonly [F in DiskFormat]: number } = { VHD: 4, VHDX: 8 };

/** Server 2012 begins the data of each block of a VHD at 4 KB, with its bitmap before (recalled). */
const ALIGNMENT = 4096;

/** VHDX: the header section, the log and the metadata region, each 1 MB. */
const VHDX_REGIONS = 3 * MIB;
/** Sectors that one sector bitmap block of 1 MB describes: MS-VHDX, 2.2. */
const CHUNK_SECTORS = 0x80_0000;

/** What New-VHD takes when nobody says. Differencing VHDX of 2 MB and fixed of 0: recalled. */
export function defaultBlockSize(format: DiskFormat, type: DiskType): number {
  if (type === 'Fixed') return 0;
  return format === 'VHDX' && type === 'Dynamic' ? 32 * MIB : 2 * MIB;
}

/** Grain in which what a fixed disk holds is kept, as if it were dynamic. */
export function grainOf({ format, blockSize }: DiskShape): number {
  return blockSize > 0 ? blockSize : defaultBlockSize(format, 'Dynamic');
}

const VHDX_BLOCKS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** VHD: 512 KB or 2 MB (New-VHD's page); VHDX: a power of two from 1 to 256 MB (MS-VHDX). */
export function isBlockSize(format: DiskFormat, size: number): boolean {
  if (format === 'VHD') return size === 2 * MIB || size === MIB / 2;
  return VHDX_BLOCKS.includes(size / MIB);
}

export function fileSizeOf(shape: DiskShape, blocks: BlockMap): number {
  return shape.format === 'VHD' ? vhdSize(shape, blocks) : vhdxSize(shape, blocks);
}

function vhdSize({ type, maximumSize, blockSize }: DiskShape, blocks: BlockMap): number {
  if (type === 'Fixed') return maximumSize + FOOTER;
  const entries = Math.ceil(maximumSize / blockSize);
  const head =
    FOOTER +
    DYNAMIC_HEADER +
    upTo(entries * TABLE_ENTRY.VHD, SECTOR) +
    (type === 'Differencing' ? PARENT_LOCATORS : 0);
  const present = countOf(blocks);
  const data = present === 0 ? head : upTo(head, ALIGNMENT) + present * (ALIGNMENT + blockSize);
  return data + FOOTER;
}

function vhdxSize(shape: DiskShape, blocks: BlockMap): number {
  const { type, maximumSize } = shape;
  const head = VHDX_REGIONS + tableSize(shape);
  if (type === 'Fixed') return head + upTo(maximumSize, MIB);
  const bitmaps = type === 'Differencing' ? chunksIn(shape, blocks) * MIB : 0;
  return head + bitmaps + countOf(blocks) * shape.blockSize;
}

/** The block allocation table: payload entries, and sector bitmap entries between them. */
function tableSize(shape: DiskShape): number {
  const payload = Math.ceil(shape.maximumSize / grainOf(shape));
  const chunk = chunkOf(shape);
  const entries =
    shape.type === 'Differencing'
      ? Math.ceil(payload / chunk) * (chunk + 1)
      : payload + Math.floor((payload - 1) / chunk);
  return upTo(entries * TABLE_ENTRY.VHDX, MIB);
}

/** Payload blocks to a sector bitmap block. */
function chunkOf(shape: DiskShape): number {
  return (CHUNK_SECTORS * shape.logicalSectorSize) / grainOf(shape);
}

/** A differencing VHDX has a sector bitmap for every chunk that it has written to. */
function chunksIn(shape: DiskShape, blocks: BlockMap): number {
  const chunk = chunkOf(shape);
  let chunks = 0;
  let last = -1;
  for (const [first, count] of blocks) {
    const [from, touched] = spanned(first, count, chunk);
    chunks += touched - (from === last ? 1 : 0);
    last = from + touched - 1;
  }
  return chunks;
}

/** How many blocks a dynamic file of that many bytes has at most. */
export function blocksWithin(shape: DiskShape, fileSize: number): number {
  const room = fileSize - fileSizeOf(shape, []);
  const most = Math.ceil(shape.maximumSize / shape.blockSize);
  const each = shape.format === 'VHD' ? shape.blockSize + ALIGNMENT : shape.blockSize;
  return Math.min(most, Math.max(0, Math.floor(room / each)));
}

export function formatOf(path: string): DiskFormat {
  return /\.a?vhdx$/i.test(path) ? 'VHDX' : 'VHD';
}

function upTo(bytes: number, step: number): number {
  return Math.ceil(bytes / step) * step;
}
