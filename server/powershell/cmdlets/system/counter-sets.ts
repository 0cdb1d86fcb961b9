import type { RecordOf } from '../../../protocol/record/index.ts';
import type { ShellLab } from '../../engine/lab.ts';

// The performance counters whose values a lab really has. Names: those of Server 2012, recalled.

type Host = RecordOf<'host'>;

/** One counter of one instance, as it is now. */
export interface Reading {
  readonly instance: string;
  readonly value: number;
}

export interface CounterRow {
  readonly set: string;
  readonly counter: string;
  /** A total of which the counter shows how much more there is each second, by so many. */
  readonly rate: number | null;
  readonly read: (lab: ShellLab, host: Host) => readonly Reading[];
}

const MIB = 1_048_576;
const PAGE = 4_096;

/** A share of a second's 100 ns, in percent. */
const PERCENT_OF_TIME = 100_000;

const one = (value: number): readonly Reading[] => [{ instance: '', value }];

const withTotal = (readings: readonly Reading[]): readonly Reading[] => [
  ...readings,
  { instance: '_Total', value: readings.reduce((sum, { value }) => sum + value, 0) },
];

/** What the management OS has left. */
const available = ({ memory, memoryAssigned, memoryDeposited, memoryOverhead }: Host): number =>
  Math.max(0, memory - memoryAssigned - memoryDeposited - memoryOverhead);

const machineName = (lab: ShellLab, vm: RecordOf<'partition'>['vm']): string =>
  vm === null ? 'Root' : (lab.get('vm', vm)?.name ?? vm.slice(3));

const partitions = (
  value: (partition: RecordOf<'partition'>, lab: ShellLab) => number,
): CounterRow['read'] => {
  return (lab, host) =>
    withTotal(
      lab.by('partition', 'host', host.id).map(partition => ({
        instance: `${machineName(lab, partition.vm)}:hvpt`,
        value: value(partition, lab),
      })),
    );
};

/** Shares of a logical processor are in millionths. */
const WHOLE = 1_000_000;

/** Guest run time so far: what was added up, and what it has since. */
const guestTime: CounterRow['read'] = (lab, host) =>
  withTotal(
    lab
      .by('virtual-processor', 'host', host.id)
      .filter(({ vm }) => vm !== null)
      .map(({ vm, index, runTime, granted, loadSince }) => ({
        instance: `${machineName(lab, vm)}:Hv VP ${index}`,
        value: runTime + (granted / WHOLE) * (lab.now - loadSince),
      })),
  );

type Logical = RecordOf<'logical-processor'>;

const logical = (value: (processor: Logical, now: number) => number): CounterRow['read'] => {
  return (lab, host) =>
    withTotal(
      lab.by('logical-processor', 'host', host.id).map(processor => ({
        instance: `Hv LP ${processor.index}`,
        value: value(processor, lab.now),
      })),
    );
};

/** What the processors of guests have had of it, and of that the hypervisor's thousandth. */
const ofAll = ({ guestTime, load, loadSince }: Logical, now: number): number =>
  guestTime + (load / WHOLE) * (now - loadSince);

const ofHypervisor = ({ hypervisorTime, load, loadSince }: Logical, now: number): number =>
  hypervisorTime + ((load / WHOLE) * (now - loadSince)) / 1_000;

const ofGuests = (processor: Logical, now: number): number =>
  ofAll(processor, now) - ofHypervisor(processor, now);

const LP = 'Hyper-V Hypervisor Logical Processor';

const volumes = (value: (volume: RecordOf<'volume'>) => number): CounterRow['read'] => {
  return (lab, host) =>
    lab
      .by('volume', 'host', host.id)
      .map(volume => ({ instance: `${volume.letter}:`, value: value(volume) }));
};

const machines = (isCounted: (vm: RecordOf<'vm'>) => boolean): CounterRow['read'] => {
  return (lab, host) => one(lab.by('vm', 'host', host.id).filter(isCounted).length);
};

const row = (
  set: string,
  counter: string,
  read: CounterRow['read'],
  rate: number | null = null,
): CounterRow => ({ set, counter, read, rate });

const HV = 'Hyper-V Hypervisor';
const count = (
  kind: 'partition' | 'virtual-processor' | 'logical-processor',
): CounterRow['read'] => {
  return (lab, host) => one(lab.by(kind, 'host', host.id).length);
};

export const COUNTERS: readonly CounterRow[] = [
  row(HV, 'Logical Processors', count('logical-processor')),
  row(HV, 'Partitions', count('partition')),
  row(HV, 'Virtual Processors', count('virtual-processor')),
  row(LP, '% Guest Run Time', logical(ofGuests), PERCENT_OF_TIME),
  row(LP, '% Hypervisor Run Time', logical(ofHypervisor), PERCENT_OF_TIME),
  row(LP, '% Total Run Time', logical(ofAll), PERCENT_OF_TIME),
  row(
    LP,
    '% Idle Time',
    logical((processor, now) => now - ofAll(processor, now)),
    PERCENT_OF_TIME,
  ),
  row(
    LP,
    'Context Switches/sec',
    logical(processor => processor.contextSwitches),
    1,
  ),
  row(
    `${HV} Partition`,
    'Virtual Processors',
    partitions(({ id }, lab) => lab.by('virtual-processor', 'partition', id).length),
  ),
  row(
    `${HV} Partition`,
    'Deposited Pages',
    partitions(one => one.depositedPages),
  ),
  row(
    `${HV} Partition`,
    'GPA Pages',
    partitions(one => one.gpaPages),
  ),
  row(`${HV} Virtual Processor`, '% Guest Run Time', guestTime, PERCENT_OF_TIME),
  row(
    'Hyper-V Virtual Machine Health Summary',
    'Health Ok',
    machines(vm => vm.heartbeat !== 'Error'),
  ),
  row(
    'Hyper-V Virtual Machine Health Summary',
    'Health Critical',
    machines(vm => vm.heartbeat === 'Error'),
  ),
  row('Hyper-V VM Vid Partition', 'Physical Pages Allocated', (lab, host) =>
    lab
      .by('vm', 'host', host.id)
      .filter(({ partition }) => partition !== null)
      .map(({ name, memoryAssigned }) => ({ instance: name, value: memoryAssigned / PAGE })),
  ),
  row(
    'LogicalDisk',
    '% Free Space',
    volumes(({ free, capacity }) => (100 * free) / capacity),
  ),
  row(
    'LogicalDisk',
    'Free Megabytes',
    volumes(({ free }) => Math.floor(free / MIB)),
  ),
  row('Memory', 'Available Bytes', (_, host) => one(available(host))),
  row('Memory', 'Available KBytes', (_, host) => one(Math.floor(available(host) / 1_024))),
  row('Memory', 'Available MBytes', (_, host) => one(Math.floor(available(host) / MIB))),
];
