import { expect, test } from 'vitest';
import { columnTitle, fieldText } from './field-value.ts';

const START = Date.UTC(2012, 10, 20, 10, 0, 0);

test.each([
  ['memoryStartup', 512 * 1024 ** 2, '512 MB'],
  ['maximumSize', 127 * 1024 ** 3, '127.00 GB'],
  ['startedAt', 10_000_000, '11/20/2012 10:00:01 AM'],
  ['depositedPages', 2_000, '2,000 (7.81 MB)'],
  ['version', 0x20004, '0x20004 (131076)'],
  ['dynamicMemory', false, 'No'],
  ['endedAt', null, '–'],
  ['processorCount', 4, '4'],
  ['ipAddresses', ['10.0.0.4'], '["10.0.0.4"]'],
])('%s of %o reads %s', (column, value, text) => {
  expect(fieldText(column, value, START)).toEqual({ text, link: null });
});

test('an id of a record leads to it, and a text with a colon does not', () => {
  expect(fieldText('partition', 'partition:HV1/4', START).link).toBe('partition:HV1/4');
  expect(fieldText('path', 'C:\\Disks\\a.vhdx', START).link).toBeNull();
});

test.each([
  ['memoryStartup', 'Memory startup'],
  ['cpuLimit', 'Cpu limit'],
  ['state', 'State'],
  ['sint2Vector', 'Sint2 vector'],
])('the column %s is called %s', (column, title) => {
  expect(columnTitle(column)).toBe(title);
});
