import { expect, test } from 'vitest';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { factsAbout, stateFact } from './facts-about.ts';

const fact = (n: number, more: Partial<Fact>): Fact => ({
  n,
  turn: n,
  at: n as SimTime,
  kind: 'step',
  from: 'vid',
  to: null,
  host: 'host:HV1',
  vm: 'vm:1',
  cause: null,
  audience: 'everyone',
  summary: '',
  data: {},
  ...more,
});

const call = (n: number, vpIndex: number): Fact =>
  fact(n, {
    kind: 'hypercall',
    to: 'hypervisor',
    data: { name: 'HvCreateVp', input: { vpIndex } },
  });

const FACTS = [
  fact(1, { from: 'vmms', to: 'vmwp', kind: 'process' }),
  call(2, 0),
  call(3, 1),
  fact(4, {
    kind: 'vmbus',
    from: 'vmbusr',
    data: { message: 'OfferChannel', fields: { channelId: 7 } },
  }),
  fact(5, { kind: 'packet', from: 'storvsc', data: { channel: 7 } }),
  fact(6, { kind: 'packet', from: 'netvsc', data: { channel: 8 } }),
  fact(7, { kind: 'state', from: 'vhdmp', data: { path: 'C:\\Disks\\a.vhdx' } }),
  fact(8, { vm: 'vm:2', kind: 'hypercall', data: { name: 'HvCreateVp', input: { vpIndex: 1 } } }),
];

const about = (record: { readonly id: string; readonly [column: string]: unknown }) =>
  factsAbout({ host: 'host:HV1', vm: 'vm:1', ...record }, FACTS, 10).map(({ n }) => n);

test('the facts of a record are those that name it as the stack does, the newest first', () => {
  expect(about({ id: 'worker-process:1' })).toEqual([1]);
  expect(about({ id: 'partition:2' })).toEqual([3, 2]);
  expect(about({ id: 'virtual-processor:2/1', index: 1 })).toEqual([3]);
  expect(about({ id: 'vmbus-channel:2/7', relId: 7 })).toEqual([5, 4]);
  expect(about({ id: 'vmbus-connection:2' })).toEqual([4]);
  expect(about({ id: 'virtual-disk:9', path: 'C:\\Disks\\a.vhdx' })).toEqual([7]);
});

test('the fact behind its last change belongs to it, and no more are given than asked for', () => {
  expect(about({ id: 'guest:2', cause: 3 })).toEqual([3]);
  expect(factsAbout({ id: 'vm:1' }, FACTS, 2).map(({ n }) => n)).toEqual([7, 6]);
});

test('why a machine is off is its last move, whatever was changed of it since', () => {
  const moved = (n: number, from: string, to: string): Fact =>
    fact(n, { kind: 'state', from: 'vmms', data: { from, to, trigger: 'stopped' } });
  const facts = [
    moved(1, 'Off', 'Starting'),
    moved(2, 'Stopping', 'Off'),
    fact(3, { kind: 'action', from: 'person', data: { op: 'vm.configure' } }),
    fact(4, { kind: 'state', from: 'vhdmp', data: { path: 'C:\\Disks\\a.vhdx' } }),
  ];

  expect(stateFact('vm:1', 'Off', facts)?.n).toBe(2);
  // The page does not hold how it came to that: it says nothing rather than something else.
  expect(stateFact('vm:1', 'Saved', facts)).toBeUndefined();
  expect(stateFact('vm:2', 'Off', facts)).toBeUndefined();
});
