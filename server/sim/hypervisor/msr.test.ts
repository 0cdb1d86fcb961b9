import { expect, test } from 'vitest';
import { TICKS_PER_SECOND } from '../../protocol/time.ts';
import { cpuid } from './cpuid.ts';
import { WINDOWS_SERVER_2012, enlighten, resetSynic } from './enlighten.ts';
import type { Scene } from './hypercall.fixture.ts';
import { make, scene } from './hypercall.fixture.ts';
import { MSRS, MSR } from './msr-table.ts';
import { readMsr, writeMsr } from './msr.ts';
import { vpId } from './partition-id.ts';
import { ALL_PRIVILEGES, PRIVILEGE, maskText } from './privilege.ts';
import { setLoad } from './virtual-processor.ts';

function guest(privileges = ALL_PRIVILEGES): Scene {
  const here = scene();
  make(here.bench, here.by, 'HvCreateVp');
  make(here.bench, here.by, 'HvSetVpRegisters');
  here.bench.turn().patch('partition', here.child, { privileges: maskText(privileges) });
  return here;
}

const read = ({ bench, child }: Scene, msr: number) => readMsr(bench.turn(), child, { vp: 0, msr });
const write = ({ bench, child }: Scene, msr: number, value: bigint) =>
  writeMsr(bench.turn(), child, { vp: 0, msr, value });

/** Appendix H once more, by hand: number, privilege, whether it can be read and written. */
const APPENDIX: readonly (readonly [number, keyof typeof PRIVILEGE, string])[] = [
  [0x00, 'accessHypercallMsrs', 'RW'],
  [0x01, 'accessHypercallMsrs', 'RW'],
  [0x02, 'accessVpIndex', 'R'],
  [0x03, 'accessResetMsr', 'RW'],
  [0x10, 'accessVpRuntimeMsr', 'R'],
  [0x20, 'accessPartitionReferenceCounter', 'R'],
  [0x21, 'accessPartitionReferenceTsc', 'RW'],
  [0x70, 'accessApicMsrs', 'W'],
  [0x71, 'accessApicMsrs', 'RW'],
  [0x72, 'accessApicMsrs', 'RW'],
  [0x73, 'accessApicMsrs', 'RW'],
  [0x80, 'accessSynicMsrs', 'RW'],
  [0x81, 'accessSynicMsrs', 'R'],
  [0x82, 'accessSynicMsrs', 'RW'],
  [0x83, 'accessSynicMsrs', 'RW'],
  [0x84, 'accessSynicMsrs', 'W'],
  [0x90, 'accessSynicMsrs', 'RW'],
  [0x9f, 'accessSynicMsrs', 'RW'],
  [0xb0, 'accessSyntheticTimerMsrs', 'RW'],
  [0xb7, 'accessSyntheticTimerMsrs', 'RW'],
  [0xc1, 'cpuManagement', 'R'],
  [0xc3, 'cpuManagement', 'R'],
  [0xd1, 'cpuManagement', 'RW'],
  [0xd3, 'cpuManagement', 'RW'],
  [0xe0, 'accessStatsMsr', 'RW'],
  [0xe3, 'accessStatsMsr', 'RW'],
  [0xf0, 'accessGuestIdleMsr', 'R'],
];

/** A value that each takes: a page that is off, a vector that is masked. */
const SOUND = 0n;
const MASKED = 0x1_0000n;

test.each(APPENDIX)('[HV61] MSR 0x400000%i needs %s and is %s', (low, privilege, access) => {
  const msr = 0x4000_0000 + low;
  const value = low >= 0x90 && low <= 0x9f ? MASKED : SOUND;
  const may = guest();
  const mayNot = guest(ALL_PRIVILEGES & ~PRIVILEGE[privilege]);

  const done = [typeof read(may, msr) === 'bigint', write(may, msr, value) === 'written'];
  const denied = [read(mayNot, msr), write(mayNot, msr, value)];

  expect(done).toEqual([access.includes('R'), access.includes('W')]);
  expect(denied).toEqual(['#GP', '#GP']);
});

test('[HV61] every row is of the appendix, and numbers of later releases have none', () => {
  const here = guest();

  const rows = MSRS.flatMap(({ first, last }) => (first === last ? [first] : [first, last]));
  const later = [0x22, 0x23, 0x40, 0xf1, 0x100, 0x105, 0x106, 0x114, 0x1002];

  expect(rows).toEqual(APPENDIX.map(([low]) => 0x4000_0000 + low));
  expect(new Set(later.map(low => read(here, 0x4000_0000 + low)))).toEqual(new Set(['#GP']));
});

test.each([
  [MSR.tpr, 0x20n, 0x20n],
  [MSR.tpr, 0x100n, null],
  [MSR.apicAssistPage, 0x5001n, 0x5001n],
  [MSR.apicAssistPage, 0x5003n, null],
  [MSR.referenceTsc, 0x7001n, 0x7001n],
  [MSR.simp, 0x3001n, 0x3001n],
  [MSR.simp, 0x3000n, 0x3000n],
  [MSR.siefp, 0x4001n, 0x4001n],
  [MSR.sint2, 0x50n, 0x50n],
  // Automatic end of interrupt is kept beside the vector.
  [MSR.sint2, 0x2_0050n, 0x2_0050n],
  [MSR.sint2, 0x1_0050n, 0x1_0050n],
  [MSR.sint2 + 1, 0x60n, 0x60n],
  [MSR.sint2 + 1, 0x0fn, null],
  // A timer for SINT0 is off, one with reserved bits a fault.
  [MSR.stimer0Config, 0x5_0001n, 0x5_0001n],
  [MSR.stimer0Config, 0x0001n, 0x0000n],
  [MSR.stimer0Config, 0x5_0011n, null],
])('[HV62] %i written as %i reads %s', (msr, value, reads) => {
  const here = guest();
  const before = read(here, msr);

  const written = write(here, msr, value);

  expect(written).toBe(reads === null ? '#GP' : 'written');
  expect(read(here, msr)).toBe(reads ?? before);
});

test('[HV62] a SINT begins masked, whichever it is', () => {
  const here = guest();

  const values = Array.from({ length: 16 }, (_, sint) => read(here, MSR.sint0 + sint));

  expect(new Set(values)).toEqual(new Set([MASKED]));
});

test('[HV62] a timer’s count turns it on and off', () => {
  const here = guest();
  const config = () => read(here, MSR.stimer0Config);
  write(here, MSR.stimer0Config, 0x5_0008n);

  write(here, MSR.stimer0Config + 1, 1000n);
  const on = config();
  write(here, MSR.stimer0Config + 1, 0n);

  expect([on, config()]).toEqual([0x5_0009n, 0x5_0008n]);
});

test('[HV63] a guest reads its index, its time and how long it ran', () => {
  const here = guest();
  setLoad(here.bench.turn(), here.child, 500);
  here.bench.advance(2 * TICKS_PER_SECOND);

  const values = [MSR.vpIndex, MSR.timeRefCount, MSR.vpRuntime, MSR.sversion].map(msr =>
    read(here, msr),
  );

  expect(values).toEqual([0n, BigInt(2 * TICKS_PER_SECOND), BigInt(TICKS_PER_SECOND), 1n]);
});

test('[HV63] the hypercall page reads as it is, not as it was asked for', () => {
  const here = guest();
  write(here, MSR.hypercall, 0x1001n);
  const nobody = read(here, MSR.hypercall);
  write(here, MSR.guestOsId, WINDOWS_SERVER_2012);
  write(here, MSR.hypercall, 0x1001n);

  expect([nobody, read(here, MSR.hypercall)]).toEqual([0x1000n, 0x1001n]);
  expect(read(here, MSR.guestOsId)).toBe(WINDOWS_SERVER_2012);
});

test('[HV62] what a guest wrote can be seen at its records, and a reset forgets it', () => {
  const here = guest();
  enlighten(here.bench.turn(), here.child, { as: 'guest', osId: WINDOWS_SERVER_2012 });
  write(here, MSR.tpr, 0x20n);
  const seen = () => [
    here.bench.turn().must('partition', here.child).msrs,
    here.bench.turn().must('virtual-processor', vpId(here.child, 0)).msrs,
  ];
  const before = seen();

  resetSynic(here.bench.turn(), here.child);

  expect(before).toEqual([{ '40000001': '0000000001000001' }, { '40000072': '0000000000000020' }]);
  expect(seen()).toEqual([{}, {}]);
});

test.each([
  [1, [0, 0, 0x8000_0000, 0]],
  [0x4000_0004, [0b10_1111, 0xfff, 0, 0]],
  [0x4000_0005, [64, 320, 0, 0]],
  [0x4000_0006, [0b1011, 0, 0, 0]],
  [0x4000_0007, [0, 0, 0, 0]],
])('[HV64] CPUID leaf %i reads %o', (leaf, registers) => {
  const here = guest();

  const { eax, ebx, ecx, edx } = cpuid(here.bench.turn(), here.child, leaf);

  expect([eax, ebx, ecx, edx]).toEqual(registers);
});
