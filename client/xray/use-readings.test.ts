import { expect, test } from 'vitest';
import { growth } from './use-readings.ts';

test('a rate is what was added in a second of lab time; what did not move has none', () => {
  const still = { hypercalls: 7 };
  const before = new Map([
    ['partition:1', { hypercalls: 100, hypercallErrors: 2 }],
    ['partition:2', still],
  ]);
  const after = new Map([
    ['partition:1', { hypercalls: 150, hypercallErrors: 2 }],
    ['partition:2', still],
    ['partition:3', { hypercalls: 9 }],
  ]);

  const rates = growth(before, after, 0.5);

  expect([...rates]).toEqual([['partition:1', { hypercalls: 100 }]]);
});

test('a counter that begins anew was not counted backwards', () => {
  const rates = growth(new Map([['a', { n: 50 }]]), new Map([['a', { n: 3 }]]), 1);

  expect(rates.get('a')).toEqual({});
});
