import type { RecordOf } from '../../protocol/record/index.ts';
import type { ShellLab } from '../engine/lab.ts';
import { DateTime } from '../value/date-time.ts';
import { Guid } from '../value/guid.ts';
import { TimeSpan } from '../value/time-span.ts';
import type { Value } from '../value/value.ts';
import { Version } from '../value/version.ts';
import { COM_PORTS, FLOPPY_DRIVE } from './board.ts';
import { diskDrives } from './disk-drive.ts';
import { hyperVEnum } from './enum-of.ts';
import { integrationServices } from './integration-service.ts';
import { LabObject, type ObjectType, type Seen } from './lab-object.ts';
import { networkAdapters } from './network-adapter.ts';

/** Of the whole host, as Get-VM shows it. */
const cpuUsage = ({ record, lab }: Seen<'vm'>): number => {
  const processors = lab.get('host', record.host)?.logicalProcessors ?? 1;
  return Math.min(100, Math.round(record.cpuLoad / 10 / processors));
};

const uptime = ({ record, lab }: Seen<'vm'>): TimeSpan => {
  const { state, runningSince, uptimeBefore } = record;
  if (state === 'Off' || state === 'Saved') return new TimeSpan(0n);
  return new TimeSpan(BigInt(uptimeBefore + lab.now - (runningSince ?? lab.now)));
};

/** Up to date, or "Update required" for components older than the host's. Empty while nobody tells. */
const componentsState = ({ record }: Seen<'vm'>): string =>
  record.integrationServicesVersion === null
    ? ''
    : record.integrationServicesVersion.startsWith('6.2.')
      ? 'Up to date'
      : 'Update required';

const versionOf = (text: string | null): Value => (text === null ? null : Version.parse(text));

const guidOf = (id: string): Value => Guid.parse(id.slice(id.indexOf(':') + 1)) ?? id;

/** The snapshot below which the machine is now. */
const parentSnapshot = ({ record, lab }: Seen<'vm'>): RecordOf<'vm-snapshot'> | undefined =>
  lab.by('vm-snapshot', 'vm', record.id).find(({ current }) => current);

/** The folder in which the configuration's own folder lies. */
const folderOf = ({ record }: Seen<'vm'>): string =>
  record.configurationPath.replace(/\\Virtual Machines\\[^\\]*$/i, '');

/** Microsoft.HyperV.PowerShell.VirtualMachine, as far as the lab knows it. Source: types of the module. */
export const VIRTUAL_MACHINE: ObjectType<'vm'> = {
  types: [
    'Microsoft.HyperV.PowerShell.VirtualMachine',
    'Microsoft.HyperV.PowerShell.VirtualMachineBase',
  ],
  kind: 'vm',
  text: ({ record }) => `VirtualMachine (Name = '${record.name}')`,
  properties: [
    ['VMName', 'string', ({ record }) => record.name],
    ['VMId', 'guid', ({ record }) => guidOf(record.id)],
    ['Id', 'guid', ({ record }) => guidOf(record.id)],
    ['Name', 'string', ({ record }) => record.name],
    [
      'State',
      'Microsoft.HyperV.PowerShell.VMState',
      ({ record }) => hyperVEnum('VMState', record.state),
    ],
    ['CPUUsage', 'int', cpuUsage],
    ['MemoryAssigned', 'long', ({ record }) => record.memoryAssigned],
    ['Uptime', 'timespan', uptime],
    ['Status', 'string', ({ record }) => record.status],
    ['PrimaryStatusDescription', 'string', ({ record }) => record.status],
    ['SecondaryStatusDescription', 'string', () => ''],
    ['StatusDescriptions', 'string[]', ({ record }) => [record.status]],
    // Of what is not simulated no machine has any.
    [
      'ReplicationState',
      'Microsoft.HyperV.PowerShell.VMReplicationState',
      () => hyperVEnum('VMReplicationState', 'Disabled'),
    ],
    [
      'ReplicationMode',
      'Microsoft.HyperV.PowerShell.VMReplicationMode',
      () => hyperVEnum('VMReplicationMode', 'None'),
    ],
    [
      'ReplicationHealth',
      'Microsoft.HyperV.PowerShell.VMReplicationHealthState',
      () => hyperVEnum('VMReplicationHealthState', 'NotApplicable'),
    ],
    ['ResourceMeteringEnabled', 'bool', () => false],
    [
      'ParentSnapshotId',
      'System.Nullable[guid]',
      seen => {
        const parent = parentSnapshot(seen);
        return parent === undefined ? null : guidOf(parent.id);
      },
    ],
    ['ParentSnapshotName', 'string', seen => parentSnapshot(seen)?.name ?? null],
    [
      'Heartbeat',
      'System.Nullable[Microsoft.HyperV.PowerShell.VMHeartbeatStatus]',
      ({ record }) =>
        record.heartbeat === null ? null : hyperVEnum('VMHeartbeatStatus', record.heartbeat),
    ],
    ['IntegrationServicesState', 'string', componentsState],
    [
      'IntegrationServicesVersion',
      'version',
      ({ record }) => versionOf(record.integrationServicesVersion),
    ],
    [
      'AutomaticStartAction',
      'Microsoft.HyperV.PowerShell.StartAction',
      ({ record }) => hyperVEnum('StartAction', record.automaticStartAction),
    ],
    ['AutomaticStartDelay', 'int', ({ record }) => record.automaticStartDelay],
    [
      'AutomaticStopAction',
      'Microsoft.HyperV.PowerShell.StopAction',
      ({ record }) => hyperVEnum('StopAction', record.automaticStopAction),
    ],
    ['DynamicMemoryEnabled', 'bool', ({ record }) => record.dynamicMemory],
    ['MemoryStartup', 'long', ({ record }) => record.memoryStartup],
    ['MemoryMinimum', 'long', ({ record }) => record.memoryStartup],
    ['MemoryMaximum', 'long', ({ record }) => record.memoryStartup],
    ['ProcessorCount', 'long', ({ record }) => record.processorCount],
    ['Notes', 'string', ({ record }) => record.notes],
    ['Path', 'string', folderOf],
    ['ConfigurationLocation', 'string', folderOf],
    ['SnapshotFileLocation', 'string', folderOf],
    ['SmartPagingFilePath', 'string', folderOf],
    ['SmartPagingFileInUse', 'bool', () => false],
    [
      'SizeOfSystemFiles',
      'long',
      ({ record, lab }) =>
        lab.by('vm-file', 'vm', record.id).reduce((sum, { size }) => sum + size, 0),
    ],
    [
      'CreationTime',
      'datetime',
      ({ record, lab }) => DateTime.fromUnix(lab.calendar(record.createdAt as typeof lab.now)),
    ],
    [
      'HardDrives',
      'Microsoft.HyperV.PowerShell.HardDiskDrive[]',
      ({ record, lab }) => diskDrives(lab, record.id, 'HardDisk'),
    ],
    [
      'DVDDrives',
      'Microsoft.HyperV.PowerShell.DvdDrive[]',
      ({ record, lab }) => diskDrives(lab, record.id, 'Dvd'),
    ],
    [
      'NetworkAdapters',
      'Microsoft.HyperV.PowerShell.VMNetworkAdapter[]',
      ({ record, lab }) => networkAdapters(lab, record.id),
    ],
    [
      'VMIntegrationService',
      'Microsoft.HyperV.PowerShell.VMIntegrationComponent[]',
      ({ record, lab }) => integrationServices(lab, record.id),
    ],
    [
      'ComPort1',
      'Microsoft.HyperV.PowerShell.VMComPort',
      ({ record, lab }) => new LabObject(COM_PORTS[0], record, lab),
    ],
    [
      'ComPort2',
      'Microsoft.HyperV.PowerShell.VMComPort',
      ({ record, lab }) => new LabObject(COM_PORTS[1], record, lab),
    ],
    [
      'FloppyDrive',
      'Microsoft.HyperV.PowerShell.VMFloppyDiskDrive',
      ({ record, lab }) => new LabObject(FLOPPY_DRIVE, record, lab),
    ],
    ['FibreChannelHostBusAdapters', 'Microsoft.HyperV.PowerShell.VMFibreChannelHba[]', () => []],
    ['IsClustered', 'bool', () => false],
    ['ComputerName', 'string', ({ record, lab }) => lab.get('host', record.host)?.name ?? ''],
    ['IsDeleted', 'bool', ({ record, lab }) => lab.get('vm', record.id) === undefined],
  ],
};

export const virtualMachine = (record: RecordOf<'vm'>, lab: ShellLab): LabObject<'vm'> =>
  new LabObject(VIRTUAL_MACHINE, record, lab);
