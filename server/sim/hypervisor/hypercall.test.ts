import { expect, test } from 'vitest';
import type { PartitionState } from '../../protocol/record/hypervisor.ts';
import { VM } from './bench.fixture.ts';
import type { Caller, HypercallName } from './call.ts';
import { INPUT, NAMES, TARGETED, aimedAt, make, scene } from './hypercall.fixture.ts';
import { makeInputValue, readInputValue } from './input-value.ts';
import { callsFor, inputBytes } from './layout.ts';
import { sibling } from './partition-id.ts';
import { PRIVILEGE, maskText } from './privilege.ts';
import { HYPERCALLS } from './table.ts';

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

  expect(gated).toHaveLength(18);
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

/** Blocks that lie as they should. */
const PLACED = { input: 0x1000n, output: 0x2000n };

test('[HV12] an input value says what is wrong with it, in order', () => {
  const value = (code: bigint, high = 0n): bigint => code | (high << 32n);
  const odd = { ...PLACED, input: 0x1001n };

  expect(readInputValue(value(0x0030n, 1n), odd)).toBe('INVALID_HYPERCALL_CODE');
  expect(readInputValue(value(0x0040n) | (1n << 17n), odd)).toBe('INVALID_HYPERCALL_INPUT');
  expect(readInputValue(value(0x0040n, 1n), odd)).toBe('INVALID_HYPERCALL_INPUT');
  expect(readInputValue(value(0x0048n), PLACED)).toBe('INVALID_HYPERCALL_INPUT');
  expect(readInputValue(value(0x0040n) | (1n << 16n), PLACED)).toBe('INVALID_HYPERCALL_INPUT');
  expect(readInputValue(value(0x005dn) | (1n << 16n), odd)).toMatchObject({
    name: 'HvSignalEvent',
  });
});

test.each([
  ['on 8 bytes', { input: 0x1000n, output: 0x2000n }, null],
  ['with an input off them', { input: 0x1004n, output: 0x2000n }, 'INVALID_ALIGNMENT'],
  ['with an output off them', { input: 0x1000n, output: 0x2001n }, 'INVALID_ALIGNMENT'],
  ['up to the end of a page', { input: 0x1ff0n, output: 0x2000n }, null],
  ['over the end of one', { input: 0x1ff8n, output: 0x2000n }, 'INVALID_ALIGNMENT'],
  ['one over the other', { input: 0x1000n, output: 0x1008n }, 'INVALID_PARAMETER'],
] as const)('[HV12] parameters may lie %s or not', (_how, parameters, status) => {
  // HvCreatePartition takes 16 bytes and gives 8.
  const read = readInputValue(0x0040n, parameters);

  expect(typeof read === 'string' ? read : null).toBe(status);
});

test('[HV12] a list that does not fit its page is in the wrong place', () => {
  const deposit = (reps: bigint) => readInputValue(0x0048n | (reps << 32n), PLACED);

  expect(deposit(511n)).toMatchObject({ reps: 511 });
  expect(deposit(512n)).toBe('INVALID_ALIGNMENT');
});

test('[HV12] every call’s own value is read back', () => {
  for (const name of NAMES) {
    const { fast, reps } = HYPERCALLS[name];
    const value = { name, fast, reps: reps === null ? 0 : 7, start: 0 };

    expect(readInputValue(makeInputValue(value), PLACED)).toEqual(value);
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
