import { expect, test } from 'vitest';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { GoneNames, namesOfGone } from './gone-names.ts';

const fact = (n: number, more: Partial<Fact>): Fact => ({
  n,
  turn: n,
  at: n as SimTime,
  kind: 'event',
  from: 'vmms',
  to: null,
  host: 'host:1',
  vm: null,
  cause: null,
  audience: 'everyone',
  summary: '',
  data: {},
  ...more,
});

const deleted = (n: number, vm: `vm:${string}`, name: string): Fact => {
  const message = `The virtual machine '${name}' was deleted. (Virtual machine ID 1A2B)`;
  return fact(n, { vm, data: { id: 13_003, message } });
};

test('a deleted machine has the name that its last event says, quotes and all', () => {
  const facts = [
    fact(1, {
      vm: 'vm:1',
      data: { id: 13_002, message: "The virtual machine 'Old' was created." },
    }),
    deleted(2, 'vm:1', "Ada's 'own' machine"),
    deleted(3, 'vm:2', 'WEB01'),
  ];

  const names = namesOfGone(facts);

  expect([...names]).toEqual([
    ['vm:1', "Ada's 'own' machine"],
    ['vm:2', 'WEB01'],
  ]);
});

test('the table is the same one until somebody else is gone, also when older facts are read, and after a rewind', () => {
  const gone = new GoneNames();
  const before = [fact(1, {}), deleted(2, 'vm:1', 'WEB01')];
  const names = gone.of(before);

  const later = [...before, fact(3, {})];
  const same = gone.of(later);
  const further = gone.of([deleted(0, 'vm:0', 'OLD01'), ...later]);
  const rewound = gone.of([fact(1, {}), deleted(2, 'vm:2', 'SQL01')]);

  expect(same).toBe(names);
  expect(further.get('vm:0')).toBe('OLD01');
  expect(rewound.get('vm:2')).toBe('SQL01');
  expect(gone.of(later).get('vm:1')).toBe('WEB01');
});
