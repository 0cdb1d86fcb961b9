import type { Seen } from '../../state/lab-store.ts';
import type { Key } from './draft.ts';
import { dvdOf, type Subject } from './subject.ts';
import { BOOT_DEVICES, lineOf, START_ACTIONS, STOP_ACTIONS } from './words.ts';

export type PageId =
  | 'add'
  | 'bios'
  | 'memory'
  | 'processor'
  | 'compatibility'
  | 'numa'
  | 'ide'
  | 'scsi'
  | 'disk'
  | 'dvd'
  | 'network'
  | 'acceleration'
  | 'features'
  | 'com'
  | 'diskette'
  | 'name'
  | 'services'
  | 'snapshots'
  | 'paging'
  | 'start'
  | 'stop';

/** A node of the tree on the left, and the page that it opens. */
export interface Node {
  /** Its name in the address. */
  readonly id: string;
  readonly page: PageId;
  readonly group: 'Hardware' | 'Management';
  readonly title: string;
  /** Under its title; some have none. */
  readonly line: string;
  readonly depth: 0 | 1 | 2;
  readonly keys: readonly Key[];
  /** Of several the one: a number, or a record. */
  readonly number: number;
  readonly of: string | null;
}

type Value = (key: Key) => string;

const node = (
  page: PageId,
  title: string,
  { id = page, line = '', depth = 0, keys = [], number = 0, of = null }: Partial<Node> = {},
): Node => ({ id, page, group: 'Hardware', title, line, depth, keys, number, of });

/** The nodes of Server 2012, in its order. `value` is what its field shows. */
export const nodesOf = (subject: Subject, value: Value): readonly Node[] => [
  node('add', 'Add Hardware'),
  node('bios', 'BIOS', {
    line: `Boot from ${BOOT_DEVICES.get(value('boot-order').split(',')[0] ?? '') ?? 'nothing'}`,
    keys: ['boot-order'],
  }),
  node('memory', 'Memory', { line: `${value('memory')} MB`, keys: ['memory'] }),
  node('processor', 'Processor', {
    line: `${value('count')} Virtual processor${value('count') === '1' ? '' : 's'}`,
    keys: ['count', 'reserve', 'limit', 'weight'],
  }),
  node('compatibility', 'Compatibility', { depth: 1 }),
  node('numa', 'NUMA', { depth: 1 }),
  ...controllers(subject, value),
  ...adapters(subject, value),
  node('com', 'COM 1', { id: 'com-1', line: 'None', number: 1 }),
  node('com', 'COM 2', { id: 'com-2', line: 'None', number: 2 }),
  node('diskette', 'Diskette Drive', { line: 'None' }),
  ...management(subject, value),
];

const controllers = (subject: Subject, value: Value): readonly Node[] => {
  const on = (bus: 'IDE' | 'SCSI', number: number): readonly Node[] =>
    subject.drives
      .filter(drive => drive.controller === bus && drive.controllerNumber === number)
      .map(drive => driveNode(drive, subject, value));
  return [
    ...[0, 1].flatMap(number => [
      node('ide', `IDE Controller ${number}`, { id: `ide-${number}`, number }),
      ...on('IDE', number),
    ]),
    ...Array.from({ length: subject.vm.scsiControllers ?? 1 }, (_, number) => [
      node('scsi', 'SCSI Controller', { id: `scsi-${number}`, number }),
      ...on('SCSI', number),
    ]).flat(),
  ];
};

const driveNode = (drive: Seen<'disk-drive'>, subject: Subject, value: Value): Node => {
  const at = `${drive.controller ?? ''}-${drive.controllerNumber ?? 0}-${drive.location ?? 0}`;
  if (drive.id !== dvdOf(subject)?.id)
    return node('disk', drive.type === 'Dvd' ? 'DVD Drive' : 'Hard Drive', {
      id: `disk-${at.toLowerCase()}`,
      line: fileName(
        drive.media ?? subject.disks.find(({ id }) => id === drive.disk)?.path ?? 'None',
      ),
      depth: 1,
      of: drive.id,
    });
  const line = subject.discs.find(({ id }) => id === value('dvd'))?.name ?? 'None';
  return node('dvd', 'DVD Drive', { line, depth: 1, keys: ['dvd'], of: drive.id });
};

const fileName = (path: string): string => path.split('\\').at(-1) ?? path;

const adapters = (subject: Subject, value: Value): readonly Node[] =>
  subject.adapters.flatMap(({ id, legacy }, index) => {
    const key: Key = `switch:${id}`;
    const more = index === 0 ? '' : `-${index + 1}`;
    const to = subject.switches.find(one => one.id === value(key));
    return [
      node('network', legacy ? 'Legacy Network Adapter' : 'Network Adapter', {
        id: `network${more}`,
        line: to?.name ?? 'Not connected',
        keys: [key],
        of: id,
      }),
      // A legacy adapter has nothing that could be offloaded.
      ...(legacy
        ? []
        : [
            node('acceleration', 'Hardware Acceleration', {
              id: `acceleration${more}`,
              depth: 1,
              of: id,
            }),
          ]),
      node('features', 'Advanced Features', { id: `features${more}`, depth: 1, of: id }),
    ];
  });

const management = (subject: Subject, value: Value): readonly Node[] => {
  const services: readonly Key[] = subject.services.map(({ id }) => `service:${id}` as const);
  const folder = subject.host?.virtualMachinePath ?? '';
  const all: readonly Node[] = [
    node('name', 'Name', { line: value('name'), keys: ['name', 'notes'] }),
    node('services', 'Integration Services', {
      line: services.every(key => value(key) === 'on')
        ? 'All services offered'
        : 'Some services offered',
      keys: services,
    }),
    node('snapshots', 'Snapshot File Location', { line: folder }),
    node('paging', 'Smart Paging File Location', { line: folder }),
    node('start', 'Automatic Start Action', {
      line: lineOf(START_ACTIONS, value('start-action')),
      keys: ['start-action', 'start-delay'],
    }),
    node('stop', 'Automatic Stop Action', {
      line: lineOf(STOP_ACTIONS, value('stop-action')),
      keys: ['stop-action'],
    }),
  ];
  return all.map(one => ({ ...one, group: 'Management' }));
};
