import { expect, test } from 'vitest';
import { judge, tallies } from './parse.ts';

const text = (code: string, parses = true) => ({
  id: code,
  module: 'Hyper-V',
  code,
  parses,
  binding: 'ok',
  outputShown: null,
});

test('a text passes when it parses, and is left out when its page is in error', () => {
  const verdicts = [
    text('Start-VM -Name web1, web2'),
    text('Start-VM -Name'),
    text('Start-VM -Name <string>'),
    text('Start-VM -Name <string>', false),
    text('Start-VM web1', false),
  ].map(judge);

  expect(verdicts.map(({ outcome }) => outcome)).toEqual([
    'passed',
    'passed',
    'failed',
    'skipped',
    'failed',
  ]);
  expect(verdicts[2]?.reason).toContain('RedirectionNotSupported');
  expect(tallies(verdicts)).toEqual([{ module: 'Hyper-V', passed: 2, failed: 2, skipped: 1 }]);
});
