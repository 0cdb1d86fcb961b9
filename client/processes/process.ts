import { groupBy } from '../state/group-by.ts';
import type { Seen } from '../state/lab-store.ts';

/** A process of the management OS, as Task Manager's Details would list it. */
export interface Process {
  readonly key: string;
  readonly image: string;
  readonly pid: number;
  readonly host: string;
  readonly user: string;
  readonly state: string;
  readonly startedAt: number | null;
  /** Of a worker process. */
  readonly worker: Seen<'worker-process'> | null;
  readonly vm: Seen<'vm'> | undefined;
}

/** The id of a virtual machine is the GUID that names its worker's account. */
const accountOf = (vm: string): string =>
  `NT VIRTUAL MACHINE\\${vm
    .slice(vm.lastIndexOf('/') + 1)
    .replace(/^vm:/u, '')
    .toUpperCase()}`;

const ofService = (service: Seen<'service'>): Process[] =>
  (service.pid ?? null) === null
    ? []
    : [
        {
          key: service.id,
          image: `${service.name ?? 'service'}.exe`,
          pid: service.pid ?? 0,
          host: service.host ?? '',
          user: 'SYSTEM',
          state: service.state ?? '',
          startedAt: service.startedAt ?? null,
          worker: null,
          vm: undefined,
        },
      ];

/** Services first, then workers, by process id; of one host or of all. */
export const processesOf = (
  services: readonly Seen<'service'>[],
  workers: readonly Seen<'worker-process'>[],
  vms: ReadonlyMap<string, Seen<'vm'>>,
): readonly Process[] => {
  const all = [
    ...services.flatMap(ofService),
    ...workers.map(worker => ({
      key: worker.id,
      image: 'vmwp.exe',
      pid: worker.pid ?? 0,
      host: worker.host ?? '',
      user: accountOf(worker.vm ?? ''),
      state: worker.state ?? '',
      startedAt: worker.startedAt ?? null,
      worker,
      vm: vms.get(worker.vm ?? ''),
    })),
  ];
  return [...groupBy(all, ({ host }) => host).values()].flatMap(of =>
    of.toSorted((a, b) => Number(a.worker !== null) - Number(b.worker !== null) || a.pid - b.pid),
  );
};
