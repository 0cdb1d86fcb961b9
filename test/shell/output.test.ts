import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';
import { BenchShell } from '../fixture/shell.ts';

const aShell = (): BenchShell =>
  new BenchShell(aLab({ hosts: ['HV01', 'HV02'], vms: { WEB01: {}, SQL01: {} } }));

const lines = (...all: readonly string[]): string => all.map(line => `${line}\n`).join('');

test('[PS400] texts stand among the rows of a table, which ends with two empty lines', () => {
  const shell = aShell();

  const printed = shell.type('Get-VM | select Name, State | ft -AutoSize; "done"');
  const among = shell.type('[pscustomobject]@{Rack = "R1"}; 7; [pscustomobject]@{Rack = "R2"}');

  expect(printed).toBe(
    lines('', 'Name  State', '----  -----', 'SQL01 Off', 'WEB01 Off', '', '', 'done'),
  );
  expect(among).toBe(lines('', 'Rack', '----', 'R1', '7', 'R2', '', ''));
});

test('[PS401] the first object decides about the columns of the objects behind it', () => {
  const shell = aShell();

  const table = shell.type("[pscustomobject]@{A = 'x'}; [pscustomobject]@{B = 'y'; A = 'z'}");
  const none = shell.type("[pscustomobject]@{A = 'x'}; [pscustomobject]@{B = 'y'}");

  expect(table).toBe(lines('', 'A', '-', 'x', 'z', '', ''));
  expect(none).toBe(lines('', 'A', '-', 'x', '', '', ''));
});

test('[PS402] an object that has no place in the view of a type is a list', () => {
  const shell = aShell();

  const printed = shell.type("Get-VM SQL01 | Get-VMMemory; [pscustomobject]@{Rack = 'R1'; U = 2}");

  expect(printed).toContain(lines('', 'Rack : R1', 'U    : 2', '', '', ''));
});

test('[PS403] dates stand below each other, with an empty line before and two behind', () => {
  const shell = aShell();

  const all = shell.type("[datetime]'2013-01-02', [datetime]'2013-01-03 14:05'");
  const date = shell.type("Get-Date '2013-01-03 14:05' -DisplayHint Date");
  const time = shell.type("Get-Date '2013-01-03 14:05' -DisplayHint Time");

  expect(all).toBe(
    lines(
      '',
      'Wednesday, January 02, 2013 12:00:00 AM',
      'Thursday, January 03, 2013 2:05:00 PM',
      '',
      '',
    ),
  );
  expect(date).toBe(lines('', 'Thursday, January 03, 2013', '', ''));
  expect(time).toBe(lines('', '2:05:00 PM', '', ''));
});

test('[PS404] Format-List shows the list of a type or all properties, not the columns of its table', () => {
  const shell = aShell();

  const machine = shell.type('Get-VM SQL01 | fl');
  const pairs = shell.type("[ordered]@{Rack = 'R1'; U = 2} | fl");

  expect(machine).toContain('MemoryAssigned');
  expect(machine).not.toContain('(M)');
  expect(pairs).toBe(
    lines('', '', 'Name  : Rack', 'Value : R1', '', 'Name  : U', 'Value : 2', '', '', ''),
  );
});

test('[PS405] lists and wide columns have groups, too', () => {
  const shell = aShell();

  const list = shell.type('Get-VM SQL01 | fl Name -GroupBy State');
  const wide = shell.type('Get-VM SQL01 | fw Name -GroupBy State');
  const table = shell.type("Get-VM SQL01 | ft Name -GroupBy @{L = 'Now'; E = { $_.State }}");

  expect(list).toBe(lines('', '', '   State: Off', '', '', 'Name : SQL01', '', '', ''));
  expect(wide).toBe(lines('', '', '   State: Off', '', 'SQL01', '', ''));
  expect(table).toContain('   Now: Off');
});

test('[PS406] Format-Table shows ten properties unless more are named', () => {
  const shell = aShell();

  const ten = shell.type('Get-VM SQL01 | select * | ft');
  const all = shell.type('Get-VM SQL01 | select * | ft *');
  const columns = (text: string): number => text.split('\n')[2]?.split(/ +/).length ?? 0;

  expect(columns(ten)).toBe(10);
  expect(columns(all)).toBeGreaterThan(10);
});

test('[PS407] a collection is printed element by element, an empty one not at all', () => {
  const shell = aShell();

  const empty = shell.type('New-Object System.Collections.ArrayList');
  const full = shell.type("Write-Output (1, 'b') -NoEnumerate");

  expect(empty).toBe('');
  expect(full).toBe(lines('1', 'b'));
});

test('[PS408] Clear-Host empties the screen', () => {
  const shell = aShell();

  const printed = shell.type('cls');

  expect(printed).toBe('\u001b[2J\u001b[3J\u001b[H');
});

test('[PS409] long names in the category of an error are cut in their middle, fifteen letters of either end', () => {
  const shell = aShell();

  const printed = shell.type("function at([int]$rack) { $rack }; at 'R1'");

  expect(printed).toContain('InvalidData: (:) [at], ParameterBindin...mationException');
});

test('[PS410] Get-Date formats as .NET and as Unix', () => {
  const shell = aShell();
  const at = "Get-Date '2013-01-03 14:05:06'";

  const unix = shell.type(`${at} -UFormat '%Y-%m-%d %H:%M:%S %a %j %% %s'`);
  const net = shell.type(`${at} -Format 'yyyyMMdd-HHmm'`);
  const wrong = shell.type(`${at} -Format q`);

  expect(unix).toBe('2013-01-03 14:05:06 Thu 3 % 1357221906\n');
  expect(net).toBe('20130103-1405\n');
  expect(wrong).toContain('Get-Date : Input string was not in a correct format.');
});

test('[PS411] JSON has its dates, enums, guids and steps as Windows PowerShell writes them', () => {
  const shell = aShell();

  const json = shell.type(
    "[ordered]@{At = [datetime]'2013-01-03'; Who = \"Ann's <b>\"; In = @{U = 1, 2}; No = @{}} | ConvertTo-Json",
  );
  const machine = shell.type('Get-VM SQL01 | select State, Id | ConvertTo-Json -Compress');

  expect(json).toBe(
    lines(
      '{',
      '    "At":  "\\/Date(1357171200000)\\/",',
      '    "Who":  "Ann\\u0027s \\u003cb\\u003e",',
      '    "In":  {',
      '               "U":  [',
      '                         1,',
      '                         2',
      '                     ]',
      '           },',
      '    "No":  {',
      '',
      '           }',
      '}',
    ),
  );
  expect(machine).toMatch(/^\{"State":3,"Id":"[0-9a-f-]{36}"\}\n$/);
});

test('[PS412] Get-Member knows the methods of texts, numbers and objects', () => {
  const shell = aShell();

  const text = shell.type("'x' | gm ToU*, Length");
  const number = shell.type('(5 | gm).Name -join " "');
  const machine = shell.type('(Get-VM SQL01 | gm -MemberType Method).Name -join " "');
  const custom = shell.type("[pscustomobject]@{Rack = 'R1'} | gm");

  expect(text).toContain('ToUpper          Method     string ToUpper()');
  expect(text).toContain('Length           Property   int Length {get;}');
  expect(number).toBe('CompareTo Equals GetHashCode GetType ToString\n');
  expect(machine).toBe('Equals GetHashCode GetType ToString\n');
  expect(custom).toContain('Rack        NoteProperty System.String Rack=R1');
});

test('[PS413] an error in a calculated property leaves it empty and is not seen', () => {
  const shell = aShell();

  const printed = shell.type("Get-VM SQL01 | select Name, @{N = 'Part'; E = { 1 / 0 }} | ft -a");
  const lost = shell.type('Get-VM SQL01 | % { 1 / 0 }');

  expect(printed).toBe(lines('', 'Name  Part', '----  ----', 'SQL01', '', ''));
  expect(lost).toContain('Attempted to divide by zero.');
});

test('[PS414] Add-Member takes kind, name and value by position, New-Object what a type is made of', () => {
  const shell = aShell();

  const added = shell.type(
    '(New-Object psobject | Add-Member NoteProperty Rack R1 -PassThru).Rack',
  );
  const short = shell.type('(New-Object psobject | Add-Member Rack R2 -PassThru).Rack');
  const date = shell.type('(New-Object DateTime 2013, 1, 2).Month');
  const unknown = shell.type('New-Object Nope.Rack');

  expect(added).toBe('R1\n');
  expect(short).toBe('R2\n');
  expect(date).toBe('1\n');
  expect(unknown).toContain('New-Object : Cannot find type [Nope.Rack]: make sure the assembly');
});

test('[PS415] what is compared is handed on, what is measured must be there', () => {
  const shell = aShell();

  const compared = shell.type("diff ('a', 'b') ('b', 'c') -PassThru");
  const measured = shell.type('Get-VM | measure Rack -Sum');
  const nothing = shell.type('@() | ConvertTo-Json');

  expect(compared).toBe('c\na\n');
  expect(measured).toContain('The property "Rack" cannot be found in the input for any objects.');
  expect(nothing).toBe('');
});

test('[PS416] ConvertTo-Html has a body and lists', () => {
  const shell = aShell();

  const page = shell.type("Get-VM SQL01 | ConvertTo-Html Name -Body '<h1>All</h1>'");
  const list = shell.type('Get-VM | ConvertTo-Html Name -As List -Fragment');

  expect(page).toContain('</head><body>\n<h1>All</h1>\n<table>');
  expect(list).toBe(
    lines(
      '<table>',
      '<tr><td>Name:</td><td>SQL01</td></tr>',
      '<tr><td><hr></td></tr>',
      '<tr><td>Name:</td><td>WEB01</td></tr>',
      '</table>',
    ),
  );
});

test('[PS417] a date tells itself, a text that is no number cannot be parsed', () => {
  const shell = aShell();

  const date = shell.type("([datetime]'2013-01-02').DateTime");
  const wrong = shell.type("[int]::Parse('x')");

  expect(date).toBe('Wednesday, January 02, 2013 12:00:00 AM\n');
  expect(wrong).toContain('Exception calling "Parse" with "1" argument(s): "Input string was not');
});

test('[PS418] what Write-Error writes is the error of the function, or of the line', () => {
  const shell = aShell();
  shell.type("function Test-Rack { Write-Error 'No rack.' -ErrorId NoRack }");

  const inside = shell.type('Test-Rack');
  const outside = shell.type("Write-Error 'No rack.'");

  expect(inside).toBe(
    lines(
      'Test-Rack : No rack.',
      'At line:1 char:1',
      '+ Test-Rack',
      '+ ~~~~~~~~~',
      '    + CategoryInfo          : NotSpecified: (:) [Write-Error], WriteErrorException',
      '    + FullyQualifiedErrorId : NoRack,Test-Rack',
      ' ',
    ),
  );
  expect(outside).toBe(
    lines(
      "Write-Error 'No rack.' : No rack.",
      '    + CategoryInfo          : NotSpecified: (:) [Write-Error], WriteErrorException',
      '    + FullyQualifiedErrorId : Microsoft.PowerShell.Commands.WriteErrorException',
      ' ',
    ),
  );
});

test('[PS417] a day that no month has is no date', () => {
  const shell = aShell();

  const printed = shell.type('Get-Date -Year 2013 -Month 2 -Day 30');

  expect(printed).toContain('Get-Date : Year, Month, and Day parameters describe an un-rep');
});

test('[PS412] the type of an enum is derived from System.Enum', () => {
  const shell = aShell();

  const printed = shell.type('(Get-VM SQL01).State.GetType()');

  expect(printed).toContain('True     True     VMState');
  expect(printed).toContain('System.Enum');
});

test('[PS419] a secret text is not shown', () => {
  const shell = aShell();
  shell.answers = ['Pa55'];

  shell.type("$word = Read-Host 'Password' -AsSecureString");

  expect(shell.type('$word; $word.Length')).toBe(lines('System.Security.SecureString', '4'));
});

test('[PS420] -AutoSize makes the columns of a view as wide as their content', () => {
  const shell = aShell();

  const printed = shell.type("@{Rack = 'R1'} | ft -AutoSize");

  expect(printed).toBe(lines('', 'Name Value', '---- -----', 'Rack R1', '', ''));
});

test('[PS430] Out-Host prints at once, and nothing of it goes on', () => {
  const shell = aShell();

  const kept = shell.type('$kept = Get-VM SQL01 | select Name | Out-Host; $null -eq $kept');
  const twice = shell.type('Get-VM SQL01 | select Name | Out-Host; Get-VM WEB01 | select Name');

  expect(kept).toBe(lines('', 'Name', '----', 'SQL01', '', '', 'True'));
  expect(twice).toBe(
    lines('', 'Name', '----', 'SQL01', '', '', '', 'Name', '----', 'WEB01', '', ''),
  );
});
