import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';
import { BenchShell } from '../fixture/shell.ts';

const aShell = (): BenchShell =>
  new BenchShell(aLab({ hosts: ['HV01', 'HV02'], vms: { WEB01: {}, SQL01: { host: 'HV02' } } }));

test('[PS500] controllers tell what is on them, ports and drives that they are empty', () => {
  const shell = aShell();

  const ide = shell.type('(Get-VMIdeController WEB01 0).Drives | Get-VHD | % VhdFormat');
  const all = shell.type('Get-VM | Get-VMIdeController | % { "$($_.Name): $($_.Drives.Count)" }');
  const scsi = shell.type('(Get-VMScsiController SQL01 -ComputerName HV02).ControllerNumber');
  const ports = shell.type('(Get-VMComPort WEB01).Name; (Get-VMComPort WEB01 2).Path -eq ""');
  const floppy = shell.type('(Get-VMFloppyDiskDrive WEB*).Path -eq $null');
  const bios = shell.type('(Get-VMBios WEB01).StartupOrder -join ","');
  const changed = shell.type('Set-VMComPort WEB01 1 \\\\.\\pipe\\debug');

  expect(ide).toBe('VHDX\n');
  expect(all).toBe('IDE Controller 0: 1\nIDE Controller 1: 1\n');
  expect(scsi).toBe('0\n');
  expect(ports).toBe('COM 1\nCOM 2\nTrue\n');
  expect(floppy).toBe('True\n');
  expect(bios).toBe('CD,IDE,LegacyNetworkAdapter,Floppy\n');
  expect(changed).toContain('not simulated in era 2012');
});

test('[PS501] adapters of machines and of the management OS are untagged', () => {
  const shell = aShell();

  const table = shell.type('Get-VMNetworkAdapterVlan');
  const own = shell.type('Get-VMNetworkAdapter WEB01 | Get-VMNetworkAdapterVlan | % OperationMode');
  const host = shell.type('@(Get-VMNetworkAdapterVlan -ManagementOS -ComputerName HV02).Count');

  expect(table).toMatch(/VMName +VMNetworkAdapterName +Mode +VlanList/);
  expect(table).toMatch(/WEB01 +Network Adapter +Untagged/);
  expect(own).toBe('Untagged\n');
  expect(host).toBe('1\n');
});

test('[PS502] a disk is tested with those it is based on', () => {
  const shell = aShell();

  const well = shell.type('Get-VMHardDiskDrive WEB01 | Test-VHD');
  const missing = shell.type('Test-VHD C:\\nothing.vhdx');

  expect(well).toBe('True\n');
  expect(missing).toContain("'C:\\nothing.vhdx' is not an existing virtual hard disk file.");
});

test('[PS505] nodes tell what is free, and what of them a machine has', () => {
  const shell = aShell();
  const free = (): number =>
    Number(shell.type('(Get-VMHostNumaNode | measure MemoryAvailable -Sum).Sum'));
  const before = free();
  shell.type('Start-VM WEB01');

  const used = shell.type('(Get-VMHostNumaNodeStatus | measure MemoryUsed -Sum).Sum');
  const node = shell.type(
    'Get-VMHostNumaNode -Id 1 | % { "$($_.NodeId) $($_.ProcessorsAvailability.Count)" }',
  );

  expect(node).toBe('1 4\n');
  expect(Number(used)).toBeGreaterThanOrEqual(
    Number(shell.type('(Get-VM WEB01).MemoryStartup / 1MB')),
  );
  expect(before - free()).toBeGreaterThanOrEqual(Number(used));
});

test('[PS506] a side of one machine stands for that machine alone', () => {
  const shell = aShell();
  shell.type('New-VM OTHER -NoVHD | Out-Null');

  shell.type('Get-VMMemory WEB01 | Set-VMMemory -StartupBytes 768MB');
  shell.type('Get-VMProcessor WEB01 | Set-VMProcessor -Count 3');

  const now = 'Get-VM | % { "$($_.Name) $($_.MemoryStartup / 1MB) $($_.ProcessorCount)" }';
  expect(shell.type(now)).toBe('OTHER 512 1\nWEB01 768 3\n');
});

test('[PS520] notes, automatic actions and the boot order are set where their state allows it', () => {
  const shell = aShell();
  const order = '(Get-VMBios WEB01).StartupOrder[0]';

  shell.type(
    "Set-VM WEB01 -Notes 'first' -AutomaticStartAction Start -AutomaticStopAction ShutDown",
  );
  shell.type('Set-VMBios WEB01 -StartupOrder Floppy, LegacyNetworkAdapter, CD, IDE');
  const set = shell.type('Get-VM WEB01 | % { "$($_.Notes) $($_.AutomaticStartAction)" }');
  const first = shell.type(order);
  const twice = shell.type('Set-VMBios WEB01 -StartupOrder CD, CD, IDE, Floppy');
  shell.type('Get-VMBios WEB01 | Set-VMBios -StartupOrder IDE, CD, NetworkAdapter, Floppy');
  shell.type('Start-VM WEB01; Set-VM WEB01 -Notes second');
  const late = shell.type('Set-VMBios WEB01 -StartupOrder Floppy, LegacyNetworkAdapter, CD, IDE');
  shell.type('New-VM DISK -NewVHDPath disk.vhdx -NewVHDSizeBytes 4GB -BootDevice VHD | Out-Null');

  expect(set).toBe('first Start\n');
  expect(first).toBe('Floppy\n');
  expect(twice).toContain('every boot device once');
  expect(late).toContain('current state');
  expect(shell.type(`${order}; (Get-VM WEB01).Notes`)).toBe('IDE\nsecond\n');
  expect(shell.type('(Get-VMBios DISK).StartupOrder -join ","')).toBe(
    'IDE,CD,LegacyNetworkAdapter,Floppy\n',
  );
});
