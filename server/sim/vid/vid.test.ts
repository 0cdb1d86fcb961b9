import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Result } from '../../base/result.ts';
import type { PartitionId, VmId, WorkerId } from '../../protocol/id.ts';
import { Bench, HOST, VM, WORKER, hostSpec } from '../hypervisor/bench.fixture.ts';
import { WINDOWS_SERVER_2012, enlighten } from '../hypervisor/enlighten.ts';
import { stopHypervisor } from '../hypervisor/launch.ts';
import { vpId } from '../hypervisor/partition-id.ts';
import { connectPort, createPort } from '../hypervisor/synic.ts';
import { overheadOf } from '../hardware/memory.ts';
import { GIB, MIB } from '../hardware/page.ts';
import { mapMemory } from './memory.ts';
import { restoreState, saveState } from './saved-state.ts';
import { teardown } from './teardown.ts';
import {
  asVid,
  createPartition,
  createProcessors,
  initializePartition,
  installIntercepts,
  resetProcessors,
  runProcessors,
  setProperties,
  suspendProcessors,
} from './vid.ts';

function value<T>(result: Result<T, { readonly message: string }>): T {
  if (!result.ok) throw new Error(result.fault.message);
  return result.value;
}

interface Size {
  readonly bytes: number;
  readonly processors: number;
}

/** Every step of a start, up to a number of them. */
function build(bench: Bench, { bytes, processors }: Size, steps = 6): PartitionId {
  const turn = bench.turn();
  const partition = value(createPartition(turn, { host: HOST, vm: VM, worker: WORKER }));
  const rest = [
    () => value(initializePartition(bench.turn(), partition)),
    () => value(setProperties(bench.turn(), partition, { reserve: 0, cap: 100, weight: 100 })),
    () => value(createProcessors(bench.turn(), partition, processors)),
    () => value(mapMemory(bench.turn(), partition, { bytes })),
    () =>
      value(
        installIntercepts(bench.turn(), partition, [
          { type: 'IoPort', parameter: 0x1f0, span: 8, device: 'ide' },
          { type: 'Msr', parameter: 0, device: 'vmwp' },
          { type: 'Cpuid', parameter: 1, device: 'vmwp' },
        ]),
      ),
    () => runProcessors(bench.turn(), partition),
  ];
  for (const step of rest.slice(0, steps)) step();
  return partition;
}

const SMALL: Size = { bytes: 512 * MIB, processors: 2 };

function launched(changes: object = {}): Bench {
  const bench = new Bench(hostSpec({ ...changes }));
  bench.launch();
  return bench;
}

test('[VID1] the hypercalls of a start come in the documented order', () => {
  const bench = launched();

  const partition = build(bench, SMALL);

  const names = bench.calls().map(summary => summary.split(' ')[0] ?? '');
  const order = names.filter((name, at) => name !== names[at - 1]);
  expect(order).toEqual([
    'HvCreatePartition',
    'HvDepositMemory',
    'HvInitializePartition',
    'HvSetPartitionProperty',
    'HvCreateVp',
    'HvDepositMemory',
    'HvCreateVp',
    'HvDepositMemory',
    'HvCreateVp',
    'HvMapGpaPages',
    'HvDepositMemory',
    'HvMapGpaPages',
    'HvInstallIntercept',
    'HvSetVpRegisters',
  ]);
  expect(bench.turn().must('partition', partition)).toMatchObject({ state: 'Active', vm: VM });
  expect(bench.turn().must('worker-process', WORKER).partition).toBe(partition);
});

test('[VID2] without a hypervisor there is no partition', () => {
  const bench = new Bench();

  const made = createPartition(bench.turn(), { host: HOST, vm: VM, worker: WORKER });

  expect(made).toMatchObject({
    ok: false,
    fault: { kind: 'HypervisorNotRunning', code: 0xc035_1000 },
  });
});

test('[VID3] a guest may post and signal', () => {
  const bench = launched();

  const partition = build(bench, SMALL, 2);

  expect(bench.turn().must('partition', partition).privileges).toBe('00000030000007ff');
});

test('[VID4] reserve and cap change together in any direction', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { minLength: 1, maxLength: 6 }),
      policies => {
        const bench = launched();
        const partition = build(bench, SMALL, 2);
        for (const [one, other] of policies) {
          const reserve = Math.min(one, other);
          const cap = Math.max(one, other);
          const set = setProperties(bench.turn(), partition, { reserve, cap, weight: 7 });

          expect(set.ok).toBe(true);
          expect(bench.turn().must('partition', partition)).toMatchObject({
            cpuReserve: Math.round(reserve * 655.36),
            cpuCap: Math.max(1, Math.round(cap * 655.36)),
            cpuWeight: 7,
          });
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('[VID5] memory that is not there is refused and nothing changes', () => {
  const bench = launched();
  const partition = build(bench, SMALL, 3);
  const before = bench.turn().must('host', HOST).memoryAssigned;

  const refused = mapMemory(bench.turn(), partition, { bytes: 7 * GIB });
  const fits = mapMemory(bench.turn(), partition, { bytes: 6 * GIB });

  expect(refused).toMatchObject({
    ok: false,
    fault: { kind: 'NotEnoughMemory', code: 0x8007_000e, data: { needed: 7 * GIB } },
  });
  expect(before).toBe(0);
  expect(fits.ok).toBe(true);
  expect(bench.turn().must('host', HOST)).toMatchObject({
    memoryAssigned: 6 * GIB,
    memoryOverhead: 72 * MIB,
  });
});

test('[VID5] memory without room for its page tables is refused and given back', () => {
  const bench = launched();
  const partition = build(bench, SMALL, 3);
  const { memory, memoryReserve, memoryDeposited } = bench.turn().must('host', HOST);
  const bytes = 6 * GIB;
  const others = memory - memoryReserve - memoryDeposited - bytes - overheadOf(bytes);
  bench.turn().patch('host', HOST, { memoryOverhead: others });

  const mapped = mapMemory(bench.turn(), partition, { bytes });

  expect(mapped).toMatchObject({ ok: false, fault: { code: 0x8007_05aa } });
  expect(bench.turn().where('gpa-range', 'partition', partition)).toEqual([]);
  expect(bench.turn().must('host', HOST)).toMatchObject({
    memoryAssigned: 0,
    memoryDeposited,
    memoryOverhead: others,
  });
});

test('[VID6] guest memory lies as on a PC', () => {
  const bench = launched({ memory: '16 GB' });

  const partition = build(bench, { bytes: 5 * GIB, processors: 1 }, 4);

  const ranges = bench
    .turn()
    .where('gpa-range', 'partition', partition)
    .map(range => [range.base, range.pages, range.rights, range.purpose]);
  expect(ranges).toEqual([
    [0, 0xa0, 'RWX', 'RAM'],
    [0xa0, 0x20, 'none', 'Mmio'],
    [0xc0, 0x40, 'RX', 'Firmware'],
    [0x100, 0xf_8000 - 0x100, 'RWX', 'RAM'],
    [0x10_0000, (5 * GIB) / 4096 - 0xf_8000, 'RWX', 'RAM'],
    [0x10_0000 + (5 * GIB) / 4096 - 0xf_8000, 0x20, 'RWX', 'RAM'],
  ]);
  expect(bench.turn().must('partition', partition).gpaPages).toBe((5 * GIB) / 4096);
});

test('[VID7] all but the first 2 MB and the tail are 2 MB pages', () => {
  const bench = launched();

  const partition = build(bench, { bytes: 2 * GIB, processors: 1 }, 4);

  const large = bench
    .turn()
    .where('gpa-range', 'partition', partition)
    .reduce((sum, range) => sum + range.largePages, 0);
  expect(large).toBe(1023);
});

const ACCOUNTS = ['memoryAssigned', 'memoryDeposited', 'memoryOverhead'] as const;

function leftovers(bench: Bench): { [kind: string]: unknown } {
  const turn = bench.turn();
  const host = turn.must('host', HOST);
  const root = turn.must('partition', 'partition:HV01/1.1');
  return {
    partitions: turn.all('partition').length,
    processors: turn.all('virtual-processor').length,
    ranges: turn.all('gpa-range').length,
    intercepts: turn.all('intercept').length,
    ports: turn.all('port').length,
    connections: turn.all('port-connection').length,
    rootPages: root.pagesInUse,
    accounts: ACCOUNTS.map(name => host[name]),
  };
}

test('[VID8] a partition taken apart leaves nothing, in the documented order', () => {
  const bench = launched();
  const before = leftovers(bench);
  const partition = build(bench, SMALL);
  const seen = bench.calls().length;

  teardown(bench.turn(), partition);

  const names = bench
    .calls()
    .slice(seen)
    .map(summary => summary.split(' ')[0] ?? '');
  expect(names.filter((name, at) => name !== names[at - 1])).toEqual([
    'HvSetVpRegisters',
    'HvDeleteVp',
    'HvUnmapGpaPages',
    'HvFinalizePartition',
    'HvWithdrawMemory',
    'HvDeletePartition',
  ]);
  expect(leftovers(bench)).toEqual(before);
});

test('[VID8] ports of the bus go with it, on both sides', () => {
  const bench = launched();
  const partition = build(bench, SMALL);
  const by = asVid(bench.turn(), partition);
  for (const [portPartition, connectionPartition] of [
    [1, 2],
    [2, 1],
  ] as const) {
    const port = { portPartition, connectionPartition, portId: 9, type: 'Message' } as const;
    value(createPort(bench.turn(), by, { ...port, targetSint: 2, targetVp: 0, receiver: WORKER }));
    value(connectPort(bench.turn(), by, { ...port, connectionId: 9 }));
  }

  teardown(bench.turn(), partition);

  expect(leftovers(bench)).toMatchObject({ ports: 0, connections: 0, rootPages: 0 });
});

test.each([0, 1, 2, 3, 4, 5, 6])('[VID9] a start stopped after step %i is taken apart', steps => {
  const bench = launched();
  const before = leftovers(bench);
  const partition = build(bench, SMALL, steps);

  teardown(bench.turn(), partition);

  expect(leftovers(bench)).toEqual(before);
});

test('[VID9] a partition that went with its host is no trouble', () => {
  const bench = launched();
  const partition = build(bench, SMALL);
  stopHypervisor(bench.turn(), HOST);

  teardown(bench.turn(), partition);

  expect(bench.turn().all('partition')).toEqual([]);
});

test('[VID8] any number of machines come and go and leave the accounts as they were', () => {
  const size = fc.record({
    bytes: fc.integer({ min: 4, max: 900 }).map(n => n * 2 * MIB),
    processors: fc.integer({ min: 1, max: 4 }),
    goes: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(size, { minLength: 1, maxLength: 12 }), sizes => {
      const bench = launched({ numaNodes: 2 });
      const before = leftovers(bench);
      const live: PartitionId[] = [];
      for (const [n, { bytes, processors, goes }] of sizes.entries()) {
        const vm: VmId = `vm:${n}`;
        const worker: WorkerId = `worker-process:HV01/1.${2000 + n}`;
        bench.worker(worker, vm);
        const partition = value(createPartition(bench.turn(), { host: HOST, vm, worker }));
        value(initializePartition(bench.turn(), partition));
        value(createProcessors(bench.turn(), partition, processors));
        live.push(partition);
        const mapped = mapMemory(bench.turn(), partition, { bytes });
        if (!mapped.ok) expect(mapped.fault.kind).toBe('NotEnoughMemory');
        const oldest = goes ? live.shift() : undefined;
        if (oldest !== undefined) teardown(bench.turn(), oldest);

        const spans = bench
          .turn()
          .all('gpa-range')
          .flatMap(({ spaBase, pages }) => (spaBase === null ? [] : [[spaBase, pages] as const]))
          .toSorted((a, b) => a[0] - b[0]);
        for (const [at, [base]] of spans.entries()) {
          const last = spans[at - 1];
          if (last !== undefined) expect(last[0] + last[1]).toBeLessThanOrEqual(base);
        }
      }
      for (const partition of live) teardown(bench.turn(), partition);

      expect(leftovers(bench)).toEqual(before);
    }),
    { numRuns: 25 },
  );
});

test('[VID10] intercepts say which device wants them', () => {
  const bench = launched();

  const partition = build(bench, SMALL);

  const intercepts = bench.turn().where('intercept', 'partition', partition);
  expect(intercepts.map(each => [each.type, each.parameter, each.span, each.device])).toEqual([
    ['Cpuid', 1, 1, 'vmwp'],
    ['IoPort', 0x1f0, 8, 'ide'],
    ['Msr', 0, 1, 'vmwp'],
  ]);
});

test('[VID11] a reset forgets the guest and leaves its processors as they ran', () => {
  const bench = launched();
  const partition = build(bench, SMALL);
  enlighten(bench.turn(), partition, { as: 'guest', osId: WINDOWS_SERVER_2012 });

  resetProcessors(bench.turn(), partition);

  expect(bench.turn().must('partition', partition).hypercallPage).toBe(false);
  expect(bench.turn().must('virtual-processor', vpId(partition, 0))).toMatchObject({
    synicEnabled: false,
    sint2Vector: null,
    state: 'Waiting',
  });
  const [last] = bench
    .facts()
    .filter(({ summary }) => summary.startsWith('HvSetVpRegisters'))
    .slice(-2);
  expect(JSON.stringify(last?.data)).toContain('0xfff0');
});

test('[VID12] a saved partition’s state goes into one like it and no other', () => {
  const bench = launched();
  const partition = build(bench, SMALL);
  enlighten(bench.turn(), partition, { as: 'guest', osId: WINDOWS_SERVER_2012 });
  const running = saveState(bench.turn(), partition);
  suspendProcessors(bench.turn(), partition);
  const stream = value(saveState(bench.turn(), partition));
  teardown(bench.turn(), partition);

  const other = build(bench, { ...SMALL, processors: 1 }, 5);
  const misfit = restoreState(bench.turn(), other, stream);
  const like = build(bench, SMALL, 5);
  const fits = restoreState(bench.turn(), like, stream);

  expect([running.ok, misfit.ok, fits.ok]).toEqual([false, false, true]);
  expect(bench.turn().must('partition', like)).toMatchObject({ guestOsId: '00010406020023f0' });
});

test('[VID13] the 1,025th partition is refused', () => {
  const bench = launched({ memory: '4 TB' });
  const make = (): boolean =>
    createPartition(bench.turn(), { host: HOST, vm: VM, worker: WORKER }).ok;

  const made = Array.from({ length: 1025 }, make);

  expect(made.filter(Boolean)).toHaveLength(1024);
  expect(made.at(-1)).toBe(false);
});
