import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';
import { BenchShell } from '../fixture/shell.ts';

const aShell = (): BenchShell =>
  new BenchShell(aLab({ hosts: ['HV01', 'HV02'], vms: { WEB01: {}, SQL01: {} } }));

test('stopping vmms stops management and nothing that runs', () => {
  const shell = aShell();
  shell.type('Start-VM WEB01');

  shell.type('Stop-Service vmms -Force');
  const stopped = shell.type('Get-VM');
  const processes = shell.type('@(Get-Process vmwp).Count');
  shell.type('Start-Service vmms');

  expect(stopped).toContain('because the object was not found');
  expect(processes).toBe('1\n');
  expect(shell.type('(Get-VM WEB01).State')).toBe('Running\n');
});

test('ending a worker process ends its machine alone, and the log says so', () => {
  const shell = aShell();
  shell.type("'WEB01', 'SQL01' | Start-VM");

  shell.type('$id = (Get-VM WEB01).Id.ToString().ToUpper()');
  shell.type('Get-Process vmwp | where CommandLine -like "*$id" | Stop-Process -Force; sleep 1');

  expect(shell.type('Get-VM | % { "$($_.Name) $($_.State)" }')).toBe('SQL01 Running\nWEB01 Off\n');
  expect(shell.type('(Get-WinEvent -FilterHashtable @{Id = 14070}).Message')).toContain('WEB01');
});

test('a host that was shut down is out of reach until it is started', () => {
  const shell = aShell();

  shell.type('Stop-Computer HV02 -Force');
  shell.type('while (Test-Connection HV02 -Quiet) { sleep 1 }');

  expect(shell.type('Get-VM -ComputerName HV02')).toContain("on computer 'HV02'");
  expect(shell.type('Test-Connection HV01 -Quiet')).toBe('True\n');
});

test('Get-Random picks the same for the same lines', () => {
  const pick = (): string => aShell().type('1..3 | % { Get-Random -Maximum 1000 }');

  expect(pick()).toBe(pick());
  expect(new Set(pick().trim().split('\n')).size).toBe(3);
});

test('a host has the role and its tools', () => {
  const printed = aShell().type('Get-WindowsFeature *Hyper-V*');

  expect(printed).toMatch(/Display Name +Name +Install State/);
  expect(printed).toMatch(/\[X\] Hyper-V +Hyper-V +Installed/);
});

test('a session goes where the files of the lab are, and sees which there are', () => {
  const shell = aShell();

  shell.type('cd C:\\Library');
  const there = shell.prompt;
  const seen = shell.type('Test-Path .\\ws2012.vhdx; Test-Path nothing.vhdx; Test-Path C:\\Lib*');
  shell.type('cd ..');

  expect(there).toBe('PS C:\\Library> ');
  expect(seen).toBe('True\nFalse\nTrue\n');
  expect(shell.prompt).toBe('PS C:\\> ');
  expect(shell.type('cd C:\\Nowhere')).toContain("Cannot find path 'C:\\Nowhere'");
});
