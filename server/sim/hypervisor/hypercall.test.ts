import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PartitionId } from '../../protocol/id.ts';
import type { PartitionState } from '../../protocol/record/hypervisor.ts';
import { Bench, VM } from './bench.fixture.ts';
import type { Caller, HypercallInput, HypercallName } from './call.ts';
import { hypercall } from './hypercall.ts';
import { makeInputValue, readInputValue } from './input-value.ts';
import { callsFor, inputBytes } from './layout.ts';
import { sibling } from './partition-id.ts';
import { PRIVILEGE, maskText } from './privilege.ts';
import { statusName } from './status.ts';
import { HYPERCALLS } from './table.ts';

/** One sound input for each call, aimed at partition 2. */
const INPUT: { readonly [N in HypercallName]: HypercallInput[N] } = {
  HvSwitchVirtualAddressSpace: { addressSpace: 0x1000n },
  HvFlushVirtualAddressSpace: { addressSpace: 0n, flags: 3, processorMask: 1n },
  HvFlushVirtualAddressList: { addressSpace: 0n, flags: 1, processorMask: 1n, gvaRanges: [0n] },
  HvNotifyLongSpinWait: { spinwaitInfo: 1 },
  HvCreatePartition: { flags: 0, proximityDomainInfo: 0 },
  HvInitializePartition: { partitionId: 2 },
  HvFinalizePartition: { partitionId: 2 },
  HvDeletePartition: { partitionId: 2 },
  HvGetPartitionProperty: { partitionId: 2, propertyCode: 0x2_0003 },
  HvSetPartitionProperty: { partitionId: 2, propertyCode: 0x2_0003, propertyValue: 200n },
  HvGetPartitionId: {},
  HvGetNextChildPartition: { parentId: 2, previousChildId: 0 },
  HvDepositMemory: { partitionId: 2, pages: [[0x10_0000, 4]] },
  HvWithdrawMemory: { partitionId: 2, proximityDomainInfo: 0, count: 4 },
  HvGetMemoryBalance: { partitionId: 2, proximityDomainInfo: 0 },
  HvMapGpaPages: { targetPartitionId: 2, targetGpaBase: 0, mapFlags: 7, pages: [[0x8_0000, 4]] },
  HvUnmapGpaPages: { targetPartitionId: 2, targetGpaBase: 0, count: 4 },
  HvInstallIntercept: {
    partitionId: 2,
    accessType: 3,
    interceptType: 0,
    interceptParameter: 0x60,
    span: 1,
  },
  HvCreateVp: { partitionId: 2, vpIndex: 0, proximityDomainInfo: 0, flags: 0 },
  HvDeleteVp: { partitionId: 2, vpIndex: 0 },
  HvGetVpRegisters: { partitionId: 2, vpIndex: 0, names: [0] },
  HvSetVpRegisters: { partitionId: 2, vpIndex: 0, registers: [{ name: 0, value: 0n }] },
  HvCreatePort: {
    portPartition: 2,
    portId: 5,
    connectionPartition: 1,
    portType: 1,
    targetSint: 2,
    targetVp: 0,
    baseFlagNumber: 0,
    flagCount: 0,
  },
  HvDeletePort: { portPartition: 2, portId: 5 },
  HvConnectPort: {
    connectionPartition: 2,
    connectionId: 1,
    portPartition: 1,
    portId: 5,
    portType: 1,
  },
  HvDisconnectPort: { connectionPartition: 2, connectionId: 1 },
  HvPostMessage: { connectionId: 1, messageType: 1, payloadSize: 1, message: '00' },
  HvSignalEvent: { connectionId: 1, flagNumber: 0 },
  HvSavePartitionState: { partitionId: 2, flags: 1 },
  HvRestorePartitionState: {
    partitionId: 2,
    flags: 1,
    restoreDataCount: 4080,
    stream: { length: 4080, guestOsId: '0', hypercallPage: false, processors: [] },
  },
};

const NAMES = Object.keys(HYPERCALLS) as HypercallName[];

/** Calls about a target, with partition 2 as theirs. */
const TARGETED = NAMES.filter(name => HYPERCALLS[name].access !== 'self');

function make<N extends HypercallName>(
  bench: Bench,
  by: Caller,
  name: N,
  input: HypercallInput[N] = INPUT[name],
): string {
  return statusName(hypercall(bench.turn(), by, name, input).status);
}

/** The call's input with another partition as its target. */
function aimedAt<N extends HypercallName>(number: number, name: N): HypercallInput[N] {
  const input: HypercallInput[N] = { ...INPUT[name] };
  const field = (
    ['partitionId', 'targetPartitionId', 'parentId', 'connectionId', 'portId'] as const
  ).find(key => Object.hasOwn(input, key));
  const target = { connectionId: 'connectionPartition', portId: 'portPartition' } as const;
  const key = field === 'connectionId' || field === 'portId' ? target[field] : field;
  return { ...input, ...(key === undefined ? {} : { [key]: number }) };
}

interface Scene {
  readonly bench: Bench;
  readonly root: PartitionId;
  readonly child: PartitionId;
  readonly by: Caller;
}

/** A launched host with partition 2 in a state. */
function scene(state: PartitionState = 'Active'): Scene {
  const bench = new Bench();
  const root = bench.launch();
  const by: Caller = { partition: root, as: 'vid', vm: VM };
  const child = sibling(root, 2);
  make(bench, by, 'HvCreatePartition');
  const run = (name: HypercallName): void => {
    expect(make(bench, by, name)).toBe('SUCCESS');
  };
  if (state === 'Uninitialized') return { bench, root, child, by };
  make(bench, by, 'HvDepositMemory', { partitionId: 2, pages: [[0x10_0000, 400]] });
  run('HvInitializePartition');
  if (state === 'Active') return { bench, root, child, by };
  run('HvCreateVp');
  run('HvFinalizePartition');
  if (state === 'Finalized') run('HvFinalizePartition');
  expect(bench.turn().must('partition', child).state).toBe(state);
  return { bench, root, child, by };
}

test('[HV6] a number that no partition has is looked at before anything else', () => {
  const { bench, child } = scene();
  bench.turn().patch('partition', child, { hypercallPage: true, privileges: maskText(0n) });
  const by: Caller = { partition: child, as: 'guest', vm: VM };

  const statuses = TARGETED.map(name => [name, make(bench, by, name, aimedAt(99, name))]);

  expect(statuses).toEqual(TARGETED.map(name => [name, 'INVALID_PARTITION_ID']));
});

test('[HV7] a child may not act on its sibling, whatever its privileges', () => {
  const { bench, root, by } = scene();
  make(bench, by, 'HvCreatePartition');
  const other = sibling(root, 3);
  bench.turn().patch('partition', other, {
    hypercallPage: true,
    privileges: bench.turn().must('partition', root).privileges,
  });

  const statuses = TARGETED.map(name =>
    make(bench, { partition: other, as: 'guest', vm: VM }, name),
  );

  expect(new Set(statuses)).toEqual(new Set(['ACCESS_DENIED']));
});

test('[HV7] each privilege gates its hypercalls', () => {
  const gated = NAMES.filter(name => HYPERCALLS[name].privilege !== null);
  const { bench, root, by } = scene('Uninitialized');

  const without = gated.map(name => {
    const { privilege } = HYPERCALLS[name];
    const rest = BigInt('0x000039ff000007ff') & ~PRIVILEGE[privilege ?? 'debugging'];
    bench.turn().patch('partition', root, { privileges: maskText(rest) });
    return make(bench, by, name);
  });

  expect(gated).toHaveLength(10);
  expect(new Set(without)).toEqual(new Set(['ACCESS_DENIED']));
});

test('[HV7] nobody acts on the root, not even the root', () => {
  const { bench, by } = scene();
  const parentOnly = NAMES.filter(name => HYPERCALLS[name].access === 'parent');

  const statuses = parentOnly.map(name => make(bench, by, name, aimedAt(1, name)));

  expect(new Set(statuses)).toEqual(new Set(['ACCESS_DENIED']));
});

/** The table of TLFS, written once more by hand. */
const ALLOWED: { readonly [S in Exclude<PartitionState, 'Active'>]: readonly HypercallName[] } = {
  Uninitialized: [
    'HvDeletePartition',
    'HvDepositMemory',
    'HvGetMemoryBalance',
    'HvGetNextChildPartition',
    'HvInitializePartition',
    'HvWithdrawMemory',
  ],
  Finalizing: [
    'HvFinalizePartition',
    'HvGetMemoryBalance',
    'HvGetNextChildPartition',
    'HvWithdrawMemory',
  ],
  Finalized: [
    'HvDeletePartition',
    'HvGetMemoryBalance',
    'HvGetNextChildPartition',
    'HvWithdrawMemory',
  ],
};

test.each(['Uninitialized', 'Finalizing', 'Finalized'] as const)(
  '[HV8] a partition that is %s accepts only what it may',
  state => {
    const accepted = TARGETED.filter(name => {
      const { bench, by } = scene(state);
      return make(bench, by, name) !== 'INVALID_PARTITION_STATE';
    });

    expect(accepted.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(ALLOWED[state]);
  },
);

test('[HV8] an Active partition accepts everything but its deletion and another beginning', () => {
  const refused = TARGETED.filter(name => {
    const { bench, by } = scene('Active');
    return make(bench, by, name) === 'INVALID_PARTITION_STATE';
  });

  expect(refused).toEqual(['HvInitializePartition', 'HvDeletePartition']);
});

test('[HV9] a new child may access MSRs and make no hypercall that needs a privilege', () => {
  const { bench, child } = scene('Uninitialized');

  const { privileges } = bench.turn().must('partition', child);

  expect(privileges).toBe('00000000000005ff');
});

test('[HV10] a control hypercall leaves a fact with its bytes and counts', () => {
  const { bench, root } = scene('Uninitialized');

  const fact = bench.facts().findLast(({ kind }) => kind === 'hypercall');

  expect(fact).toMatchObject({
    from: 'vid',
    to: 'hypervisor',
    vm: VM,
    summary: 'HvCreatePartition 0x0040 = SUCCESS 0x0',
    data: {
      code: '0x0040',
      status: 0,
      output: { newPartitionId: 2 },
      calls: 1,
      // Flags 0; proximity domain 0, valid and preferred.
      bytes: '00000000000000000000000001000080',
    },
  });
  expect(bench.turn().where('hypercall-count', 'partition', root)).toMatchObject([
    { code: 0x40, name: 'HvCreatePartition', count: 1, errors: 0 },
  ]);
  expect(bench.turn().must('partition', root)).toMatchObject({ hypercalls: 1, hypercallErrors: 0 });
});

test('[HV10] a refused hypercall is an error of its caller', () => {
  const { bench, root, by } = scene('Uninitialized');

  make(bench, by, 'HvCreateVp');

  expect(bench.calls().at(-1)).toBe('HvCreateVp 0x004E = INVALID_PARTITION_STATE 0x7');
  expect(bench.turn().must('partition', root)).toMatchObject({ hypercallErrors: 1 });
});

test('[HV10] blocks are laid out as TLFS draws them', () => {
  const property = inputBytes('HvSetPartitionProperty', {
    partitionId: 2,
    propertyCode: 0x2_0003,
    propertyValue: 0x1122n,
  });
  const registers = inputBytes('HvSetVpRegisters', {
    partitionId: 3,
    vpIndex: 1,
    registers: [{ name: 0x2_0010, value: 0xfff0n }],
  });
  const port = inputBytes('HvCreatePort', { ...INPUT.HvCreatePort, portId: 0x0102 });
  const deposit = inputBytes('HvDepositMemory', { partitionId: 2, pages: [[0x123, 2]] });

  expect(property).toBe('0200000000000000' + '03000200' + '00000000' + '2211000000000000');
  expect(registers).toBe(
    '0300000000000000' +
      '01000000' +
      '00000000' +
      '10000200' +
      '00'.repeat(12) +
      'f0ff000000000000' +
      '00'.repeat(8),
  );
  expect(port).toBe(
    '0200000000000000' +
      '02010000' +
      '00000000' +
      '0100000000000000' +
      '01000000' +
      '00000000' +
      '02000000' +
      '00000000' +
      '0000' +
      '0000' +
      '00000000',
  );
  expect(deposit).toBe('0200000000000000' + '2301000000000000' + '2401000000000000');
});

test('[HV11] messages, signals and a guest’s own calls leave no fact', () => {
  const { bench, by, root } = scene();
  const before = bench.facts().length;
  const hot = NAMES.filter(name => HYPERCALLS[name].hot);

  for (const name of hot) make(bench, by, name);

  expect(hot).toHaveLength(6);
  expect(bench.facts().length).toBe(before);
  const counted = bench.turn().where('hypercall-count', 'partition', root);
  expect(counted.map(({ name }) => name)).toEqual(expect.arrayContaining(hot));
});

test('[HV12] an input value says what is wrong with it, in order', () => {
  const value = (code: bigint, high = 0n): bigint => code | (high << 32n);

  expect(readInputValue(value(0x0030n, 1n), 1n)).toBe('INVALID_HYPERCALL_CODE');
  expect(readInputValue(value(0x0040n) | (1n << 17n), 1n)).toBe('INVALID_HYPERCALL_INPUT');
  expect(readInputValue(value(0x0040n, 1n), 1n)).toBe('INVALID_HYPERCALL_INPUT');
  expect(readInputValue(value(0x0048n), 0n)).toBe('INVALID_HYPERCALL_INPUT');
  expect(readInputValue(value(0x0040n) | (1n << 16n), 0n)).toBe('INVALID_HYPERCALL_INPUT');
  expect(readInputValue(value(0x0040n), 4n)).toBe('INVALID_ALIGNMENT');
  expect(readInputValue(value(0x005dn) | (1n << 16n), 3n)).toMatchObject({ name: 'HvSignalEvent' });
});

test('[HV12] every call’s own value is read back', () => {
  for (const name of NAMES) {
    const { fast, reps } = HYPERCALLS[name];
    const value = { name, fast, reps: reps === null ? 0 : 7, start: 0 };

    expect(readInputValue(makeInputValue(value), 0n)).toEqual(value);
  }
});

test('[HV13] a long list takes as many calls as its pages', () => {
  expect(callsFor('HvDepositMemory', 511)).toBe(1);
  expect(callsFor('HvDepositMemory', 512)).toBe(2);
  expect(callsFor('HvMapGpaPages', 509)).toBe(1);
  // 2 GB.
  expect(callsFor('HvMapGpaPages', 524_288)).toBe(1031);
  expect(callsFor('HvWithdrawMemory', 513)).toBe(2);
  expect(callsFor('HvUnmapGpaPages', 4096)).toBe(2);
});

test('[HV13] each of them is counted', () => {
  const { bench, by, root } = scene();

  make(bench, by, 'HvMapGpaPages', {
    targetPartitionId: 2,
    targetGpaBase: 0,
    mapFlags: 7,
    pages: [[0x8_0000, 5090]],
  });

  expect(bench.calls().at(-1)).toBe('HvMapGpaPages 0x004B ×10 = SUCCESS 0x0');
  const counts = bench.turn().where('hypercall-count', 'partition', root);
  expect(counts.find(({ code }) => code === 0x4b)).toMatchObject({ count: 10 });
});

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
