import { expect, test } from 'vitest';
import type { Scene } from './hypercall.fixture.ts';
import { INPUT, make, scene } from './hypercall.fixture.ts';
import { vpId } from './partition-id.ts';

function processors(count: number, running = true): Scene {
  const here = scene();
  make(here.bench, here.by, 'HvDepositMemory', { partitionId: 2, pages: [[0x11_0000, 900]] });
  for (let vpIndex = 0; vpIndex < count; vpIndex += 1) {
    const input = { partitionId: 2, vpIndex, proximityDomainInfo: 0, flags: 0 };
    expect(make(here.bench, here.by, 'HvCreateVp', input)).toBe('SUCCESS');
    if (running) run(here, vpIndex);
  }
  return here;
}

function run({ bench, by }: Scene, vpIndex: number): void {
  const registers = [{ name: 0, value: 0n }];
  make(bench, by, 'HvSetVpRegisters', { partitionId: 2, vpIndex, registers });
}

const LEVEL = 1n << 32n;
const LOGICAL = 1n << 33n;

function interrupt({ bench, by }: Scene, control: bigint, address = 0, vector = 0x30): string {
  return make(bench, by, 'HvAssertVirtualInterrupt', {
    ...INPUT.HvAssertVirtualInterrupt,
    interruptControl: control,
    destinationAddress: address,
    requestedVector: vector,
  });
}

function taken({ bench, child }: Scene, count: number): number[] {
  return Array.from(
    { length: count },
    (_, index) => bench.turn().must('virtual-processor', vpId(child, index)).interrupts,
  );
}

test.each([
  ['fixed', 0n, 0x30, 'SUCCESS'],
  ['fixed, level-triggered', LEVEL, 0x30, 'SUCCESS'],
  ['lowest priority', 1n, 0x30, 'SUCCESS'],
  ['NMI', 4n, 0, 'SUCCESS'],
  ['INIT', 5n, 0, 'SUCCESS'],
  ['SIPI', 6n, 8, 'SUCCESS'],
  ['ExtINT', 7n, 0, 'SUCCESS'],
  ['SMI, which is not virtualized', 2n, 0, 'INVALID_PARAMETER'],
  ['remote read, of later releases', 3n, 0, 'INVALID_PARAMETER'],
  ['LINT0, of later releases', 8n, 0, 'INVALID_PARAMETER'],
  ['fixed with an exception’s vector', 0n, 15, 'INVALID_PARAMETER'],
  ['fixed with a vector beyond a byte', 0n, 256, 'INVALID_PARAMETER'],
  ['level-triggered NMI', LEVEL | 4n, 0, 'INVALID_PARAMETER'],
  ['fixed with a reserved bit', 1n << 34n, 0x30, 'INVALID_PARAMETER'],
])('[HV50] %s', (_what, control, vector, status) => {
  expect(interrupt(processors(1), control, 0, vector)).toBe(status);
});

test.each([
  ['one processor by its APIC id', 0n, 1, [0, 1, 0]],
  ['all of them', 0n, 0xff, [1, 1, 1]],
  ['those of a logical mask', LOGICAL, 0b101, [1, 0, 1]],
  ['the first of a mask with lowest priority', LOGICAL | 1n, 0b110, [0, 1, 0]],
  ['nobody', 0n, 9, [0, 0, 0]],
])('[HV50] it reaches %s', (_whom, control, address, counts) => {
  const here = processors(3);

  expect(interrupt(here, control, address)).toBe('SUCCESS');
  expect(taken(here, 3)).toEqual(counts);
});

const clear = ({ bench, by }: Scene): string => make(bench, by, 'HvClearVirtualInterrupt');

test('[HV51] the 8259’s interrupt is the first processor’s, and is cleared once it was taken', () => {
  const here = processors(2);

  const statuses = [clear(here), interrupt(here, 7n, 1), interrupt(here, 7n), clear(here)];

  expect(statuses).toEqual(['NOT_ACKNOWLEDGED', 'SUCCESS', 'ACKNOWLEDGED', 'SUCCESS']);
  expect(taken(here, 2)).toEqual([1, 0]);
  expect(here.bench.turn().must('partition', here.child).externalInterrupt).toBe('None');
});

test('[HV51] a suspended processor takes it when it runs again', () => {
  const here = processors(1, false);
  const asserted = [interrupt(here, 7n), interrupt(here, 7n), clear(here)];
  const before = here.bench.turn().must('partition', here.child).externalInterrupt;

  run(here, 0);

  expect(asserted).toEqual(['SUCCESS', 'SUCCESS', 'NOT_ACKNOWLEDGED']);
  expect(before).toBe('Asserted');
  expect(here.bench.turn().must('partition', here.child).externalInterrupt).toBe('Acknowledged');
  expect(clear(here)).toBe('SUCCESS');
});
