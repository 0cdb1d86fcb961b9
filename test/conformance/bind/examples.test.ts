import { expect, test } from 'vitest';
import { bindExamples, type Example } from './examples.ts';

/** Lines of one block, all said to be right. */
const block = (...lines: readonly string[]): readonly Example[] =>
  lines.map((code, step) => ({ id: `own/${step + 1}`, block: 'own', code, binding: 'ok' }));

const evidence = (...lines: readonly string[]): readonly string[] =>
  bindExamples(block(...lines)).map(one => `${one.passed ? 'ok' : 'FAIL'} ${one.evidence}`);

test('names, objects of the pipeline and of variables choose their sets', () => {
  expect(
    evidence(
      'Stop-VM Web -TurnOff',
      'Get-VM W* | Where-Object State -eq Running | Stop-VM',
      '$vm = Get-VM Web',
      'Start-VM $vm',
      'foreach ($one in Get-VM) { Save-VM -VM $one }',
      '$size = @{ SizeBytes = 10GB; Fixed = $true }; New-VHD C:\\a.vhdx @size',
      'Get-VM | ForEach-Object { Rename-VM $_ -NewName "$($_.Name) old" }',
    ),
  ).toEqual([
    'ok Stop-VM: Name',
    'ok Get-VM: Name; Where-Object: EqualSet; Stop-VM: VMObject',
    'ok Get-VM: Name',
    'ok Start-VM: VMObject',
    'ok Get-VM: Name; Save-VM: VMObject',
    'ok New-VHD: FixedWithoutSource',
    'ok Get-VM: Name; Rename-VM: VMObject; ForEach-Object: ScriptBlockSet',
  ]);
});

test('what does not bind is found, also inside blocks and parentheses', () => {
  expect(
    evidence(
      'Start-VM -Nonsense Web',
      'if ((Get-VM -Id a b).Count) { 1 }',
      '1..3 | ForEach-Object { New-VHD }',
      'Get-VMNonsense',
      'Start-VM -VM (Get-VMSwitch Lan)',
      'Get-VM |',
    ).map(line => line.slice(0, 4)),
  ).toEqual(Array.from({ length: 6 }, () => 'FAIL'));
});

test('what exists in one era only binds with its signature', () => {
  expect(evidence('New-VM Web -Generation 2', 'Set-ClusterQuorum -NodeMajority')).toEqual([
    expect.stringMatching(/^ok New-VM: /),
    expect.stringMatching(/^ok Set-ClusterQuorum: /),
  ]);
});

test('commands that their page has wrong are not counted', () => {
  expect(
    bindExamples([{ id: 'own/1', block: 'own', code: 'Start-VM', binding: 'no name' }]),
  ).toEqual([]);
});
