import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complete } from './complete.ts';
import type { ValueAsked } from './port.ts';
import { someSources } from './sources.fixture.ts';

/** Completes at the bar; gives the line for each way to go on, with the bar behind what came in. */
const waysOn = (line: string): string[] => {
  const cursor = line.indexOf('|>');
  const text = line.replace('|>', '');
  const { start, end, matches } = complete(text, cursor, someSources());
  return matches.map(match => `${text.slice(0, start)}${match.text}|>${text.slice(end)}`);
};

type Row = readonly [line: string, ways: readonly string[]];

test.each<Row>([
  ['Sta|>rt', ['Start-Job|>', 'Start-VM|>']],
  ['Start-V|>M x', ['Start-VM|> x']],
  ['Start-VM -Na|>me x', ['Start-VM -Name|> x']],
  ["Start-VM 'we|>'", ["Start-VM 'web1'|>", "Start-VM 'Web''s'|>"]],
])('[PS130] the word at the cursor is completed as a whole: %s', (line, ways) => {
  expect(waysOn(line)).toEqual(ways);
});

test.each<Row>([
  ['st|>', ['Start-Job|>', 'Start-VM|>', 'Stop-VM|>']],
  ['*-vm|>', ['Get-VM|>', 'Start-VM|>', 'Stop-VM|>']],
  ['$x = get|>', ['$x = Get-VM|>']],
  ['a | get|>', ['a | Get-VM|>']],
  ['a; (get|>', ['a; (Get-VM|>']],
  ['if (1) { get|>', ['if (1) { Get-VM|>']],
  ['"$(get|>', ['"$(Get-VM|>']],
  ['& get|>', ['& Get-VM|>']],
  ['a | |>', ['a | Get-VM|>', 'a | Start-Job|>', 'a | Start-VM|>', 'a | Stop-VM|>']],
  ['.\\get|>', []],
  ['# get|>', []],
  ['"get|>', []],
  ['a # get|>', []],
  ['xyz|>', []],
])('[PS131] commands by their beginning: %s', (line, ways) => {
  expect(waysOn(line)).toEqual(ways);
});

test.each<Row>([
  [
    'Start-VM -|>',
    ['Name', 'VM', 'ComputerName', 'Passthru', 'Confirm'].map(name => `Start-VM -${name}|>`),
  ],
  ['start-vm -c|>', ['start-vm -ComputerName|>', 'start-vm -Confirm|>']],
  ['Start-VM \u2013pa|>', ['Start-VM -Passthru|>']],
  ['Start-VM -cf -c|>', ['Start-VM -cf -ComputerName|>']],
  ['Start-VM web1 -n|>', []],
  ['Start-VM -Name x -v|>', ['Start-VM -Name x -VM|>']],
  ['x | % { Start-VM -n|>', ['x | % { Start-VM -Name|>']],
  ['Unknown-Thing -n|>', []],
])('[PS132] parameters in their order: %s', (line, ways) => {
  expect(waysOn(line)).toEqual(ways);
});

test('[PS132] a parameter shows its type', () => {
  const { matches } = complete('Start-VM -Na', 12, someSources());

  expect(matches).toEqual([{ text: '-Name', list: 'Name', tooltip: '[string[]] Name' }]);
});

test.each<Row>([
  ['Start-VM -Name w|>', ['Start-VM -Name web1|>', "Start-VM -Name 'Web''s'|>"]],
  ['Start-VM -Name d|>', ["Start-VM -Name 'db 1'|>"]],
  ["Start-VM -Name 'd|>", ["Start-VM -Name 'db 1'|>"]],
  ['Start-VM -Name "d|>', ['Start-VM -Name "db 1"|>']],
  ['Start-VM -Name "d|>"', ['Start-VM -Name "db 1"|>']],
  ['Start-VM -Name "db 1"|>', ['Start-VM -Name "db 1"|>']],
  ["Start-VM -Name 'db |>", ["Start-VM -Name 'db 1'|>"]],
  ['Start-VM -Name "$o|>', []],
  ['Start-VM -Name:w|>', ['Start-VM -Name:web1|>', "Start-VM -Name:'Web''s'|>"]],
  ['Start-VM -Name a, d|>', ["Start-VM -Name a, 'db 1'|>"]],
  ['Start-VM a,d|>', ["Start-VM a,'db 1'|>"]],
  ['Start-VM d|>', ["Start-VM 'db 1'|>"]],
  ['Start-VM -Passthru d|>', ["Start-VM -Passthru 'db 1'|>"]],
  ['Start-VM -Passthru:|>', ['Start-VM -Passthru:$true|>']],
  ['Start-VM a d|>', []],
  ['Connect-VMNetworkAdapter a |>', ["Connect-VMNetworkAdapter a 'Lab Switch'|>"]],
  [
    'Connect-VMNetworkAdapter -SwitchName l|>',
    ["Connect-VMNetworkAdapter -SwitchName 'Lab Switch'|>"],
  ],
  ['Connect-VMNetworkAdapter -VMName a l|>', ["Connect-VMNetworkAdapter -VMName a 'Lab Switch'|>"]],
  ['Start-VM (d|>', []],
])('[PS133] values of the parameter at the cursor: %s', (line, ways) => {
  expect(waysOn(line)).toEqual(ways);
});

test('[PS133] a source of values knows what else is given, and what the pipeline brings', () => {
  const asked: ValueAsked[] = [];
  const sources = someSources(asked);

  complete('Connect-VMNetworkAdapter web1, db -SwitchName L', 47, sources);
  complete('Get-VM | Where-Object {$_} | Where-Object St', 44, sources);

  expect(asked).toEqual([
    {
      command: 'Connect-VMNetworkAdapter',
      parameter: 'SwitchName',
      word: 'L',
      given: new Map([['vmname', ['web1', 'db']]]),
      inputType: null,
    },
    {
      command: 'Where-Object',
      parameter: 'FilterScript',
      word: 'St',
      given: new Map(),
      inputType: 'VirtualMachine',
    },
  ]);
});

test.each<Row>([
  ['$v|>', ['$vm|>']],
  ['$e|>', ['$env:PATH|>', '$Error|>']],
  ['$env:|>', ['$env:PATH|>']],
  ['$my|>', ['${my list}|>']],
  ['${my|>', ['${my list}|>']],
  ['"a $v|>', ['"a $vm|>']],
  ['Start-VM @v|>', ['Start-VM @vm|>']],
  ['Start-VM $v|>', ['Start-VM $vm|>']],
  ['$total = 1; $to|>', ['$total = 1; $total|>']],
  ["'$v|>", []],
])('[PS134] variables of the session and of the text: %s', (line, ways) => {
  expect(waysOn(line)).toEqual(ways);
});

test.each<Row>([
  ['$vm.s|>', ['$vm.Start(|>', '$vm.State|>']],
  ['$vm.NetworkAdapters[0].|>', ['$vm.NetworkAdapters[0].SwitchName|>']],
  ['(Get-VM x).na|>', ['(Get-VM x).Name|>']],
  ['Start-VM (Get-VM).na|>', ['Start-VM (Get-VM).Name|>']],
  [
    'Get-VM | Where-Object { $_.st|>',
    ['Get-VM | Where-Object { $_.Start(|>', 'Get-VM | Where-Object { $_.State|>'],
  ],
  ['Get-VM | % { Start-VM $_.na|>', ['Get-VM | % { Start-VM $_.Name|>']],
  ['Get-VM | Where-Object x | % { $_.na|>', ['Get-VM | Where-Object x | % { $_.Name|>']],
  ['"a $($vm.na|>', ['"a $($vm.Name|>']],
  ["'a'.l|>", ["'a'.Length|>"]],
  ['[System.String]::l|>', ['[System.String]::Length|>']],
  ['[sys|>', ['[System.Math|>']],
  ['$unknown.|>', []],
])('[PS135] members by the type before the dot: %s', (line, ways) => {
  expect(waysOn(line)).toEqual(ways);
});

test.each<Row>([
  ['$vm.State -e|>', ['$vm.State -eq|>']],
  ['$a -NOTM|>', ['$a -notmatch|>']],
  ['if ($a -and $b -isn|>', ['if ($a -and $b -isnot|>']],
  ['$vm.St|>-1', ['$vm.Start(|>-1', '$vm.State|>-1']],
])('[PS136] operators behind a value: %s', (line, ways) => {
  expect(waysOn(line)).toEqual(ways);
});

test('anything may stand before and behind the cursor', () => {
  const piece = fc.constantFrom(
    ...'Start-VM -Name -n \' " $ $_. ( { | , : \n # @ a'.split(' '),
    ...Array<string>(10).fill(' '),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), fc.nat(), (pieces, place) => {
      const text = pieces.join('');
      const cursor = place % (text.length + 1);

      const { start, end } = complete(text, cursor, someSources());

      expect(start).toBeLessThanOrEqual(cursor);
      expect(end).toBeGreaterThanOrEqual(cursor);
      expect(end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 2_000 },
  );
});
