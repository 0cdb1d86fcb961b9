import { expect, test } from 'vitest';
import { TICKS_PER_SECOND, milliseconds } from '../../protocol/time.ts';
import type { PartitionId } from '../../protocol/id.ts';
import { Bench, VM, hostSpec } from './bench.fixture.ts';
import type { Caller } from './call.ts';
import { make } from './hypercall.fixture.ts';
import { sibling, vpId } from './partition-id.ts';
import { PROPERTY } from './property.ts';
import { shareOf } from './schedule.ts';
import { setLoad } from './virtual-processor.ts';

interface Scene {
  readonly bench: Bench;
  readonly by: Caller;
  readonly root: PartitionId;
}

/** A host with so many logical processors in so many nodes. */
function host(logicalProcessors: number, numaNodes = 1): Scene {
  const bench = new Bench(hostSpec({ logicalProcessors, numaNodes }));
  const root = bench.launch();
  return { bench, root, by: { partition: root, as: 'vid', vm: VM } };
}

/** Another partition, whose processors run and want so much. */
function partition(
  here: Scene,
  load: number,
  processors = 1,
  proximityDomainInfo = 0,
): PartitionId {
  const { bench, by } = here;
  const number = bench.turn().must('host', 'host:HV01').nextPartitionId;
  make(bench, by, 'HvCreatePartition', { flags: 0, proximityDomainInfo });
  const pages = [[0x14_0000 + number * 0x1000, 2000]] as const;
  expect(make(bench, by, 'HvDepositMemory', { partitionId: number, pages })).toBe('SUCCESS');
  expect(make(bench, by, 'HvInitializePartition', { partitionId: number })).toBe('SUCCESS');
  for (let vpIndex = 0; vpIndex < processors; vpIndex += 1) {
    make(bench, by, 'HvCreateVp', {
      partitionId: number,
      vpIndex,
      proximityDomainInfo: 0,
      flags: 0,
    });
    suspend(here, number, vpIndex, 0n);
  }
  const id = sibling(here.root, number);
  setLoad(bench.turn(), id, load);
  return id;
}

function suspend({ bench, by }: Scene, partitionId: number, vpIndex: number, value: bigint): void {
  const registers = [{ name: 0, value }];
  expect(make(bench, by, 'HvSetVpRegisters', { partitionId, vpIndex, registers })).toBe('SUCCESS');
}

function policy({ bench, by }: Scene, id: PartitionId, code: number, value: bigint): void {
  const partitionId = bench.turn().must('partition', id).number;
  const input = { partitionId, propertyCode: code, propertyValue: value };
  expect(make(bench, by, 'HvSetPartitionProperty', input)).toBe('SUCCESS');
}

const share = ({ bench }: Scene, id: PartitionId): number => shareOf(bench.turn(), id);
const vp = ({ bench }: Scene, id: PartitionId, index = 0) =>
  bench.turn().must('virtual-processor', vpId(id, index));
const lps = ({ bench }: Scene) =>
  bench
    .turn()
    .all('logical-processor')
    .toSorted((a, b) => a.index - b.index);

const DECIDED = milliseconds(50);

test('[HV82] with room for all each has what it asks for, within its cap', () => {
  const here = host(4);
  const plain = partition(here, 1500, 2);
  const capped = partition(here, 2000, 2);
  policy(here, capped, PROPERTY.cpuCap, 0x4000n);

  expect([share(here, plain), share(here, capped)]).toEqual([1500, 500]);
  expect([vp(here, plain).state, vp(here, capped).state]).toEqual(['Running', 'Running']);
});

test('[HV83] [HV87] two on one processor halve it, and both are Ready', () => {
  const here = host(1);
  const [a, b] = [partition(here, 1000), partition(here, 1000)];

  here.bench.advance(DECIDED);

  expect([share(here, a), share(here, b)]).toEqual([500, 500]);
  expect([vp(here, a).state, vp(here, b).state]).toEqual(['Ready', 'Ready']);
});

test('[HV83] a weight that changes is followed', () => {
  const here = host(1);
  const [a, b] = [partition(here, 1000), partition(here, 1000)];
  here.bench.advance(DECIDED);

  policy(here, b, PROPERTY.cpuWeight, 300n);
  here.bench.advance(DECIDED);

  expect([share(here, a), share(here, b)]).toEqual([250, 750]);
});

test('[HV84] a reserve is had whatever the others weigh', () => {
  const here = host(1);
  const [a, b] = [partition(here, 1000), partition(here, 1000)];
  policy(here, a, PROPERTY.cpuReserve, 0xc000n);
  policy(here, b, PROPERTY.cpuWeight, 10_000n);

  here.bench.advance(DECIDED);

  expect([share(here, a), share(here, b)]).toEqual([750, 250]);
});

test('[HV85] what is given up is free at once, and decided anew 50 ms later', () => {
  const here = host(1);
  const [a, b] = [partition(here, 1000), partition(here, 1000)];
  here.bench.advance(DECIDED);

  suspend(here, 2, 0, 1n);
  const atOnce = [share(here, a), share(here, b)];
  here.bench.advance(DECIDED - 1);
  const before = share(here, b);
  here.bench.reload();
  here.bench.advance(1);

  expect([atOnce, before, share(here, b)]).toEqual([[0, 500], 500, 1000]);
  expect(vp(here, b).state).toBe('Running');
});

test('[HV85] nothing is to come while nothing changes', () => {
  const here = host(1);
  partition(here, 1000);
  partition(here, 1000);
  here.bench.advance(DECIDED);

  expect(here.bench.world.agenda.nextDue).toBe(Infinity);
  expect(here.bench.turn().must('host', 'host:HV01').rescheduleAt).toBe(null);
});

test('[HV86] a processor goes on where it ran, else in its node, else where there is room', () => {
  const here = host(4, 2);
  const far = partition(here, 1000, 1, 1);
  const first = vp(here, far).placed;
  setLoad(here.bench.turn(), far, 0);
  setLoad(here.bench.turn(), far, 1000);
  const again = vp(here, far).placed;
  const others = [1, 1, 1].map(node => partition(here, 1000, 1, node));

  expect([first, again]).toEqual([[[2, 1_000_000]], [[2, 1_000_000]]]);
  expect(others.map(id => vp(here, id).placed[0]?.[0])).toEqual([3, 0, 1]);
  expect(vp(here, far).migrations).toBe(0);
});

test('[HV86] one whose place is parked migrates, and comes back to none that is parked', () => {
  const here = host(2);
  const id = partition(here, 1000);
  const { bench, by } = here;

  make(bench, by, 'HvParkLogicalProcessors', { processorMask: 0b01n });

  expect(vp(here, id)).toMatchObject({ placed: [[1, 1_000_000]], migrations: 1 });
  expect(lps(here).map(({ load }) => load)).toEqual([0, 1_000_000]);
});

test('[HV86] a share that no one has room for is had on several', () => {
  const here = host(2);
  const ids = [partition(here, 600), partition(here, 600), partition(here, 600)];

  expect(ids.map(id => vp(here, id).placed.length)).toEqual([1, 1, 2]);
  expect(lps(here).reduce((sum, { load }) => sum + load, 0)).toBe(1_800_000);
});

test('[HV88] time of the logical processors is that of the virtual ones', () => {
  const here = host(2);
  const ids = [partition(here, 1000), partition(here, 700), partition(here, 900)];
  here.bench.advance(TICKS_PER_SECOND);
  policy(here, ids[0] as PartitionId, PROPERTY.cpuWeight, 50n);
  here.bench.advance(TICKS_PER_SECOND);
  for (const id of ids) setLoad(here.bench.turn(), id, 0);
  here.bench.advance(DECIDED);

  const ran = ids.reduce((sum, id) => sum + vp(here, id).runTime, 0);
  const guest = lps(here).reduce((sum, lp) => sum + lp.guestTime, 0);
  const hypervisor = lps(here).reduce((sum, lp) => sum + lp.hypervisorTime, 0);
  expect(Math.abs(ran - guest)).toBeLessThan(20);
  // Two of two seconds' worth each, but for the 50 ms before the first decision.
  expect(ran).toBeGreaterThan(3.9 * TICKS_PER_SECOND);
  expect(Math.abs(hypervisor - guest / 1000)).toBeLessThan(20);
});

test('[HV82] a partition that ends leaves its share to the others', () => {
  const here = host(1);
  const [a, b] = [partition(here, 1000), partition(here, 1000)];
  here.bench.advance(DECIDED);

  make(here.bench, here.by, 'HvDeleteVp', { partitionId: 2, vpIndex: 0 });
  here.bench.advance(DECIDED);

  expect([share(here, a), share(here, b)]).toEqual([0, 1000]);
  const { cpuLoad, cpuGranted, cpuDemand } = here.bench.turn().must('host', 'host:HV01');
  expect({ cpuLoad, cpuGranted, cpuDemand }).toEqual({
    cpuLoad: 1000,
    cpuGranted: 1_000_000,
    cpuDemand: 1_000_000,
  });
});
