import { must } from '../../base/assert.ts';
import type { HostId } from '../../protocol/id.ts';
import type { PageRun } from '../../protocol/record/host.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { GIB, LARGE_PAGE, MIB, PAGE_SIZE, pagesOf, tidy, without } from './page.ts';

// The physical memory of a host: which pages nobody holds, and where the next ones are found. A free
// page belongs to the management OS, which may deposit it or give it to a guest; it never decides who
// may have memory.

/** What the management OS keeps: 384 MB and 30 MB a GB (an estimate; sources disagree). */
export function defaultReserve(memory: number): number {
  return 384 * MIB + Math.floor(memory / GIB) * 30 * MIB;
}

/** What a worker process takes for a VM's memory: 32 MB for the first GB, 8 MB a further one (recalled). */
export function overheadOf(memory: number): number {
  return (32 + 8 * Math.max(0, Math.ceil(memory / GIB) - 1)) * MIB;
}

/** Bytes a new virtual machine could still get. */
export function availableMemory(turn: Turn, host: HostId): number {
  const { memory, memoryReserve, memoryAssigned, memoryDeposited, memoryOverhead } = turn.must(
    'host',
    host,
  );
  return Math.max(0, memory - memoryReserve - memoryAssigned - memoryDeposited - memoryOverhead);
}

/** A run of pages of one NUMA node. */
export interface NodeRun {
  readonly node: number;
  readonly run: PageRun;
}

/** All pages that the management OS does not keep for itself. */
export function allPages(
  host: Pick<RecordOf<'host'>, 'memory' | 'memoryReserve' | 'numaNodes'>,
): PageRun[] {
  const pages = Math.floor(host.memory / PAGE_SIZE / host.numaNodes);
  const reserve = pagesOf(host.memoryReserve / host.numaNodes);
  return Array.from({ length: host.numaNodes }, (_, node) => [
    node * pages + reserve,
    pages - reserve,
  ]);
}

/** Free runs, lowest first, each of one node: the reserve lies at the bottom of every node. */
function gaps(host: RecordOf<'host'>): NodeRun[] {
  return host.freePages.map(run => ({ node: nodeOf(host, run[0]), run }));
}

/** Takes these pages; false, and nothing taken, when somebody has one of them. */
export function holdPages(turn: Turn, id: HostId, runs: readonly PageRun[]): boolean {
  return movePages(turn, id, { from: [], to: runs });
}

export function releasePages(turn: Turn, id: HostId, runs: readonly PageRun[]): void {
  movePages(turn, id, { from: runs, to: [] });
}

/** Somebody holds `to` from now on instead of `from`; false when they are not all free. */
export function movePages(
  turn: Turn,
  id: HostId,
  moved: { readonly from: readonly PageRun[]; readonly to: readonly PageRun[] },
): boolean {
  const { freePages } = turn.must('host', id);
  const free = without(
    moved.from.length === 0 ? freePages : tidy([...freePages, ...moved.from]),
    moved.to,
  );
  if (free === null) return false;
  turn.patch('host', id, { freePages: free });
  return true;
}

/** The node with the most free memory; the lowest of equals. */
export function roomiestNode(turn: Turn, hostId: HostId): number {
  const host = turn.must('host', hostId);
  const free = Array.from({ length: host.numaNodes }, () => 0);
  for (const { node, run } of gaps(host)) free[node] = (free[node] ?? 0) + run[1];
  return free.indexOf(Math.max(...free));
}

/**
 * Runs for guest memory: whole 2 MB pages from the bottom of `node`, then of the others (NUMA
 * spanning is on by default). Null when there are not that many.
 */
export function findGuestMemory(
  turn: Turn,
  hostId: HostId,
  wanted: { readonly pages: number; readonly node: number },
): NodeRun[] | null {
  const found: NodeRun[] = [];
  let left = wanted.pages;
  for (const { node, run } of nearFirst(gaps(turn.must('host', hostId)), wanted.node)) {
    if (left === 0) break;
    const base = Math.ceil(run[0] / LARGE_PAGE) * LARGE_PAGE;
    const whole = Math.floor((run[0] + run[1] - base) / LARGE_PAGE) * LARGE_PAGE;
    const taken = Math.min(left, whole);
    if (taken <= 0) continue;
    found.push({ node, run: [base, taken] });
    left -= taken;
  }
  return left === 0 ? found : null;
}

/** Runs for a pool: single pages from the top, so that they do not break up what guests could use. */
export function findPoolPages(
  turn: Turn,
  hostId: HostId,
  wanted: { readonly pages: number; readonly node: number },
): PageRun[] | null {
  const found: PageRun[] = [];
  let left = wanted.pages;
  const free = nearFirst(gaps(turn.must('host', hostId)).toReversed(), wanted.node);
  for (const { run } of free) {
    if (left === 0) break;
    const taken = Math.min(left, run[1]);
    found.push([run[0] + run[1] - taken, taken]);
    left -= taken;
  }
  return left === 0 ? found : null;
}

function nearFirst(free: readonly NodeRun[], node: number): NodeRun[] {
  return [...free.filter(gap => gap.node === node), ...free.filter(gap => gap.node !== node)];
}

/** The node a page belongs to. */
export function nodeOf(host: RecordOf<'host'>, page: number): number {
  const node = Math.floor(page / Math.floor(host.memory / PAGE_SIZE / host.numaNodes));
  return must(node < host.numaNodes ? node : undefined, `page ${page} is on the host`);
}
