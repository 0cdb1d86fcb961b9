import { expect, test } from 'vitest';
import { STATION } from '../../server/protocol/management-station.ts';
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

test('[PS702] exit leads back from where somebody went', () => {
  const shell = aShell();

  shell.type('Enter-PSSession HV02');
  shell.type('exit');

  expect(shell.prompt).toBe('PS C:\\Users\\Administrator> ');
  expect(shell.type('$env:COMPUTERNAME')).toBe('HV01\n');
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

const onStation = (): BenchShell =>
  new BenchShell(aLab({ hosts: ['HV01', 'HV02'], vms: { WEB01: { host: 'HV02' } } }), STATION.id);

test('[PS705] on ADMIN01 hosts are named, gone to, and asked at once', () => {
  const shell = onStation();

  const named = shell.type('(Get-VM -ComputerName HV01, HV02).Name');
  shell.type('Start-VM WEB01 -ComputerName HV02');
  const asked = shell.type('Invoke-Command HV01, HV02 { "$env:COMPUTERNAME $(@(Get-VM).Count)" }');
  shell.type('Enter-PSSession HV02');
  const { prompt } = shell;
  const there = shell.type('(Get-VM).State; (Get-Service vmms).Status');
  const completed = shell.complete('Stop-VM W');

  expect(named).toBe('WEB01\n');
  expect(asked).toBe('HV01 0\nHV02 1\n');
  expect(prompt).toBe(`[${'HV02'}]: PS C:\\Users\\Administrator> `);
  expect(there).toBe('Running\nRunning\n');
  expect(completed).toEqual(['WEB01']);
  shell.type('Exit-PSSession');
  expect(shell.type('$env:COMPUTERNAME')).toBe('ADMIN01\n');
});

test.each([
  ['Get-VM', 'the Hyper-V Platform is not installed'],
  ['Get-Service vmms', 'what is on ADMIN01 itself is not simulated'],
  ['Get-Volume', 'what is on ADMIN01 itself is not simulated'],
  ['Get-NetAdapter', 'what is on ADMIN01 itself is not simulated'],
  ['dir C:\\', 'what is on ADMIN01 itself is not simulated'],
  ['Get-PSDrive', 'what is on ADMIN01 itself is not simulated'],
  ['Get-WinEvent', 'what is on ADMIN01 itself is not simulated'],
  ["'a' > a.txt", 'what is on ADMIN01 itself is not simulated'],
  ['Invoke-Command NOWHERE { 1 }', '[NOWHERE] Connecting to remote server NOWHERE failed'],
])('[PS705] on ADMIN01 itself %s says %s', (line, says) => {
  expect(oneLine(onStation().type(line))).toContain(says);
});

test.each([
  ['Get-VM -ComputerName HV02', 'You do not have the required permission'],
  ['Stop-VM WEB01 -ComputerName HV02 -Force', 'You do not have the required permission'],
  ['Get-Service -ComputerName HV02', 'This operation might require other privileges.'],
  ['Invoke-Command HV02 { 1 }', 'A specified logon session does not exist.'],
  ["Get-Counter '\\\\HV02\\Memory\\Available MBytes'", 'Unable to connect'],
  ['dir \\\\HV02\\C$', 'does not exist'],
])('[PS705] from HV01, that somebody went to, %s says %s', (line, says) => {
  const shell = onStation();

  shell.type('Enter-PSSession HV01');

  expect(oneLine(shell.type(line))).toContain(says);
});

test('[PS705] files of a host are there from ADMIN01, and a session with itself is one', () => {
  const shell = onStation();

  shell.type("'a list' | Set-Content \\\\HV02\\C$\\list.txt");
  shell.type('$s = New-PSSession');

  expect(shell.type('Get-Content \\\\HV02\\C$\\list.txt')).toBe('a list\n');
  expect(shell.type('$s.State; Invoke-Command localhost { $env:COMPUTERNAME }')).toBe(
    'Opened\nADMIN01\n',
  );
});
