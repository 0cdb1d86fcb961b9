import type { Counters, Seen } from '../state/lab-store.ts';

// What one host is made of at this moment, put together from its records. Nothing here knows a pixel.

export interface SceneMachine {
  readonly vm: Seen<'vm'>;
  readonly worker: Seen<'worker-process'> | undefined;
  readonly partition: Seen<'partition'> | undefined;
  readonly guest: Seen<'guest'> | undefined;
}

/** The chosen machine, which is drawn in full. */
export interface SceneFocus extends SceneMachine {
  readonly processors: readonly Seen<'virtual-processor'>[];
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
  readonly focus: SceneFocus | null;
  readonly processors: number;
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
}

const byVm = <T extends { readonly vm?: string | null }>(records: readonly T[]): Map<string, T> =>
  new Map(records.flatMap(record => (record.vm ? [[record.vm, record] as const] : [])));

export const sceneOf = (
  host: Seen<'host'>,
  chosen: Seen<'vm'> | null,
  records: SceneRecords,
): Scene => {
  const workers = byVm(records.workers);
  const partitions = byVm(records.partitions);
  const guests = byVm(records.guests);
  const machines = records.vms
    .filter(vm => vm.host === host.id)
    .toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'en', { numeric: true }))
    .map(vm => ({
      vm,
      worker: workers.get(vm.id),
      partition: partitions.get(vm.id),
      guest: guests.get(vm.id),
    }));
  const focus = machines.find(({ vm }) => vm.id === chosen?.id);
  const here = records.partitions.filter(partition => partition.host === host.id);
  return {
    host,
    machines,
    vmms: records.services.find(({ host: of, name }) => of === host.id && name === 'vmms'),
    root: here.find(({ type }) => type === 'root'),
    focus: focus === undefined ? null : focusOf(focus, records),
    processors: records.processors.filter(({ host: of }) => of === host.id).length,
    nics: records.nics.filter(({ host: of }) => of === host.id),
    volumes: records.volumes.filter(({ host: of }) => of === host.id),
  };
};

const focusOf = (machine: SceneMachine, records: SceneRecords): SceneFocus => {
  const mine = ({ vm }: { readonly vm?: string | null }): boolean => vm === machine.vm.id;
  return {
    ...machine,
    processors: records.processors.filter(mine),
    connection: records.connections.find(mine),
    system: machine.vm.guestOsName ?? imageName(machine.guest?.os ?? null, records),
    channels: records.channels.filter(mine).toSorted((a, b) => (a.relId ?? 0) - (b.relId ?? 0)),
  };
};

/** A guest says its name only once its services run; before, that of an image with the same system. */
const imageName = (os: string | null, { images }: SceneRecords): string | null =>
  os === null ? null : (images.find(image => image.os === os)?.osName ?? os);

/** Counters of the chosen machine's partition and channels: what moves too often to be a state. */
export type SceneCounters = ReadonlyMap<string, Counters>;

/** The records whose counters the drawing shows. */
export const countedIn = ({ focus }: Scene): readonly string[] =>
  focus === null
    ? []
    : [...(focus.partition ? [focus.partition.id] : []), ...focus.channels.map(({ id }) => id)];

/** Whether its guest does I/O through emulated devices: firmware, loaders, and systems without VSCs. */
export const isEmulating = ({ guest, vm }: SceneMachine): boolean => {
  if (!vm.partition || guest?.phase === undefined) return false;
  const early = ['Firmware', 'NoBootDevice', 'Loader'].includes(guest.phase);
  return early || (guest.enlightened === false && guest.phase !== 'PoweredOff');
};
