import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PartitionId } from '../../protocol/id.ts';
import type { RecordKind } from '../../protocol/record/kind.ts';
import type { Bench } from './bench.fixture.ts';
import { VM, WORKER } from './bench.fixture.ts';
import type { Caller, HypercallInput, HypercallName } from './call.ts';
import { targetOf } from './delivery.ts';
import { WINDOWS_SERVER_2012, enlighten } from './enlighten.ts';
import { INPUT, NAMES, TARGETED, aimedAt, make, scene } from './hypercall.fixture.ts';
import { hypercall } from './hypercall.ts';
import { keyOf, sibling } from './partition-id.ts';
import { ALL_PRIVILEGES, maskText } from './privilege.ts';
import { statusName } from './status.ts';

// Every call from every partition on every other, with whatever rights its parent may have given it
// and whatever stands in its parameters.

interface World {
  readonly bench: Bench;
  readonly partitions: readonly PartitionId[];
}

/** Root and two children, each with processors, memory, an intercept, a port and a connection. */
function world(): World {
  const { bench, root, by } = scene();
  make(bench, by, 'HvCreatePartition');
  for (const [number, pages] of [
    [2, 0x12_0000],
    [3, 0x13_0000],
  ] as const) {
    const of = <N extends HypercallName>(name: N): HypercallInput[N] => aimedAt(number, name);
    const sound = <N extends HypercallName>(name: N, input = of(name)): void => {
      expect([name, make(bench, by, name, input)]).toEqual([name, 'SUCCESS']);
    };
    sound('HvDepositMemory', { partitionId: number, pages: [[pages, 800]] });
    if (number === 3) sound('HvInitializePartition');
    sound('HvCreateVp');
    sound('HvSetVpRegisters');
    sound('HvMapGpaPages', {
      targetPartitionId: number,
      targetGpaBase: 0,
      mapFlags: 7,
      pages: [[0x8_0000 + number * 16, 4]],
    });
    sound('HvInstallIntercept');
    enlighten(bench.turn(), sibling(root, number), { as: 'guest', osId: WINDOWS_SERVER_2012 });
    sound('HvCreatePort');
    sound('HvConnectPort', {
      connectionPartition: 1,
      connectionId: number,
      portPartition: number,
      portId: 5,
      portType: 1,
    });
    sound('HvCreatePort', {
      ...INPUT.HvCreatePort,
      portPartition: 1,
      portId: number,
      connectionPartition: number,
    });
    sound('HvConnectPort', {
      connectionPartition: number,
      connectionId: 1,
      portPartition: 1,
      portId: number,
      portType: 1,
    });
  }
  for (const port of bench.turn().all('port')) {
    bench.turn().patch('port', port.id, { receiver: WORKER });
  }
  return { bench, partitions: [root, sibling(root, 2), sibling(root, 3)] };
}

const KINDS = [
  'host',
  'logical-processor',
  'partition',
  'virtual-processor',
  'gpa-range',
  'intercept',
  'port',
  'port-connection',
  'hypercall-count',
  'worker-process',
] as const satisfies readonly RecordKind[];

/** Everything but what calling itself counts. */
function everything({ bench }: World): Map<string, string> {
  const turn = bench.turn();
  const all = KINDS.flatMap(kind => (kind === 'hypercall-count' ? [] : turn.all(kind)));
  return new Map(
    all.flatMap((record): [string, string][] => {
      const {
        hypercalls: _calls,
        hypercallErrors: _errors,
        slots,
        ...rest
      } = { ...record } as {
        readonly [key: string]: unknown;
      };
      return [
        [record.id, JSON.stringify(rest)],
        [`slots of ${record.id}`, JSON.stringify(slots)],
      ];
    }),
  );
}

function changed(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    id => before.get(id) !== after.get(id),
  );
}

const NUMBERS = [-1, 0, 1, 2, 3, 4, 16, 255, 0x1_0000, 0x1_0001, 0x2_0003, 0xffff_ffff];

/** The fixture's input with some of its numbers others. */
function inputOf<N extends HypercallName>(name: N): fc.Arbitrary<HypercallInput[N]> {
  const fields = Object.entries(INPUT[name]) as [string, unknown][];
  const arbitraries = fields.map(([field, value]): [string, fc.Arbitrary<unknown>] => {
    if (typeof value === 'number') {
      const other = fc.constantFrom(...NUMBERS);
      return [field, fc.oneof({ weight: 2, arbitrary: fc.constant(value) }, other)];
    }
    if (typeof value === 'bigint') {
      return [field, fc.oneof(fc.constant(value), fc.bigInt(0n, (1n << 64n) - 1n))];
    }
    return [field, fc.constant(value)];
  });
  return fc.record(Object.fromEntries(arbitraries)) as fc.Arbitrary<HypercallInput[N]>;
}

interface Attempt {
  readonly name: HypercallName;
  readonly input: HypercallInput[HypercallName];
}

const attempt: fc.Arbitrary<Attempt> = fc
  .constantFrom(...NAMES)
  .chain(name => inputOf(name).map(input => ({ name, input })));

const privileges = fc.oneof(
  fc.constant(ALL_PRIVILEGES),
  fc.bigInt(0n, ALL_PRIVILEGES).map(mask => mask & ALL_PRIVILEGES),
);

/** Ports of others that a partition may put something at, and the slots behind them. */
function connected({ bench }: World, partition: PartitionId): Set<string> {
  const connections = bench.turn().where('port-connection', 'partition', partition);
  return new Set(
    connections.flatMap(({ port }) => {
      const found = bench.turn().get('port', port);
      const target = found === undefined ? undefined : targetOf(bench.turn(), found);
      return target === undefined ? [port] : [port, `slots of ${target.id}`];
    }),
  );
}

test('[HV59] whatever a child calls, it changes nothing but itself and what waits at its ports', () => {
  fc.assert(
    fc.property(
      fc.array(attempt, { minLength: 1, maxLength: 40 }),
      fc.constantFrom(1, 2),
      privileges,
      (attempts, who, mask) => {
        const here = world();
        const caller = here.partitions[who] as PartitionId;
        here.bench.turn().patch('partition', caller, { privileges: maskText(mask) });
        const by: Caller = { partition: caller, as: 'guest', vm: VM };
        for (const { name, input } of attempts) {
          const before = everything(here);
          const reached = connected(here, caller);

          hypercall(here.bench.turn(), by, name, input);

          const touched = changed(before, everything(here));
          const strange = touched.filter(id => !reached.has(id) && !id.includes(keyOf(caller)));
          expect([name, strange]).toEqual([name, []]);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('[HV59] a child with every privilege is denied every call on every other partition', () => {
  const here = world();
  for (const caller of here.partitions.slice(1)) {
    here.bench.turn().patch('partition', caller, { privileges: maskText(ALL_PRIVILEGES) });
    for (const name of TARGETED) {
      const others = here.partitions
        .map(id => here.bench.turn().must('partition', id))
        .filter(({ id }) => id !== caller);
      const before = everything(here);

      const statuses = others.map(({ number }) =>
        make(here.bench, { partition: caller, as: 'guest', vm: VM }, name, aimedAt(number, name)),
      );

      expect([name, ...statuses]).toEqual([name, 'ACCESS_DENIED', 'ACCESS_DENIED']);
      expect(changed(before, everything(here))).toEqual([]);
    }
  }
});

test('[HV60] what is refused changes nothing, whoever called', () => {
  fc.assert(
    fc.property(
      fc.array(attempt, { minLength: 1, maxLength: 60 }),
      fc.constantFrom(0, 1, 2),
      privileges,
      (attempts, who, mask) => {
        const here = world();
        const caller = here.partitions[who] as PartitionId;
        here.bench.turn().patch('partition', caller, { privileges: maskText(mask) });
        const by: Caller = { partition: caller, as: 'guest', vm: VM };
        for (const { name, input } of attempts) {
          const before = everything(here);

          const { status } = hypercall(here.bench.turn(), by, name, input);

          const touched = status === 0 ? [] : changed(before, everything(here));
          expect([name, statusName(status), touched]).toEqual([name, statusName(status), []]);
        }
      },
    ),
    { numRuns: 150 },
  );
});
