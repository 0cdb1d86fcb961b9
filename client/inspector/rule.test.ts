import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { type Rule, rulesIn } from './rule.ts';
import {
  eventOf,
  OF_COMPONENT,
  OF_DEVICE,
  OF_HYPERCALL,
  OF_MESSAGE,
  OF_OPERATION,
  OF_RECORD,
  OF_WIRE,
  rulesOfFact,
} from './rules-of.ts';

const SIM = new URL('../../server/sim/', import.meta.url);

const all: readonly Rule[] = readdirSync(SIM, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && entry.name !== 'engine')
  .flatMap(({ name }) => rulesIn(readFileSync(new URL(`${name}/SPEC.md`, SIM), 'utf8')));

const fact = (more: Partial<Fact>): Fact => ({
  n: 1,
  turn: 1,
  at: 1 as SimTime,
  kind: 'step',
  from: 'vid',
  to: null,
  host: null,
  vm: null,
  cause: null,
  audience: 'everyone',
  summary: '',
  data: {},
  ...more,
});

test('a rule is taken apart into its sentence and who says so', () => {
  const text = [
    '# Pools',
    '',
    '- **AA1** A list stands for many calls: 511 pages. TLFS ch. 4: a block may not cross a page.',
    '- **AA2** It is refused. Source: winerror.h.',
  ].join('\n');

  expect(rulesIn(text)).toEqual([
    {
      id: 'AA1',
      of: 'Pools',
      sentence: 'A list stands for many calls: 511 pages.',
      source: 'TLFS ch. 4: a block may not cross a page.',
    },
    { id: 'AA2', of: 'Pools', sentence: 'It is refused.', source: 'winerror.h.' },
  ]);
});

test('every rule of the simulation has a sentence and a source', () => {
  expect(all.length).toBeGreaterThan(150);
  expect(all.filter(({ sentence, source }) => sentence.length < 10 || source === '')).toEqual([]);
});

test('every rule that the inspector names is one', () => {
  const known = new Set(all.map(({ id }) => id));
  const tables = [
    OF_COMPONENT,
    OF_DEVICE,
    OF_HYPERCALL,
    OF_MESSAGE,
    OF_OPERATION,
    OF_RECORD,
    OF_WIRE,
  ];

  const named = tables.flatMap(table => Object.values(table).flat());

  expect(named.filter(id => !known.has(id))).toEqual([]);
});

test('a fact follows the rules of its own case before those of who did it', () => {
  const short = { name: 'HvCreateVp', statusName: 'INSUFFICIENT_MEMORY' };

  expect(rulesOfFact(fact({ kind: 'hypercall', data: short }))).toEqual([
    'HV21',
    'HV25',
    'HV30',
    'HV31',
    'HV10',
  ]);
  expect(rulesOfFact(fact({ kind: 'vmbus', data: { message: 'CloseChannel' } }))[0]).toBe('VB9');
  expect(rulesOfFact(fact({ kind: 'guest', from: 'firmware' }))).toEqual(OF_COMPONENT.firmware);
  expect(eventOf(fact({ kind: 'event', data: { id: 18500 } }))).toBe(18500);
});
