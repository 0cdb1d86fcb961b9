// Rows of rule tables, and how one is made wrong. A row is a match of the pattern; its replacement
// must make the test fail that names the rule.

export interface RuleTable {
  readonly file: string;
  /** Of several tables in the file, the constant that holds this one; without it, the whole file. */
  readonly within?: string;
  readonly row: RegExp;
  readonly wrong: (row: string) => string;
  readonly rule: string;
  /** Where its tests are, if not beside the table. */
  readonly tests?: string;
}

const SIM = 'server/sim';
const HYPERVISOR = `${SIM}/hypervisor`;

/** Another number with as many digits. */
const otherNumber = (row: string): string =>
  row.replace(
    /0x[0-9a-f_]+/,
    number => `0x${(Number(number.replaceAll('_', '')) ^ 0x3000).toString(16)}`,
  );

/** The row's last number, one more. */
const oneMore = (row: string): string =>
  row.replace(/(0x[0-9a-f_]+|\d+)(?=\D*$)/, number =>
    String(Number(number.replaceAll('_', '')) + 1),
  );

/** A state that the row does not lead to. */
const otherState = (row: string): string => row.replace(/'(\w+)'$/, "'Elsewhere'");

const moves = (within: string, rule: string): RuleTable => ({
  file: `${SIM}/vmbus/state.ts`,
  within,
  row: /\w+: '[A-Z]\w+'/g,
  wrong: otherState,
  rule,
});

const STATE_MACHINES: readonly RuleTable[] = [
  moves('CONNECTION_TRANSITIONS', 'VB22'),
  moves('CHANNEL_TRANSITIONS', 'VB23'),
  moves('GPADL_TRANSITIONS', 'VB24'),
  moves('CLIENT_TRANSITIONS', 'VB25'),
  {
    file: `${SIM}/vmms/vm-state.ts`,
    within: 'VM_TRANSITIONS',
    row: /(started|restored|stopped|saved|paused|resumed|wasReset|ended|\w+Failed): '\w+'/g,
    wrong: otherState,
    rule: 'VM40',
  },
  {
    file: `${SIM}/vmms/vm-state.ts`,
    within: 'VM_TRANSITIONS',
    row: /(start|turnOff|shutDown|save|pause|resume|reset|deleteSavedState): '\w+'/g,
    wrong: otherState,
    rule: 'VM41',
  },
  {
    file: `${SIM}/vmms/vm-state.ts`,
    within: 'VM_CHANGES',
    row: /\w+: \['[^\]]+\]/g,
    wrong: row => row.replace(/\[.*\]/, "['Stopping']"),
    rule: 'VM42',
  },
];

const HYPERVISOR_TABLES: readonly RuleTable[] = [
  {
    file: `${HYPERVISOR}/table.ts`,
    row: /code: 0x[0-9a-f]{4}/g,
    wrong: otherNumber,
    rule: 'HV90',
  },
  {
    file: `${HYPERVISOR}/table.ts`,
    row: /privilege: '[a-zA-Z]+'/g,
    wrong: () => 'privilege: null',
    rule: 'HV7',
  },
  {
    file: `${HYPERVISOR}/table.ts`,
    row: /fast: true/g,
    wrong: () => 'fast: false',
    rule: 'HV90',
  },
  {
    file: `${HYPERVISOR}/layout.ts`,
    within: 'INPUT_BLOCK',
    row: /\['\w+', \d+, \d+\]/g,
    wrong: oneMore,
    rule: 'HV90',
  },
  {
    file: `${HYPERVISOR}/layout.ts`,
    within: 'ELEMENT_SIZE',
    row: /Hv\w+: \d+/g,
    wrong: oneMore,
    rule: 'HV90',
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
  {
    file: `${HYPERVISOR}/intercept-bytes.ts`,
    row: /\['(?!cacheType)\w+', \d+, \d\]/g,
    wrong: row => row.replace(/(\d+), \d\]/, (_, at: string) => `${Number(at) + 1}, 1]`),
    rule: 'HV70',
  },
  {
    file: `${HYPERVISOR}/status.ts`,
    row: /[A-Z_]+: 0x[0-9a-f]{2}/g,
    wrong: oneMore,
    rule: 'HV91',
  },
  {
    file: `${HYPERVISOR}/privilege.ts`,
    row: /\w+: 1n << \d+n/g,
    wrong: row => row.replace(/\d+n$/, '63n'),
    rule: 'HV92',
  },
  {
    file: `${HYPERVISOR}/cost.ts`,
    row: /(initialize|virtualProcessor|partition|messagePort|Hv\w+|other): \d+/g,
    wrong: oneMore,
    rule: 'HV93',
  },
];

const WORKER_TABLES: readonly RuleTable[] = [
  {
    file: `${SIM}/vmwp/event-log.ts`,
    within: 'EVENTS',
    row: /(?<=\n {2})\d{4,5}(?=: \{)/g,
    wrong: oneMore,
    rule: 'WP11',
  },
  {
    file: `${SIM}/vmwp/event-log.ts`,
    within: 'EVENTS',
    row: /\.\.\.(ERROR|INFORMATION|CRITICAL)/g,
    wrong: () => "level: 'Warning'",
    rule: 'WP11',
  },
  {
    file: `${SIM}/vmwp/emulated-device.ts`,
    row: /\[0x[0-9a-f]+, 0x[0-9a-f]+\]/g,
    wrong: row => oneMore(row),
    rule: 'WP12',
  },
  {
    file: `${SIM}/vmwp/emulate.ts`,
    within: 'READS',
    row: /0x[0-9a-f]+: 0x[0-9a-f]+n/g,
    wrong: row => row.replace(/0x[0-9a-f]+n$/, '0x1n'),
    rule: 'WP7',
    tests: 'test/scenario',
  },
  {
    file: `${SIM}/guest/accesses.ts`,
    within: 'SELF_TEST',
    row: /times: \d+/g,
    wrong: oneMore,
    rule: 'GU13',
    tests: 'test/scenario',
  },
];

const DEVICE_TABLES: readonly RuleTable[] = [
  {
    file: `${SIM}/devices/components.ts`,
    within: 'COMPONENTS',
    row: /'\d\.\d'|0x[0-9a-f_]+/g,
    wrong: row => (row.startsWith("'") ? "'9.9'" : '0x9_0009'),
    rule: 'DV45',
  },
  {
    file: `${SIM}/devices/ic/message.ts`,
    row: /(Negotiate|Heartbeat|KeyValuePair|Shutdown|TimeSync|Vss|RemoteDesktop|Transaction|Request|Response|Success|Fail|NotSupported|NotFound|NoMoreItems): (0x[0-9a-f_]+|\d)(?=[, ])/g,
    wrong: oneMore,
    rule: 'DV46',
    tests: `${SIM}/devices`,
  },
  {
    file: `${SIM}/devices/duration.ts`,
    row: /= ((micro|milli)?seconds\()?\d+/g,
    wrong: oneMore,
    rule: 'DV47',
  },
];

const OTHERS: readonly RuleTable[] = [
  {
    file: `${SIM}/vmms/duration.ts`,
    row: /= ((milli)?seconds\(|minutes\()?\d+/g,
    wrong: oneMore,
    rule: 'VM43',
  },
  {
    file: `${SIM}/vmms/refusal.ts`,
    within: 'CODE',
    row: /\w+: (0x[0-9a-f_]+|\d{5})/g,
    wrong: oneMore,
    rule: 'VM44',
  },
  {
    file: `${SIM}/storage/fault.ts`,
    within: 'FAULTS',
    row: /0x[0-9a-f]{4}_[0-9a-f]{4}/g,
    wrong: oneMore,
    rule: 'ST17',
  },
  {
    file: `${SIM}/hardware/limits.ts`,
    row: /\w+: \d+(?=[, ])/g,
    wrong: oneMore,
    rule: 'HW8',
  },
  {
    file: `${SIM}/guest/operating-system.ts`,
    within: 'OPERATING_SYSTEMS',
    row: /(duration: seconds\(\d+|load: \d+|idleLoad: \d+|integrationServicesAfter: seconds\(\d+)/g,
    wrong: oneMore,
    rule: 'GU18',
  },
  {
    file: `${SIM}/guest/operating-system.ts`,
    within: 'OPERATING_SYSTEMS',
    row: /(version|guestOsId|components): '[^']+'|processorArchitecture: \d/g,
    wrong: row => row.replace(/'[^']+'|\d$/, "'none'"),
    rule: 'GU17',
  },
  {
    file: `${SIM}/vmbus/message.ts`,
    row: /number: \d+/g,
    wrong: oneMore,
    rule: 'VB1',
  },
  {
    file: `${SIM}/vmbus/message.ts`,
    row: /\w+: at\(\d+, /g,
    wrong: oneMore,
    rule: 'VB1',
  },
];

export const TABLES: readonly RuleTable[] = [
  ...HYPERVISOR_TABLES,
  ...STATE_MACHINES,
  ...WORKER_TABLES,
  ...DEVICE_TABLES,
  ...OTHERS,
];
