import { expect, test } from 'vitest';
import { TICKS_PER_SECOND } from '../../protocol/time.ts';
import type { GuestAccess } from './access.ts';
import { VM } from './bench.fixture.ts';
import { resetSynic } from './enlighten.ts';
import { exit } from './exit.ts';
import type { Scene } from './hypercall.fixture.ts';
import { make, scene } from './hypercall.fixture.ts';
import { MSR } from './msr-table.ts';
import { NOT_SIMULATED } from './not-simulated.ts';
import { vpId } from './partition-id.ts';
import { REGISTER } from './virtual-processor.ts';

/** A guest of two processors that run, with an intercept of each kind. */
function guest(): Scene {
  const here = scene();
  const { bench, by } = here;
  for (const vpIndex of [0, 1]) {
    make(bench, by, 'HvCreateVp', { partitionId: 2, vpIndex, proximityDomainInfo: 0, flags: 0 });
    set(here, vpIndex, REGISTER.explicitSuspend, 0n);
  }
  for (const [accessType, interceptType, interceptParameter] of [
    [3, 0, 0x60],
    [3, 1, 0],
    [4, 2, 0x4000_0003],
    [4, 3, 14],
  ] as const) {
    const input = { partitionId: 2, accessType, interceptType, interceptParameter, span: 1 };
    expect(make(bench, by, 'HvInstallIntercept', input)).toBe('SUCCESS');
  }
  return here;
}

function set({ bench, by }: Scene, vpIndex: number, name: number, value: bigint): void {
  const input = { partitionId: 2, vpIndex, registers: [{ name, value }] };
  expect(make(bench, by, 'HvSetVpRegisters', input)).toBe('SUCCESS');
}

const tried = ({ bench, child }: Scene, made: GuestAccess, vp = 0): boolean =>
  exit(bench.turn(), { partition: child, vp, as: 'guest', times: 1 }, made);

const vp = ({ bench, child }: Scene, index = 0) =>
  bench.turn().must('virtual-processor', vpId(child, index));

const told = ({ bench }: Scene): string[] =>
  bench.facts().flatMap(({ kind, summary }) => (kind === 'intercept' ? [summary] : []));

const IN: GuestAccess = { type: 'IoPort', port: 0x60, size: 1 };
const LATER = TICKS_PER_SECOND;

test('[HV68] an intercept stops its own processor until the parent lets it run', () => {
  const here = guest();

  const waits = tried(here, IN, 1);
  const stopped = [vp(here, 0).state, vp(here, 1).state];
  set(here, 1, REGISTER.interceptSuspend, 0n);

  expect([waits, ...stopped]).toEqual([true, 'Waiting', 'Suspended']);
  expect(vp(here, 1)).toMatchObject({ state: 'Waiting', intercepts: [] });
});

test('[HV68] an answered processor that was suspended meanwhile stays so', () => {
  const here = guest();
  tried(here, IN);
  set(here, 0, REGISTER.explicitSuspend, 1n);

  set(here, 0, REGISTER.interceptSuspend, 0n);

  expect(vp(here).state).toBe('Suspended');
});

test('[HV69] the message goes from the processor’s buffer through slot 0 of the root to VID', () => {
  const here = guest();

  tried(here, IN, 1);
  const buffer = vp(here, 1).intercepts;
  const lies = here.bench.turn().must('virtual-processor', vpId(here.root, 1)).slots;
  here.bench.advance(LATER);

  expect(buffer).toMatchObject([{ messageType: 0x8001_0000, at: 0x60, times: 1 }]);
  expect(lies).toEqual({ 0: { holds: vp(here, 1).id, waiting: [] } });
  expect(told(here)).toEqual([
    'IN 0x0060: I/O port intercept 0x80010000',
    'Message 0x80010000 in slot 0 of root processor 1',
  ]);
  const root = here.bench.turn().must('virtual-processor', vpId(here.root, 1));
  expect(root).toMatchObject({ slots: {}, syntheticInterrupts: 1 });
});

test.each<[string, (here: Scene) => void]>([
  ['its parent lets it run', here => set(here, 0, REGISTER.interceptSuspend, 0n)],
  ['it is gone', ({ bench, by }) => void make(bench, by, 'HvDeleteVp')],
])('[HV69] a message is lost when %s before it was taken', (_what, change) => {
  const here = guest();
  tried(here, IN);

  change(here);
  here.bench.advance(LATER);

  expect(told(here)).toHaveLength(1);
});

const BYTES: readonly [GuestAccess, length: number, at: number, bytes: string][] = [
  // Processor 0, IN by DX of one byte, a read, real mode.
  [IN, 128, 0, '0000000001000000'],
  // Port 0x60, one byte wide.
  [IN, 128, 40, '600001'],
  [{ type: 'IoPort', port: 0x60, size: 4, value: 0x8000_0010 }, 128, 4, '0101'],
  [{ type: 'IoPort', port: 0x60, size: 4, value: 0x8000_0010 }, 128, 40, '600004'],
  [{ type: 'IoPort', port: 0x60, size: 4, value: 0x8000_0010 }, 128, 48, '1000008000000000'],
  [{ type: 'Msr', msr: 0x8b }, 64, 40, '8b000000'],
  [{ type: 'Msr', msr: 0x8b, value: 0x1_0000_0002n }, 64, 48, '01000000000000000200000000000000'],
  [{ type: 'Cpuid', leaf: 0x4000_0003 }, 104, 4, '0202'],
  [{ type: 'Cpuid', leaf: 0x4000_0003 }, 104, 40, '0300004000000000'],
  [{ type: 'Exception', vector: 14 }, 240, 40, '0e00'],
  [{ type: 'Memory', page: 0xb8, how: 'write' }, 80, 56, '00800b0000000000'],
];

test.each(BYTES)(
  '[HV70] the message of %o has %i bytes and at %i %s',
  (made, length, at, bytes) => {
    const here = guest();

    tried(here, made);

    const all = String(here.bench.facts().at(-1)?.data['bytes']);
    expect(all.length / 2).toBe(length);
    expect(all.slice(2 * at, 2 * at + bytes.length)).toBe(bytes);
  },
);

test('[HV70] a kernel that has named itself is in long mode, on the processor it says', () => {
  const here = guest();
  here.bench.turn().patch('partition', here.child, { guestOsId: '00010406020023f0' });

  tried(here, IN, 1);

  expect(String(here.bench.facts().at(-1)?.data['bytes']).slice(0, 16)).toBe('0100000001001400');
});

test.each<[GuestAccess, string | null]>([
  [{ type: 'IoPort', port: 0x3e8, size: 1 }, 'IN 0x03E8: nobody wants it, reads 0xFF'],
  [{ type: 'IoPort', port: 0x3e8, size: 2 }, 'IN 0x03E8: nobody wants it, reads 0xFFFF'],
  [{ type: 'IoPort', port: 0x3e8, size: 1, value: 1 }, 'OUT 0x03E8: nobody wants it, dropped'],
  [{ type: 'Msr', msr: MSR.sversion, value: 1n }, 'WRMSR 0x40000081: #GP'],
  [{ type: 'Cpuid', leaf: 0x4000_0001 }, null],
  [{ type: 'Exception', vector: 6 }, null],
])('[HV71] %o ends with “%s”', (made, says) => {
  const here = guest();

  const waits = tried(here, made);

  expect([waits, ...told(here)]).toEqual(says === null ? [false] : [false, says]);
  expect(vp(here).state).toBe('Waiting');
});

test('[HV72] no hypercall of a guest is ever its parent’s', () => {
  const here = guest();
  const types = [4, 5, 0x50].map(interceptType =>
    make(here.bench, here.by, 'HvInstallIntercept', {
      partitionId: 2,
      accessType: 4,
      interceptType,
      interceptParameter: 0,
      span: 1,
    }),
  );

  here.bench.turn().patch('partition', here.child, { hypercallPage: true });
  const status = make(
    here.bench,
    { partition: here.child, as: 'guest', vm: VM },
    'HvCreatePartition',
  );

  expect(types).toEqual(['INVALID_PARAMETER', 'INVALID_PARAMETER', 'INVALID_PARAMETER']);
  expect([status, told(here)]).toEqual(['ACCESS_DENIED', []]);
  expect(NOT_SIMULATED.find(({ name }) => name === 'HvRegisterInterceptResult')?.since).toBe(
    'later',
  );
});

test('[HV41] a reset of the guest leaves nothing in its slots', () => {
  const here = guest();
  const id = vpId(here.child, 0);
  here.bench.turn().patch('virtual-processor', id, { slots: { 2: { holds: 'x', waiting: [] } } });

  resetSynic(here.bench.turn(), here.child);

  expect(vp(here).slots).toEqual({});
});
