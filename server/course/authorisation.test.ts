import { expect, test } from 'vitest';
import { OPERATIONS } from '../protocol/operation/index.ts';
import { ROLES } from '../protocol/role.ts';
import { AUTHORISATION, may, type Verb } from './authorisation.ts';

const VERBS = Object.keys(AUTHORISATION) as Verb[];

test('the rights are these, and a change of one is seen here', () => {
  const learner = VERBS.filter(verb => may('learner', verb));

  expect(learner).toEqual([
    'house.self',
    'lab.watch',
    'lab.command',
    'clock.control',
    'person.list',
  ]);
  expect(VERBS.filter(verb => may('instructor', verb))).toEqual(VERBS);
});

test('who has no role has no right', () => {
  expect(VERBS.filter(verb => may(null, verb))).toEqual([]);
});

test('every verb that an operation asks for is a row of the table', () => {
  const asked = new Set(Object.values(OPERATIONS).map(({ verb }) => verb));

  expect(asked.size).toBeGreaterThan(1);
  for (const verb of asked) expect(ROLES.some(role => may(role, verb))).toBe(true);
});
