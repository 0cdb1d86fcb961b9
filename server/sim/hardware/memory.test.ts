import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PageRun } from '../../protocol/record/hypervisor.ts';
import { Bench, HOST, VM, hostSpec } from '../hypervisor/bench.fixture.ts';
import { gpaRangeId } from '../hypervisor/gpa.ts';
import {
  availableMemory,
  findGuestMemory,
  findPoolPages,
  nodeOf,
  overheadOf,
  roomiestNode,
} from './memory.ts';
import { GIB, LARGE_PAGE, MIB, split, tidy, total } from './page.ts';

/** Two nodes of 4 GB, of which each gives half a GB to the management OS. */
function twoNodes(): Bench {
  const bench = new Bench(hostSpec({ numaNodes: 2 }));
  bench.launch();
  return bench;
}

let ranges = 0;

function hold(bench: Bench, runs: readonly PageRun[]): ReturnType<typeof gpaRangeId>[] {
  return runs.map(([spaBase, pages]) => {
    ranges += 1;
    const id = gpaRangeId('partition:HV01/1.2', ranges);
    bench.turn().insert('gpa-range', id, {
      host: HOST,
      vm: VM,
      partition: 'partition:HV01/1.2',
      base: 0,
      pages,
      rights: 'RWX',
      purpose: 'RAM',
      numaNode: 0,
      spaBase,
      largePages: 0,
    });
    return id;
  });
}

const NODE_PAGES = (4 * GIB) / 4096;
const RESERVE = GIB / 2 / 4096;

test('[HW4] a guest’s memory is whole 2 MB pages from the bottom of its node', () => {
  const bench = twoNodes();

  const found = findGuestMemory(bench.turn(), HOST, { pages: 1024, node: 1 });

  expect(found).toEqual([{ node: 1, run: [NODE_PAGES + RESERVE, 1024] }]);
});

test('[HW4] what its node does not have comes from another', () => {
  const bench = twoNodes();

  const found = findGuestMemory(bench.turn(), HOST, { pages: NODE_PAGES, node: 1 });

  expect(found?.map(({ node }) => node)).toEqual([1, 0]);
  expect(total(found?.map(({ run }) => run) ?? [])).toBe(NODE_PAGES);
  expect(findGuestMemory(bench.turn(), HOST, { pages: 2 * NODE_PAGES, node: 0 })).toBeNull();
});

test('[HW4] the roomiest node is the one to begin with', () => {
  const bench = twoNodes();
  const before = roomiestNode(bench.turn(), HOST);

  hold(bench, [[NODE_PAGES + RESERVE, 2048]]);

  // The root's own pool is on node 0.
  expect([before, roomiestNode(bench.turn(), HOST)]).toEqual([1, 0]);
});

test('[HW5] pages for a pool come from the top', () => {
  const bench = twoNodes();

  const found = findPoolPages(bench.turn(), HOST, { pages: 3, node: 1 });

  expect(found).toEqual([[2 * NODE_PAGES - 3, 3]]);
  expect(findPoolPages(bench.turn(), HOST, { pages: 2 * NODE_PAGES, node: 1 })).toBeNull();
});

test('[HW6] what is held is not found, what is given back is', () => {
  const request = fc.record({
    pages: fc.integer({ min: 1, max: 200_000 }),
    node: fc.nat(1),
    isPool: fc.boolean(),
    release: fc.option(fc.nat(20), { nil: null }),
  });
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 25 }), requests => {
      const bench = twoNodes();
      const host = bench.turn().must('host', HOST);
      const first = bench.turn().must('partition', 'partition:HV01/1.1').deposits;
      const held = new Map<string, PageRun>();
      for (const { pages, node, isPool, release } of requests) {
        const oldest = [...held.keys()][release ?? -1];
        if (oldest !== undefined) {
          bench.turn().remove('gpa-range', oldest as ReturnType<typeof gpaRangeId>);
          held.delete(oldest);
        }
        const wanted = { pages, node };
        const runs = isPool
          ? findPoolPages(bench.turn(), HOST, wanted)
          : (findGuestMemory(bench.turn(), HOST, wanted)?.map(({ run }) => run) ?? null);
        if (runs === null) continue;
        expect(total(runs)).toBe(pages);
        if (!isPool) expect(runs.every(([base]) => base % LARGE_PAGE === 0)).toBe(true);
        for (const [at, id] of hold(bench, runs).entries()) held.set(id, runs[at] as PageRun);

        const all = [...held.values(), ...first].toSorted((a, b) => a[0] - b[0]);
        for (const [at, [base, count]] of all.entries()) {
          const next = all[at + 1];
          if (next !== undefined) expect(base + count).toBeLessThanOrEqual(next[0]);
          expect(base % NODE_PAGES).toBeGreaterThanOrEqual(RESERVE);
          expect(nodeOf(host, base)).toBe(nodeOf(host, base + count - 1));
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('[HW6] a host whose memory is all free gives all of it but the reserve', () => {
  const bench = new Bench(hostSpec({ numaNodes: 2 }));

  const found = findPoolPages(bench.turn(), HOST, { pages: 2 * (NODE_PAGES - RESERVE), node: 0 });

  expect(found).not.toBeNull();
  expect(availableMemory(bench.turn(), HOST)).toBe(7 * GIB);
});

test('[HW7] a worker process costs more for a larger machine', () => {
  expect([0.5 * GIB, GIB, GIB + 1, 4 * GIB].map(overheadOf)).toEqual([
    32 * MIB,
    32 * MIB,
    40 * MIB,
    56 * MIB,
  ]);
});

test('runs of pages are joined and split', () => {
  expect(
    tidy([
      [10, 5],
      [0, 5],
      [5, 5],
      [20, 1],
    ]),
  ).toEqual([
    [0, 15],
    [20, 1],
  ]);
  expect(
    split(
      [
        [0, 4],
        [10, 4],
      ],
      6,
    ),
  ).toEqual({
    taken: [
      [0, 4],
      [10, 2],
    ],
    rest: [[12, 2]],
  });
});
