import { property } from '../../value/member.ts';
import { textOf } from '../../value/text.ts';
import type { Layout } from '../layout.ts';
import { autoTable, column, computed, fixedTable, grouped, list } from './column.ts';

/** Views of the shell's own objects. Widths are recalled. */
export const SHELL_VIEWS: readonly (readonly [type: string, layout: Layout])[] = [
  // What a real host prints besides - handles, memory, time - is not simulated, so it is not shown.
  ['System.Diagnostics.Process', fixedTable('Id:6>', 'ProcessName:14', 'CommandLine')],
  [
    'Microsoft.Windows.ServerManager.Commands.Feature',
    autoTable('Display Name', 'Name', 'Install State'),
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
