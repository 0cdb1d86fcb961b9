import type { RecordOf, Values } from '../../protocol/record/index.ts';
import { ticks } from '../../protocol/time.ts';
import type { Turn } from '../engine/turn.ts';
import { valueIn, withValue } from './number-text.ts';
import { parseMask } from './privilege.ts';
import type { PrivilegeName } from './privilege.ts';
import { sendInterrupt } from './interrupt.ts';
import { referenceTime } from './reference-time.ts';
import { arm } from './timer.ts';
import { runTimeOf, sleep } from './virtual-processor.ts';

// Synthetic MSRs, TLFS 2.0a appendix H: a row for each or for each row of equals. Those of later
// releases have none: on Windows Server 2012 they are like any number that nobody virtualizes.

export const MSR = {
  guestOsId: 0x4000_0000,
  hypercall: 0x4000_0001,
  vpIndex: 0x4000_0002,
  reset: 0x4000_0003,
  vpRuntime: 0x4000_0010,
  timeRefCount: 0x4000_0020,
  referenceTsc: 0x4000_0021,
  eoi: 0x4000_0070,
  icr: 0x4000_0071,
  tpr: 0x4000_0072,
  apicAssistPage: 0x4000_0073,
  scontrol: 0x4000_0080,
  sversion: 0x4000_0081,
  siefp: 0x4000_0082,
  simp: 0x4000_0083,
  eom: 0x4000_0084,
  sint0: 0x4000_0090,
  sint2: 0x4000_0092,
  stimer0Config: 0x4000_00b0,
  powerStateTrigger: 0x4000_00c1,
  powerStateConfig: 0x4000_00d1,
  statsPages: 0x4000_00e0,
  guestIdle: 0x4000_00f0,
} as const;

export interface MsrOf {
  readonly turn: Turn;
  readonly partition: RecordOf<'partition'>;
  readonly vp: RecordOf<'virtual-processor'>;
  readonly msr: number;
}

export interface MsrChange {
  readonly partition?: Partial<Values<'partition'>>;
  readonly vp?: Partial<Values<'virtual-processor'>>;
  /** What follows, once the records have changed. */
  readonly after?: (of: MsrOf) => void;
}

export interface MsrRow {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly privilege: PrivilegeName;
  /** Null is a #GP. */
  readonly read: ((of: MsrOf) => bigint) | null;
  /** What the value changes; null is a #GP, as is a row without it. */
  readonly write: ((of: MsrOf, value: bigint) => MsrChange | null) | null;
}

type Row = Pick<MsrRow, 'name' | 'first' | 'privilege'> & Partial<MsrRow>;

function row(made: Row): MsrRow {
  return { last: made.first, read: null, write: null, ...made };
}

const NOTHING: MsrChange = {};

/** A register of the processor that only stands for itself; other bits than `mask` are a #GP. */
function kept(made: Row, mask: bigint): MsrRow {
  return row({
    read: ({ vp, msr }) => valueIn(vp.msrs, msr),
    write: ({ vp, msr }, value) =>
      (value & ~mask) === 0n ? { vp: { msrs: withValue(vp.msrs, msr, value) } } : null,
    ...made,
  });
}

const ALL_BITS = (1n << 64n) - 1n;
/** An overlay's page number, and whether it is on. */
const OVERLAY_BITS = ALL_BITS & ~0xffen;

/** A page of the whole partition: where it lies and whether it is on. */
const partitionPage = (made: Row): MsrRow =>
  row({
    read: ({ partition, msr }) => valueIn(partition.msrs, msr),
    write: ({ partition, msr }, value) => ({
      partition: { msrs: withValue(partition.msrs, msr, value) },
    }),
    ...made,
  });

/** A value with a column of its own, which the raw one joins only where it says more than that. */
function rawOf(vp: RecordOf<'virtual-processor'>, msr: number, value: bigint, plain: bigint) {
  const { [msr.toString(16)]: _old, ...others } = vp.msrs;
  return value === plain ? others : withValue(others, msr, value);
}

/** Bits 63:12 are the page's number, bit 0 enables it. */
const synicPage = (name: string, first: number, column: 'simp' | 'siefp'): MsrRow =>
  row({
    name,
    first,
    privilege: 'accessSynicMsrs',
    read: ({ vp, msr }) => valueIn(vp.msrs, msr, plainPage(vp[column])),
    write: ({ vp, msr }, value) => {
      const page = (value & 1n) === 1n ? Number(value >> 12n) : null;
      return { vp: { [column]: page, msrs: rawOf(vp, msr, value, plainPage(page)) } };
    },
  });

function plainPage(page: number | null): bigint {
  return page === null ? 0n : (BigInt(page) << 12n) | 1n;
}

const MASKED = 1n << 16n;
const FIRST_VECTOR = 16n;

/** SINT0 and SINT2 have columns; a vector below 16 that is not masked is a #GP. */
const SINTS = row({
  name: 'SINT',
  first: MSR.sint0,
  last: MSR.sint0 + 15,
  privilege: 'accessSynicMsrs',
  read: ({ vp, msr }) => {
    const column = SINT_COLUMN[msr];
    return valueIn(vp.msrs, msr, column === undefined ? MASKED : plainSint(vp[column]));
  },
  write: ({ vp, msr }, value) => {
    const isMasked = (value & MASKED) !== 0n;
    const vector = value & 0xffn;
    if (!isMasked && vector < FIRST_VECTOR) return null;
    const column = SINT_COLUMN[msr];
    if (column === undefined) return { vp: { msrs: rawOf(vp, msr, value, MASKED) } };
    const shown = isMasked ? null : Number(vector);
    return { vp: { [column]: shown, msrs: rawOf(vp, msr, value, plainSint(shown)) } };
  },
});

const SINT_COLUMN: { readonly [msr: number]: 'sint0Vector' | 'sint2Vector' } = {
  [MSR.sint0]: 'sint0Vector',
  [MSR.sint2]: 'sint2Vector',
};

function plainSint(vector: number | null): bigint {
  return vector === null ? MASKED : BigInt(vector);
}

const TIMER_ON = 1n;
const AUTO_ENABLE = 1n << 3n;
const TIMER_SINT = 0xfn << 16n;
const TIMER_BITS = 0xfn | TIMER_SINT;

const armTimer: MsrChange['after'] = ({ turn, vp, msr }) =>
  arm(turn, vp, (msr - MSR.stimer0Config) >> 1);

/** Even numbers configure a timer, odd ones are its count. A timer for SINT0 goes off at once. */
const TIMERS = row({
  name: 'STIMER',
  first: MSR.stimer0Config,
  last: MSR.stimer0Config + 7,
  privilege: 'accessSyntheticTimerMsrs',
  read: ({ vp, msr }) => valueIn(vp.msrs, msr),
  write: ({ vp, msr }, value) => {
    if ((msr & 1) === 0) {
      if ((value & ~TIMER_BITS) !== 0n) return null;
      const isOff = (value & TIMER_SINT) === 0n;
      const msrs = withValue(vp.msrs, msr, isOff ? value & ~TIMER_ON : value);
      return { vp: { msrs }, after: armTimer };
    }
    const config = valueIn(vp.msrs, msr - 1);
    const enabled = (config & AUTO_ENABLE) === 0n ? config : config | TIMER_ON;
    const next = value === 0n ? config & ~TIMER_ON : enabled;
    const msrs = withValue(withValue(vp.msrs, msr, value), msr - 1, next);
    return { vp: { msrs }, after: armTimer };
  },
});

export const MSRS: readonly MsrRow[] = [
  row({
    name: 'GUEST_OS_ID',
    first: MSR.guestOsId,
    privilege: 'accessHypercallMsrs',
    read: ({ partition }) => parseMask(partition.guestOsId),
    // Losing its name turns the hypercall page off.
    write: (_of, value) => ({
      partition: {
        guestOsId: value.toString(16).padStart(16, '0'),
        ...(value === 0n ? { hypercallPage: false } : {}),
      },
    }),
  }),
  row({
    name: 'HYPERCALL',
    first: MSR.hypercall,
    privilege: 'accessHypercallMsrs',
    // Enabled while the guest is nobody it stays disabled, and reads so.
    read: ({ partition, msr }) =>
      (valueIn(partition.msrs, msr) & ~1n) | (partition.hypercallPage ? 1n : 0n),
    write: ({ partition, msr }, value) => ({
      partition: {
        hypercallPage: parseMask(partition.guestOsId) !== 0n && (value & 1n) === 1n,
        msrs: withValue(partition.msrs, msr, value),
      },
    }),
  }),
  row({
    name: 'VP_INDEX',
    first: MSR.vpIndex,
    privilege: 'accessVpIndex',
    read: ({ vp }) => BigInt(vp.index),
  }),
  row({
    name: 'RESET',
    first: MSR.reset,
    privilege: 'accessResetMsr',
    read: () => 0n,
    // Bit 0 resets the virtual machine, which is its parent's to do.
    write: (_of, value) =>
      (value & 1n) === 0n
        ? NOTHING
        : {
            after: ({ turn, partition }) =>
              turn.send(partition.id, { type: 'ResetRequested' }, ticks(0)),
          },
  }),
  row({
    name: 'VP_RUNTIME',
    first: MSR.vpRuntime,
    privilege: 'accessVpRuntimeMsr',
    read: ({ turn, vp }) => BigInt(runTimeOf(turn, vp)),
  }),
  row({
    name: 'TIME_REF_COUNT',
    first: MSR.timeRefCount,
    privilege: 'accessPartitionReferenceCounter',
    read: ({ turn, partition }) => BigInt(referenceTime(turn, partition)),
  }),
  partitionPage({
    name: 'REFERENCE_TSC',
    first: MSR.referenceTsc,
    privilege: 'accessPartitionReferenceTsc',
  }),
  row({ name: 'EOI', first: MSR.eoi, privilege: 'accessApicMsrs', write: () => NOTHING }),
  row({
    name: 'ICR',
    first: MSR.icr,
    privilege: 'accessApicMsrs',
    read: ({ vp, msr }) => valueIn(vp.msrs, msr),
    write: ({ vp, msr }, value) => ({
      vp: { msrs: withValue(vp.msrs, msr, value) },
      after: ({ turn, vp: sender }) => sendInterrupt(turn, sender, value),
    }),
  }),
  kept({ name: 'TPR', first: MSR.tpr, privilege: 'accessApicMsrs' }, 0xffn),
  kept(
    { name: 'APIC_ASSIST_PAGE', first: MSR.apicAssistPage, privilege: 'accessApicMsrs' },
    OVERLAY_BITS,
  ),
  row({
    name: 'SCONTROL',
    first: MSR.scontrol,
    privilege: 'accessSynicMsrs',
    read: ({ vp }) => (vp.synicEnabled ? 1n : 0n),
    write: (_of, value) => ({ vp: { synicEnabled: (value & 1n) === 1n } }),
  }),
  row({ name: 'SVERSION', first: MSR.sversion, privilege: 'accessSynicMsrs', read: () => 1n }),
  synicPage('SIEFP', MSR.siefp, 'siefp'),
  synicPage('SIMP', MSR.simp, 'simp'),
  row({ name: 'EOM', first: MSR.eom, privilege: 'accessSynicMsrs', write: () => NOTHING }),
  SINTS,
  TIMERS,
  row({
    name: 'POWER_STATE_TRIGGER',
    first: MSR.powerStateTrigger,
    last: MSR.powerStateTrigger + 2,
    privilege: 'cpuManagement',
    read: () => 0n,
  }),
  kept(
    {
      name: 'POWER_STATE_CONFIG',
      first: MSR.powerStateConfig,
      last: MSR.powerStateConfig + 2,
      privilege: 'cpuManagement',
    },
    ALL_BITS,
  ),
  kept(
    {
      name: 'STATS_PAGE',
      first: MSR.statsPages,
      last: MSR.statsPages + 3,
      privilege: 'accessStatsMsr',
    },
    OVERLAY_BITS,
  ),
  row({
    name: 'GUEST_IDLE',
    first: MSR.guestIdle,
    privilege: 'accessGuestIdleMsr',
    // The processor sleeps in the read until an interrupt comes, masked or not.
    read: ({ turn, vp }) => {
      sleep(turn, vp);
      return 0n;
    },
  }),
];

export function msrRow(msr: number): MsrRow | undefined {
  return MSRS.find(({ first, last }) => msr >= first && msr <= last);
}
