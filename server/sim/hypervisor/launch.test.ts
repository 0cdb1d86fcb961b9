import { expect, test } from 'vitest';
import { GUEST_PRIVILEGES, maskText } from './privilege.ts';
import { Bench, HOST, VM, hostSpec } from './bench.fixture.ts';
import { hypercall } from './hypercall.ts';
import { launchHypervisor, rootPartition, stopHypervisor } from './launch.ts';
import { partitionId } from './partition-id.ts';

test('[HV1] a launch makes an Active root partition with all privileges and a pinned processor an LP', () => {
  const bench = new Bench();

  const root = bench.launch();

  const turn = bench.turn();
  expect(turn.must('partition', root)).toMatchObject({
    number: 1,
    type: 'root',
    state: 'Active',
    privileges: '000039ff000007ff',
    cpuReserve: 0,
    cpuCap: 0x1_0000,
    cpuWeight: 100,
  });
  const processors = turn.where('virtual-processor', 'partition', root);
  expect(processors.map(vp => [vp.index, vp.logicalProcessor, vp.state])).toEqual(
    [0, 1, 2, 3].map(index => [index, index, 'Waiting']),
  );
  expect(turn.must('host', HOST)).toMatchObject({ hypervisorRunning: true });
});

test('[HV2] a launch writes event 1', () => {
  const bench = new Bench();

  bench.launch();

  const [event] = bench.facts().filter(({ kind }) => kind === 'event');
  expect(event?.data).toMatchObject({
    channel: 'Microsoft-Windows-Hyper-V-Hypervisor-Admin',
    id: 1,
    message: 'Hypervisor successfully started.',
  });
});

test('[HV3] the root has its hypercall page and SynIC after the launch', () => {
  const bench = new Bench();

  const root = bench.launch();

  const turn = bench.turn();
  expect(turn.must('partition', root)).toMatchObject({
    guestOsId: '00010406020023f0',
    hypercallPage: true,
  });
  for (const vp of turn.where('virtual-processor', 'partition', root)) {
    expect(vp.synicEnabled && vp.simp !== null && vp.siefp !== null).toBe(true);
    expect([vp.sint0Vector, vp.sint2Vector]).not.toContain(null);
  }
});

test('[HV4] nothing of the hypervisor is left when its host stops', () => {
  const bench = new Bench();
  const before = bench.world.records.count('partition');
  const root = bench.launch();
  const by = { partition: root, as: 'vid', vm: VM } as const;
  hypercall(bench.turn(), by, 'HvCreatePartition', { flags: 0, proximityDomainInfo: 0 });

  stopHypervisor(bench.turn(), HOST);

  for (const kind of [
    'partition',
    'virtual-processor',
    'hypercall-count',
    'intercept',
    'port',
    'port-connection',
    'gpa-range',
  ] as const) {
    expect(bench.world.records.count(kind)).toBe(before);
  }
  expect(rootPartition(bench.turn(), HOST)).toBeNull();
  expect(bench.turn().must('host', HOST)).toMatchObject({
    hypervisorRunning: false,
    memoryAssigned: 0,
    memoryDeposited: 0,
    memoryOverhead: 0,
  });
});

test('[HV5] numbers begin again with a launch, ids never', () => {
  const bench = new Bench(hostSpec());
  const create = (): number | undefined => {
    const root = rootPartition(bench.turn(), HOST) ?? partitionId(HOST, 0, 1);
    const by = { partition: root, as: 'vid', vm: VM } as const;
    const made = hypercall(bench.turn(), by, 'HvCreatePartition', {
      flags: 0,
      proximityDomainInfo: 0,
    });
    return made.output?.newPartitionId;
  };
  launchHypervisor(bench.turn(), HOST);
  const first = [create(), create()];
  const ids = bench
    .turn()
    .all('partition')
    .map(({ id }) => id);

  stopHypervisor(bench.turn(), HOST);
  launchHypervisor(bench.turn(), HOST);
  const second = [create(), create()];

  expect([first, second]).toEqual([
    [2, 3],
    [2, 3],
  ]);
  const later = bench
    .turn()
    .all('partition')
    .map(({ id }) => id);
  expect(later.filter(id => ids.includes(id))).toEqual([]);
});

test('a guest gets what VMBus needs and no more', () => {
  expect(maskText(GUEST_PRIVILEGES)).toBe('00000030000007ff');
});
