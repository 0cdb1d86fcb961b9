import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SHEET as HYPERVISOR } from '../../server/sim/hypervisor/sheet.fixture.ts';
import { SHEET as VMBUS } from '../../server/sim/vmbus/sheet.fixture.ts';

const SHEETS = [
  ['hypervisor', HYPERVISOR, 60],
  ['vmbus', VMBUS, 30],
] as const;

const rulesOf = (component: string): Set<string | undefined> => {
  const spec = new URL(`../../server/sim/${component}/SPEC.md`, import.meta.url);
  return new Set(
    [...readFileSync(spec, 'utf8').matchAll(/^- \*\*(\w+)\*\*/gm)].map(([, id]) => id),
  );
};

test.each(SHEETS)(
  'every row of the sheet of %s has a rule, or a reason why not',
  (name, sheet, least) => {
    const rules = rulesOf(name);

    const wrong = sheet.filter(each =>
      'rule' in each ? !rules.has(each.rule) : each.reason.length < 20,
    );

    expect(rules.size).toBeGreaterThan(least);
    expect(wrong).toEqual([]);
  },
);

test.each(SHEETS)('no row stands in the sheet of %s twice', (_name, sheet) => {
  const rows = sheet.map(({ row }) => row);

  expect(rows.filter((row, at) => rows.indexOf(row) !== at)).toEqual([]);
});
