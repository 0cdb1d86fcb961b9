import type { PageRun } from '../../protocol/record/host.ts';
import { split, total } from '../hardware/page.ts';
import { MAP_FLAGS } from '../hypervisor/gpa.ts';

// Where a generation 1 virtual machine sees its memory, in 4 KB pages: as on a PC, with a hole for
// the VGA frame buffer, firmware below 1 MB, and device space between 3.875 GB and 4 GB.

export const VGA_HOLE = { base: 0xa0, pages: 0x20 } as const;

const FIRMWARE = { base: 0xc0, end: 0x100 } as const;

/** 0xF8000000: Hyper-V leaves the 128 MB below 4 GB to devices (recalled). */
const LOW_TOP = 0xf_8000;

const FOUR_GIB = 0x10_0000;

/** One HvMapGpaPages: guest pages from `base` on, and the system pages behind them. */
export interface Segment {
  readonly base: number;
  readonly flags: number;
  readonly pages: readonly PageRun[];
}

/**
 * Places system pages in guest space. The n-th page goes to guest page n, so that both are aligned
 * alike and 2 MB pages fit; pages that would lie in the VGA hole go behind the last.
 */
export function placeMemory(runs: readonly PageRun[]): Segment[] {
  const { taken: low, rest: afterLow } = split(runs, VGA_HOLE.base);
  const { taken: hidden, rest: afterHole } = split(afterLow, VGA_HOLE.pages);
  const { taken: firmware, rest } = split(afterHole, FIRMWARE.end - FIRMWARE.base);
  const { taken: below, rest: above } = split([...rest, ...hidden], LOW_TOP - FIRMWARE.end);
  const segments: Segment[] = [
    { base: 0, flags: MAP_FLAGS.RWX, pages: low },
    { base: FIRMWARE.base, flags: MAP_FLAGS.RX, pages: firmware },
    { base: FIRMWARE.end, flags: MAP_FLAGS.RWX, pages: below },
    { base: FOUR_GIB, flags: MAP_FLAGS.RWX, pages: above },
  ];
  return segments.filter(({ pages }) => total(pages) > 0);
}
