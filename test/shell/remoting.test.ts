import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';
import { BenchShell } from '../fixture/shell.ts';

const aShell = (): BenchShell =>
  new BenchShell(aLab({ hosts: ['HV01', 'HV02', 'HV03'], vms: { WEB01: { host: 'HV02' } } }));

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

test('[PS702] a session on another host keeps its variables until it is removed', () => {
  const shell = aShell();

  shell.type('$s = New-PSSession HV02; $b = 2');
  shell.type('Invoke-Command -Session $s { $a = 5 }');
  const kept = shell.type(
    'Invoke-Command $s { "$env:COMPUTERNAME $($a + $using:b)"; (Get-VM).Name }',
  );
  const table = shell.type('Get-PSSession');
  shell.type('$s | Remove-PSSession');

  expect(kept).toBe('HV02 7\nWEB01\n');
  expect(table).toMatch(/1 +Session1 +HV02 +Opened +Microsoft.PowerShell +Available/);
  expect(shell.type('@(Get-PSSession).Count; $s.State')).toBe('0\nClosed\n');
  expect(oneLine(shell.type('Invoke-Command -Session $s { 1 }'))).toContain(
    'The session state is Closed.',
  );
});

test('[PS702] a session that was entered is the place of the lines, and the prompt says so', () => {
  const shell = aShell();

  shell.type('$s = New-PSSession HV02');
  shell.type('Enter-PSSession -Session $s');
  const { prompt } = shell;
  shell.type('$n = 3');
  shell.type('Exit-PSSession');

  expect(prompt).toBe(`[${'HV02'}]: PS C:\\Users\\Administrator> `);
  expect(shell.prompt).toBe('PS C:\\Users\\Administrator> ');
  expect(shell.type('Invoke-Command -Session $s { $n }')).toBe('3\n');
});

test('[PS702] a session does not outlive its host', () => {
  const shell = aShell();
  shell.type('$s = New-PSSession HV02');

  shell.type('Stop-Computer HV02 -Force; while (Test-Connection HV02 -Quiet) { sleep 1 }');

  expect(shell.type('$s.State')).toBe('Broken\n');
});

test('[PS702] from another host there is no third one', () => {
  const shell = aShell();

  const refused = shell.type('Invoke-Command HV02 { Invoke-Command HV03 { 1 } }');

  expect(oneLine(refused)).toContain('A specified logon session does not exist.');
  expect(shell.type('Start-Job { Invoke-Command HV03 { 1 } } | Wait-Job | Receive-Job')).toBe(
    '1\n',
  );
});
