// What this lab does not simulate, area by area: the sentence a cmdlet answers with instead of running,
// and the table in CAPABILITIES.md. A cmdlet that has a definition in cmdlets/ is simulated.

export interface Area {
  readonly module: string | RegExp;
  /** Of the cmdlet's name. */
  readonly command: RegExp;
  /** With its verb: `virtual TPMs are`. */
  readonly what: string;
}

const HV = 'Hyper-V';
const FC = 'FailoverClusters';

/** The first row that fits counts. */
const AREAS: readonly Area[] = [
  { module: HV, command: /-VMTPM$/, what: 'virtual TPMs are' },
  {
    module: HV,
    command: /-VM(KeyProtector|Security|SecurityPolicy)$/,
    what: 'shielded machines are',
  },
  { module: HV, command: /-VMConsoleSupport$/, what: 'machines without a console are' },
  { module: HV, command: /-VMFirmware$/, what: 'UEFI firmware of generation 2 is' },
  { module: HV, command: /-VMVideo$/, what: 'video resolutions of generation 2 are' },
  { module: HV, command: /-VMKeyStorageDrive$/, what: 'key storage drives are' },
  { module: HV, command: /-VM(Host)?AssignableDevice$/, what: 'assigned PCI Express devices are' },
  { module: HV, command: /Gpu/, what: 'partitioned graphics processors are' },
  { module: HV, command: /RemoteF[Xx]/, what: 'RemoteFX graphics adapters are' },
  { module: HV, command: /-VMGroup(Member)?$/, what: 'groups of virtual machines are' },
  { module: HV, command: /-VMFile$/, what: 'copying files into a guest is' },
  { module: HV, command: /-(VHDSet|VHDSnapshot)$/, what: 'VHD sets are' },
  { module: HV, command: /-VMHostCluster$/, what: 'clusters seen as one Hyper-V host are' },
  { module: HV, command: /-VM(Version|HostSupportedVersion)$/, what: 'configuration versions are' },
  {
    module: HV,
    command: /-VMSwitchTeam(Member)?$|TeamMapping$/,
    what: 'switch embedded teams are',
  },
  { module: HV, command: /Rdma$/, what: 'RDMA for virtual adapters is' },
  { module: HV, command: /Isolation$|RoutingDomain/, what: 'isolation and routing domains are' },
  { module: HV, command: /ExtendedAcl$/, what: 'extended port ACLs are' },
  { module: HV, command: /AdapterAcl$/, what: 'port ACLs are' },
  { module: HV, command: /SwitchExtension/, what: 'switch extensions are' },
  { module: HV, command: /-VM(Eventing|Trace)$/, what: 'tracing of the management service is' },
  { module: HV, command: /-VM(San|FibreChannelHba)$/, what: 'virtual Fibre Channel is' },
  { module: HV, command: /ConnectAccess$/, what: 'rights to connect to a console are' },
  {
    module: HV,
    command: /ResourcePool$|-VMStoragePath$/,
    what: 'resource pools are',
  },
  { module: HV, command: /Metering$|^Measure-VM$/, what: 'resource metering is' },
  {
    module: HV,
    command: /Replication|VMFailover$|NetworkAdapterFailoverConfiguration$/,
    what: 'Hyper-V Replica is',
  },
  { module: HV, command: /^(Debug|Wait)-VM$/, what: 'debugging and waiting by cmdlet are' },
  {
    module: HV,
    command: /^(Export|Import|Compare|Repair)-VM(Snapshot)?$/,
    what: 'export and import are',
  },
  { module: HV, command: /^Move-|-VMMigration/, what: 'live and storage migration are' },
  { module: HV, command: /AdapterVlan$/, what: 'changes of VLAN settings are' },
  { module: HV, command: /-VMNetworkAdapter$/, what: 'changes of network adapters are' },
  { module: HV, command: /-VMSwitch$/, what: 'changes of virtual switches are' },
  { module: HV, command: /-(VHD|VFD)$/, what: 'changes of virtual hard disk files are' },
  { module: HV, command: /-VM(HardDiskDrive|DvdDrive)$/, what: 'changes of drives are' },
  { module: HV, command: /Controller$/, what: 'changes of disk controllers are' },
  { module: HV, command: /Snapshot$|^Checkpoint-VM$/, what: 'snapshots are' },
  { module: HV, command: /Numa/, what: 'NUMA topology is' },
  { module: HV, command: /-VMHost$/, what: 'settings of a host are' },
  {
    module: HV,
    command: /-VM(ComPort|FloppyDiskDrive|Bios)$/,
    what: 'changes of COM ports and floppy drives are',
  },
  { module: HV, command: /./, what: 'this part of Hyper-V is' },
  { module: FC, command: /AccelNet|IntentSwitch/, what: 'accelerated networking is' },
  { module: FC, command: /StorageSpacesDirect|DiskInfo/, what: 'Storage Spaces Direct is' },
  {
    module: FC,
    command: /Affinity|GroupSet|GroupToSet|GroupFromSet/,
    what: 'group sets and affinity rules are',
  },
  { module: FC, command: /FaultDomain/, what: 'fault domains are' },
  { module: FC, command: /Workgroup/, what: 'workgroup clusters are' },
  { module: FC, command: /FunctionalLevel/, what: 'cluster functional levels are' },
  {
    module: FC,
    command: /ExcludedAdapter|Credential|DiagnosticInfo/,
    what: 'this part of later clusters is',
  },
  { module: FC, command: /SharedVolume/, what: 'cluster shared volumes are' },
  { module: FC, command: /./, what: 'failover clusters are' },
  { module: 'ISE', command: /./, what: 'the Integrated Scripting Environment is' },
  { module: 'CimCmdlets', command: /./, what: 'CIM classes and sessions are' },
  {
    module: 'Microsoft.WSMan.Management',
    command: /./,
    what: 'the configuration of WS-Management is',
  },
  { module: /^PSWorkflow/, command: /./, what: 'workflows are' },
  { module: 'PSScheduledJob', command: /./, what: 'scheduled jobs are' },
  { module: 'PSDiagnostics', command: /./, what: 'traces of PowerShell are' },
  { module: 'PSReadLine', command: /./, what: 'settings of the console editor are' },
  { module: 'Microsoft.PowerShell.LocalAccounts', command: /./, what: 'local accounts are' },
  { module: 'Microsoft.PowerShell.Archive', command: /./, what: 'archives of files are' },
  {
    module: 'Microsoft.PowerShell.Diagnostics',
    command: /Counter$/,
    what: 'performance counter files are',
  },
  { module: 'Microsoft.PowerShell.Diagnostics', command: /./, what: 'writing of events is' },
  { module: 'Microsoft.PowerShell.Host', command: /./, what: 'transcripts written to a file are' },
  {
    module: 'Microsoft.PowerShell.Security',
    command: /./,
    what: 'certificates, signatures and ACLs are',
  },
  {
    module: /^Microsoft\.PowerShell/,
    command: /-(PS)?Session|PSRemoting|-PSTransport/,
    what: 'this kind of remote session is',
  },
  { module: /^Microsoft\.PowerShell/, command: /Wmi|WebService/, what: 'WMI and web services are' },
  {
    module: /^Microsoft\.PowerShell/,
    command: /PSBreakpoint|Runspace|Trace|Debug/,
    what: 'the debugger is',
  },
  { module: /^Microsoft\.PowerShell/, command: /Transaction/, what: 'transactions are' },
  {
    module: /^Microsoft\.PowerShell/,
    command: /ComputerRestore|-Checkpoint|Restore-Computer/,
    what: 'restore points are',
  },
  {
    module: /^Microsoft\.PowerShell/,
    command: /EventLog$/,
    what: 'this work on classic event logs is',
  },
  {
    module: /^Microsoft\.PowerShell/,
    command: /Event|EventSubscriber/,
    what: 'event subscriptions are',
  },
  { module: /^Microsoft\.PowerShell/, command: /Web|Mail|RestMethod/, what: 'the internet is' },
  {
    module: /^Microsoft\.PowerShell/,
    command: /Item|Content|Path|PSDrive|Location/,
    what: 'this work on drives is',
  },
  {
    module: /^Microsoft\.PowerShell/,
    command: /-(Process|Service)$/,
    what: 'changes of processes and services are',
  },
  {
    module: /^Microsoft\.PowerShell/,
    command: /-Computer|ComputerSecure|ComputerMachine/,
    what: 'changes of a whole computer are',
  },
  {
    module: /^Microsoft\.PowerShell/,
    command: /Csv$|Clixml$|Out-File|Xml$/,
    what: 'this reading and writing of files is',
  },
  {
    module: /^Microsoft\.PowerShell/,
    command: /Module|PSSnapin|TypeData|FormatData|Add-Type/,
    what: 'modules, types and formats of your own are',
  },
  { module: /^Microsoft\.PowerShell/, command: /Job$/, what: 'this work on jobs is' },
  { module: /^Microsoft\.PowerShell/, command: /./, what: 'this part of Windows PowerShell is' },
  { module: 'ServerManager', command: /./, what: 'installing of roles is' },
  { module: 'Storage', command: /./, what: 'this work on disks and volumes of a host is' },
  {
    module: /^(NetAdapter|NetTCPIP|DnsClient)$/,
    command: /./,
    what: 'settings of the host network are',
  },
  { module: 'SmbShare', command: /./, what: 'file shares are' },
];

const areaOf = (module: string, command: string): Area =>
  AREAS.find(
    area =>
      (typeof area.module === 'string' ? area.module === module : area.module.test(module)) &&
      area.command.test(command),
  ) ?? { module, command: /./, what: `the module ${module} is` };

/** What a cmdlet says instead of running: it bound, and that is all. */
export const refusalOf = (module: string, command: string): string =>
  `${command} binds, but ${areaOf(module, command).what} not simulated in era 2012.`;

/** For the table: `virtual TPMs`. */
export const areaName = (module: string, command: string): string =>
  areaOf(module, command).what.replace(/ (is|are)$/, '');
