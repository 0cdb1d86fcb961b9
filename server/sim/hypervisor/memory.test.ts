import { expect, test } from 'vitest';
import type { PartitionId } from '../../protocol/id.ts';
import { Bench, HOST, VM, hostSpec } from './bench.fixture.ts';
import type { Caller, HypercallInput, HypercallName } from './call.ts';
import { COST, tablePages } from './cost.ts';
import { hypercall } from './hypercall.ts';
import { sibling } from './partition-id.ts';
import { statusName } from './status.ts';
import { call, deposit, withdraw } from './winhv.ts';

interface Scene {
  readonly bench: Bench;
  readonly child: PartitionId;
  readonly by: Caller;
  readonly make: <N extends HypercallName>(name: N, input: HypercallInput[N]) => string;
}

/** A launched host and an Active child with a pool of so many pages. */
function scene(pool = 400): Scene {
  const bench = new Bench();
  const root = bench.launch();
  const by: Caller = { partition: root, as: 'vid', vm: VM };
  const make: Scene['make'] = (name, input) =>
    statusName(hypercall(bench.turn(), by, name, input).status);
  make('HvCreatePartition', { flags: 0, proximityDomainInfo: 0 });
  make('HvDepositMemory', { partitionId: 2, pages: [[0x10_0000, pool]] });
  make('HvInitializePartition', { partitionId: 2 });
  return { bench, child: sibling(root, 2), by, make };
}

function map(base: number, first: number, pages: number): HypercallInput['HvMapGpaPages'] {
  return { targetPartitionId: 2, targetGpaBase: base, mapFlags: 7, pages: [[first, pages]] };
}

function ranges({ bench, child }: Scene): (readonly [number, number, number | null, number])[] {
  return bench
    .turn()
    .where('gpa-range', 'partition', child)
    .map(range => [range.base, range.pages, range.spaBase, range.largePages]);
}

test('[HV21] an object that the pool cannot pay is not made', () => {
  const { bench, child, make } = scene(COST.initialize + COST.virtualProcessor);

  const first = make('HvCreateVp', {
    partitionId: 2,
    vpIndex: 0,
    proximityDomainInfo: 0,
    flags: 0,
  });
  const second = make('HvCreateVp', {
    partitionId: 2,
    vpIndex: 1,
    proximityDomainInfo: 0,
    flags: 0,
  });

  expect([first, second]).toEqual(['SUCCESS', 'INSUFFICIENT_MEMORY']);
  expect(bench.turn().where('virtual-processor', 'partition', child)).toHaveLength(1);
  expect(bench.turn().must('partition', child)).toMatchObject({
    depositedPages: 298,
    pagesInUse: 298,
  });
});

test('[HV21] a partition is paid from its parent’s pool', () => {
  const bench = new Bench();
  const root = bench.launch();
  bench.turn().patch('partition', root, { depositedPages: 0, deposits: [] });
  const by: Caller = { partition: root, as: 'vid', vm: VM };

  const { status } = hypercall(bench.turn(), by, 'HvCreatePartition', {
    flags: 0,
    proximityDomainInfo: 0,
  });

  expect(statusName(status)).toBe('INSUFFICIENT_MEMORY');
  expect(bench.turn().must('host', HOST).nextPartitionId).toBe(2);
});

test('[HV23] withdrawal takes what is not in use, and all of it at the end', () => {
  const { bench, child, by, make } = scene(300);

  const taken = hypercall(bench.turn(), by, 'HvWithdrawMemory', {
    partitionId: 2,
    proximityDomainInfo: 0,
    count: 1000,
  });
  make('HvFinalizePartition', { partitionId: 2 });
  const rest = withdraw(bench.turn(), by, 2);

  expect(taken).toMatchObject({ output: { pages: [[0x10_0000, 92]] }, reps: 92 });
  expect(rest).toEqual([[0x10_0000 + 92, 208]]);
  expect(bench.turn().must('partition', child)).toMatchObject({ depositedPages: 0, deposits: [] });
});

test('[HV23] an uninitialized partition gives everything back', () => {
  const bench = new Bench();
  const by: Caller = { partition: bench.launch(), as: 'vid', vm: VM };
  hypercall(bench.turn(), by, 'HvCreatePartition', { flags: 0, proximityDomainInfo: 0 });
  deposit(bench.turn(), by, { partition: 2, pages: 10 });
  const before = bench.turn().must('host', HOST).memoryDeposited;

  withdraw(bench.turn(), by, 2);

  const { status } = hypercall(bench.turn(), by, 'HvDeletePartition', { partitionId: 2 });
  expect(status).toBe(0);
  expect(bench.turn().must('host', HOST).memoryDeposited).toBe(before - 10 * 4096);
});

test('[HV24] a page that is in a pool cannot be deposited again', () => {
  const { make } = scene(400);

  const again = make('HvDepositMemory', { partitionId: 2, pages: [[0x10_0000 + 399, 2]] });

  expect(again).toBe('OPERATION_DENIED');
});

test('[HV24] nor in another partition’s pool, nor while it is a guest’s', () => {
  const { make } = scene(400);
  make('HvCreatePartition', { flags: 0, proximityDomainInfo: 0 });
  make('HvMapGpaPages', map(0, 0x8_0000, 8));

  const taken = make('HvDepositMemory', { partitionId: 3, pages: [[0x10_0000, 1]] });
  const guests = make('HvDepositMemory', { partitionId: 3, pages: [[0x8_0007, 1]] });

  expect([taken, guests]).toEqual(['OPERATION_DENIED', 'OPERATION_DENIED']);
});

test('[HV25] winhv deposits until the call succeeds', () => {
  const { bench, by, child } = scene(COST.initialize);

  const made = call(bench.turn(), by, 'HvCreateVp', {
    partitionId: 2,
    vpIndex: 0,
    proximityDomainInfo: 0,
    flags: 0,
  });

  expect(made.ok).toBe(true);
  expect(bench.calls().slice(-3)).toEqual([
    'HvCreateVp 0x004E = INSUFFICIENT_MEMORY 0xB',
    'HvDepositMemory 0x0048 = SUCCESS 0x0',
    'HvCreateVp 0x004E = SUCCESS 0x0',
  ]);
  expect(bench.turn().must('partition', child).depositedPages).toBe(208 + 90);
});

test('[HV25] a host without a page left refuses with 0x800705AA', () => {
  const bench = new Bench(hostSpec({ memory: '2 GB', memoryReserve: '1 GB' }));
  const by: Caller = { partition: bench.launch(), as: 'vid', vm: VM };
  hypercall(bench.turn(), by, 'HvCreatePartition', { flags: 0, proximityDomainInfo: 0 });
  bench.turn().patch('host', HOST, { memoryAssigned: 1024 * 1024 * 1022 });

  const made = call(bench.turn(), by, 'HvInitializePartition', { partitionId: 2 });
  const again = deposit(bench.turn(), by, { partition: 2, pages: 208 });

  expect([made.ok, again.ok]).toEqual([false, false]);
  expect(again).toMatchObject({ fault: { kind: 'InsufficientResources', code: 0x8007_05aa } });
});

test('[HV26] only five combinations of rights exist', () => {
  const { make } = scene();
  const statuses = [0, 1, 2, 3, 4, 5, 6, 7].map(mapFlags =>
    make('HvMapGpaPages', { ...map(mapFlags * 16, 0x8_0000 + mapFlags * 16, 1), mapFlags }),
  );

  expect(statuses.map(status => status === 'SUCCESS')).toEqual([
    true,
    true,
    false,
    true,
    false,
    true,
    false,
    true,
  ]);
});

test('[HV27] pages aligned on both sides become 2 MB pages', () => {
  const here = scene();

  here.make('HvMapGpaPages', map(0x100, 0x8_0100, 0x100 + 512 * 3 + 7));
  here.make('HvMapGpaPages', map(0x10_0000, 0x9_0001, 512 * 3));

  expect(ranges(here)).toEqual([
    [0x100, 0x100 + 512 * 3 + 7, 0x8_0100, 3],
    [0x10_0000, 512 * 3, 0x9_0001, 0],
  ]);
});

test('[HV28] mapping over a mapping and unmapping part of one keep the rest', () => {
  const here = scene();
  here.make('HvMapGpaPages', map(0x1000, 0x8_0000, 100));

  here.make('HvMapGpaPages', map(0x1000 + 40, 0x9_0000, 20));
  here.make('HvUnmapGpaPages', { targetPartitionId: 2, targetGpaBase: 0x1000 + 90, count: 50 });

  expect(ranges(here)).toEqual([
    [0x1000, 40, 0x8_0000, 0],
    [0x1000 + 40, 20, 0x9_0000, 0],
    [0x1000 + 60, 30, 0x8_0000 + 60, 0],
  ]);
  expect(here.bench.turn().must('partition', here.child).gpaPages).toBe(90);
});

test('[HV28] page tables are paid by what they map and given back with it', () => {
  const { bench, child, make } = scene();
  const used = (): number => bench.turn().must('partition', child).pagesInUse;
  const before = used();

  make('HvMapGpaPages', map(0, 0x8_0000, 512 * 8));
  const large = used() - before;
  make('HvMapGpaPages', map(0x2000, 0x9_0001, 512));
  const small = used() - before - large;
  make('HvUnmapGpaPages', { targetPartitionId: 2, targetGpaBase: 0, count: 0x4000 });

  // One table each at the top, for 512 GB and for the GB; then one for the 2 MB of small pages.
  expect([large, small, used()]).toEqual([3, 1, before]);
});

test('[HV28] tables of a terabyte are counted without counting its pages', () => {
  const terabyte = { base: 0x10_0000, pages: 0x1000_0000, largePages: 0x8_0000 };

  expect(tablePages([terabyte])).toBe(1 + 3 + 1024);
});

test('[HV29] a page of a pool cannot be mapped', () => {
  const here = scene(400);

  const status = here.make('HvMapGpaPages', map(0, 0x10_0000 + 399, 2));

  expect(status).toBe('OPERATION_DENIED');
  expect(ranges(here)).toEqual([]);
});
