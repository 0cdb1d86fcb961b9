import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { allPages } from '../hardware/memory.ts';
import { tidy, total } from '../hardware/page.ts';
import { Bench, HOST, VM, WORKER } from './bench.fixture.ts';
import type { Caller, HypercallInput, HypercallName } from './call.ts';
import { COST, slabPages, tablePages } from './cost.ts';
import { enlighten } from './enlighten.ts';
import { rangesOf, systemPages } from './gpa.ts';
import { hypercall } from './hypercall.ts';
import { sibling } from './partition-id.ts';
import { processorsOf } from './processors.ts';
import { postMessage, signalEvent } from './synic.ts';
import { setLoad } from './virtual-processor.ts';
import { call, withdraw } from './winhv.ts';

/** One step of a random life: a hypercall with small numbers, by winhv or bare, or something else. */
type Step =
  | {
      readonly kind: 'call';
      readonly name: HypercallName;
      readonly input: HypercallInput[HypercallName];
      readonly winhv: boolean;
    }
  | {
      readonly kind: 'post' | 'signal' | 'load' | 'enlighten' | 'withdraw' | 'receive';
      readonly number: number;
    }
  | { readonly kind: 'wait'; readonly ticks: number };

const partition = fc.integer({ min: 1, max: 5 });
const small = fc.integer({ min: 0, max: 3 });
const page = fc.integer({ min: 0x8_0000, max: 0x8_0000 + 2000 });

function input(fields: { readonly [name: string]: fc.Arbitrary<unknown> }) {
  return fc.record(fields) as fc.Arbitrary<HypercallInput[HypercallName]>;
}

const target = { partitionId: partition };
const onVp = { ...target, vpIndex: small };

/** Inputs that are often sound and often not. */
const INPUTS: { readonly [N in HypercallName]?: fc.Arbitrary<HypercallInput[HypercallName]> } = {
  HvCreatePartition: input({ flags: fc.constant(0), proximityDomainInfo: fc.nat(1) }),
  HvInitializePartition: input(target),
  HvFinalizePartition: input(target),
  HvDeletePartition: input(target),
  HvSetPartitionProperty: input({
    ...target,
    propertyCode: fc.constantFrom(0x1_0000, 0x2_0001, 0x2_0002, 0x2_0003, 7),
    propertyValue: fc.constantFrom(0n, 100n, 0x8000n, 0x1_0000n, 0x30_0000_07ffn),
  }),
  HvDepositMemory: input({
    ...target,
    pages: fc.tuple(page, fc.integer({ min: 1, max: 300 })).map(run => [run]),
  }),
  HvWithdrawMemory: input({ ...target, proximityDomainInfo: fc.constant(0), count: fc.nat(400) }),
  HvMapGpaPages: input({
    targetPartitionId: partition,
    targetGpaBase: fc.nat(3000),
    mapFlags: fc.constantFrom(7, 5, 2),
    pages: fc.tuple(page, fc.integer({ min: 1, max: 1500 })).map(run => [run]),
  }),
  HvUnmapGpaPages: input({
    targetPartitionId: partition,
    targetGpaBase: fc.nat(3000),
    count: fc.integer({ min: 1, max: 2000 }),
  }),
  HvInstallIntercept: input({
    ...target,
    accessType: fc.constantFrom(0, 3, 4),
    interceptType: small,
    interceptParameter: fc.nat(2),
    span: fc.constant(1),
  }),
  HvCreateVp: input({ ...onVp, proximityDomainInfo: fc.constant(0), flags: fc.constant(0) }),
  HvDeleteVp: input(onVp),
  HvSetVpRegisters: input({
    ...onVp,
    registers: fc.record({ name: fc.nat(1), value: fc.bigInt(0n, 1n) }).map(one => [one]),
  }),
  HvCreatePort: input({
    portPartition: partition,
    portId: fc.integer({ min: 1, max: 3 }),
    connectionPartition: partition,
    portType: fc.constantFrom(1, 2, 3),
    targetSint: fc.constant(2),
    targetVp: fc.constantFrom(0, 1, 0xffff_ffff),
    baseFlagNumber: fc.constant(0),
    flagCount: fc.constant(1),
  }),
  HvDeletePort: input({ portPartition: partition, portId: fc.integer({ min: 1, max: 3 }) }),
  HvConnectPort: input({
    connectionPartition: partition,
    connectionId: fc.integer({ min: 1, max: 3 }),
    portPartition: partition,
    portId: fc.integer({ min: 1, max: 3 }),
    portType: fc.constantFrom(1, 2),
  }),
  HvDisconnectPort: input({
    connectionPartition: partition,
    connectionId: fc.integer({ min: 1, max: 3 }),
  }),
  HvSavePartitionState: input({ ...target, flags: fc.nat(1) }),
};

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...(Object.keys(INPUTS) as (keyof typeof INPUTS)[])).chain(name =>
      fc.record({
        kind: fc.constant('call' as const),
        name: fc.constant(name),
        input: INPUTS[name] ?? input({}),
        winhv: fc.boolean(),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('post', 'signal', 'load', 'enlighten', 'withdraw', 'receive'),
      number: partition,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), ticks: fc.nat(60) }) },
);

/** A beginning that makes much of the rest possible: partition 2 is Active with two processors. */
const BEGINNING: readonly Step[] = (
  [
    ['HvCreatePartition', { flags: 0, proximityDomainInfo: 0 }],
    ['HvInitializePartition', { partitionId: 2 }],
    ['HvCreateVp', { partitionId: 2, vpIndex: 0, proximityDomainInfo: 0, flags: 0 }],
    ['HvCreateVp', { partitionId: 2, vpIndex: 1, proximityDomainInfo: 0, flags: 0 }],
  ] as const
).map(([name, given]) => ({ kind: 'call', name, input: given, winhv: true }) as const);

function act(bench: Bench, root: PartitionId, each: Step): void {
  if (each.kind === 'wait') {
    bench.advance(each.ticks);
    return;
  }
  const turn = bench.turn();
  const by: Caller = { partition: root, as: 'vid', vm: VM };
  if (each.kind === 'call') {
    if (each.winhv) call(turn, by, each.name, each.input);
    else hypercall(turn, by, each.name, each.input);
    return;
  }
  const id = sibling(root, each.number);
  const there = turn.get('partition', id);
  if (there === undefined) return;
  if (each.kind === 'load') setLoad(turn, id, each.number * 300);
  if (each.kind === 'enlighten' && processorsOf(turn, id).length > 0) {
    enlighten(turn, id, { as: 'guest', osId: 5n });
  }
  if (each.kind === 'withdraw') withdraw(turn, by, each.number);
  if (each.kind === 'receive') {
    for (const port of turn.where('port', 'partition', id)) {
      turn.patch('port', port.id, { receiver: WORKER });
    }
  }
  if (!there.hypercallPage) return;
  const guest: Caller = { partition: id, as: 'guest', vm: VM };
  if (each.kind === 'post') {
    postMessage(turn, { ...guest, connectionId: 1, messageType: 1, bytes: '00' });
  }
  if (each.kind === 'signal') signalEvent(turn, { ...guest, connectionId: 1, flagNumber: 0 });
}

/** What a partition's objects cost, reckoned from its records alone. */
function costOf(turn: Turn, id: PartitionId): number {
  const { state, type } = turn.must('partition', id);
  const ports = turn.where('port', 'partition', id);
  const messages = ports.filter(port => port.type === 'Message').length;
  const leaves = turn.where('intercept', 'partition', id).filter(each => each.type === 'Cpuid');
  const connections = turn.where('port-connection', 'partition', id).length;
  const processors = turn.where('virtual-processor', 'partition', id).length;
  const children = turn.all('partition').filter(each => each.type === 'child').length;
  const isInitialized = type === 'child' && (state === 'Active' || state === 'Finalizing');
  return (
    (type === 'root' ? children * COST.partition : processors * COST.virtualProcessor) +
    (isInitialized ? COST.initialize : 0) +
    messages * COST.messagePort +
    slabPages(ports.length - messages + connections + leaves.length) +
    tablePages(rangesOf(turn, id).map(range => ({ ...range })))
  );
}

const lives = fc.array(step, { minLength: 1, maxLength: 120, size: 'max' });

test('[HV22] pages in use are the sum of what is there, whatever was called', () => {
  fc.assert(
    fc.property(lives, life => {
      const bench = new Bench();
      const root = bench.launch();
      for (const each of [...BEGINNING, ...life]) {
        act(bench, root, each);
        const turn = bench.turn();
        for (const { id, pagesInUse, depositedPages, deposits } of turn.all('partition')) {
          expect([id, pagesInUse]).toEqual([id, costOf(turn, id)]);
          expect(total(deposits)).toBe(depositedPages);
          expect(pagesInUse).toBeLessThanOrEqual(depositedPages);
        }
      }
    }),
    { numRuns: 80 },
  );
});

test('[HV24] every page is free, in one pool or one guest’s, whatever was called', () => {
  fc.assert(
    fc.property(lives, life => {
      const bench = new Bench();
      const root = bench.launch();
      for (const each of [...BEGINNING, ...life]) act(bench, root, each);

      const turn = bench.turn();
      const host = turn.must('host', HOST);
      const held = [
        ...turn.where('partition', 'host', HOST).flatMap(({ deposits }) => deposits),
        ...systemPages(turn.where('gpa-range', 'host', HOST)),
      ];
      expect(tidy([...held, ...host.freePages])).toEqual(allPages(host));
      expect(total(held) + total(host.freePages)).toBe(total(allPages(host)));
    }),
    { numRuns: 60 },
  );
});

test('[HV47] a machine saved anywhere in a life has the same future', () => {
  fc.assert(
    fc.property(lives, fc.nat(70), (life, cut) => {
      const whole = new Bench();
      const cutShort = new Bench();
      const roots = [whole.launch(), cutShort.launch()] as const;

      for (const [at, each] of [...BEGINNING, ...life].entries()) {
        act(whole, roots[0], each);
        act(cutShort, roots[1], each);
        if (at === cut % (life.length + BEGINNING.length)) cutShort.reload();
      }

      expect(cutShort.state()).toBe(whole.state());
      expect(cutShort.world.checkpoint()).toBe(whole.world.checkpoint());
    }),
    { numRuns: 60 },
  );
});
