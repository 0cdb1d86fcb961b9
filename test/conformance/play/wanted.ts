import type { Values } from '../../../server/protocol/record/index.ts';
import { itemsOf, textOf } from '../../../server/powershell/value/text.ts';
import type { Value } from '../../../server/powershell/value/value.ts';
import type { Finding } from '../bind/static-session.ts';
import type { Reading } from './reading.ts';

// What a lab must hold so that a block's words name something. By rules over parameters and verbs; no
// example is known here.

export type WantedState = 'Off' | 'Running' | 'Paused' | 'Saved';

export interface WantedVm {
  readonly name: string;
  readonly host: string;
  state: WantedState;
  /** Names of its network adapters; empty for one as the lab makes it. */
  readonly adapters: Set<string>;
  connected: boolean;
  /** Integration services that are to be withheld at first. */
  readonly withheld: Set<string>;
  /** An ISO is in its drive. */
  media: boolean;
  /** Where it has a drive besides those that the lab gives it. */
  readonly places: Map<string, WantedPlace>;
  /** Names of the snapshots that it has. */
  readonly snapshots: Set<string>;
  /** Settings that are another way before somebody sets them. */
  readonly unlike: Partial<Values<'vm'>>[];
}

export interface WantedPlace {
  readonly type: 'HardDisk' | 'Dvd';
  readonly controller: 'IDE' | 'SCSI';
  readonly number: number;
  readonly location: number;
}

export interface Wanted {
  readonly hosts: Set<string>;
  readonly vms: Map<string, WantedVm>;
  readonly switches: Map<string, 'External' | 'Internal' | 'Private'>;
  readonly disks: Set<string>;
  /** Differencing disks, and what each is based on. */
  readonly children: Map<string, string>;
  readonly images: Set<string>;
  readonly drives: Set<string>;
  /** Hosts on which commands of the block run by remoting. */
  readonly far: Set<string>;
}

/** Where the session is. */
export const HERE = 'HV01';

const COMPUTER = /^[A-Za-z](?:[A-Za-z0-9-]{0,13}[A-Za-z0-9])?$/;

/** In which state a machine is before somebody does this to it. */
const BEFORE: readonly (readonly [verb: RegExp, state: WantedState])[] = [
  [/^(Stop|Save|Suspend|Restart|Debug)-VM$|NumaNodeStatus$/, 'Running'],
  [/^Resume-VM$/, 'Paused'],
  [/^Remove-VMSavedState$/, 'Saved'],
  [/^(Start|Remove)-VM$/, 'Off'],
  [/^Set-VM(Memory|Processor|Bios)?$/, 'Off'],
];

const STATES: readonly WantedState[] = ['Running', 'Paused', 'Saved'];

/** Nouns of which -Name is a machine's. */
const NAMES_MACHINES = /-VM(Memory|Processor|SavedState|ConsoleSupport|Bios|ComPort|Tpm)?$/i;

const COMPARED = /\b(?:VM)?Name\s+-(?:eq|like|match)\s+['"]?([\w*-]+)/gi;

export const wantedOf = (readings: readonly Reading[]): Wanted => {
  const wanted: Wanted = {
    hosts: new Set([HERE]),
    vms: new Map(),
    switches: new Map(),
    disks: new Set(),
    children: new Map(),
    images: new Set(),
    drives: new Set(['C']),
    far: new Set(),
  };
  const commands = readings.flatMap(reading => reading.commands);
  const made = new Set(commands.flatMap(madeBy));
  for (const { command, values } of commands)
    if (/^(Invoke-Command|Enter-PSSession|New-PSSession)$/i.test(command))
      for (const name of textsOf(values.get('ComputerName')))
        for (const host of hostIn(wanted, name)) wanted.far.add(host);
  for (const command of commands) wantNames(wanted, command, made);
  const text = readings.map(({ code }) => code).join('\n');
  // Who is looked for among all is there.
  if (wanted.vms.size === 0)
    for (const [, name = ''] of text.matchAll(COMPARED))
      for (const one of namesFor(name)) aVm(wanted, one, HERE);
  // Somebody has to be there when nobody is named.
  if (wanted.vms.size === 0 && commands.some(({ command }) => /-VM/.test(command)))
    for (const host of wanted.hosts) for (const name of ['VM1', 'VM2']) aVm(wanted, name, host);
  for (const command of commands) wantOnController(wanted, command, text);
  for (const command of commands) {
    wantState(wanted, command);
    wantPlace(wanted, command);
  }
  // Only what runs has some.
  if (/\b(MemoryAssigned|Uptime|CPUUsage|MemoryDemand)\b/i.test(text)) oneIn(wanted, 'Running');
  for (const state of STATES)
    if (new RegExp(`-(eq|match|like|in)\\s+['"]?${state}\\b`, 'i').test(text)) oneIn(wanted, state);
  return wanted;
};

/** Names that a command of the block brings about itself. */
const madeBy = ({ command, values }: Finding): readonly string[] =>
  /^(New|Add|Import|Copy)-VM(Switch)?$/i.test(command)
    ? textsOf(values.get('Name')).map(name => name.toLowerCase())
    : [];

const wantNames = (
  wanted: Wanted,
  { command, values }: Finding,
  made: ReadonlySet<string>,
): void => {
  const hosts = textsOf(values.get('ComputerName')).flatMap(name => hostIn(wanted, name));
  for (const [parameter, value] of values)
    for (const text of textsOf(value)) {
      // Files of a folder that is searched for disks.
      if (/\*\.a?vhdx?$/i.test(text)) wanted.disks.add(text.replace('*', 'Disk1'));
      wantFile(wanted, parameter, text);
      // What a cmdlet of disks is given is one, whatever it is called.
      const isMade = command === 'New-VHD' && parameter === 'Path';
      if (isMade) wanted.disks.delete(text);
      else if (command.endsWith('-VHD') && /^(Path|VHDPath|ParentPath)$/.test(parameter))
        wanted.disks.add(text);
    }
  // Somewhere a search finds disks.
  for (const filter of textsOf(values.get('Filter')).filter(one => /\*\.a?vhdx?$/i.test(one)))
    for (const path of textsOf(values.get('Path')))
      wanted.disks.add(`${path}\\${filter.replace('*', 'Disk1')}`);
  if (command === 'Invoke-Command')
    for (const name of textsOf(values.get('ArgumentList')))
      for (const host of hosts.length === 0 ? [HERE] : hosts) aVm(wanted, name, host);
  wantParent(wanted, command, values);
  if (/^(New|Import)-VM$/i.test(command)) {
    for (const name of textsOf(values.get('SwitchName'))) aSwitch(wanted, name);
    return;
  }
  // What a block that runs elsewhere names is there, too.
  const own = hosts.length === 0 ? [HERE, ...wanted.far] : hosts;
  const adapters = adaptersOf(command, values);
  for (const pattern of machinesIn(command, values))
    for (const name of namesFor(pattern).filter(one => !made.has(one.toLowerCase())))
      for (const host of own) {
        const vm = aVm(wanted, name, host);
        for (const adapter of adapters) vm.adapters.add(adapter);
        const place = placeIn(command, values);
        if (place !== null) vm.places.set(JSON.stringify(place), place);
      }
  const [type] = namesIn(values.get('SwitchType'));
  if (type !== undefined && switchesIn(command, values).length === 0) aSwitch(wanted, type, type);
  for (const name of switchesIn(command, values).filter(one => !made.has(one.toLowerCase())))
    for (const one of namesFor(name)) aSwitch(wanted, one, type);
};

/** What is merged is based on where it is merged to, and what gets a parent has that one already. */
const wantParent = (wanted: Wanted, command: string, values: Finding['values']): void => {
  const into = { 'Merge-VHD': 'DestinationPath', 'Set-VHD': 'ParentPath' }[command];
  if (into === undefined) return;
  for (const path of textsOf(values.get('Path'))) {
    const [parent = path.replace(/\.(?=[^.]*$)/, ' parent.')] = textsOf(values.get(into));
    wanted.disks.delete(path);
    wanted.disks.add(parent);
    wanted.children.set(path, parent);
  }
};

/** A drive that is asked for by its place is there. */
const placeIn = (command: string, values: Finding['values']): WantedPlace | null => {
  const [, noun] = /^(?:Get|Set|Remove)-VM(HardDisk|Dvd)Drive$/i.exec(command) ?? [];
  const [controller] = namesIn(values.get('ControllerType'));
  const isDvd = noun?.toLowerCase() === 'dvd';
  // In this era every DVD drive is on IDE, and the first disk where one would be on the first controller.
  const bus = isDvd && values.has('ControllerNumber') ? 'IDE' : controller?.toUpperCase();
  if (noun === undefined || (bus !== 'SCSI' && bus !== 'IDE')) return null;
  const number = numberIn(values.get('ControllerNumber'));
  const isAnywhere = isDvd && number === 0 && !values.has('ControllerLocation');
  const location = isAnywhere ? 1 : numberIn(values.get('ControllerLocation'));
  return {
    type: isDvd ? 'Dvd' : 'HardDisk',
    controller: bus,
    number,
    location,
  };
};

const numberIn = (value: Value | undefined): number => (typeof value === 'number' ? value : 0);

const machinesIn = (command: string, values: Finding['values']): readonly string[] => [
  ...textsOf(values.get('VMName')),
  ...(NAMES_MACHINES.test(command) ? textsOf(values.get('Name')) : []),
];

const switchesIn = (command: string, values: Finding['values']): readonly string[] => [
  ...textsOf(values.get('SwitchName')),
  ...(/-VMSwitch$/i.test(command) ? textsOf(values.get('Name')) : []),
];

const adaptersOf = (command: string, values: Finding['values']): readonly string[] => [
  ...textsOf(values.get('VMNetworkAdapterName')),
  ...(/-VMNetworkAdapter$/i.test(command) ? textsOf(values.get('Name')).flatMap(namesFor) : []),
];

/** Files are where a command looks for them; what it makes itself is not there before. */
const wantFile = (wanted: Wanted, parameter: string, text: string): void => {
  const [, drive] = /^([A-Za-z]):\\/.exec(text) ?? [];
  if (drive !== undefined) wanted.drives.add(drive.toUpperCase());
  if (/^(New|Destination)/.test(parameter)) return;
  if (/\.iso$/i.test(text)) wanted.images.add(text);
  if (/\.vhdx?$/i.test(text)) wanted.disks.add(text);
};

const wantPlace = (wanted: Wanted, { command, values }: Finding): void => {
  const place = placeIn(command, values);
  if (place === null || machinesIn(command, values).length > 0) return;
  for (const vm of wanted.vms.values()) vm.places.set(JSON.stringify(place), place);
};

/** A controller whose drives are asked for has one of them. */
const wantOnController = (wanted: Wanted, { command, values }: Finding, text: string): void => {
  const [, bus] = /^Get-VM(Ide|Scsi)Controller$/i.exec(command) ?? [];
  const [, noun] = /Controller.*\|\s*Get-VM(HardDisk|Dvd)Drive/i.exec(text) ?? [];
  if (bus === undefined || noun === undefined) return;
  const type = noun.toLowerCase() === 'dvd' ? 'Dvd' : 'HardDisk';
  const controller = bus.toLowerCase() === 'ide' ? 'IDE' : 'SCSI';
  const place = {
    type,
    controller,
    number: numberIn(values.get('ControllerNumber')),
    location: 1,
  } as const;
  for (const vm of wanted.vms.values()) vm.places.set(JSON.stringify(place), place);
};

const wantState = (wanted: Wanted, { command, values }: Finding): void => {
  const names = machinesIn(command, values).flatMap(namesFor);
  const touched = [...wanted.vms.values()].filter(
    ({ name }) => names.length === 0 || names.some(one => one.toLowerCase() === name.toLowerCase()),
  );
  const [, state] = BEFORE.find(([verb]) => verb.test(command)) ?? [];
  for (const vm of touched) {
    wantSnapshots(vm, command, values);
    if (state !== undefined) vm.state = state;
    if (/^Connect-VMNetworkAdapter$/i.test(command)) vm.connected = false;
    if (/^Set-VMDvdDrive$/i.test(command)) vm.media = textsOf(values.get('Path')).length === 0;
    if (/^Enable-VMIntegrationService$/i.test(command)) vm.withheld.add('*');
    vm.unlike.push(...unlike(values));
    const controllers = 1 + numberIn(values.get('ControllerNumber'));
    if (/^(Get|Remove)-VMScsiController$/i.test(command) && controllers > 1)
      vm.unlike.push({ scsiControllers: controllers });
  }
};

/** What a command of snapshots names is there, or one when it names none. */
const wantSnapshots = (vm: WantedVm, command: string, values: Finding['values']): void => {
  if (!/-VM(Snapshot|Checkpoint)$/i.test(command)) return;
  const names = textsOf(values.get('Name')).flatMap(namesFor);
  for (const name of names.length === 0 ? ['Base'] : names) vm.snapshots.add(name);
};

/** What a machine has before a command gives it these values. */
const unlike = (values: Finding['values']): readonly Partial<Values<'vm'>>[] => {
  const [order] = namesIn(values.get('StartupOrder'));
  const [start] = namesIn(values.get('AutomaticStartAction'));
  const [stop] = namesIn(values.get('AutomaticStopAction'));
  return [
    ...(order === undefined ? [] : [{ bootOrder: order === 'CD' ? LAST : FIRST }]),
    ...(start === undefined
      ? []
      : [
          { automaticStartAction: start === 'Nothing' ? ('Start' as const) : ('Nothing' as const) },
        ]),
    ...(stop === undefined
      ? []
      : [{ automaticStopAction: stop === 'Save' ? ('TurnOff' as const) : ('Save' as const) }]),
  ];
};

const FIRST = ['CD', 'IDE', 'LegacyNetworkAdapter', 'Floppy'];
const LAST = FIRST.toReversed();

/** A block that compares with a state has a machine in it, on every host. */
const oneIn = (wanted: Wanted, state: WantedState): void => {
  for (const host of wanted.hosts) {
    const machines = [...wanted.vms.values()].filter(vm => vm.host === host);
    const [first] = machines;
    if (first !== undefined && !machines.some(vm => vm.state === state)) first.state = state;
  }
};

const hostIn = (wanted: Wanted, name: string): readonly string[] => {
  const [short = ''] = name.split('.');
  if (/^(localhost|)$/i.test(short) || !COMPUTER.test(short)) return [];
  const known = [...wanted.hosts].find(one => one.toLowerCase() === short.toLowerCase()) ?? short;
  wanted.hosts.add(known);
  return [known];
};

const aVm = (wanted: Wanted, name: string, host: string): WantedVm => {
  const key = `${host}/${name}`.toLowerCase();
  const known = wanted.vms.get(key);
  if (known !== undefined) return known;
  const vm: WantedVm = {
    name,
    host,
    state: 'Off',
    adapters: new Set(),
    connected: true,
    withheld: new Set(),
    media: false,
    places: new Map(),
    snapshots: new Set(),
    unlike: [],
  };
  wanted.vms.set(key, vm);
  return vm;
};

const aSwitch = (wanted: Wanted, name: string, type = 'External'): void => {
  const known = [...wanted.switches.keys()].some(one => one.toLowerCase() === name.toLowerCase());
  if (known) return;
  const kind = (['Internal', 'Private'] as const).find(
    one => one.toLowerCase() === type.toLowerCase(),
  );
  wanted.switches.set(name, kind ?? 'External');
};

/** A pattern stands for two names that fit it. */
const namesFor = (pattern: string): readonly string[] => {
  if (!/[*?[]/.test(pattern)) return [pattern];
  if (pattern === '*') return ['VM1', 'VM2'];
  const plain = pattern.replaceAll(/\[([^\]])[^\]]*\]/g, '$1').replaceAll('?', 'A');
  return ['1', '2'].map(end => plain.replaceAll('*', end));
};

/** Also of enums, which are no texts. */
const namesIn = (value: Value | undefined): readonly string[] =>
  value === undefined || value === null ? [] : (itemsOf(value) ?? [value]).map(one => textOf(one));

/** The texts of a value; what is not known is no text. */
const textsOf = (value: Value | undefined): readonly string[] => {
  if (value === undefined || value === null) return [];
  return (itemsOf(value) ?? [value]).filter(
    (one): one is string => typeof one === 'string' && one !== '' && one !== 'text',
  );
};
