import { expect, test } from 'vitest';
import type { HypercallInput } from './call.ts';
import type { Scene } from './hypercall.fixture.ts';
import { make, scene } from './hypercall.fixture.ts';
import { hypercall } from './hypercall.ts';
import { MSR } from './msr-table.ts';
import { writeMsr } from './msr.ts';
import { PRIVILEGE, maskText } from './privilege.ts';

// Guest pages 0 to 3 may be read and written, 4 only read, 5 only executed and read, 6 nothing; 7 is
// not mapped. The hypercall page lies over 2, the message page over 7.

const HYPERCALL_PAGE = 2;
const MESSAGE_PAGE = 7;

function mapped(): Scene {
  const here = scene();
  const { bench, by, child } = here;
  make(bench, by, 'HvCreateVp');
  const map = (targetGpaBase: number, mapFlags: number, pages: readonly [number, number]): void => {
    const input = { targetPartitionId: 2, targetGpaBase, mapFlags, pages: [pages] };
    expect(make(bench, by, 'HvMapGpaPages', input)).toBe('SUCCESS');
  };
  map(0, 3, [0x9_0000, 4]);
  map(4, 1, [0x9_0010, 1]);
  map(5, 5, [0x9_0020, 1]);
  map(6, 0, [0x9_0030, 1]);
  for (const [msr, value] of [
    [MSR.guestOsId, 1n],
    [MSR.hypercall, (BigInt(HYPERCALL_PAGE) << 12n) | 1n],
    [MSR.simp, (BigInt(MESSAGE_PAGE) << 12n) | 1n],
  ] as const) {
    writeMsr(bench.turn(), child, { vp: 0, msr, value });
  }
  return here;
}

function translate({ bench, by }: Scene, gvaPage: number, controlFlags: number): number {
  const input = { partitionId: 2, vpIndex: 0, controlFlags, gvaPage };
  const { output } = hypercall(bench.turn(), by, 'HvTranslateVirtualAddress', input);
  return Number((output?.translationResult ?? -1n) & 0xffff_ffffn);
}

const READ = 1;
const WRITE = 2;
const EXECUTE = 4;

test.each([
  ['what is mapped', 0, READ | WRITE, 0],
  ['what may only be read, to be read', 4, READ, 0],
  ['what may only be read, to be written', 4, WRITE, 6],
  ['what may be executed', 5, READ | EXECUTE, 0],
  ['what may not be read', 6, READ, 5],
  ['without asking for anything', 6, 0, 0],
  ['where nothing is', 8, READ, 4],
  ['the hypercall page, to be executed', HYPERCALL_PAGE, READ | EXECUTE, 0],
  ['the hypercall page, to be written', HYPERCALL_PAGE, WRITE, 7],
  ['the message page over nothing', MESSAGE_PAGE, READ | WRITE, 0],
  ['the message page, to be executed', MESSAGE_PAGE, EXECUTE, 7],
])('[HV48] translating %s', (_what, page, flags, code) => {
  expect(translate(mapped(), page, flags)).toBe(code);
});

test('[HV48] a translation says what lies there and how it is cached', () => {
  const { bench, by } = mapped();
  const of = (gvaPage: number) =>
    hypercall(bench.turn(), by, 'HvTranslateVirtualAddress', {
      partitionId: 2,
      vpIndex: 0,
      controlFlags: 1,
      gvaPage,
    }).output;

  expect(of(1)).toEqual({ translationResult: 6n << 32n, gpaPage: 1 });
  expect(of(MESSAGE_PAGE)).toEqual({
    translationResult: (6n << 32n) | (1n << 40n),
    gpaPage: MESSAGE_PAGE,
  });
});

test('[HV48] flags that do not exist and a processor that is not there are refused', () => {
  const { bench, by } = mapped();
  const input = { partitionId: 2, vpIndex: 0, controlFlags: 1, gvaPage: 0 };

  const flags = make(bench, by, 'HvTranslateVirtualAddress', { ...input, controlFlags: 0x40 });
  const vp = make(bench, by, 'HvTranslateVirtualAddress', { ...input, vpIndex: 1 });

  expect([flags, vp]).toEqual(['INVALID_PARAMETER', 'INVALID_VP_INDEX']);
});

type Gpa = HypercallInput['HvWriteGpa'];

const ACCESS: Gpa = {
  partitionId: 2,
  vpIndex: 0,
  byteCount: 8,
  baseGpa: 0,
  controlFlags: 0,
  dataLow: 5n,
  dataHigh: 0n,
};

test.each([
  ['memory', 0, 0, 0],
  ['what may only be read', 4, 0, 3],
  ['what may not be touched', 6, 2, 3],
  ['nothing', 8, 1, 1],
  ['the hypercall page', HYPERCALL_PAGE, 0, 4],
  ['the message page', MESSAGE_PAGE, 0, 0],
])('[HV49] reading and writing %s', (_what, page, read, written) => {
  const { bench, by } = mapped();
  const input: Gpa = { ...ACCESS, baseGpa: page * 4096 };

  const reading = hypercall(bench.turn(), by, 'HvReadGpa', input);
  const writing = hypercall(bench.turn(), by, 'HvWriteGpa', input);

  expect(reading.output).toEqual({ accessResult: read, dataLow: 0n, dataHigh: 0n });
  expect(writing.output).toEqual({ accessResult: written });
});

test.each([
  [{ vpIndex: 1, byteCount: 0 }, 'INVALID_VP_INDEX'],
  [{ byteCount: 0 }, 'INVALID_PARAMETER'],
  [{ byteCount: 17 }, 'INVALID_PARAMETER'],
  [{ baseGpa: 4090, byteCount: 8 }, 'INVALID_PARAMETER'],
  [{ baseGpa: 4088, byteCount: 8 }, 'SUCCESS'],
])('[HV49] an access with %o is %s', (changes, status) => {
  const { bench, by } = mapped();

  expect(make(bench, by, 'HvReadGpa', { ...ACCESS, ...changes })).toBe(status);
  expect(make(bench, by, 'HvWriteGpa', { ...ACCESS, ...changes })).toBe(status);
});

test('[HV55] pages here and there are mapped by one call', () => {
  const { bench, by, child } = scene();

  const status = make(bench, by, 'HvMapSparseGpaPages', {
    targetPartitionId: 2,
    mapFlags: 7,
    pageList: [
      [0x20, 0x9_0005],
      [0x10, 0x9_0000],
      [0x11, 0x9_0001],
      [0x21, 0x9_0004],
    ],
  });

  const ranges = bench.turn().where('gpa-range', 'partition', child);
  expect(status).toBe('SUCCESS');
  expect(ranges.map(({ base, pages, spaBase }) => [base, pages, spaBase])).toEqual([
    [0x10, 2, 0x9_0000],
    [0x20, 1, 0x9_0005],
    [0x21, 1, 0x9_0004],
  ]);
});

test('[HV55] one that may not be mapped leaves all as it was', () => {
  const { bench, by, child } = scene();
  const pool = bench.turn().must('partition', child).deposits[0]?.[0] ?? 0;

  const status = make(bench, by, 'HvMapSparseGpaPages', {
    targetPartitionId: 2,
    mapFlags: 7,
    pageList: [
      [0x10, 0x9_0000],
      [0x11, pool],
    ],
  });

  expect(status).toBe('OPERATION_DENIED');
  expect(bench.turn().where('gpa-range', 'partition', child)).toEqual([]);
});

test('[HV48] what is the hypervisor’s own in a child is nobody’s to write, whatever its rights', () => {
  const here = mapped();
  const { bench, child } = here;
  bench.turn().patch('partition', child, { privileges: maskText(PRIVILEGE.accessStats) });

  expect(translate(here, HYPERCALL_PAGE, WRITE)).toBe(7);
});
