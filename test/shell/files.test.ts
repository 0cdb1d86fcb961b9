import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';
import { BenchShell } from '../fixture/shell.ts';

const aShell = (): BenchShell =>
  new BenchShell(aLab({ hosts: ['HV01', 'HV02'], vms: { WEB01: {}, SQL01: {} } }));

const lines = (...all: readonly string[]): string => all.map(line => `${line}\n`).join('');

test('[PS510] a file is written, added to, read, and seen by another console', () => {
  const shell = aShell();
  const another = new BenchShell(shell.lab);
  const far = new BenchShell(shell.lab, 'host:HV02');

  shell.type("mkdir C:\\Lists | Out-Null; Set-Content C:\\Lists\\racks.txt 'R1', 'R2'");
  shell.type("'R3' | Add-Content C:\\Lists\\racks.txt");

  expect(another.type('Get-Content c:\\lists\\RACKS.txt')).toBe(lines('R1', 'R2', 'R3'));
  expect(another.type('(Get-Content C:\\Lists\\racks.txt -Raw).Length')).toBe('12\n');
  expect(shell.type('cat C:\\Lists\\racks.txt -Tail 1; gc C:\\Lists\\*.txt -First 1')).toBe(
    lines('R3', 'R1'),
  );
  expect(far.type('Test-Path C:\\Lists')).toBe('False\n');
  expect(far.type('Get-Content \\\\HV01\\C$\\Lists\\racks.txt')).toBe(lines('R1', 'R2', 'R3'));
});

test('[PS510] a file outlives the lab being loaded again', () => {
  const shell = aShell();
  shell.type("Set-Content C:\\note.txt 'kept'");

  shell.lab.reload();

  expect(new BenchShell(shell.lab).type('Get-Content C:\\note.txt')).toBe('kept\n');
});

test('[PS511] a redirection writes what the console would print', () => {
  const shell = aShell();

  shell.type('Get-VM | select Name > C:\\vms.txt; "last" >> C:\\vms.txt');
  shell.type('Get-VM NOBODY 2> C:\\errors.txt');
  shell.type('Get-VM | Tee-Object C:\\tee.txt | Out-Null');

  expect(shell.type('Get-Content C:\\vms.txt | ? { $_ }').split(/\s+/)).toEqual([
    'Name',
    '----',
    'SQL01',
    'WEB01',
    'last',
    '',
  ]);
  expect(shell.type('(Get-Content C:\\errors.txt)[0]')).toContain('NOBODY');
  expect(shell.type('(Get-Content C:\\tee.txt -Raw) -match "WEB01"')).toBe('True\n');
  // Two bytes a character and a mark before them.
  expect(shell.type('"x" > C:\\x.txt; (Get-Item C:\\x.txt).Length')).toBe('8\n');
});

test('[PS512] a list of values is written, added to and read again', () => {
  const shell = aShell();

  shell.type('Get-VM | select Name, State | Export-Csv C:\\vms.csv -NoTypeInformation');
  shell.type("[pscustomobject]@{ Name = 'ü'; State = 'x,y' } | Export-Csv C:\\vms.csv -Append");
  const wrong = shell.type('[pscustomobject]@{ Rack = 1 } | Export-Csv C:\\vms.csv -Append');
  const clobbered = shell.type('Get-VM | Export-Csv C:\\vms.csv -NoClobber');

  expect(shell.type('Get-Content C:\\vms.csv')).toBe(
    lines('"Name","State"', '"SQL01","Off"', '"WEB01","Off"', '"?","x,y"'),
  );
  expect(shell.type('(Import-Csv C:\\vms.csv | ? Name -eq WEB01).State')).toBe('Off\n');
  expect(wrong).toContain('corresponds to the following column: Name');
  expect(clobbered).toContain("The file 'C:\\vms.csv' already exists.");
  expect(shell.type('Import-Csv C:\\none.csv')).toContain("Could not find file 'C:\\none.csv'.");
});

test('[PS513] a folder is listed with what people and the lab put there', () => {
  const shell = aShell();
  shell.type("Set-Content C:\\Library\\read.me 'one'; mkdir C:\\Library\\Old | Out-Null");

  const list = shell.type('Get-ChildItem C:\\Library -Filter [or]*');
  const deep = shell.type('dir C:\\ -Recurse -Include ws2012.vhdx | % FullName');
  const folders = shell.type('(dir C:\\Library -Directory).Name; "$(dir C:\\Library -File)"');

  expect(list.split('\n')).toEqual([
    '',
    '',
    '    Directory: C:\\Library',
    '',
    '',
    'Mode                LastWriteTime     Length Name',
    '----                -------------     ------ ----',
    'd----          3/4/2013   8:00 AM            Old',
    '-a---          3/4/2013   8:00 AM          5 read.me',
    '',
    '',
    '',
  ]);
  expect(deep).toBe('C:\\Library\\ws2012.vhdx\n');
  expect(folders).toMatch(/^Old\n.*read\.me/);
});

test('[PS514] files are copied, moved, renamed and removed; disks are not', () => {
  const shell = aShell();
  shell.type("mkdir C:\\A\\B | Out-Null; 'x' > C:\\A\\B\\x.txt");

  shell.type('copy C:\\A C:\\Copy -Recurse; move C:\\Copy\\B\\x.txt C:\\Copy');
  shell.type('Rename-Item C:\\Copy\\x.txt y.txt; dir C:\\A -Recurse | del -Recurse -Force');
  const left = shell.type('dir C:\\A, C:\\Copy -Recurse | % FullName');
  const disk = shell.type('Get-VMHardDiskDrive WEB01 | % Path | Remove-Item');
  shell.answers = ['n'];
  shell.type('Remove-Item C:\\Copy');
  const refused = shell.type('Test-Path C:\\Copy\\y.txt');
  shell.type('Remove-Item C:\\Copy -Recurse -WhatIf; Remove-Item C:\\A');

  expect(left).toBe(lines('C:\\Copy\\B', 'C:\\Copy\\y.txt'));
  expect(disk).toContain('not simulated in era 2012');
  expect(refused).toBe('True\n');
  expect(shell.type('Test-Path C:\\A, C:\\Copy')).toBe(lines('False', 'True'));
});

test('[PS515] what is not there is said in the words of the provider', () => {
  const shell = aShell();
  const said = (line: string): string => shell.type(line).replaceAll(/\s+/g, ' ');

  expect(said('Get-Content C:\\none.txt')).toContain(
    "Cannot find path 'C:\\none.txt' because it does not exist.",
  );
  expect(said('Get-Content C:\\none.txt')).toContain(
    'PathNotFound,Microsoft.PowerShell.Commands.GetContentCommand',
  );
  expect(said("'x' > C:\\None\\x.txt")).toContain(
    "Could not find a part of the path 'C:\\None\\x.txt'.",
  );
  expect(said('Get-Item Q:\\x')).toContain("A drive with the name 'Q' does not exist.");
  expect(said('Get-ChildItem HKLM:\\Software')).toContain('the registry is not simulated');
  expect(said('New-Item C:\\Library -ItemType Directory')).toContain(
    'An item with the specified name C:\\Library already exists.',
  );
  expect(said("Set-Content C:\\Windows 'x'")).toContain(
    "Access to the path 'C:\\Windows' is denied",
  );
});

test('[PS516] what one line may gather for a file is bounded', () => {
  const shell = aShell();

  const printed = shell.type("1..3000 | % { 'x' * 1000 } | Set-Content C:\\large.txt");

  expect(printed).toContain('Not enough quota is available to process this command.');
  expect(shell.type('Test-Path C:\\large.txt')).toBe('False\n');
});

test('[PS516] what one line writes to files again and again is bounded', () => {
  const shell = aShell();
  const loop = "1..20 | % { Set-Content C:\\same.txt ('x' * 500000) }";

  const printed = shell.type(loop);

  expect(printed.match(/Not enough quota/g)).toHaveLength(4);
  expect(shell.type('Set-Content C:\\same.txt short; Get-Content C:\\same.txt')).toBe('short\n');
});

test('[PS517] a session goes back where it was, and sees its drives', () => {
  const shell = aShell();

  shell.type('pushd C:\\Library; cd ..\\Windows');
  const there = shell.prompt;
  shell.type('popd');

  expect(there).toBe('PS C:\\Windows> ');
  expect(shell.prompt).toBe('PS C:\\Users\\Administrator> ');
  expect(shell.type('Get-PSDrive -PSProvider FileSystem | % Root')).toBe('C:\\\n');
  expect(shell.type('Resolve-Path C:\\Lib*, ~\\Doc* | % Path')).toBe(
    lines('C:\\Library', 'C:\\Users\\Administrator\\Documents'),
  );
});

test('[PS518] a script on a drive runs by its path', () => {
  const shell = aShell();
  shell.type('mkdir C:\\Work | Out-Null; cd C:\\Work');
  shell.type(
    "Set-Content hello.ps1 'param($who)', '\"$who at $PSScriptRoot\"; $left = 1; exit 3; 9'",
  );
  shell.type("Set-Content tools.ps1 'function Add-One { 1 + $args[0] }', '$kept = 5'");
  shell.type("Set-Content wrong.ps1 '\"first\"', 'Get-VM NOBODY', '\"last\"'");
  shell.type("Set-Content sum.ps1 'begin { $s = 0 } process { $s += $_ } end { $s }'");

  expect(shell.type('.\\hello.ps1 Ann; $LASTEXITCODE; $left')).toBe('Ann at C:\\Work\n3\n');
  expect(shell.type('& C:\\Work\\hello Ann')).toBe('Ann at C:\\Work\n');
  expect(shell.type('. .\\tools.ps1; Add-One 4; $kept')).toBe(lines('5', '5'));
  expect(shell.type('1..4 | .\\sum.ps1')).toBe('10\n');
  expect(shell.type('.\\wrong.ps1')).toMatch(
    /^first\n[^]*At C:\\Work\\wrong\.ps1:2 char:1\n[^]*last\n$/,
  );
  expect(shell.type('hello.ps1')).toContain('is not recognized as the name of a cmdlet');
  expect(shell.type('.\\none.ps1')).toContain('is not recognized as the name of a cmdlet');
});

test('[PS519] lines are found in texts and files', () => {
  const shell = aShell();
  shell.type("Set-Content C:\\log.txt 'up', 'Down 1', 'up', 'down (2)'");

  expect(shell.type('Select-String down C:\\log.txt | % { "$($_.LineNumber) $($_.Line)" }')).toBe(
    lines('2 Down 1', '4 down (2)'),
  );
  expect(shell.type('"$(Select-String "(2)" C:\\*.txt -SimpleMatch)"')).toBe(
    'C:\\log.txt:4:down (2)\n',
  );
  expect(shell.type("'one', 'two' | Select-String 'o$' -NotMatch | % Line")).toBe('one\n');
  expect(shell.type("'one', 'two' | Select-String three -Quiet")).toBe('False\n');
});

test('[PS521] objects are written with their types and read again', () => {
  const shell = aShell();
  shell.type('Get-VM | Export-Clixml C:\\vms.xml');
  shell.type(
    "@{ Rack = 'R<1>'; Units = 1, 2.5; None = $null; On = $true } | Export-Clixml C:\\t.xml",
  );

  const names = shell.type('(Import-Clixml C:\\vms.xml).Name');
  const types = shell.type('(Import-Clixml C:\\vms.xml)[0].PSObject.TypeNames[0]');
  const state = shell.type('Import-Clixml C:\\vms.xml | % { "$($_.State) $($_.Uptime.Days)" }');
  const drive = shell.type('(Import-Clixml C:\\vms.xml)[1].HardDrives[0].Path -like "*.vhdx"');
  const table = shell.type(
    '$t = Import-Clixml C:\\t.xml; $t.Rack; $t.Units[1] + 1; $t.None; $t.On',
  );

  expect(names).toBe(lines('SQL01', 'WEB01'));
  expect(types).toBe('Deserialized.Microsoft.HyperV.PowerShell.VirtualMachine\n');
  expect(state).toBe(lines('Off 0', 'Off 0'));
  expect(drive).toBe('True\n');
  expect(table).toBe(lines('R<1>', '3.5', 'True'));
  expect(shell.type("'x' > C:\\x.xml; Import-Clixml C:\\x.xml")).toContain("Element 'Objs'");
});
