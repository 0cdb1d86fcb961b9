import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { QUOTAS } from './course/quota.ts';
import { ratesFor, wireLimits } from './protocol/wire/limit.ts';
import { readSettings, settingsAsMarkdown } from './settings.ts';

test('without any setting the server listens on this machine alone and brings its own database', () => {
  const settings = readSettings({});

  expect(settings).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 7420,
    LAB_THREADS: 1,
    TRUST_PROXY: false,
  });
  expect(settings.DATABASE_URL).toBeUndefined();
});

test('a lab file may have as many virtual machines as the table of quotas says', () => {
  const settings = readSettings({});

  expect(settings.VMS_PER_LAB).toBe(QUOTAS.vmsPerLab.limit);
});

test('without a setting people may send as much as the table of the wire says', () => {
  const settings = readSettings({});

  expect(wireLimits(ratesFor(settings.COMMANDS_PER_SECOND))).toEqual(wireLimits());
});

test('who may send more commands may send more messages around them, and more at once', () => {
  const limits = wireLimits(ratesFor(100));

  expect(limits).toMatchObject({ commandsPerSecond: 100, commandsBurst: 200 });
  expect(limits).toMatchObject({ messagesPerSecond: 500, messagesBurst: 2_000 });
});

test('who may send fewer commands may still look at as much', () => {
  const limits = wireLimits(ratesFor(1));

  expect(limits).toMatchObject({ commandsPerSecond: 1, commandsBurst: 2 });
  expect(limits.messagesPerSecond).toBe(wireLimits().messagesPerSecond);
});

test('an empty setting is none, as a compose file passes it', () => {
  expect(readSettings({ PORT: '', DATABASE_URL: ' ' })).toEqual(readSettings({}));
});

test('a public address is reduced to what browsers call an origin', () => {
  const { PUBLIC_URL } = readSettings({ PUBLIC_URL: 'https://Lab.example.org:443/' });

  expect(PUBLIC_URL).toBe('https://lab.example.org');
});

test.each([
  ['PORT', '65536'],
  ['PORT', '0x50'],
  ['PORT', '-1'],
  ['HOST', 'two words'],
  ['PUBLIC_URL', 'lab.example.org'],
  ['PUBLIC_URL', 'ftp://lab.example.org'],
  ['PUBLIC_URL', 'https://lab.example.org/path'],
  ['TRUST_PROXY', '2'],
  ['LAB_THREADS', '1.5'],
  ['LOG_LEVEL', 'loud'],
  ['VMS_PER_LAB', '0'],
  ['COMMANDS_PER_SECOND', '0'],
  ['METRICS_TOKEN', 'short'],
])('%s = %s is refused by name, with what it must be', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(`${name} must be `);
});

test('everything that is wrong is said at once', () => {
  expect(() => readSettings({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT .*\nLOG_LEVEL /);
});

test('a secret is not repeated when it is wrong', () => {
  const mistyped = 'mysql://root:hunter2@db/enlighten';

  const reading = (): unknown => readSettings({ DATABASE_URL: mistyped });

  expect(reading).toThrow('DATABASE_URL must be');
  expect(reading).not.toThrow('hunter2');
});

test('the README shows the table of the settings as it is', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

  expect(narrow(readme)).toContain(narrow(settingsAsMarkdown()));
});

/** The formatter draws the columns of a table below each other. */
const narrow = (table: string): string => table.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
