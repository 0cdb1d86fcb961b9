import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PageRun } from '../../protocol/record/host.ts';
import { Bench, HOST, hostSpec } from '../hypervisor/bench.fixture.ts';
import {
  allPages,
  availableMemory,
  findGuestMemory,
  findPoolPages,
  holdPages,
  nodeOf,
  overheadOf,
  releasePages,
  roomiestNode,
} from './memory.ts';
import { GIB, LARGE_PAGE, MIB, split, tidy, total, without } from './page.ts';

/** Two nodes of 4 GB, of which each gives half a GB to the management OS. */
function twoNodes(): Bench {
  const bench = new Bench(hostSpec({ numaNodes: 2 }));
  bench.launch();
  return bench;
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

  holdPages(bench.turn(), HOST, [[NODE_PAGES + RESERVE, 2048]]);

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
      const held: (readonly PageRun[])[] = [];
      for (const { pages, node, isPool, release } of requests) {
        const [oldest] = release === null ? [] : held.splice(release, 1);
        if (oldest !== undefined) releasePages(bench.turn(), HOST, oldest);
        const wanted = { pages, node };
        const runs = isPool
          ? findPoolPages(bench.turn(), HOST, wanted)
          : (findGuestMemory(bench.turn(), HOST, wanted)?.map(({ run }) => run) ?? null);
        if (runs === null) continue;
        expect(total(runs)).toBe(pages);
        if (!isPool) expect(runs.every(([base]) => base % LARGE_PAGE === 0)).toBe(true);
        expect(holdPages(bench.turn(), HOST, runs)).toBe(true);
        expect(holdPages(bench.turn(), HOST, runs)).toBe(false);
        held.push(runs);

        const all = [...held.flat(), ...first];
        for (const [base, count] of all)
          expect(nodeOf(host, base)).toBe(nodeOf(host, base + count - 1));
        // Held and free together are all there are, and none is both.
        const { freePages } = bench.turn().must('host', HOST);
        expect(tidy([...all, ...freePages])).toEqual(allPages(host));
        expect(total(all) + total(freePages)).toBe(total(allPages(host)));
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

test('runs of pages are taken out only where they are', () => {
  const runs = [
    [0, 10],
    [20, 10],
  ] as const;

  expect(
    without(runs, [
      [22, 3],
      [0, 2],
    ]),
  ).toEqual([
    [2, 8],
    [20, 2],
    [25, 5],
  ]);
  expect(without(runs, [[8, 3]])).toBeNull();
  expect(without(runs, [[12, 1]])).toBeNull();
  expect(without(runs, [[40, 1]])).toBeNull();
  expect(
    without(runs, [
      [0, 2],
      [1, 2],
    ]),
  ).toBeNull();
  expect(
    without(runs, [
      [0, 10],
      [20, 10],
    ]),
  ).toEqual([]);
});
