import { expect, test } from 'vitest';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { eventOf, matches, type LogEvent } from './event.ts';

const fact = (more: Partial<Fact>): Fact => ({
  n: 7,
  turn: 3,
  at: 5 as SimTime,
  kind: 'event',
  from: 'vmms',
  to: null,
  host: 'host:HV1',
  vm: null,
  cause: 1,
  audience: 'everyone',
  summary: '',
  data: {
    id: 14070,
    level: 'Error',
    source: 'Hyper-V-VMMS',
    channel: 'Microsoft-Windows-Hyper-V-VMMS-Admin',
    message: "Virtual machine 'SQL01' quit unexpectedly.",
  },
  ...more,
});

const EVENT = eventOf(fact({})) as LogEvent;

test('a fact of an event log is an event, and no other fact is', () => {
  expect(EVENT).toMatchObject({ n: 7, id: 14070, level: 'Error', source: 'Hyper-V-VMMS' });
  expect(eventOf(fact({ kind: 'step' }))).toBeNull();
});

test.each([
  ['', true],
  ['sql01', true],
  ['14070', true],
  ['1407', false],
  ['error vmms', true],
  ['error -sql01', false],
  ['-warning', true],
  ['sql02', false],
  ['-', true],
])('the words %o find it: %s', (words, found) => {
  expect(matches(EVENT, words)).toBe(found);
});
