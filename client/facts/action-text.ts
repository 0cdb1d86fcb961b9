import type { Fact } from '../../server/protocol/fact.ts';
import type { OperationName } from '../../server/protocol/operation/index.ts';

// What a person did, as a person says it. The fact itself names the operation and its arguments.

const PHRASES = {
  'vm.create': 'Create virtual machine',
  'vm.start': 'Start',
  'vm.pause': 'Pause',
  'vm.resume': 'Resume',
  'vm.save': 'Save',
  'vm.deleteSavedState': 'Delete the saved state of',
  'vm.reset': 'Reset',
  'vm.turnOff': 'Turn off',
  'vm.shutDown': 'Shut down',
  'vm.rename': 'Rename',
  'vm.delete': 'Delete',
  'vm.setMemory': 'Set the memory of',
  'vm.setProcessors': 'Set the processors of',
  'vm.configure': 'Change the settings of',
  'vm.setDvd': 'Change the DVD of',
  'vm.addDrive': 'Add a drive to',
  'vm.setDrive': 'Change a drive of',
  'vm.removeDrive': 'Remove a drive of',
  'vm.addScsiController': 'Add a SCSI controller to',
  'vm.removeScsiController': 'Remove a SCSI controller of',
  'vm.connectNetworkAdapter': 'Connect the network adapter of',
  'vm.setIntegrationService': 'Switch an integration service of',
  'guest.crash': 'Crash the guest of',
  'guest.shutDown': 'Shut down, from inside,',
  'host.start': 'Start host',
  'host.shutDown': 'Shut down host',
  'host.powerOff': 'Cut the power of host',
  'service.stop': 'Stop service',
  'service.start': 'Start service',
  'process.end': 'End process',
  'vm.takeSnapshot': 'Take a snapshot of',
  'vm.applySnapshot': 'Apply a snapshot to',
  'vm.deleteSnapshot': 'Delete a snapshot of',
  'vm.renameSnapshot': 'Rename a snapshot of',
  'disk.create': 'Create the virtual hard disk',
  'disk.resize': 'Resize the virtual hard disk',
  'disk.convert': 'Convert the virtual hard disk',
  'disk.merge': 'Merge the virtual hard disk',
  'disk.compact': 'Compact the virtual hard disk',
  'disk.setParent': 'Set the parent of the virtual hard disk',
  'file.write': 'Write the file',
  'file.makeFolder': 'Make the folder',
  'file.move': 'Move',
  'file.remove': 'Remove',
  'clock.pause': 'Pause the lab',
  'clock.resume': 'Let the lab run',
  'clock.speed': 'Set the speed of the lab',
  'clock.step': 'Step the lab',
} as const satisfies Readonly<Record<OperationName, string>>;

/** What the lab does by itself. */
const OF_THE_LAB: ReadonlyMap<unknown, string> = new Map([
  ['clock.sleep', 'The lab sleeps: nobody is here'],
  ['clock.wake', 'The lab wakes: somebody came'],
]);

const PHRASE_OF: ReadonlyMap<string, string> = new Map(Object.entries(PHRASES));

/** The thing an operation is about: its arguments name it by id, or by name when it is new. */
const subjectOf = (args: unknown, nameOf: (id: string) => string | null): string => {
  if (typeof args !== 'object' || args === null) return '';
  for (const key of ['name', 'path', 'vm', 'service', 'process', 'host']) {
    const value: unknown = Reflect.get(args, key);
    if (typeof value !== 'string') continue;
    if (key === 'name' || key === 'path') return value;
    return nameOf(value) ?? value.slice(value.indexOf(':') + 1);
  }
  return '';
};

/** `Start SQL01`, of a fact of the kind `action`. */
export const actionText = (
  { data, summary }: Fact,
  nameOf: (id: string) => string | null,
): string => {
  const phrase = typeof data['op'] === 'string' ? PHRASE_OF.get(data['op']) : undefined;
  if (phrase === undefined) return OF_THE_LAB.get(summary) ?? summary;
  return `${phrase} ${subjectOf(data['args'], nameOf)}`.trim();
};

/** The person behind an action; null when the lab itself acted. */
export const actorOf = ({ data }: Fact): string | null =>
  typeof data['person'] === 'string' ? data['person'] : null;

/** The error of a refusal; null for every other fact. */
export const refusalOf = ({ kind, data, summary }: Fact): string | null =>
  kind === 'action' && typeof data['refused'] === 'string'
    ? summary.slice(summary.indexOf('refused: ') + 'refused: '.length)
    : null;

/** The virtual machine or host that an action is about. */
export const objectOf = ({ data }: Fact, kind: 'vm' | 'host'): string | null => {
  const { args } = data;
  if (typeof args !== 'object' || args === null) return null;
  const value: unknown = Reflect.get(args, kind);
  return typeof value === 'string' ? value : null;
};
