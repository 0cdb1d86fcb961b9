/** What Format-List shows of types whose default view is a table. Recalled. */
export const LISTS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'Microsoft.HyperV.PowerShell.VirtualMachine',
    [
      'Name',
      'State',
      'CPUUsage',
      'MemoryAssigned',
      'MemoryDemand',
      'MemoryStatus',
      'Uptime',
      'Status',
      'ReplicationState',
    ],
  ],
  ['System.Diagnostics.Process', ['Id', 'Handles', 'CPU', 'Name', 'ProcessName', 'CommandLine']],
  ['System.IO.FileInfo', ['Name', 'Length', 'CreationTime', 'LastWriteTime', 'LastAccessTime']],
  ['System.IO.DirectoryInfo', ['Name', 'CreationTime', 'LastWriteTime', 'LastAccessTime']],
  [
    'System.ServiceProcess.ServiceController',
    [
      'Name',
      'DisplayName',
      'Status',
      'DependentServices',
      'ServicesDependedOn',
      'CanPauseAndContinue',
      'CanShutdown',
      'CanStop',
      'ServiceType',
    ],
  ],
]);
