import { expect, test } from 'vitest';
import type { CorpusText } from '../corpus.ts';
import { playBlock } from './play.ts';

const lines = (...codes: readonly string[]): CorpusText[] =>
  codes.map((code, index) => ({
    id: `line ${index + 1}`,
    module: 'Hyper-V',
    code,
    parses: true,
    binding: 'ok',
    outputShown: null,
  }));

const played = (...codes: readonly string[]): readonly string[] =>
  playBlock(lines(...codes), { isInert: false }).map(({ outcome, why }) => `${outcome}: ${why}`);

test('a command passes when the records say what its page does', () => {
  expect(played('Suspend-VM Proof*')).toEqual([
    expect.stringMatching(/^passed: .*vm Proof1 state "Running" -> "Paused"; vm Proof2 state/),
  ]);
  expect(played('New-VM Proof -NewVHDPath E:\\Disks\\p.vhd -NewVHDSizeBytes 4GB')).toEqual([
    expect.stringMatching(/^passed: vm Proof made/),
  ]);
});

test('what is not simulated is skipped with its own sentence, and so is what comes of it', () => {
  const [first, second] = played('$pool = New-VMSan Proof', '$pool | Format-List');

  expect(first).toContain('skipped: New-VMSan binds, but virtual Fibre Channel is not simulated');
  expect(second).toMatch(/^skipped: \$pool is of a line .*Fibre Channel is not simulated/);
});

test('a line without a cmdlet passes by what it leaves', () => {
  expect(played("$given = @{ Name = 'Proof' }", 'Get-VM @given')).toEqual([
    'passed: $given = 1 Hashtable (Name = Proof)',
    expect.stringMatching(/^passed: Get-VM wrote 1 VirtualMachine/),
  ]);
});

test('what a line makes itself is read back, and what it does twice as it was left', () => {
  expect(played('New-VM Proof -NoVHD | Start-VM -Passthru | Stop-VM -TurnOff')).toEqual([
    expect.stringMatching(/^passed: vm Proof made/),
  ]);
  expect(played('Optimize-VHD C:\\p.vhdx -Mode Full')).toEqual([
    expect.stringMatching(/^passed: virtual-disk C:\\p.vhdx blocks/),
  ]);
  expect(
    played('Restart-Service vmms; Get-Service vmms | Stop-Service -PassThru | Start-Service'),
  ).toEqual([expect.stringMatching(/^passed: /)]);
  expect(played('Set-VHD C:\\child.vhdx -ParentPath C:\\p.vhdx')).toEqual([
    'passed: disk.setParent',
  ]);
  expect(played('Invoke-Command HV07 { param($n) Start-VM $n } -ArgumentList Proof')).toEqual([
    expect.stringMatching(/^passed: .*vm Proof state "Off" -> "Running"/),
  ]);
});

test('a command that does nothing, finds nothing or errs fails, and says why', () => {
  expect(played('Get-VM Proof | Where-Object Name -eq Another')).toEqual([
    'failed: Where-Object wrote nothing',
  ]);
  expect(played('Get-VM -Id 8f14e45f-ceea-467f-a0e6-9c1e5b1d2f3a')[0]).toMatch(
    /^failed: InvalidParameter.*unable to find a virtual machine with id/,
  );
});

test('output is held against the columns that the page shows', () => {
  const [text] = lines('Get-VM Proof');
  const shown = (heads: string): string =>
    playBlock([{ ...(text as CorpusText), outputShown: `${heads}\n---- -----\nx y` }], {
      isInert: false,
    })[0]?.outcome ?? '';

  expect(shown('Name State')).toBe('passed');
  expect(shown('Name Colour')).toBe('failed');
});

test('without cmdlets that do anything nothing passes', () => {
  const outcomes = playBlock(
    lines(
      'Start-VM Proof',
      'Get-VM Proof',
      '$vm = Get-VM Proof',
      '$n = 5',
      'Start-VM Proof -WhatIf',
      '(Get-VM).Count',
      'Get-VM | ForEach-Object -Begin { $n = 0 } -Process { $n++ } -End { $n }',
      'Set-VHD C:\\child.vhdx -ParentPath C:\\p.vhdx',
    ),
    { isInert: true },
  );

  expect(outcomes.map(({ outcome }) => outcome)).not.toContain('passed');
});
