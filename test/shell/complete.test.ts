import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';
import { BenchShell } from '../fixture/shell.ts';

const aShell = (): BenchShell =>
  new BenchShell(
    aLab({ hosts: ['HV01', 'HV02'], vms: { WEB01: {}, 'Web two': {}, SQL02: { host: 'HV02' } } }),
  );

test('commands, parameters and values complete from the manifest and the lab', () => {
  const shell = aShell();

  expect(shell.complete('Get-VMInt')).toEqual(['Get-VMIntegrationService']);
  expect(shell.complete('Stop-VM -Tu')).toEqual(['-TurnOff']);
  expect(shell.complete('Start-VM W')).toEqual(["'Web two'", 'WEB01']);
  expect(shell.complete('Get-VM -ComputerName H')).toEqual(['HV01', 'HV02']);
  expect(shell.complete('Get-VM -ComputerName HV02 -Name ')).toEqual(['SQL02']);
  expect(shell.complete('Get-VMSwitch -SwitchType In')).toEqual(['Internal']);
  expect(shell.complete('New-VM X -SwitchName L')).toEqual(['LAN']);
});

test('variables and members complete from the session', () => {
  const shell = aShell();
  shell.type('$machine = Get-VM WEB01');

  expect(shell.complete('$mach')).toEqual(['$machine']);
  expect(shell.complete('$machine.Upt')).toEqual(['Uptime']);
  expect(shell.complete('Get-VM | where { $_.Heart')).toEqual(['Heartbeat']);
  expect(shell.complete('Get-VM | select Proc')).toEqual(['ProcessorCount']);
});
