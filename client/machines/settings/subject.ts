import type { Seen } from '../../state/lab-store.ts';
import type { Key } from './draft.ts';

const MIB = 1024 ** 2;

/** A virtual machine with everything that its settings are about. */
export interface Subject {
  readonly vm: Seen<'vm'>;
  readonly host: Seen<'host'> | undefined;
  /** By controller and place. */
  readonly drives: readonly Seen<'disk-drive'>[];
  readonly disks: readonly Seen<'virtual-disk'>[];
  readonly adapters: readonly Seen<'network-adapter'>[];
  readonly services: readonly Seen<'integration-service'>[];
  readonly discs: readonly Seen<'library-image'>[];
  readonly switches: readonly Seen<'virtual-switch'>[];
}

type Read = (subject: Subject) => string;

/** The one that an operation on the DVD is about. */
export const dvdOf = ({ drives }: Subject): Seen<'disk-drive'> | undefined =>
  drives.find(({ type }) => type === 'Dvd');

const READ = {
  'boot-order': ({ vm }) => (vm.bootOrder ?? []).join(),
  memory: ({ vm }) => String((vm.memoryStartup ?? 0) / MIB),
  count: ({ vm }) => String(vm.processorCount ?? 1),
  reserve: ({ vm }) => String(vm.cpuReserve ?? 0),
  limit: ({ vm }) => String(vm.cpuLimit ?? 100),
  weight: ({ vm }) => String(vm.cpuWeight ?? 100),
  dvd: subject => subject.discs.find(({ path }) => path === dvdOf(subject)?.media)?.id ?? '',
  name: ({ vm }) => vm.name ?? '',
  notes: ({ vm }) => vm.notes ?? '',
  'start-action': ({ vm }) => vm.automaticStartAction ?? '',
  'start-delay': ({ vm }) => String(vm.automaticStartDelay ?? 0),
  'stop-action': ({ vm }) => vm.automaticStopAction ?? '',
} as const satisfies Readonly<Partial<Record<Key, Read>>>;

const isPlain = (key: Key): key is keyof typeof READ => Object.hasOwn(READ, key);

/** The record behind a setting that is about one of several; the machine itself for all others. */
export const recordBehind = (subject: Subject, key: Key) => {
  const id = key.slice(key.indexOf(':') + 1);
  if (key === 'dvd') return dvdOf(subject) ?? subject.vm;
  if (key.startsWith('switch:')) return subject.adapters.find(one => one.id === id) ?? subject.vm;
  if (key.startsWith('service:')) return subject.services.find(one => one.id === id) ?? subject.vm;
  return subject.vm;
};

/** What a field shows when nobody has edited it. */
export const valueOf = (subject: Subject, key: Key): string => {
  if (isPlain(key)) return READ[key](subject);
  const { adapters, services } = subject;
  return key.startsWith('switch:')
    ? (adapters.find(({ id }) => key === `switch:${id}`)?.virtualSwitch ?? '')
    : services.find(({ id }) => key === `service:${id}`)?.enabled
      ? 'on'
      : '';
};
