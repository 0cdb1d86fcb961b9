import { assert } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { availableMemory, findGuestMemory, overheadOf } from '../hardware/memory.ts';
import { PAGE_SIZE, pagesOf } from '../hardware/page.ts';
import type { HypervisorFault } from '../hypervisor/fault.ts';
import { notEnoughMemory } from '../hypervisor/fault.ts';
import { gpaRangeId, rangesOf } from '../hypervisor/gpa.ts';
import { call } from '../hypervisor/winhv.ts';
import { VGA_HOLE, placeMemory } from './guest-memory.ts';
import { asVid } from './vid.ts';

// The memory of a virtual machine: taken from the host whole, before it runs (static memory), and
// given back whole.

export interface MemoryWanted {
  readonly bytes: number;
}

/**
 * Allocates and maps the memory, or refuses and leaves nothing behind. On a nearly full host a
 * deposit for page tables may take pages that were found just before; with the pool fed, the second
 * attempt needs none.
 */
export function mapMemory(
  turn: Turn,
  partition: PartitionId,
  wanted: MemoryWanted,
): Result<null, HypervisorFault> {
  const mapped = tryToMap(turn, partition, wanted);
  return mapped.ok || mapped.fault.kind !== 'HypercallFailed'
    ? mapped
    : tryToMap(turn, partition, wanted);
}

function tryToMap(
  turn: Turn,
  partition: PartitionId,
  wanted: MemoryWanted,
): Result<null, HypervisorFault> {
  const bytes = pagesOf(wanted.bytes) * PAGE_SIZE;
  const { host, number, numaNode } = turn.must('partition', partition);
  const available = availableMemory(turn, host);
  if (bytes + overheadOf(bytes) > available) return fail(notEnoughMemory(bytes, available));
  const found = findGuestMemory(turn, host, { pages: pagesOf(bytes), node: numaNode });
  if (found === null) return fail(notEnoughMemory(bytes, available));

  // Before the pool asks for its pages: they must not come out of this machine's share.
  claim(turn, partition, bytes);
  const by = asVid(turn, partition);
  for (const { base, flags, pages } of placeMemory(found.map(({ run }) => run))) {
    const mapped = call(turn, by, 'HvMapGpaPages', {
      targetPartitionId: number,
      targetGpaBase: base,
      mapFlags: flags,
      pages,
    });
    if (!mapped.ok) {
      unmap(turn, partition);
      claim(turn, partition, -bytes);
      return mapped;
    }
  }
  insertVgaHole(turn, partition);
  return ok(null);
}

/** Address space without memory: each access traps, which is how the display is emulated. */
function insertVgaHole(turn: Turn, partition: PartitionId): void {
  const { host, vm, numaNode } = turn.must('partition', partition);
  assert(vm !== null, 'guest memory belongs to a virtual machine');
  turn.insert('gpa-range', gpaRangeId(partition, VGA_HOLE.base), {
    host,
    vm,
    partition,
    base: VGA_HOLE.base,
    pages: VGA_HOLE.pages,
    rights: 'none',
    purpose: 'Mmio',
    numaNode,
    spaBase: null,
    largePages: 0,
  });
}

function claim(turn: Turn, partition: PartitionId, bytes: number): void {
  const { host } = turn.must('partition', partition);
  const { memoryAssigned, memoryOverhead } = turn.must('host', host);
  const sign = bytes < 0 ? -1 : 1;
  turn.patch('host', host, {
    memoryAssigned: memoryAssigned + bytes,
    memoryOverhead: memoryOverhead + sign * overheadOf(Math.abs(bytes)),
  });
}

/** Takes the memory back from the partition and gives it to the host. */
export function unmapMemory(turn: Turn, partition: PartitionId): void {
  const pages = rangesOf(turn, partition).reduce((sum, range) => sum + range.pages, 0);
  if (pages === 0) return;
  unmap(turn, partition);
  claim(turn, partition, -pages * PAGE_SIZE);
}

function unmap(turn: Turn, partition: PartitionId): void {
  const by = asVid(turn, partition);
  const { number } = turn.must('partition', partition);
  for (const { base, pages } of runsOf(turn, partition)) {
    const gone = call(turn, by, 'HvUnmapGpaPages', {
      targetPartitionId: number,
      targetGpaBase: base,
      count: pages,
    });
    assert(gone.ok, `${partition} gives its memory back while it is Active`);
  }
  const hole = gpaRangeId(partition, VGA_HOLE.base);
  if (turn.get('gpa-range', hole) !== undefined) turn.remove('gpa-range', hole);
}

/** Mapped guest pages as the longest runs. */
function runsOf(turn: Turn, partition: PartitionId): { base: number; pages: number }[] {
  const runs: { base: number; pages: number }[] = [];
  for (const { base, pages } of rangesOf(turn, partition)) {
    const last = runs.at(-1);
    if (last !== undefined && last.base + last.pages === base) last.pages += pages;
    else runs.push({ base, pages });
  }
  return runs;
}
