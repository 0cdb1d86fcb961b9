import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';
import { BenchShell } from '../fixture/shell.ts';

const HOSTS = ['HV01', 'HV02'];

const aShell = (): BenchShell =>
  new BenchShell(aLab({ hosts: HOSTS, vms: { WEB01: {}, SQL01: {}, WEB02: { host: 'HV02' } } }));

test('Get-VM prints the table of Server 2012, sized to its content', () => {
  const shell = aShell();

  expect(
    shell
      .type('Get-VM')
      .split('\n')
      .map(line => line.trimEnd()),
  ).toEqual([
    '',
    'Name  State CPUUsage(%) MemoryAssigned(M) Uptime   Status',
    '----  ----- ----------- ----------------- ------   ------',
    'SQL01 Off   0           0                 00:00:00 Operating normally',
    'WEB01 Off   0           0                 00:00:00 Operating normally',
    '',
    '',
    '',
  ]);
});

test('machines of another host are asked for by its name', () => {
  const shell = aShell();

  expect(shell.type('(Get-VM -ComputerName HV02).Name')).toBe('WEB02\n');
  expect(shell.type('(Get-VM -ComputerName .,HV02 | sort Name).Name -join " "')).toBe(
    'SQL01 WEB01 WEB02\n',
  );
  expect(shell.type('Get-VM -ComputerName HV09')).toContain(
    "Hyper-V encountered an error trying to access an object on computer 'HV09'",
  );
});

test('a machine that is not there is an error in its own words', () => {
  const shell = aShell();

  const printed = shell.type('Get-VM nope');

  expect(printed).toContain(
    'Get-VM : Hyper-V was unable to find a virtual machine with name "nope".',
  );
  expect(printed).toContain(
    '    + CategoryInfo          : InvalidArgument: (nope:String) [Get-VM], VirtualizationInvalidArgumentException',
  );
  expect(printed).toContain('InvalidParameter,Microsoft.HyperV.PowerShell.Commands.GetVMCommand');
  expect(shell.type('Get-VM nope*')).toBe('');
});

test('Start-VM waits until the job is done, and says so of a machine that runs already', () => {
  const shell = aShell();

  expect(shell.type('Start-VM WEB01; (Get-VM WEB01).State')).toBe('Running\n');
  expect(shell.type('Start-VM WEB01')).toBe(
    'WARNING: The virtual machine is already in the specified state.\n',
  );
});

test('machines go through a pipeline, by name and as objects', () => {
  const shell = aShell();

  shell.type("'WEB01', 'SQL01' | Start-VM");
  shell.type('Get-VM WEB* | Suspend-VM');

  expect(shell.type('Get-VM | % { "$($_.Name) $($_.State)" }')).toBe(
    'SQL01 Running\nWEB01 Paused\n',
  );
});

test('an object is as its machine is, whenever it is looked at', () => {
  const shell = aShell();

  shell.type('$vm = Get-VM WEB01');
  shell.type('Start-VM $vm');

  expect(shell.type('$vm.State')).toBe('Running\n');
});

test('a machine is made, changed, renamed and removed', () => {
  const shell = aShell();

  shell.type('New-VM TEST -MemoryStartupBytes 1GB -SwitchName LAN | Out-Null');
  shell.type('Set-VM TEST -ProcessorCount 2 -MemoryStartupBytes 2GB');
  shell.type('Rename-VM TEST PROOF');
  const made = shell.type('$p = Get-VM PROOF; "$($p.ProcessorCount) $($p.MemoryStartup / 1GB)"');
  shell.answers = ['n', 'y'];
  const kept = shell.type('Remove-VM PROOF; (Get-VM PROOF).Name');
  const gone = shell.type('Remove-VM PROOF; $p.IsDeleted');

  expect(made).toBe('2 2\n');
  expect(kept).toContain('Are you sure you want to remove virtual machine "PROOF"?');
  expect(kept).toMatch(/PROOF\n$/);
  expect(gone).toMatch(/True\n$/);
});

test('-WhatIf does nothing and says what it would have done', () => {
  const shell = aShell();

  const printed = shell.type('New-VM TEST -NoVHD -WhatIf');

  expect(printed).toBe('What if: Performing operation "New-VM" on Target "TEST".\n');
  expect(shell.type('@(Get-VM TEST*).Count')).toBe('0\n');
});

test('a guest is asked to shut down; one that cannot hear it is a refusal', () => {
  const shell = aShell();
  shell.type('Start-VM WEB01');

  const early = shell.type('Stop-VM WEB01');
  shell.type('while ((Get-VM WEB01).Heartbeat -ne "OkApplicationsUnknown") { sleep 1 }');
  const late = shell.type('Stop-VM WEB01; (Get-VM WEB01).State');

  expect(early).toContain('Stop-VM : ');
  expect(early).toContain('integration service');
  expect(late).toBe('Off\n');
});

test('parts of a machine are tables of their own', () => {
  const shell = aShell();

  const columns = (line: string): string => shell.type(line).split('\n')[1]?.trimEnd() ?? '';

  expect(columns('Get-VMMemory WEB01')).toMatch(
    /^VMName +DynamicMemoryEnabled +Minimum\(M\) +Startup\(M\) +Maximum\(M\)$/,
  );
  expect(columns('Get-VMIntegrationService WEB01')).toMatch(
    /^VMName +Name +Enabled +PrimaryStatusDescription +SecondaryStatusDescription$/,
  );
  expect(columns('Get-VMHardDiskDrive *')).toMatch(
    /^VMName +ControllerType +ControllerNumber +ControllerLocation +DiskNumber +Path$/,
  );
  expect(shell.type('@(Get-VMIntegrationService WEB01).Count')).toBe('5\n');
});

test('a cmdlet that is not simulated binds first, then says so by its name', () => {
  const shell = aShell();

  expect(shell.type('Enable-VMTPM WEB01')).toContain('Enable-VMTPM binds, but');
  expect(shell.type('Enable-VMTPM -Nonsense 1')).toContain(
    "A parameter cannot be found that matches parameter name 'Nonsense'.",
  );
});

test('[PS703] a new disk lies where it was wanted; what nothing is simulated for is refused before anything is made', () => {
  const shell = aShell();

  shell.type('New-VM TEST -NewVHDPath C:\\Disks\\t.vhd -NewVHDSizeBytes 4GB | Out-Null');
  const refused = shell
    .type('New-VM OTHER -NoVHD -BootDevice NetworkAdapter')
    .replaceAll(/\s+/g, ' ');

  expect(shell.type('(Get-VMHardDiskDrive TEST).Path')).toBe('C:\\Disks\\t.vhd\n');
  expect(shell.type('(Get-VMHardDiskDrive TEST | Get-VHD).VhdFormat')).toBe('VHD\n');
  expect(refused).toContain(
    'New-VM binds, but what its parameter BootDevice sets is not simulated',
  );
  expect(shell.type('@(Get-VM OTHER*).Count')).toBe('0\n');
});

test('a common parameter belongs to every cmdlet, whatever is simulated of it', () => {
  const shell = aShell();

  shell.type('New-VM TEST -NoVHD -ErrorAction Stop -ErrorVariable broken -Verbose:$false');
  shell.type('Set-VM TEST -Notes x -ErrorAction SilentlyContinue -OutVariable out');

  expect(shell.type('(Get-VM TEST -ErrorAction Stop).Notes')).toBe('x\n');
});

test('[PS703] a parameter of a later version is refused as such', () => {
  const shell = aShell();

  const printed = shell.type('New-VM TEST -Generation 2').replaceAll(/\s+/g, ' ');

  expect(printed).toContain(
    'New-VM -Generation came with a later version and is not simulated in era 2012.',
  );
});

test('the management OS has an adapter on every switch it shares', () => {
  const shell = aShell();

  expect(shell.type('(Get-VMNetworkAdapter -ManagementOS).Name')).toBe('LAN\n');
  expect(shell.type('@(Get-VMNetworkAdapter -All).Count')).toBe('3\n');
  expect(shell.type('@(Get-VMNetworkAdapter *).Count')).toBe('2\n');
});

test('a drive by pipeline has no number of a physical disk, and another disk is put into it', () => {
  const shell = aShell();

  shell.type('New-VHD C:\\other.vhdx 1GB; New-VM TEST -NewVHDPath C:\\t.vhdx -NewVHDSizeBytes 1GB');
  const printed = shell.type('Get-VMHardDiskDrive TEST | Set-VMHardDiskDrive -Path C:\\other.vhdx');

  expect(printed).toBe('');
  expect(shell.type('(Get-VMHardDiskDrive TEST).Path')).toBe('C:\\other.vhdx\n');
});

test('drives are those of the controller that comes by pipeline', () => {
  const shell = aShell();

  shell.type('New-VM TEST -NewVHDPath C:\\t.vhdx -NewVHDSizeBytes 1GB');

  expect(shell.type('@(Get-VMIdeController TEST 0 | Get-VMHardDiskDrive).Count')).toBe('1\n');
  expect(shell.type('@(Get-VMIdeController TEST 1 | Get-VMHardDiskDrive).Count')).toBe('0\n');
  expect(shell.type('@(Get-VMIdeController TEST 1 | Get-VMDvdDrive).Count')).toBe('1\n');
  expect(shell.type('@(Get-VMScsiController TEST | Get-VMHardDiskDrive).Count')).toBe('0\n');
});

test.each([
  ['Get-VMSwitch NONE', 'unable to find a virtual switch with name "NONE".'],
  ['Get-VMSwitch -ResourcePoolName x', 'what its parameter ResourcePoolName sets is not simulated'],
  ['Get-VM -ClusterObject (Get-VM)[0]', 'what its parameter ClusterObject sets is not simulated'],
  [
    'Connect-VMNetworkAdapter * -UseAutomaticConnection',
    'what its parameter UseAutomaticConnection sets is not simulated',
  ],
  ['Disconnect-VMNetworkAdapter * -WhatIf', 'What if: '],
])('%s is not answered with everything there is: %s', (line, says) => {
  expect(aShell().type(line).replaceAll(/\s+/g, ' ')).toContain(says);
});

test('a snapshot is read like the machine that it was', () => {
  const shell = aShell();

  shell.type('New-VM TEST -NewVHDPath C:\\t.vhdx -NewVHDSizeBytes 1GB');
  shell.type('Checkpoint-VM TEST -SnapshotName Before; $s = Get-VMSnapshot TEST');
  shell.type('Set-VMProcessor TEST -Count 4; Add-VMScsiController TEST');

  expect(shell.type('($s | Get-VMProcessor).Count; (Get-VMProcessor TEST).Count')).toBe('1\n4\n');
  expect(shell.type('@($s | Get-VMScsiController).Count')).toBe('1\n');
  expect(shell.type('($s | Get-VMHardDiskDrive).Path')).toBe('C:\\t.vhdx\n');
  expect(shell.type('(Get-VMHardDiskDrive TEST).Path')).toMatch(/^C:\\t_.*\.avhdx\n$/);
  expect(shell.type('$s | Get-VMIntegrationService')).toContain('VMSnapshot sets is not simulated');
});
