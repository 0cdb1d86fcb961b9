import { expect, test } from 'vitest';
import type { Fact } from '../../server/protocol/fact.ts';
import { LAB_START } from '../../server/protocol/time.ts';
import { actionText, actorOf, objectOf, refusalOf } from './action-text.ts';

const action = (data: Fact['data'], summary = ''): Fact => ({
  n: 1,
  turn: 1,
  at: LAB_START,
  kind: 'action',
  from: 'person',
  to: null,
  host: null,
  vm: null,
  cause: null,
  audience: 'everyone',
  summary,
  data,
});

const nameOf = (id: string) => (id === 'vm:7' ? 'SQL01' : null);

test.each([
  [{ op: 'vm.start', args: { vm: 'vm:7' } }, 'Start SQL01'],
  [{ op: 'vm.rename', args: { vm: 'vm:7', name: 'SQL02' } }, 'Rename SQL02'],
  [{ op: 'vm.create', args: { host: 'host:HV1', name: 'WEB' } }, 'Create virtual machine WEB'],
  [{ op: 'host.start', args: { host: 'host:HV1' } }, 'Start host HV1'],
  [{ op: 'clock.pause', args: {} }, 'Pause the lab'],
])('%o is said as %s', (data, text) => {
  expect(actionText(action(data), nameOf)).toBe(text);
});

test('an operation that this page does not know keeps the summary of its fact', () => {
  expect(actionText(action({ op: 'cluster.form', args: {} }, 'cluster.form'), nameOf)).toBe(
    'cluster.form',
  );
});

test('a refusal says its sentence, and an action that was done says none', () => {
  const refused = action({ op: 'vm.start', refused: 'InvalidState' }, 'vm.start refused: No.');

  expect(refusalOf(refused)).toBe('No.');
  expect(refusalOf(action({ op: 'vm.start', args: {} }))).toBeNull();
});

test('who did it and to what', () => {
  const fact = action({ op: 'vm.start', args: { vm: 'vm:7' }, person: 'person:1' });

  expect([actorOf(fact), objectOf(fact, 'vm'), objectOf(fact, 'host')]).toEqual([
    'person:1',
    'vm:7',
    null,
  ]);
});
