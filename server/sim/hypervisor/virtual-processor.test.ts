import { expect, test } from 'vitest';
import type { PartitionId } from '../../protocol/id.ts';
import { TICKS_PER_SECOND } from '../../protocol/time.ts';
import { Bench, VM } from './bench.fixture.ts';
import type { Caller, HypercallInput, HypercallName } from './call.ts';
import { hypercall } from './hypercall.ts';
import { exit } from './exit.ts';
import { interceptAt } from './intercept.ts';
import { sibling, vpId } from './partition-id.ts';
import { statusName } from './status.ts';
import { REGISTER, setLoad } from './virtual-processor.ts';
import { call } from './winhv.ts';

interface Scene {
  readonly bench: Bench;
  readonly child: PartitionId;
  readonly make: <N extends HypercallName>(name: N, input: HypercallInput[N]) => string;
}

function scene(processors: number): Scene {
  const bench = new Bench();
  const root = bench.launch();
  const by: Caller = { partition: root, as: 'vid', vm: VM };
  const make: Scene['make'] = (name, input) =>
    statusName(hypercall(bench.turn(), by, name, input).status);
  make('HvCreatePartition', { flags: 0, proximityDomainInfo: 0 });
  make('HvDepositMemory', { partitionId: 2, pages: [[0x10_0000, 8000]] });
  make('HvInitializePartition', { partitionId: 2 });
  for (let vpIndex = 0; vpIndex < processors; vpIndex += 1) {
    make('HvCreateVp', { partitionId: 2, vpIndex, proximityDomainInfo: 0, flags: 0 });
  }
  return { bench, child: sibling(root, 2), make };
}

function suspend(here: Scene, vpIndex: number, value: bigint): string {
  const registers = [{ name: REGISTER.explicitSuspend, value }];
  return here.make('HvSetVpRegisters', { partitionId: 2, vpIndex, registers });
}

function vp(here: Scene, index = 0) {
  return here.bench.turn().must('virtual-processor', vpId(here.child, index));
}

test('[HV30] a processor begins suspended and runs once its bits are clear', () => {
  const here = scene(1);
  const begun = vp(here).state;

  here.make('HvSetVpRegisters', {
    partitionId: 2,
    vpIndex: 0,
    registers: [{ name: REGISTER.interceptSuspend, value: 1n }],
  });
  suspend(here, 0, 0n);
  const intercepted = vp(here).state;
  here.make('HvSetVpRegisters', {
    partitionId: 2,
    vpIndex: 0,
    registers: [{ name: REGISTER.interceptSuspend, value: 0n }],
  });

  expect([begun, intercepted, vp(here).state]).toEqual(['Suspended', 'Suspended', 'Waiting']);
});

test('[HV30] suspend bits read back as they were written', () => {
  const here = scene(1);
  const by: Caller = { partition: sibling(here.child, 1), as: 'vid', vm: VM };

  const { output } = hypercall(here.bench.turn(), by, 'HvGetVpRegisters', {
    partitionId: 2,
    vpIndex: 0,
    names: [REGISTER.explicitSuspend, REGISTER.interceptSuspend],
  });

  expect(output?.values).toEqual([1n, 0n]);
});

test('[HV31] an index beyond 63 or in use is refused', () => {
  const here = scene(1);
  const create = (vpIndex: number): string =>
    here.make('HvCreateVp', { partitionId: 2, vpIndex, proximityDomainInfo: 0, flags: 0 });

  const statuses = [create(0), create(64), create(-1), create(63)];

  expect(statuses).toEqual(['INVALID_VP_INDEX', 'INVALID_VP_INDEX', 'INVALID_VP_INDEX', 'SUCCESS']);
});

test('[HV31] a processor that is not there has no registers', () => {
  const here = scene(1);

  expect(suspend(here, 1, 0n)).toBe('INVALID_VP_INDEX');
  expect(here.make('HvDeleteVp', { partitionId: 2, vpIndex: 1 })).toBe('INVALID_VP_INDEX');
});

test('[HV32] run time is load by time, from the first processor on', () => {
  const here = scene(2);
  suspend(here, 0, 0n);
  suspend(here, 1, 0n);

  setLoad(here.bench.turn(), here.child, 1500);
  const states = [vp(here, 0).state, vp(here, 1).state];
  here.bench.advance(2 * TICKS_PER_SECOND);
  setLoad(here.bench.turn(), here.child, 0);

  expect(states).toEqual(['Running', 'Running']);
  expect([vp(here, 0).runTime, vp(here, 1).runTime]).toEqual([
    2 * TICKS_PER_SECOND,
    TICKS_PER_SECOND,
  ]);
  expect(vp(here).state).toBe('Waiting');
});

test('[HV32] a suspended processor uses nothing and goes on where it was', () => {
  const here = scene(1);
  suspend(here, 0, 0n);
  setLoad(here.bench.turn(), here.child, 500);
  here.bench.advance(TICKS_PER_SECOND);

  suspend(here, 0, 1n);
  here.bench.advance(100 * TICKS_PER_SECOND);
  suspend(here, 0, 0n);
  here.bench.advance(TICKS_PER_SECOND);
  setLoad(here.bench.turn(), here.child, 0);

  expect(vp(here).runTime).toBe(TICKS_PER_SECOND);
});

test('[HV32] work on a child’s processor is work of a logical processor', () => {
  const here = scene(1);
  suspend(here, 0, 0n);
  setLoad(here.bench.turn(), here.child, 1000);
  here.bench.advance(TICKS_PER_SECOND);

  setLoad(here.bench.turn(), here.child, 0);

  const used = here.bench
    .turn()
    .all('logical-processor')
    .filter(lp => lp.contextSwitches > 0);
  expect(used).toHaveLength(1);
  // A quantum of 10 ms, in and out.
  expect(used[0]?.contextSwitches).toBe(200);
});

test('[HV33] each type of intercept has its accesses', () => {
  const here = scene(1);
  const install = (interceptType: number, accessType: number, interceptParameter = 0): string =>
    here.make('HvInstallIntercept', {
      partitionId: 2,
      accessType,
      interceptType,
      interceptParameter,
      span: 1,
    });

  const right = [install(0, 3, 0x60), install(1, 3), install(2, 4, 1), install(3, 4, 14)];
  const wrong = [
    install(0, 1, 0x64),
    install(1, 2),
    install(2, 1, 2),
    install(3, 3, 1),
    install(4, 3),
    install(3, 4, 32),
    install(0, 3, 0x1_0000),
    install(1, 3, 5),
  ];
  const removed = install(0, 0, 0x60);

  expect(right).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS', 'SUCCESS']);
  expect(new Set(wrong)).toEqual(new Set(['INVALID_PARAMETER']));
  expect(removed).toBe('SUCCESS');
  const types = here.bench
    .turn()
    .where('intercept', 'partition', here.child)
    .map(each => each.type);
  expect(types).toEqual(['Cpuid', 'Exception', 'Msr']);
});

test('[HV33] several ports in a row take a call each', () => {
  const here = scene(1);
  const by: Caller = { partition: sibling(here.child, 1), as: 'vid', vm: VM };

  call(here.bench.turn(), by, 'HvInstallIntercept', {
    partitionId: 2,
    accessType: 3,
    interceptType: 0,
    interceptParameter: 0x1f0,
    span: 8,
  });

  expect(here.bench.calls().at(-1)).toBe('HvInstallIntercept 0x004D ×8 = SUCCESS 0x0');
});

test('[HV34] an access is counted where it falls, or nowhere', () => {
  const here = scene(1);
  here.make('HvInstallIntercept', {
    partitionId: 2,
    accessType: 3,
    interceptType: 0,
    interceptParameter: 0x1f0,
    span: 8,
  });
  suspend(here, 0, 0n);
  const falls = (port: number): boolean => {
    const by = { partition: here.child, vp: 0, as: 'guest', times: 5 } as const;
    const waits = exit(here.bench.turn(), by, { type: 'IoPort', port, size: 1 });
    const registers = [{ name: REGISTER.interceptSuspend, value: 0n }];
    here.make('HvSetVpRegisters', { partitionId: 2, vpIndex: 0, registers });
    return waits;
  };

  const fell = [falls(0x1ef), falls(0x1f0), falls(0x1f7), falls(0x1f8)];

  expect(fell).toEqual([false, true, true, false]);
  const access = { type: 'IoPort', parameter: 0x1f4 } as const;
  expect(interceptAt(here.bench.turn(), here.child, access)?.count).toBe(10);
  expect(here.bench.turn().must('partition', here.child).ioIntercepts).toBe(10);
});
