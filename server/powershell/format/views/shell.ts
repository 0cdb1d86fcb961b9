import { formatDate } from '../../value/date-format.ts';
import { DateTime } from '../../value/date-time.ts';
import { property } from '../../value/member.ts';
import { isNumber, plainNumber } from '../../value/number.ts';
import { isTrue, itemsOf, textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';
import type { Layout } from '../layout.ts';
import { autoTable, column, computed, fixedTable, grouped, list } from './column.ts';

/** A line of a folder's list, as the console of version 3 has it. */
const FILES = grouped(
  fixedTable(
    'Mode:7',
    {
      label: 'LastWriteTime',
      width: 25,
      align: 'right',
      of: item => dayAndTime(property(item, 'LastWriteTime')),
    },
    {
      label: 'Length',
      width: 10,
      align: 'right',
      of: item => (isTrue(property(item, 'PSIsContainer')) ? null : property(item, 'Length')),
    },
    'Name',
  ),
  // A space more than other groups have before them, and a line more behind them.
  computed(' Directory', item => `${parentPath(item)}\n`),
);

const dayAndTime = (value: Value): string =>
  value instanceof DateTime
    ? `${(formatDate(value, 'd') ?? '').padStart(10)}  ${(formatDate(value, 't') ?? '').padStart(8)}`
    : '';

const parentPath = (item: Value): string =>
  textOf(property(item, 'PSParentPath')).replace(/^.*?::/, '');

/** One moment's readings: each path, and what was read below it. */
const sampleText = (set: Value): string => {
  const [head, rule] = [
    ['Timestamp', 'CounterSamples'],
    ['---------', '--------------'],
  ].map(([left = '', right = '']) => `${left.padEnd(26)}${right}`);
  const lines = (itemsOf(property(set, 'CounterSamples')) ?? []).flatMap(sample => [
    `${textOf(property(sample, 'Path'))} :`,
    textOf(property(sample, 'CookedValue')),
    '',
  ]);
  const taken = property(set, 'Timestamp');
  const time = taken instanceof DateTime ? (formatDate(taken, 'G') ?? '') : '';
  const body = lines.map((line, index) =>
    `${(index === 0 ? time : '').padEnd(26)}${line}`.trimEnd(),
  );
  return ['', head, rule, ...body].join('\n');
};

/** As the Storage module writes sizes: `1 TB`, `982.96 GB`. */
const sizeText = (bytes: Value): string => {
  if (!isNumber(bytes)) return '';
  const value = plainNumber(bytes);
  const [unit, of] = value >= 1_099_511_627_776 ? ['TB', 1_099_511_627_776] : ['GB', 1_073_741_824];
  return `${Number((value / Number(of)).toFixed(2))} ${unit}`;
};

const gigabytes = (bytes: Value): string =>
  isNumber(bytes) ? (plainNumber(bytes) / 1_073_741_824).toFixed(2) : '';

/** Views of the shell's own objects. Widths are recalled. */
export const SHELL_VIEWS: readonly (readonly [type: string, layout: Layout])[] = [
  // What a real host prints besides - handles, memory, time - is not simulated, so it is not shown.
  ['System.Diagnostics.Process', fixedTable('Id:6>', 'ProcessName:14', 'CommandLine')],
  [
    'Microsoft.Windows.ServerManager.Commands.Feature',
    autoTable('Display Name', 'Name', 'Install State'),
  ],
  ['System.IO.FileInfo', FILES],
  ['System.IO.DirectoryInfo', FILES],
  [
    'System.Management.Automation.PSDriveInfo',
    fixedTable(
      'Name:10',
      computed('Used (GB)', drive => gigabytes(property(drive, 'Used'))),
      computed('Free (GB)', drive => gigabytes(property(drive, 'Free'))),
      'Provider:13',
      'Root:45',
      'CurrentLocation',
    ),
  ],
  [
    'Microsoft.PowerShell.Commands.GetCounter.PerformanceCounterSampleSet',
    { kind: 'text', of: sampleText },
  ],
  ['Microsoft.PowerShell.Commands.MatchInfo', { kind: 'text', of: textOf }],
  ['System.Globalization.CultureInfo', fixedTable('LCID:16', 'Name:16', 'DisplayName')],
  [
    'Microsoft.Management.Infrastructure.CimInstance#ROOT/StandardCimv2/MSFT_NetAdapter',
    fixedTable(
      'Name:25',
      'InterfaceDescription:40',
      'ifIndex:7>',
      'Status:12',
      'MacAddress:20',
      'LinkSpeed>',
    ),
  ],
  [
    'Microsoft.Management.Infrastructure.CimInstance#ROOT/Microsoft/Windows/Storage/MSFT_Volume',
    autoTable(
      'DriveLetter',
      'FileSystemLabel',
      'FileSystem',
      'DriveType',
      'HealthStatus',
      computed('SizeRemaining', volume => sizeText(property(volume, 'SizeRemaining'))),
      computed('Size', volume => sizeText(property(volume, 'Size'))),
    ),
  ],
  ['System.ServiceProcess.ServiceController', fixedTable('Status:8', 'Name:18', 'DisplayName:38')],
  [
    'System.Management.Automation.CmdletInfo',
    fixedTable('CommandType:15', 'Name:50', 'ModuleName'),
  ],
  [
    'System.Management.Automation.AliasInfo',
    fixedTable(
      'CommandType:15',
      computed('Name', info => textOf(property(info, 'DisplayName'))),
      'ModuleName',
    ),
  ],
  [
    'System.Management.Automation.FunctionInfo',
    fixedTable('CommandType:15', 'Name:50', 'ModuleName'),
  ],
  ['Microsoft.PowerShell.Commands.HistoryInfo', fixedTable('Id:4>', 'CommandLine')],
  ['System.Management.Automation.PSVariable', fixedTable('Name:30', 'Value')],
  ['System.Collections.DictionaryEntry', fixedTable('Name:30', 'Value')],
  [
    'Microsoft.PowerShell.Commands.MemberDefinition',
    grouped(autoTable('Name', 'MemberType', 'Definition'), column('TypeName')),
  ],
  ['Microsoft.PowerShell.Commands.GroupInfoNoElement', fixedTable('Count:5>', 'Name')],
  ['Microsoft.PowerShell.Commands.GroupInfo', fixedTable('Count:5>', 'Name:25', 'Group')],
  [
    'Microsoft.PowerShell.Commands.GenericMeasureInfo',
    list('Count', 'Average', 'Sum', 'Maximum', 'Minimum', 'Property'),
  ],
  [
    'System.Management.Automation.Runspaces.PSSession',
    fixedTable(
      'Id:3>',
      'Name:15',
      'ComputerName:15',
      'State:13',
      'ConfigurationName:20',
      'Availability:13>',
    ),
  ],
  [
    'System.Management.Automation.Job',
    fixedTable(
      'Id:6',
      'Name:15',
      'PSJobTypeName:15',
      'State:13',
      'HasMoreData:15',
      'Location:20',
      'Command',
    ),
  ],
  [
    'System.Diagnostics.Eventing.Reader.EventLogRecord',
    grouped(
      fixedTable('TimeCreated:26', 'Id:8>', 'LevelDisplayName:16', 'Message'),
      column('ProviderName'),
    ),
  ],
  [
    'System.TimeSpan',
    list(
      'Days',
      'Hours',
      'Minutes',
      'Seconds',
      'Milliseconds',
      'Ticks',
      'TotalDays',
      'TotalHours',
      'TotalMinutes',
      'TotalSeconds',
      'TotalMilliseconds',
    ),
  ],
  [
    'System.Management.Automation.PSModuleInfo',
    fixedTable('ModuleType:10', 'Name:35', 'ExportedCommands'),
  ],
  ['System.Guid', autoTable('Guid')],
  ['System.Version', fixedTable('Major:6', 'Minor:6', 'Build:6', 'Revision:8')],
  ['System.RuntimeType', fixedTable('IsPublic:8', 'IsSerial:8', 'Name:40', 'BaseType')],
];
