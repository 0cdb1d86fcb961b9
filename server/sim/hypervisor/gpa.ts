import { must } from '../../base/assert.ts';
import type { Id, PartitionId } from '../../protocol/id.ts';
import type { PageRun } from '../../protocol/record/host.ts';
import type { RecordOf, Values } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { movePages, nodeOf } from '../hardware/memory.ts';
import { LARGE_PAGE, total } from '../hardware/page.ts';
import type { HypercallInput, Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { tablePages } from './cost.ts';
import { keyOf } from './partition-id.ts';
import type { HvStatusName } from './status.ts';

// Guest physical address space: which system page stands behind which guest page, with which rights.

type GpaRange = Values<'gpa-range'>;

/** HvMapGpaPages flags, 1 read, 2 write, 4 execute: the combinations that are legal. */
const RIGHTS: { readonly [flags: number]: GpaRange['rights'] } = {
  0: 'none',
  1: 'R',
  3: 'RW',
  5: 'RX',
  7: 'RWX',
};

export const MAP_FLAGS = { none: 0, R: 1, RW: 3, RX: 5, RWX: 7 } as const;

/** Ordered by id is ordered by address. */
export function gpaRangeId(partition: PartitionId, base: number): Id<'gpa-range'> {
  return `gpa-range:${keyOf(partition)}/${base.toString(16).padStart(9, '0')}`;
}

/** Guest pages from `base` on, and the system pages behind them. */
interface Mapping {
  readonly base: number;
  readonly run: PageRun;
}

export function mapGpaPages(
  context: CallContext,
  { targetGpaBase, mapFlags, pages }: HypercallInput['HvMapGpaPages'],
): Outcome<'HvMapGpaPages'> {
  let base = targetGpaBase;
  const mappings = pages.map(run => {
    const mapping: Mapping = { base, run };
    base += run[1];
    return mapping;
  });
  const fault = map(context, mappings, mapFlags);
  return fault === null ? succeeded({}, total(pages)) : refused(fault);
}

/** Pages here and there; a guest page named twice is mapped as it was named last. */
export function mapSparseGpaPages(
  context: CallContext,
  { mapFlags, pageList }: HypercallInput['HvMapSparseGpaPages'],
): Outcome<'HvMapSparseGpaPages'> {
  const sources = new Map(pageList);
  const mappings: { base: number; run: [number, number] }[] = [];
  for (const [base, source] of [...sources].toSorted((a, b) => a[0] - b[0])) {
    const last = mappings.at(-1);
    const follows =
      last !== undefined &&
      last.base + last.run[1] === base &&
      last.run[0] + last.run[1] === source;
    if (follows) last.run[1] += 1;
    else mappings.push({ base, run: [source, 1] });
  }
  const fault = map(context, mappings, mapFlags);
  return fault === null ? succeeded({}, pageList.length) : refused(fault);
}

function map(
  context: CallContext,
  mappings: readonly Mapping[],
  mapFlags: number,
): HvStatusName | null {
  const { turn, target, by } = context;
  const rights = RIGHTS[mapFlags];
  if (rights === undefined || mappings.some(({ base }) => base < 0)) return 'INVALID_PARAMETER';
  const vm = must(by.vm, 'guest memory belongs to a virtual machine');
  const before = rangesOf(turn, target.id);
  let kept: GpaRange[] = before;
  for (const { base, run } of mappings) kept = without(kept, base, run[1]);
  const host = turn.must('host', target.host);
  const added = mappings.map(({ base, run: [spaBase, pages] }): GpaRange => ({
    host: target.host,
    vm,
    partition: target.id,
    base,
    pages,
    rights,
    purpose: rights === 'RX' ? 'Firmware' : 'RAM',
    numaNode: nodeOf(host, spaBase),
    spaBase,
    largePages: largePagesIn(base, spaBase, pages),
  }));
  return replace(context, before, [...kept, ...added]);
}

export function unmapGpaPages(
  context: CallContext,
  input: HypercallInput['HvUnmapGpaPages'],
): Outcome<'HvUnmapGpaPages'> {
  const before = rangesOf(context.turn, context.target.id);
  const fault = replace(context, before, without(before, input.targetGpaBase, input.count));
  return fault === null ? succeeded({}, input.count) : refused(fault);
}

/** Ranges the hypervisor maps; address space without memory behind it is the parent's knowledge. */
export function rangesOf(turn: Turn, partition: PartitionId): RecordOf<'gpa-range'>[] {
  return turn.where('gpa-range', 'partition', partition).filter(range => range.spaBase !== null);
}

/** 2 MB pages are used where 512 pages are contiguous and aligned on both sides. */
function largePagesIn(base: number, spaBase: number, pages: number): number {
  if ((base - spaBase) % LARGE_PAGE !== 0) return 0;
  const first = Math.ceil(base / LARGE_PAGE);
  return Math.max(0, Math.floor((base + pages) / LARGE_PAGE) - first);
}

/** The ranges with a hole at [base, base + count). */
function without(ranges: readonly GpaRange[], base: number, count: number): GpaRange[] {
  const end = base + count;
  return ranges.flatMap(range => {
    const rangeEnd = range.base + range.pages;
    if (rangeEnd <= base || range.base >= end) return [range];
    const parts: GpaRange[] = [];
    if (range.base < base) parts.push(part(range, range.base, base));
    if (rangeEnd > end) parts.push(part(range, end, rangeEnd));
    return parts;
  });
}

function part(range: GpaRange, base: number, end: number): GpaRange {
  const spaBase = must(range.spaBase, 'only mapped ranges are cut') + (base - range.base);
  const pages = end - base;
  const { host, vm, partition, rights, purpose, numaNode } = range;
  const largePages = largePagesIn(base, spaBase, pages);
  return { host, vm, partition, base, pages, rights, purpose, numaNode, spaBase, largePages };
}

/**
 * Puts the new ranges in the old ones' place: their pages change hands, their page tables are paid.
 * A page that is in a pool or another guest's is not the parent's to give.
 */
function replace(
  { turn, target }: CallContext,
  before: readonly RecordOf<'gpa-range'>[],
  after: readonly GpaRange[],
): HvStatusName | null {
  const cost = tablePages(after) - tablePages(before);
  if (target.pagesInUse + cost > target.depositedPages) return 'INSUFFICIENT_MEMORY';
  const pages = { from: systemPages(before), to: systemPages(after) };
  if (!movePages(turn, target.host, pages)) return 'OPERATION_DENIED';
  turn.patch('partition', target.id, { pagesInUse: target.pagesInUse + cost });

  const wanted = new Map(after.map(range => [gpaRangeId(target.id, range.base), range]));
  for (const range of before) {
    const next = wanted.get(range.id);
    if (next === undefined) turn.remove('gpa-range', range.id);
    else {
      const { pages, rights, purpose, numaNode, spaBase, largePages } = next;
      turn.patch('gpa-range', range.id, { pages, rights, purpose, numaNode, spaBase, largePages });
      wanted.delete(range.id);
    }
  }
  for (const [id, range] of wanted) turn.insert('gpa-range', id, range);
  turn.patch('partition', target.id, {
    gpaPages: after.reduce((sum, { pages }) => sum + pages, 0),
  });
  return null;
}

/** The system pages behind ranges of guest memory. */
export function systemPages(ranges: readonly GpaRange[]): PageRun[] {
  return ranges.flatMap(({ spaBase, pages }) =>
    spaBase === null ? [] : [[spaBase, pages] as const],
  );
}
