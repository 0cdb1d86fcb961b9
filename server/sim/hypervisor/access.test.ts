import { expect, test } from 'vitest';
import type { AccessOutcome, GuestAccess } from './access.ts';
import { INTERCEPT_MESSAGE, access } from './access.ts';
import type { Scene } from './hypercall.fixture.ts';
import { make, scene } from './hypercall.fixture.ts';
import { MSR } from './msr-table.ts';
import { writeMsr } from './msr.ts';

type Kind = 'IoPort' | 'Msr' | 'Cpuid' | 'Exception';

const INSTALLED: { readonly [K in Kind]: readonly [access: number, type: number, at: number] } = {
  IoPort: [3, 0, 0x61],
  Msr: [3, 1, 0],
  Cpuid: [4, 2, 0x4000_0003],
  Exception: [4, 3, 14],
};

/** A guest with these intercepts, page 0 to be read and run, page 1 mapped for nothing. */
function guest(...kinds: readonly Kind[]): Scene {
  const here = scene();
  const { bench, by, child } = here;
  make(bench, by, 'HvCreateVp');
  for (const [targetGpaBase, mapFlags] of [
    [0, 5],
    [1, 0],
  ] as const) {
    const pages = [[0x9_0000 + targetGpaBase, 1]] as const;
    make(bench, by, 'HvMapGpaPages', { targetPartitionId: 2, targetGpaBase, mapFlags, pages });
  }
  for (const kind of kinds) {
    const [accessType, interceptType, interceptParameter] = INSTALLED[kind];
    const input = { partitionId: 2, accessType, interceptType, interceptParameter, span: 1 };
    expect(make(bench, by, 'HvInstallIntercept', input)).toBe('SUCCESS');
  }
  writeMsr(bench.turn(), child, { vp: 0, msr: MSR.simp, value: 0x5001n });
  return here;
}

const tried = ({ bench, child }: Scene, made: GuestAccess): AccessOutcome =>
  access(bench.turn(), { partition: child, vp: 0 }, made);

const toParent = (kind: keyof typeof INTERCEPT_MESSAGE): AccessOutcome => ({
  by: 'parent',
  message: INTERCEPT_MESSAGE[kind],
});

test('[HV65] messages of intercepts have their numbers', () => {
  expect(Object.values(INTERCEPT_MESSAGE)).toEqual([
    0x8000_0000, 0x8000_0001, 0x8001_0000, 0x8001_0001, 0x8001_0002, 0x8001_0003,
  ]);
});

test.each<[GuestAccess, Kind, keyof typeof INTERCEPT_MESSAGE]>([
  [{ type: 'IoPort', port: 0x61, size: 1 }, 'IoPort', 'ioPort'],
  // The second of its four ports.
  [{ type: 'IoPort', port: 0x60, size: 4, value: 1 }, 'IoPort', 'ioPort'],
  [{ type: 'Msr', msr: 0x1b }, 'Msr', 'msr'],
  [{ type: 'Cpuid', leaf: 0x4000_0003 }, 'Cpuid', 'cpuid'],
  [{ type: 'Exception', vector: 14 }, 'Exception', 'exception'],
])('[HV65] %o is the parent’s who wants it', (made, kind, message) => {
  expect(tried(guest(kind), made)).toEqual(toParent(message));
});

test.each<[GuestAccess, AccessOutcome]>([
  [
    { type: 'IoPort', port: 0x62, size: 1 },
    { by: 'nobody', value: 0xff },
  ],
  [
    { type: 'IoPort', port: 0x62, size: 2 },
    { by: 'nobody', value: 0xffff },
  ],
  [
    { type: 'IoPort', port: 0x62, size: 4 },
    { by: 'nobody', value: 0xffff_ffff },
  ],
  [
    { type: 'Msr', msr: 0x1b },
    { by: 'fault', fault: '#GP' },
  ],
  [
    { type: 'Msr', msr: MSR.vpIndex },
    { by: 'hypervisor', value: 0n },
  ],
  [
    { type: 'Msr', msr: MSR.tpr, value: 1n },
    { by: 'hypervisor', value: null },
  ],
  [{ type: 'Exception', vector: 14 }, { by: 'hardware' }],
  [{ type: 'Memory', page: 0, how: 'read' }, { by: 'hardware' }],
  [{ type: 'Memory', page: 0, how: 'write' }, toParent('gpaViolation')],
  [{ type: 'Memory', page: 1, how: 'read' }, toParent('gpaViolation')],
  [{ type: 'Memory', page: 2, how: 'read' }, toParent('unmappedGpa')],
  [{ type: 'Memory', page: 5, how: 'write' }, { by: 'hardware' }],
  [
    { type: 'Memory', page: 5, how: 'execute' },
    { by: 'fault', fault: '#MC' },
  ],
])('[HV66] %o that nobody asked for', (made, outcome) => {
  expect(tried(guest(), made)).toEqual(outcome);
});

test('[HV66] a leaf that nobody intercepts is answered by the hypervisor', () => {
  expect(tried(guest(), { type: 'Cpuid', leaf: 0x4000_0001 })).toEqual({
    by: 'hypervisor',
    value: { eax: 0x3123_7648, ebx: 0, ecx: 0, edx: 0 },
  });
});

test('[HV65] an interrupt by software is never an exception of the parent’s', () => {
  const made = { type: 'Exception', vector: 14, bySoftware: true } as const;

  expect(tried(guest('Exception'), made)).toEqual({ by: 'hardware' });
});

test.each<[GuestAccess, AccessOutcome]>([
  [{ type: 'IoPort', port: 0x62, size: 1 }, { by: 'hardware' }],
  [{ type: 'Memory', page: 2, how: 'write' }, { by: 'hardware' }],
  [
    { type: 'Msr', msr: 0x1b },
    { by: 'fault', fault: '#GP' },
  ],
])('[HV67] %o in the root', (made, outcome) => {
  const { bench, root } = guest();

  expect(access(bench.turn(), { partition: root, vp: 0 }, made)).toEqual(outcome);
});
