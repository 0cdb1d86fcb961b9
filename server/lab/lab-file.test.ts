import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLabFile } from './lab-file.ts';

const SAMPLE = new URL('../course/sample/', import.meta.url);

function sample(name: string): string {
  return readFileSync(new URL(`${name}.yaml`, SAMPLE), 'utf8');
}

function faultsOf(text: string): readonly { line: number; path: string; message: string }[] {
  const read = parseLabFile(text);
  return read.ok ? [] : read.fault;
}

const HEAD = 'name: x\nera: 2012\nseed: s\ncalendarStart: 2013-03-04T08:00:00Z\n';
const HOST = [
  'hosts:',
  '  - name: HV01',
  '    logicalProcessors: 8',
  '    memory: 32 GB',
  '    volumes:',
  '      - letter: C',
  '        capacity: 100 GB',
  '',
].join('\n');

test('the samples are lab files', () => {
  const one = parseLabFile(sample('one-host'));
  const three = parseLabFile(sample('three-hosts'));

  expect(one).toMatchObject({ ok: true, value: { era: '2012', hosts: [{ name: 'HV01' }] } });
  expect(three.ok && three.value.hosts.map(({ name }) => name)).toEqual(['HV01', 'HV02', 'HV03']);
});

test('sizes, speeds and moments are read with their units', () => {
  const text = `${HEAD}${HOST}    networkAdapters:\n      - name: Ethernet\n        speed: 2.5 Gbps\n`;

  const read = parseLabFile(text);

  expect(read).toMatchObject({
    ok: true,
    value: {
      calendarStart: Date.UTC(2013, 2, 4, 8),
      hosts: [{ memory: 32 * 1024 ** 3, networkAdapters: [{ speed: 2_500_000_000 }] }],
    },
  });
});

test.each([
  ['a missing name', `era: 2012\n${HOST}`, 1, 'name'],
  ['another era', `${HEAD.replace('2012', '2019')}${HOST}`, 2, 'era'],
  ['a number for a text', `${HEAD.replace('seed: s', 'seed: 7')}${HOST}`, 3, 'seed'],
  ['a day that does not exist', `${HEAD.replace('03-04', '02-30')}${HOST}`, 4, 'calendarStart'],
  ['a size without a unit', `${HEAD}${HOST.replace('32 GB', '32')}`, 8, 'hosts[0].memory'],
  ['a size beyond the limit', `${HEAD}${HOST.replace('32 GB', '5 TB')}`, 8, 'hosts[0].memory'],
  [
    'infinitely many processors',
    `${HEAD}${HOST.replace('Processors: 8', 'Processors: 1e999')}`,
    7,
    'hosts[0].logicalProcessors',
  ],
  [
    'a number beyond counting',
    `${HEAD}${HOST.replace('Processors: 8', 'Processors: 99999999999999999999')}`,
    7,
    'hosts[0].logicalProcessors',
  ],
  ['a host name with a dot', `${HEAD}${HOST.replace('HV01', 'HV.01')}`, 6, 'hosts[0].name'],
  ['an unknown key', `${HEAD}${HOST}    colour: red\n`, 12, 'hosts[0].colour'],
  ['a key of the language', `${HEAD}${HOST}    __proto__: {a: 1}\n`, 12, 'hosts[0].__proto__'],
  ['a key written twice', `${HEAD}seed: t\n${HOST}`, 5, 'seed'],
  ['a map for a list', `${HEAD}hosts:\n  name: x\n`, 6, 'hosts'],
  ['no drive C', `${HEAD}${HOST.replace('letter: C', 'letter: D')}`, 10, 'hosts[0].volumes'],
])('%s is refused with its line and path', (_what, text, line, path) => {
  const [first] = faultsOf(text).filter(fault => fault.path === path);

  expect(first).toMatchObject({ line, path });
  expect(first?.message.length).toBeLessThan(200);
});

const MACHINE = '    virtualMachines:\n      - name: A\n';

test.each([
  [
    'two hosts of one name',
    `${HEAD}${HOST}${HOST.slice('hosts:\n'.length).replace('HV01', 'hv01')}`,
    'hosts[1].name',
  ],
  [
    'two machines of one name',
    `${HEAD}${HOST}${MACHINE}      - name: a\n`,
    'hosts[0].virtualMachines[1].name',
  ],
  [
    'an unknown image',
    `${HEAD}${HOST}${MACHINE}        disk: {from: library, image: no}\n`,
    'hosts[0].virtualMachines[0].disk.image',
  ],
  [
    'an unknown switch',
    `${HEAD}${HOST}${MACHINE}        virtualSwitch: LAN\n`,
    'hosts[0].virtualMachines[0].virtualSwitch',
  ],
  [
    'more processors than the host has',
    `${HEAD}${HOST}${MACHINE}        processors: 9\n`,
    'hosts[0].virtualMachines[0].processors',
  ],
  [
    'an unknown ISO',
    `${HEAD}${HOST}${MACHINE}        iso: no\n`,
    'hosts[0].virtualMachines[0].iso',
  ],
  [
    'a switch on an adapter that is not there',
    `${HEAD}${HOST}    virtualSwitches:\n      - {name: LAN, type: External, networkAdapter: E}\n`,
    'hosts[0].virtualSwitches[0].networkAdapter',
  ],
  [
    'more files than the volume holds',
    `${HEAD}${HOST}    libraryImages:\n      - {name: i, type: Iso, os: ws2012, size: 90 GB}\n`,
    'hosts[0].volumes[0].capacity',
  ],
  [
    'more machines than the limit',
    `${HEAD}limits: {virtualMachines: 1}\n${HOST}${MACHINE}      - name: B\n`,
    'limits.virtualMachines',
  ],
])('%s is refused', (_what, text, path) => {
  const paths = faultsOf(text).map(fault => fault.path);

  expect(paths).toEqual([path]);
});

test.each([
  ['two documents', `${HEAD}${HOST}---\n${HEAD}`, 'begins a second document: a lab file has one'],
  ['a tab', `${HEAD}hosts:\n\t- name: HV01\n`, 'is indented with a tab: use spaces'],
  ['a character nobody sees', `${HEAD}# \u202e\n`, 'has a character that cannot be seen: U+202E'],
  [
    '1e99 processors',
    `${HEAD}${HOST.replace('Processors: 8', 'Processors: 1e99')}`,
    'is at most 320',
  ],
  [
    'no memory',
    `${HEAD}${HOST.replace(/ +memory:.*\n/u, '')}`,
    'is missing: it is a size such as 4 GB',
  ],
])('%s is told in one sentence', (_what, text, sentence) => {
  expect(faultsOf(text).map(({ message }) => message)).toEqual([sentence]);
});

const HOSTILE: readonly (readonly [string, string])[] = [
  ['an alias bomb', 'a: &a [x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nname: *c\n'],
  ['a tag', 'name: !!binary aGVsbG8=\n'],
  ['a merge key', 'a: {x: 1}\nb:\n  <<: *a\n'],
  ['ten megabytes', 'a: b\n'.repeat(2_000_000)],
  ['a line of a hundred thousand brackets', '['.repeat(100_000)],
  ['brackets over many lines', '[\n'.repeat(5000)],
  ['braces over many lines', '{a:\n'.repeat(5000)],
  ['a deep block', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['lists in lists on one line', '- '.repeat(900)],
  ['eight thousand keys', Array.from({ length: 7900 }, (_, n) => `key${n}: ${n}`).join('\n')],
  ['one key eight thousand times', Array.from({ length: 7900 }, (_, n) => `key: ${n}`).join('\n')],
  ['complex keys', '? [a]\n: b\n'.repeat(1000)],
  ['a key that is a number', '1: 2\n'],
  ['many documents', '---\n'.repeat(7000)],
  ['a text that never ends', `a: "${'x\\\n'.repeat(5000)}`],
  ['a thousand errors', `a: [${'{x: 1}, {y: 2}, [1,2]\n,'.repeat(5000)}`],
  ['a directive', '%YAML 1.1\n---\na: b\n'],
  ['nothing', ''],
  ['null', '~\n'],
  ['zero bytes', '\0'.repeat(1000)],
];

test.each(HOSTILE)('%s is refused in well under a second', (_what, text) => {
  const before = process.cpuUsage();

  const faults = faultsOf(text);

  // Time of this process: on a busy machine the clock on the wall says nothing.
  const { user, system } = process.cpuUsage(before);
  expect(user + system).toBeLessThan(700_000);
  expect(faults.length).toBeGreaterThan(0);
  expect(faults.length).toBeLessThanOrEqual(20);
  for (const { line, message } of faults) {
    expect(line).toBeGreaterThan(0);
    expect(message.length).toBeLessThan(300);
  }
});

test('plain text may look like an anchor, an alias or a tag', () => {
  const notes = `        notes: R&D *star* !bang 100% yes?\n`;

  const read = parseLabFile(`${HEAD}${HOST}${MACHINE}${notes}`);

  expect(read).toMatchObject({
    ok: true,
    value: { hosts: [{ virtualMachines: [{ notes: 'R&D *star* !bang 100% yes?' }] }] },
  });
});

test('whatever the text, it is read or refused, and never throws', () => {
  const lines = sample('three-hosts').split('\n');
  const mutation = fc.record({
    at: fc.nat(lines.length - 1),
    with: fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom('- ', '  - {}', '[', '}', '&a', '*a', '"', '|', '? ', ': ', '\t', '---', '#'),
    ),
  });

  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), mutations => {
      const changed = [...lines];
      for (const { at, with: text } of mutations) changed[at] = text;
      const read = parseLabFile(changed.join('\n'));
      if (!read.ok) expect(read.fault.length).toBeGreaterThan(0);
    }),
    { numRuns: 150 },
  );
});
