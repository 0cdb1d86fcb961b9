import type { PageRun } from '../../protocol/record/host.ts';

export const MIB = 0x10_0000;
export const GIB = 0x4000_0000;
export const TIB = 0x100_0000_0000;

export const PAGE_SIZE = 4096;

/** 4 KB pages in a 2 MB page. */
export const LARGE_PAGE = 512;

export function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE_SIZE);
}

export function total(runs: readonly PageRun[]): number {
  let pages = 0;
  for (const [, count] of runs) pages += count;
  return pages;
}

/** The same pages, lowest first, neighbours joined. */
export function tidy(runs: readonly PageRun[]): PageRun[] {
  const joined: PageRun[] = [];
  for (const [base, pages] of runs.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && last[0] + last[1] === base) {
      joined[joined.length - 1] = [last[0], last[1] + pages];
    } else joined.push([base, pages]);
  }
  return joined;
}

/** The first `count` pages of the runs and the rest. */
export function split(
  runs: readonly PageRun[],
  count: number,
): { readonly taken: PageRun[]; readonly rest: PageRun[] } {
  const taken: PageRun[] = [];
  const rest: PageRun[] = [];
  let left = count;
  for (const [base, pages] of runs) {
    const now = Math.min(left, pages);
    if (now > 0) taken.push([base, now]);
    if (now < pages) rest.push([base + now, pages - now]);
    left -= now;
  }
  return { taken, rest };
}

/** The runs, lowest first, without these pages; null when they do not have them all. */
export function without(runs: readonly PageRun[], taken: readonly PageRun[]): PageRun[] | null {
  const rest: PageRun[] = [];
  const wanted = taken.toSorted((a, b) => a[0] - b[0]);
  let at = 0;
  for (const [base, pages] of runs) {
    let from = base;
    const end = base + pages;
    for (; at < wanted.length; at += 1) {
      const [first, count] = wanted[at] as PageRun;
      if (first >= end) break;
      if (first < from || first + count > end) return null;
      if (first > from) rest.push([from, first - from]);
      from = first + count;
    }
    if (from < end) rest.push([from, end - from]);
  }
  return at === wanted.length ? rest : null;
}
