import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SHEET } from '../../server/sim/hypervisor/sheet.fixture.ts';

const SPEC = new URL('../../server/sim/hypervisor/SPEC.md', import.meta.url);
const rules = new Set(
  [...readFileSync(SPEC, 'utf8').matchAll(/^- \*\*(\w+)\*\*/gm)].map(([, id]) => id),
);

test('every row of the hypervisor’s sheet has a rule, or a reason why not', () => {
  const wrong = SHEET.filter(each =>
    'rule' in each ? !rules.has(each.rule) : each.reason.length < 20,
  );

  expect(rules.size).toBeGreaterThan(60);
  expect(wrong).toEqual([]);
});

test('no row stands in the sheet twice', () => {
  const rows = SHEET.map(({ row }) => row);

  expect(rows.filter((row, at) => rows.indexOf(row) !== at)).toEqual([]);
});
