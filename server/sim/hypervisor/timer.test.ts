import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WINDOWS_SERVER_2012, enlighten, resetSynic } from './enlighten.ts';
import type { Scene } from './hypercall.fixture.ts';
import { make, scene } from './hypercall.fixture.ts';
import { hypercall } from './hypercall.ts';
import { MSR } from './msr-table.ts';
import { readMsr, writeMsr } from './msr.ts';
import { vpId } from './partition-id.ts';
import { REGISTER, setLoad } from './virtual-processor.ts';

const ON = 1n;
const PERIODIC = 2n;
const AUTO = 8n;
const SINT3 = 3n << 16n;

/** A guest of two processors that run; timers interrupt by SINT3. */
function guest(): Scene {
  const here = scene();
  for (const vpIndex of [0, 1]) {
    const made = { partitionId: 2, vpIndex, proximityDomainInfo: 0, flags: 0 };
    make(here.bench, here.by, 'HvCreateVp', made);
    suspend(here, vpIndex, 0n);
  }
  enlighten(here.bench.turn(), here.child, { as: 'guest', osId: WINDOWS_SERVER_2012 });
  write(here, MSR.sint0 + 3, 0x60n);
  return here;
}

function suspend({ bench, by }: Scene, vpIndex: number, value: bigint): void {
  const registers = [{ name: REGISTER.explicitSuspend, value }];
  make(bench, by, 'HvSetVpRegisters', { partitionId: 2, vpIndex, registers });
}

const write = ({ bench, child }: Scene, msr: number, value: bigint) =>
  writeMsr(bench.turn(), child, { vp: 0, msr, value });
const read = ({ bench, child }: Scene, msr: number) =>
  Number(readMsr(bench.turn(), child, { vp: 0, msr }));
const vp = ({ bench, child }: Scene, index = 0) =>
  bench.turn().must('virtual-processor', vpId(child, index));

function start(here: Scene, timer: number, flags: bigint, count: bigint): void {
  write(here, MSR.stimer0Config + 2 * timer, flags | SINT3);
  write(here, MSR.stimer0Config + 2 * timer + 1, count);
}

const interrupts = (here: Scene): number => vp(here).syntheticInterrupts;

test('[HV75] a one-shot timer expires at its time, once, and is off then', () => {
  const here = guest();
  here.bench.advance(500);

  start(here, 0, AUTO, 2000n);
  here.bench.advance(1499);
  const before = interrupts(here);
  here.bench.reload();
  here.bench.advance(100_000);

  expect([before, interrupts(here)]).toEqual([0, 1]);
  expect(read(here, MSR.stimer0Config) & 1).toBe(0);
  expect(vp(here).timers).toEqual({});
});

test('[HV75] one that lies in the past expires at once', () => {
  const here = guest();
  here.bench.advance(5000);

  start(here, 3, ON, 10n);
  here.bench.advance(50);

  expect(interrupts(here)).toBe(1);
});

test('[HV75] a timer of which a new count is written expires at that', () => {
  const here = guest();
  start(here, 0, AUTO, 2000n);

  write(here, MSR.stimer0Config + 1, 9000n);
  here.bench.advance(8000);
  const before = interrupts(here);
  here.bench.advance(2000);

  expect([before, interrupts(here)]).toEqual([0, 1]);
});

test('[HV76] a periodic timer expires every so often until it is off, and never drifts', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1000, max: 50_000 }),
      fc.integer({ min: 1, max: 40 }),
      (period, n) => {
        const here = guest();
        start(here, 1, AUTO | PERIODIC, BigInt(period));

        here.bench.advance(period * n + 30);
        const ran = interrupts(here);
        write(here, MSR.stimer0Config + 3, 0n);
        here.bench.advance(period * 3);

        expect([ran, interrupts(here)]).toEqual([n, n]);
      },
    ),
    { numRuns: 25 },
  );
});

test('[HV76] a period below 100 us is modulated to it', () => {
  const here = guest();

  start(here, 0, AUTO | PERIODIC, 1n);
  here.bench.advance(10_030);

  expect(interrupts(here)).toBe(10);
});

test('[HV77] while a timer’s message was not taken, what expires is skipped', () => {
  const here = guest();
  start(here, 0, AUTO | PERIODIC, 1000n);
  write(here, MSR.sint0 + 3, 0x1_0000n);

  here.bench.advance(20_000);

  expect(vp(here).slots).toEqual({ 3: { holds: 'timer:0/1000', waiting: [] } });
  expect(interrupts(here)).toBe(0);
});

test('[HV77] two timers of one SINT share its slot, each with a message of its own', () => {
  const here = guest();
  start(here, 0, AUTO, 1000n);
  start(here, 2, AUTO, 1000n);

  here.bench.advance(1000);
  const { slots } = vp(here);
  here.bench.advance(1000);

  expect(slots).toEqual({ 3: { holds: 'timer:0/1000', waiting: ['timer:2/1000'] } });
  expect(vp(here)).toMatchObject({ slots: {}, syntheticInterrupts: 2, endsOfMessage: 1 });
});

test('[HV77] its message has 24 bytes', () => {
  const here = guest();
  start(here, 2, AUTO, 0x1000n);

  here.bench.advance(0x2000);

  const traces = here.bench.world.tracesForProjection.map(({ channel, bytes }) => [channel, bytes]);
  // Due at 0x1000, taken 2 us later.
  expect(traces).toEqual([
    [vp(here).id, '0200000000000000' + '0010000000000000' + '1410000000000000'],
  ]);
});

test('[HV78] the reference counter stands only while every processor is suspended', () => {
  const here = guest();
  const time = (): number => read(here, MSR.timeRefCount);
  here.bench.advance(1000);
  suspend(here, 0, 1n);
  here.bench.advance(1000);
  const one = time();
  suspend(here, 1, 1n);
  here.bench.advance(1000);
  const both = time();
  suspend(here, 1, 0n);
  here.bench.advance(1000);

  expect([one, both, time()]).toEqual([2000, 2000, 3000]);
});

test('[HV78] timers of a partition that stands expire by so much later', () => {
  const here = guest();
  start(here, 0, AUTO, 3000n);
  here.bench.advance(1000);
  for (const index of [0, 1]) suspend(here, index, 1n);
  here.bench.advance(50_000);
  const standing = interrupts(here);
  for (const index of [0, 1]) suspend(here, index, 0n);

  here.bench.advance(1990);
  const early = interrupts(here);
  here.bench.advance(100);

  expect([standing, early, interrupts(here)]).toEqual([0, 0, 1]);
});

test('[HV78] a restored partition goes on from the time and with the timers it was saved with', () => {
  const from = guest();
  start(from, 0, AUTO, 3000n);
  from.bench.advance(1000);
  for (const index of [0, 1]) suspend(from, index, 1n);
  from.bench.advance(700);
  let stream = null;
  for (let flags = 1; stream === null; flags = 0) {
    const made = { partitionId: 2, flags };
    stream = saved(from, made);
  }
  const to = scene();
  for (const vpIndex of [0, 1]) {
    const made = { partitionId: 2, vpIndex, proximityDomainInfo: 0, flags: 0 };
    make(to.bench, to.by, 'HvCreateVp', made);
  }
  to.bench.advance(90_000);
  for (let sent = 0; sent < stream.length; sent += 4080) {
    make(to.bench, to.by, 'HvRestorePartitionState', {
      partitionId: 2,
      flags: sent === 0 ? 1 : 0,
      restoreDataCount: Math.min(4080, stream.length - sent),
      stream,
    });
  }
  const restored = read(to, MSR.timeRefCount);
  for (const index of [0, 1]) suspend(to, index, 0n);
  to.bench.advance(1990);
  const early = interrupts(to);
  to.bench.advance(100);

  expect([restored, early, interrupts(to)]).toEqual([1000, 0, 1]);
});

function saved({ bench, by }: Scene, input: { partitionId: number; flags: number }) {
  return hypercall(bench.turn(), by, 'HvSavePartitionState', input).output?.stream ?? null;
}

test('[HV41] a reset turns its timers off', () => {
  const here = guest();
  start(here, 0, AUTO | PERIODIC, 1000n);

  resetSynic(here.bench.turn(), here.child);
  here.bench.advance(10_000);

  expect([interrupts(here), vp(here).timers]).toEqual([0, {}]);
});

test('[HV79] RESET asks whoever has the partition, by bit 0 alone', () => {
  const here = guest();

  write(here, MSR.reset, 0xfffen);
  here.bench.advance(10);
  const before = here.bench.heard.length;
  write(here, MSR.reset, 1n);
  here.bench.advance(10);

  expect(before).toBe(0);
  expect(here.bench.heard).toEqual([{ type: 'ResetRequested' }]);
});

test('[HV80] a processor that reads GUEST_IDLE uses no time until an interrupt comes', () => {
  const here = guest();
  setLoad(here.bench.turn(), here.child, 1000);
  here.bench.advance(1000);
  read(here, MSR.guestIdle);
  const asleep = vp(here).state;
  here.bench.advance(1000);
  const ran = read(here, MSR.vpRuntime);

  make(here.bench, here.by, 'HvAssertVirtualInterrupt');
  here.bench.advance(1000);

  expect([asleep, ran, vp(here).state]).toEqual(['Waiting', 1000, 'Running']);
  expect(read(here, MSR.vpRuntime)).toBe(2000);
});

test('[HV80] a message for a masked SINT wakes it, too', () => {
  const here = guest();
  setLoad(here.bench.turn(), here.child, 1000);
  write(here, MSR.sint0 + 3, 0x1_0000n);
  start(here, 0, AUTO, 2000n);

  read(here, MSR.guestIdle);
  here.bench.advance(2500);

  expect(vp(here)).toMatchObject({ state: 'Running', syntheticInterrupts: 0 });
  expect(read(here, MSR.vpRuntime)).toBe(500);
});

/** Vector 0x40, type 7:0 and above by the case. */
test.each<[string, bigint, number[]]>([
  ['destination 1', (1n << 56n) | 0x40n, [0, 1]],
  ['logical 3', (3n << 56n) | (1n << 11n) | 0x40n, [1, 1]],
  ['self', (1n << 18n) | 0x40n, [1, 0]],
  ['all', (2n << 18n) | 0x40n, [1, 1]],
  ['all others', (3n << 18n) | 0x40n, [0, 1]],
  ['lowest priority of all', (2n << 18n) | (1n << 8n) | 0x40n, [1, 0]],
  ['NMI to the others', (3n << 18n) | (4n << 8n), [0, 1]],
  ['a vector below 16', (2n << 18n) | 0x0fn, [0, 0]],
  ['a type that is none', (2n << 18n) | (3n << 8n) | 0x40n, [0, 0]],
  ['an address that nobody has', (9n << 56n) | 0x40n, [0, 0]],
])('[HV81] ICR with %s interrupts whom it names', (_what, value, reached) => {
  const here = guest();

  write(here, MSR.icr, value);

  expect([0, 1].map(index => vp(here, index).interrupts)).toEqual(reached);
  expect(
    BigInt.asUintN(64, BigInt(readMsr(here.bench.turn(), here.child, { vp: 0, msr: MSR.icr }))),
  ).toBe(value);
});
