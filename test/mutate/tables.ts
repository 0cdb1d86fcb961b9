// Rows of rule tables, and how one is made wrong. A row is a match of the pattern; its replacement
// must make the test fail that names the rule.

export interface RuleTable {
  readonly file: string;
  readonly row: RegExp;
  readonly wrong: (row: string) => string;
  readonly rule: string;
}

const HYPERVISOR = 'server/sim/hypervisor';

/** Another number with as many digits. */
const otherNumber = (row: string): string =>
  row.replace(/0x[0-9a-f_]+/, number => `0x${(Number(number) ^ 0x3000).toString(16)}`);

export const TABLES: readonly RuleTable[] = [
  {
    file: `${HYPERVISOR}/table.ts`,
    row: /code: 0x[0-9a-f]{4}/g,
    wrong: otherNumber,
    rule: 'HV57',
  },
  {
    file: `${HYPERVISOR}/table.ts`,
    row: /privilege: '[a-zA-Z]+'/g,
    wrong: () => 'privilege: null',
    rule: 'HV7',
  },
  {
    file: `${HYPERVISOR}/legal-call.ts`,
    row: /'Hv[A-Z][A-Za-z]+'(?=[\],])/g,
    wrong: () => "'HvGetPartitionId'",
    rule: 'HV8',
  },
  {
    file: `${HYPERVISOR}/not-simulated.ts`,
    row: /\[0x00[67][0-9a-f], /g,
    wrong: () => '[0x0040, ',
    rule: 'HV57',
  },
  {
    file: `${HYPERVISOR}/msr-table.ts`,
    row: /privilege: '[a-zA-Z]+'/g,
    wrong: () => "privilege: 'debugging'",
    rule: 'HV61',
  },
  {
    file: `${HYPERVISOR}/property.ts`,
    row: /[a-zA-Z]+: 0x000[0-9]_[0-9]{4}/g,
    wrong: otherNumber,
    rule: 'HV58',
  },
  {
    file: `${HYPERVISOR}/access.ts`,
    row: /: 0x800[01]_000[0-9]/g,
    wrong: otherNumber,
    rule: 'HV65',
  },
];
