import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bench, VM } from './bench.fixture.ts';
import type { Caller } from './call.ts';
import { hypercall } from './hypercall.ts';
import { INPUT, make, scene } from './hypercall.fixture.ts';
import { PRIVILEGE, maskText } from './privilege.ts';

test('[HV14] a child with the privilege is told that it is too deep', () => {
  const { bench, child } = scene();
  bench.turn().patch('partition', child, {
    hypercallPage: true,
    privileges: maskText(PRIVILEGE.createPartitions),
  });

  const status = make(bench, { partition: child, as: 'guest', vm: VM }, 'HvCreatePartition');

  expect(status).toBe('PARTITION_TOO_DEEP');
});

test('[HV15] properties have their defaults and nothing else is one', () => {
  const { bench, by } = scene();
  const value = (propertyCode: number): unknown =>
    hypercall(bench.turn(), by, 'HvGetPartitionProperty', { partitionId: 2, propertyCode });

  expect(value(0x1_0000)).toMatchObject({ output: { propertyValue: 0x5ffn } });
  expect(value(0x2_0001)).toMatchObject({ output: { propertyValue: 0n } });
  expect(value(0x2_0002)).toMatchObject({ output: { propertyValue: 0x1_0000n } });
  expect(value(0x2_0003)).toMatchObject({ output: { propertyValue: 100n } });
  expect(value(0x2_0004)).toMatchObject({ status: 9, output: null });
});

test('[HV16] a property out of its range is refused and stays', () => {
  const { bench, by, child } = scene();
  const set = (propertyCode: number, propertyValue: bigint): string =>
    make(bench, by, 'HvSetPartitionProperty', { partitionId: 2, propertyCode, propertyValue });
  set(0x2_0002, 0x8000n);
  set(0x2_0001, 0x4000n);
  const before = bench.turn().must('partition', child).cpuWeight;

  const statuses = [
    set(0x2_0001, 0x8001n),
    set(0x2_0002, 0x3fffn),
    set(0x2_0002, 0x1_0001n),
    set(0x2_0003, 0n),
    set(0x2_0003, 10_001n),
    set(0x1_0000, 1n << 50n),
  ];

  expect(new Set(statuses)).toEqual(new Set(['PROPERTY_VALUE_OUT_OF_RANGE']));
  expect(bench.turn().must('partition', child)).toMatchObject({
    cpuReserve: 0x4000,
    cpuCap: 0x8000,
    cpuWeight: before,
  });
});

test('[HV17] reserves may not exceed the logical processors', () => {
  const { bench, by } = scene();
  const reserve = { partitionId: 2, propertyCode: 0x2_0001, propertyValue: 0x1_0000n };
  make(bench, by, 'HvDepositMemory', { partitionId: 2, pages: [[0x11_0000, 500]] });
  for (let vpIndex = 0; vpIndex < 4; vpIndex += 1) {
    make(bench, by, 'HvCreateVp', { ...INPUT.HvCreateVp, vpIndex });
  }

  const all = make(bench, by, 'HvSetPartitionProperty', reserve);
  const fifth = make(bench, by, 'HvCreateVp', { ...INPUT.HvCreateVp, vpIndex: 4 });

  expect([all, fifth]).toEqual(['SUCCESS', 'NO_RESOURCES']);
});

test('[HV18] children are walked in the order of their making', () => {
  const { bench, by } = scene();
  for (let n = 0; n < 10; n += 1) make(bench, by, 'HvCreatePartition');

  const walked: number[] = [];
  for (let child = 0; ;) {
    const next = hypercall(bench.turn(), by, 'HvGetNextChildPartition', {
      parentId: 1,
      previousChildId: child,
    });
    child = next.output?.nextChildId ?? 0;
    if (child === 0) break;
    walked.push(child);
  }

  expect(walked).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

test('[HV19] finalizing twice ends a partition that still had something', () => {
  const { bench, by, child } = scene();
  make(bench, by, 'HvCreateVp');
  const state = (): string => bench.turn().must('partition', child).state;

  make(bench, by, 'HvFinalizePartition');
  const first = state();
  make(bench, by, 'HvFinalizePartition');

  expect([first, state()]).toEqual(['Finalizing', 'Finalized']);
  expect(bench.turn().must('partition', child)).toMatchObject({ pagesInUse: 0 });
});

test('[HV19] an empty partition is finalized at once', () => {
  const { bench, by, child } = scene();

  make(bench, by, 'HvFinalizePartition');

  expect(bench.turn().must('partition', child).state).toBe('Finalized');
});

test('[HV20] a partition with a pool cannot be deleted', () => {
  const { bench, by, child } = scene('Finalized');

  const early = make(bench, by, 'HvDeletePartition');
  make(bench, by, 'HvWithdrawMemory', { partitionId: 2, proximityDomainInfo: 0, count: 400 });
  const late = make(bench, by, 'HvDeletePartition');

  expect([early, late]).toEqual(['OPERATION_DENIED', 'SUCCESS']);
  expect(bench.turn().get('partition', child)).toBeUndefined();
});

test('[HV5] whatever is created and deleted, no number comes back', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), steps => {
      const bench = new Bench();
      const root = bench.launch();
      const by: Caller = { partition: root, as: 'vid', vm: VM };
      const seen: number[] = [];
      for (const isDeletion of steps) {
        const last = seen.at(-1);
        if (isDeletion && last !== undefined) {
          make(bench, by, 'HvDeletePartition', { partitionId: last });
          continue;
        }
        const made = hypercall(bench.turn(), by, 'HvCreatePartition', INPUT.HvCreatePartition);
        seen.push(made.output?.newPartitionId ?? 0);
      }
      expect(seen).toEqual(seen.map((_number, at) => at + 2));
    }),
    { numRuns: 30 },
  );
});
