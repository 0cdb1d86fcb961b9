import { groupBy } from '../state/group-by.ts';
import type { Counters, Seen } from '../state/lab-store.ts';

// What one host is made of at this moment, put together from its records. Nothing here knows a pixel.

export interface SceneMachine {
  readonly vm: Seen<'vm'>;
  readonly worker: Seen<'worker-process'> | undefined;
  readonly partition: Seen<'partition'> | undefined;
  readonly guest: Seen<'guest'> | undefined;
  /** By index. */
  readonly processors: readonly Seen<'virtual-processor'>[];
  /** By channel id; of machines that are not looked at closely nobody knows them. */
  readonly channels: readonly Seen<'vmbus-channel'>[];
  readonly connection: Seen<'vmbus-connection'> | undefined;
  /** What its guest is called, as far as anybody knows. */
  readonly system: string | null;
}

export interface Scene {
  readonly host: Seen<'host'>;
  readonly vmms: Seen<'service'> | undefined;
  readonly root: Seen<'partition'> | undefined;
  /** By name; the chosen one among them. */
  readonly machines: readonly SceneMachine[];
  readonly focus: SceneMachine | null;
  readonly processors: number;
  readonly logicalProcessors: readonly Seen<'logical-processor'>[];
  readonly nics: readonly Seen<'physical-nic'>[];
  readonly volumes: readonly Seen<'volume'>[];
}

export interface SceneRecords {
  readonly vms: readonly Seen<'vm'>[];
  readonly services: readonly Seen<'service'>[];
  readonly workers: readonly Seen<'worker-process'>[];
  readonly partitions: readonly Seen<'partition'>[];
  readonly guests: readonly Seen<'guest'>[];
  readonly processors: readonly Seen<'virtual-processor'>[];
  readonly channels: readonly Seen<'vmbus-channel'>[];
  readonly connections: readonly Seen<'vmbus-connection'>[];
  readonly images: readonly Seen<'library-image'>[];
  readonly nics: readonly Seen<'physical-nic'>[];
  readonly volumes: readonly Seen<'volume'>[];
  readonly logicalProcessors: readonly Seen<'logical-processor'>[];
}

const byVm = <T extends { readonly vm?: string | null }>(records: readonly T[]): Map<string, T> =>
  new Map(records.flatMap(record => (record.vm ? [[record.vm, record] as const] : [])));

const inOrder = new Intl.Collator('en', { numeric: true });

export const sceneOf = (
  host: Seen<'host'>,
  chosen: Seen<'vm'> | null,
  records: SceneRecords,
): Scene => {
  const workers = byVm(records.workers);
  const partitions = byVm(records.partitions);
  const guests = byVm(records.guests);
  const connections = byVm(records.connections);
  const processors = groupBy(records.processors, ({ vm }) => vm ?? '');
  const channels = groupBy(records.channels, ({ vm }) => vm ?? '');
  const machines = records.vms
    .filter(vm => vm.host === host.id)
    .toSorted((a, b) => inOrder.compare(a.name ?? '', b.name ?? ''))
    .map((vm): SceneMachine => {
      const guest = guests.get(vm.id);
      return {
        vm,
        guest,
        worker: workers.get(vm.id),
        partition: partitions.get(vm.id),
        connection: connections.get(vm.id),
        processors: (processors.get(vm.id) ?? []).toSorted(
          (a, b) => (a.index ?? 0) - (b.index ?? 0),
        ),
        channels: (channels.get(vm.id) ?? []).toSorted((a, b) => (a.relId ?? 0) - (b.relId ?? 0)),
        system: vm.guestOsName ?? imageName(guest?.os ?? null, records),
      };
    });
  const here = <T extends { readonly host?: string }>(all: readonly T[]): readonly T[] =>
    all.filter(record => record.host === host.id);
  return {
    host,
    machines,
    vmms: here(records.services).find(({ name }) => name === 'vmms'),
    root: here(records.partitions).find(({ type }) => type === 'root'),
    focus: machines.find(({ vm }) => vm.id === chosen?.id) ?? null,
    processors: here(records.processors).length,
    logicalProcessors: here(records.logicalProcessors).toSorted(
      (a, b) => (a.index ?? 0) - (b.index ?? 0),
    ),
    nics: here(records.nics),
    volumes: here(records.volumes),
  };
};

/** A guest says its name only once its services run; before, that of an image with the same system. */
const imageName = (os: string | null, { images }: SceneRecords): string | null =>
  os === null ? null : (images.find(image => image.os === os)?.osName ?? os);

/** Counters of records: what moves too often to be a state. */
export type SceneCounters = ReadonlyMap<string, Counters>;

/** Counters, and how much each grew in a second of lab time. */
export interface Readings {
  readonly counters: SceneCounters;
  readonly rates: SceneCounters;
}

export const NO_READINGS: Readings = { counters: new Map(), rates: new Map() };

/** The records whose counters the drawing shows. */
export const countedIn = ({ root, machines, focus, logicalProcessors }: Scene): readonly string[] =>
  [
    root,
    ...logicalProcessors,
    ...machines.flatMap(({ partition, worker, channels }) => [partition, worker, ...channels]),
    ...(focus?.processors ?? []),
  ].flatMap(record => (record === undefined ? [] : [record.id]));

const EARLY: ReadonlySet<string> = new Set(['Firmware', 'NoBootDevice', 'Loader']);

/**
 * Whether its guest does I/O through emulated devices: firmware, loaders, and systems without VSCs. Of a
 * machine that is not looked at closely it shows in that nobody hears its heart.
 */
export const isEmulating = ({ guest, vm }: Pick<SceneMachine, 'guest' | 'vm'>): boolean => {
  const phase = guest?.phase;
  if (!vm.partition || guest === undefined || phase === undefined) return false;
  if (EARLY.has(phase)) return true;
  if (guest.enlightened === undefined) return phase === 'Ready' && vm.heartbeat === 'NoContact';
  return !guest.enlightened && phase !== 'PoweredOff';
};

/** Whether its guest talks over a bus, or is offered one. */
export const hasBus = ({ connection, vm, partition }: SceneMachine): boolean =>
  partition !== undefined && (connection !== undefined || isHeard(vm));

const isHeard = ({ heartbeat }: Seen<'vm'>): boolean =>
  heartbeat !== undefined && heartbeat !== null && heartbeat !== 'NoContact';

export const INTERCEPTS = [
  'ioIntercepts',
  'memoryIntercepts',
  'cpuidIntercepts',
  'msrIntercepts',
] as const;

/** Sum of some columns over some records. */
export const total = (
  of: SceneCounters,
  ids: readonly (string | undefined)[],
  columns: readonly string[],
): number => {
  let sum = 0;
  for (const id of ids) {
    const found = id === undefined ? undefined : of.get(id);
    if (found !== undefined) for (const column of columns) sum += found[column] ?? 0;
  }
  return sum;
};
