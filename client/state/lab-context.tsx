import type { ReactNode } from 'react';
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { must } from '../../server/base/assert.ts';
import type { Fact, Trace } from '../../server/protocol/fact.ts';
import type { Id } from '../../server/protocol/id.ts';
import type { RecordKind } from '../../server/protocol/record/index.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import { type Counters, LabStore, type Seen } from './lab-store.ts';
import type { ListedConsole } from '../link/console-desk.ts';
import type { Connection, Link, Moment, Person } from '../link/port.ts';

interface OpenLab {
  readonly link: Link;
  readonly store: LabStore;
}

const LabContext = createContext<OpenLab | null>(null);

/** A connection that is open while somebody looks. */
class Visit {
  readonly #open: () => Link;
  #lab: OpenLab | null = null;

  constructor(open: () => Link) {
    this.#open = open;
  }

  readonly now = (): OpenLab | null => this.#lab;

  readonly begin = (opened: () => void): (() => void) => {
    const link = this.#open();
    this.#lab = { link, store: new LabStore(link) };
    opened();
    return () => {
      this.#lab = null;
      link.close();
    };
  };
}

/** Opens the lab's connection while it is on the screen. */
export const LabProvider = ({ open, children }: { open: () => Link; children: ReactNode }) => {
  const visit = useMemo(() => new Visit(open), [open]);
  const lab = useSyncExternalStore(visit.begin, visit.now);
  return lab && <LabContext value={lab}>{children}</LabContext>;
};

export const useLab = (): OpenLab =>
  must(useContext(LabContext), 'only used on the screen of a lab');

/** What `read` gives now and after every frame; it must give the same object for the same state. */
const useFromLab = <T,>(read: (lab: OpenLab) => T): T => {
  const lab = useLab();
  const { link } = lab;
  const subscribe = useCallback((listener: () => void) => link.listen(listener), [link]);
  return useSyncExternalStore(subscribe, () => read(lab));
};

export const useRecords = <K extends RecordKind>(kind: K): readonly Seen<K>[] =>
  useFromLab(({ store }) => store.records(kind));

/** The record of that id; undefined while it is not known or not there any more. */
export const useRecord = <K extends RecordKind>(
  id: Id<K> | null | undefined,
): Seen<K> | undefined =>
  useFromLab(({ store }) => (id ? store.record(id) : undefined)) as Seen<K> | undefined;

export const useFacts = (scope: Scope): readonly Fact[] =>
  useFromLab(({ store }) => store.facts(scope));

/** Counters of several records; the list is the same one from one drawing to the next. */
export const useGaugesOf = (ids: readonly string[]): ReadonlyMap<string, Counters> =>
  useFromLab(({ store }) => store.gaugesOf(ids));

export const useGauges = (id: string): Counters | undefined =>
  useFromLab(({ store }) => store.gauges(id));

export const useConnection = (): Connection => useFromLab(({ link }) => link.connection);

export const useMe = (): Link['me'] => useFromLab(({ link }) => link.me);

export const usePeople = (): readonly Person[] => useFromLab(({ link }) => link.people);

/** PowerShell consoles of the lab; null until they were told. */
export const useConsoleList = (): readonly ListedConsole[] | null =>
  useFromLab(({ link }) => (link.consoles.isListed ? link.consoles.list : null));

/** For whoever compares screens: the page says of itself when it last was as the server is. */
export const useInStep = (): void => {
  const inStep = useFromLab(({ link }) => link.inStep);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (inStep !== null) dataset['inStep'] = `${inStep.turn} ${inStep.hash}`;
  }, [inStep]);
};

export const useMoment = (): Moment | null => useFromLab(({ link }) => link.moment);

/** Whether the first picture of a scope is here. */
export const useArrived = (scope: Scope): boolean =>
  useFromLab(({ link }) => (link.scope(scope)?.turn ?? null) !== null);

/** Looks at a scope while the component is there. */
export const useWatch = (scope: Scope | null, gauges = false): void => {
  const { store } = useLab();
  useEffect(
    () => (scope === null ? undefined : store.watch(scope, { gauges })),
    [store, scope, gauges],
  );
};

const NO_TRACE: readonly Trace[] = [];

export interface TraceHeld {
  readonly entries: readonly Trace[];
  /** Entries that the sample left out while somebody looked. */
  readonly missed: number;
}

/** The sample of data packets of a machine, for as long as the component is there: it costs the server. */
export const useTrace = (scope: Scope): TraceHeld => {
  const { store } = useLab();
  useEffect(() => store.watch(scope, { trace: true }), [store, scope]);
  const entries = useFromLab(({ link }) => link.scope(scope)?.trace ?? NO_TRACE);
  const missed = useFromLab(({ link }) => link.scope(scope)?.traceMissed ?? 0);
  return useMemo(() => ({ entries, missed }), [entries, missed]);
};

/** One hundred nanoseconds of lab time, as far as it is known at this moment of this computer's clock. */
export const labNow = (moment: Moment | null): number => {
  if (moment === null) return 0;
  // Beats come once a second; a clock that hears none for longer does not know, and stands still.
  const since = Math.min(Math.max(0, performance.now() - moment.heardAt), 1_500);
  return moment.at + since * moment.speed * 10;
};

/** Lab time, looked at again every so many milliseconds while it runs. */
export const useLabTime = (everyMs = 1_000): number => {
  const moment = useMoment();
  const [, again] = useState(0);
  const runs = moment !== null && moment.speed > 0;
  useEffect(() => {
    if (!runs) return undefined;
    const timer = window.setInterval(() => again(count => count + 1), everyMs);
    return () => window.clearInterval(timer);
  }, [runs, everyMs]);
  return labNow(moment);
};

/** A table of records by id, made again when the kind changes. */
export const useById = <K extends RecordKind>(kind: K): ReadonlyMap<string, Seen<K>> => {
  const records = useRecords(kind);
  return useMemo(() => new Map(records.map(record => [record.id, record])), [records]);
};

/** The name of a host, virtual machine, service or process by its id; a machine that is no more has its last. */
export const useNameOf = (): ((id: string) => string | null) => {
  const gone = useFromLab(({ store }) => store.goneNames());
  const hosts = useById('host');
  const vms = useById('vm');
  const services = useById('service');
  const workers = useById('worker-process');
  return useCallback(
    id => {
      const worker = workers.get(id);
      const processName = worker && `vmwp.exe ${worker.pid ?? ''}`;
      return (
        hosts.get(id)?.name ??
        vms.get(id)?.name ??
        services.get(id)?.name ??
        processName ??
        gone.get(id) ??
        null
      );
    },
    [hosts, vms, services, workers, gone],
  );
};
