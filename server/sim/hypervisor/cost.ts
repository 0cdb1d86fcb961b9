import { LARGE_PAGE } from '../hardware/page.ts';

/**
 * Pages that objects of the hypervisor take from the pool of the partition that owns them. The
 * hypervisor does not publish them; INITIALIZE and VP are what Linux found by trying when it is root
 * (drivers/hv: HV_INIT_PARTITION_DEPOSIT_PAGES 208, 90 for a virtual processor), the rest is chosen.
 */
export const COST = {
  /** The partition object, from its parent's pool. */
  partition: 1,
  initialize: 208,
  virtualProcessor: 90,
  /** 16 buffers of 256 bytes. */
  messagePort: 1,
} as const;

/** Pages that a deposit adds when a call finds the pool too small: same source, ports chosen. */
export const DEPOSIT = {
  HvInitializePartition: 208,
  HvCreateVp: 90,
  HvMapGpaPages: 256,
  other: 16,
} as const;

/** Small objects (event ports, connections, intercepts of CPUID leaves) share pages, 64 to one. */
const SMALL_OBJECTS_A_PAGE = 64;

export function slabPages(objects: number): number {
  return Math.ceil(objects / SMALL_OBJECTS_A_PAGE);
}

/** A run of mapped guest pages, as far as page tables care. */
export interface MappedRun {
  readonly base: number;
  readonly pages: number;
  readonly largePages: number;
}

const PAGES_A_GIB = LARGE_PAGE * 512;

/**
 * Second-level page tables for these runs: a table for each 2 MB that has 4 KB mappings, a directory
 * for each GB, a pointer table for each 512 GB, one at the top.
 */
export function tablePages(runs: readonly MappedRun[]): number {
  if (runs.length === 0) return 0;
  const tables = new Set<number>();
  const directories = new Set<number>();
  const pointers = new Set<number>();
  for (const { base, pages, largePages } of runs) {
    const end = base + pages;
    for (let gib = Math.floor(base / PAGES_A_GIB); gib * PAGES_A_GIB < end; gib += 1) {
      directories.add(gib);
      pointers.add(Math.floor(gib / 512));
    }
    for (const [from, to] of smallParts(base, end, largePages)) {
      for (let at = Math.floor(from / LARGE_PAGE); at * LARGE_PAGE < to; at += 1) tables.add(at);
    }
  }
  return 1 + pointers.size + directories.size + tables.size;
}

/** The parts of a run before and after its 2 MB pages. */
function smallParts(base: number, end: number, largePages: number): [number, number][] {
  if (largePages === 0) return [[base, end]];
  const from = Math.ceil(base / LARGE_PAGE) * LARGE_PAGE;
  const parts: [number, number][] = [
    [base, from],
    [from + largePages * LARGE_PAGE, end],
  ];
  return parts.filter(([a, b]) => b > a);
}
