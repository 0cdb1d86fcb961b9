import { expect, test } from 'vitest';
import { TICKS_PER_SECOND } from '../../protocol/time.ts';
import { VM } from './bench.fixture.ts';
import type { Caller, HypercallInput } from './call.ts';
import { INPUT, NAMES, make, scene } from './hypercall.fixture.ts';
import { hypercall } from './hypercall.ts';
import { readInputValue } from './input-value.ts';
import { NOT_SIMULATED } from './not-simulated.ts';
import { PORT_PROPERTY } from './port-property.ts';
import { ALL_PRIVILEGES, maskText } from './privilege.ts';
import { PROPERTY } from './property.ts';
import { STATS_TYPE } from './stats-page.ts';
import { HYPERCALLS } from './table.ts';
import { setLoad } from './virtual-processor.ts';

const PRIVILEGED = { hypercallPage: true, privileges: maskText(ALL_PRIVILEGES) };

test('[HV52] a port tells how many messages came and which processor takes them', () => {
  const { bench, by } = scene();
  make(bench, by, 'HvCreateVp');
  make(bench, by, 'HvCreatePort', { ...INPUT.HvCreatePort, targetVp: 0xffff_ffff });
  const get = (propertyCode: number) =>
    hypercall(bench.turn(), by, 'HvGetPortProperty', { partitionId: 2, portId: 5, propertyCode })
      .output?.propertyValue;
  const set = (propertyCode: number, propertyValue: bigint, portId = 5): string =>
    make(bench, by, 'HvSetPortProperty', { partitionId: 2, portId, propertyCode, propertyValue });
  const first = [get(PORT_PROPERTY.postCount), get(PORT_PROPERTY.preferredTargetVp)];

  const statuses = [
    set(PORT_PROPERTY.preferredTargetVp, 0n, 6),
    set(9, 0n),
    set(PORT_PROPERTY.postCount, 3n),
    set(PORT_PROPERTY.preferredTargetVp, 7n),
    set(PORT_PROPERTY.preferredTargetVp, 0n),
  ];

  expect(first).toEqual([0n, 0xffff_ffffn]);
  expect(statuses).toEqual([
    'INVALID_PORT_ID',
    'UNKNOWN_PROPERTY',
    'INVALID_PARAMETER',
    'INVALID_VP_INDEX',
    'SUCCESS',
  ]);
  expect(get(PORT_PROPERTY.preferredTargetVp)).toBe(0n);
});

type Stats = HypercallInput['HvMapStatsPage'];

const PAGE: Stats = {
  statsType: STATS_TYPE.partition,
  objectPartition: 2,
  objectIndex: 0,
  targetGpaPage: 0x100,
};

test.each([
  ['the hypervisor', { statsType: STATS_TYPE.hypervisor }, 'SUCCESS'],
  ['a logical processor', { statsType: STATS_TYPE.logicalProcessor, objectIndex: 3 }, 'SUCCESS'],
  [
    'one that is not there',
    { statsType: STATS_TYPE.logicalProcessor, objectIndex: 4 },
    'INVALID_PARAMETER',
  ],
  ['a partition', {}, 'SUCCESS'],
  ['no partition', { objectPartition: 9 }, 'INVALID_PARTITION_ID'],
  ['a virtual processor', { statsType: STATS_TYPE.virtualProcessor }, 'SUCCESS'],
  [
    'one that is not there',
    { statsType: STATS_TYPE.virtualProcessor, objectIndex: 1 },
    'INVALID_VP_INDEX',
  ],
  ['what does not exist', { statsType: 77 }, 'INVALID_PARAMETER'],
])('[HV53] the root maps the counters of %s', (_what, changes, status) => {
  const { bench, by } = scene();
  make(bench, by, 'HvCreateVp');

  expect(make(bench, by, 'HvMapStatsPage', { ...PAGE, ...changes })).toBe(status);
});

test('[HV53] a page of counters is mapped once and goes with its partition', () => {
  const { bench, by, root } = scene('Finalized');
  const pages = () => bench.turn().must('partition', root).statsPages.length;
  const fresh = scene();
  make(fresh.bench, fresh.by, 'HvMapStatsPage', PAGE);
  make(fresh.bench, fresh.by, 'HvMapStatsPage', { ...PAGE, targetGpaPage: 0x200 });
  const mapped = fresh.bench.turn().must('partition', root).statsPages;
  const unmapped = [1, 2].map(() => make(fresh.bench, fresh.by, 'HvUnmapStatsPage', PAGE));
  bench.turn().patch('partition', root, { statsPages: mapped });

  make(bench, by, 'HvWithdrawMemory', { partitionId: 2, proximityDomainInfo: 0, count: 4000 });
  make(bench, by, 'HvDeletePartition');

  expect(mapped).toEqual([{ type: 0x1_0001, partition: 2, index: 0, gpaPage: 0x200 }]);
  expect(unmapped).toEqual(['SUCCESS', 'INVALID_PARAMETER']);
  expect(pages()).toBe(0);
});

test('[HV53] a child sees its own counters and none of the host', () => {
  const { bench, child } = scene();
  bench.turn().patch('partition', child, PRIVILEGED);
  const by: Caller = { partition: child, as: 'guest', vm: VM };

  const own = make(bench, by, 'HvMapStatsPage', PAGE);
  const host = make(bench, by, 'HvMapStatsPage', { ...PAGE, statsType: STATS_TYPE.hypervisor });

  expect([own, host]).toEqual(['SUCCESS', 'ACCESS_DENIED']);
});

test('[HV54] a parked processor gets no work of a child, and its time is told', () => {
  const { bench, by, child } = scene();
  make(bench, by, 'HvCreateVp');
  make(bench, by, 'HvSetVpRegisters', {
    partitionId: 2,
    vpIndex: 0,
    registers: [{ name: 0, value: 0n }],
  });
  const parked = make(bench, by, 'HvParkLogicalProcessors', { processorMask: 0b0001n });
  setLoad(bench.turn(), child, 1000);
  bench.advance(TICKS_PER_SECOND);
  setLoad(bench.turn(), child, 0);

  const times = bench
    .turn()
    .all('logical-processor')
    .map(({ guestTime }) => guestTime);
  const told = hypercall(bench.turn(), by, 'HvGetLogicalProcessorRunTime', {}).output;

  expect(parked).toBe('SUCCESS');
  expect(times).toEqual([0, TICKS_PER_SECOND, 0, 0]);
  expect(told).toEqual({ globalTime: TICKS_PER_SECOND, localRunTime: 0, hypervisorTime: 0 });
});

test('[HV54] not all may be parked, none that is not there, and by no child', () => {
  const { bench, by, child } = scene();
  bench.turn().patch('partition', child, PRIVILEGED);
  const guest: Caller = { partition: child, as: 'guest', vm: VM };
  const park = (processorMask: bigint, who = by): string =>
    make(bench, who, 'HvParkLogicalProcessors', { processorMask });

  expect([park(0b1111n), park(1n << 4n), park(0n, guest)]).toEqual([
    'OPERATION_DENIED',
    'INVALID_PARAMETER',
    'ACCESS_DENIED',
  ]);
  expect(make(bench, guest, 'HvGetLogicalProcessorRunTime')).toBe('ACCESS_DENIED');
});

test('[HV56] nobody debugs the hypervisor', () => {
  const { bench, by } = scene();
  const names = ['HvPostDebugData', 'HvRetrieveDebugData', 'HvResetDebugSession'] as const;

  expect(names.map(name => make(bench, by, name))).toEqual(['INACTIVE', 'INACTIVE', 'INACTIVE']);
});

test('[HV57] every code is simulated or listed with its reason, once', () => {
  const simulated = NAMES.map(name => HYPERCALLS[name].code);
  const listed = NOT_SIMULATED.map(({ code }) => code);

  expect(new Set([...simulated, ...listed]).size).toBe(simulated.length + listed.length);
  // TLFS 2.0a, appendix B: 1 to 4, 8, 9, 0x40 to 0x71 without a gap.
  const ours = new Set([
    ...simulated,
    ...NOT_SIMULATED.filter(({ since }) => since === '2012').map(({ code }) => code),
  ]);
  const published = [1, 2, 3, 4, 8, 9, ...Array.from({ length: 0x32 }, (_, n) => 0x40 + n)];
  expect([...ours].toSorted((a, b) => a - b)).toEqual(published);
  expect(NOT_SIMULATED.filter(({ reason }) => reason.length < 20)).toEqual([]);
});

test('[HV57] a code that is not simulated is no code', () => {
  const statuses = NOT_SIMULATED.map(({ code }) =>
    readInputValue(BigInt(code), { input: 0n, output: 0n }),
  );

  expect(new Set(statuses)).toEqual(new Set(['INVALID_HYPERCALL_CODE']));
});

test.each([
  ['emulatedTimerPeriod', 0n, 5n, 'SUCCESS'],
  ['emulatedTimerControl', 0n, 1n, 'SUCCESS'],
  ['pmTimerAssist', 0n, 0x408n, 'SUCCESS'],
  ['pmTimerAssist', 0n, 0x1_0000n, 'PROPERTY_VALUE_OUT_OF_RANGE'],
  ['debugChannelId', 0n, 7n, 'SUCCESS'],
  ['virtualTlbPageCount', 0n, 64n, 'SUCCESS'],
  ['processorVendor', 1n, 1n, 'SUCCESS'],
  ['processorVendor', 1n, 0n, 'PROPERTY_VALUE_OUT_OF_RANGE'],
  // Compatibility for migration keeps SSE3, LAHF and CMPXCHG16B.
  ['processorFeatures', 0x19fn, 0x103n, 'SUCCESS'],
  ['processorFeatures', 0x19fn, 0x400n, 'PROPERTY_VALUE_OUT_OF_RANGE'],
  ['xsaveFeatures', 7n, 0n, 'SUCCESS'],
  ['xsaveFeatures', 7n, 8n, 'PROPERTY_VALUE_OUT_OF_RANGE'],
  ['clFlushSize', 8n, 16n, 'PROPERTY_VALUE_OUT_OF_RANGE'],
] as const)('[HV58] %s begins as %i; set to %i: %s', (name, first, value, status) => {
  const { bench, by } = scene();
  const target = { partitionId: 2, propertyCode: PROPERTY[name] };
  const get = () =>
    hypercall(bench.turn(), by, 'HvGetPartitionProperty', target).output?.propertyValue;
  const before = get();

  const set = make(bench, by, 'HvSetPartitionProperty', { ...target, propertyValue: value });

  expect([before, set]).toEqual([first, status]);
  expect(get()).toBe(status === 'SUCCESS' ? value : first);
});

test('[HV58] properties have the numbers of the specification', () => {
  expect(Object.values(PROPERTY)).toEqual([
    0x1_0000, 0x2_0001, 0x2_0002, 0x2_0003, 0x3_0000, 0x3_0001, 0x3_0002, 0x4_0000, 0x5_0000,
    0x6_0000, 0x6_0001, 0x6_0002, 0x6_0003,
  ]);
});

test('[HV58] what a processor is, is said before there is one', () => {
  const { bench, by } = scene();
  make(bench, by, 'HvCreateVp');

  const status = make(bench, by, 'HvSetPartitionProperty', {
    partitionId: 2,
    propertyCode: PROPERTY.processorFeatures,
    propertyValue: 0x103n,
  });

  expect(status).toBe('OPERATION_DENIED');
});
