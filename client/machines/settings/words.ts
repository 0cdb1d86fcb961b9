import type { Key } from './draft.ts';
import type { Subject } from './subject.ts';

// What settings and their values are called, in the tree, on the pages and in a conflict. The words are
// those of Hyper-V Manager of Server 2012, recalled and not checked against it.

export const BOOT_DEVICES: ReadonlyMap<string, string> = new Map([
  ['CD', 'CD'],
  ['IDE', 'IDE'],
  ['LegacyNetworkAdapter', 'Legacy Network adapter'],
  ['Floppy', 'Floppy'],
]);

export const START_ACTIONS = [
  ['Nothing', 'Nothing', 'None'],
  [
    'StartIfRunning',
    'Automatically start if it was running when the service stopped',
    'Restart if previously running',
  ],
  ['Start', 'Always start this virtual machine automatically', 'Always start'],
] as const satisfies readonly Choice[];

export const STOP_ACTIONS = [
  ['Save', 'Save the virtual machine state', 'Save'],
  ['TurnOff', 'Turn off the virtual machine', 'Turn Off'],
  ['ShutDown', 'Shut down the guest operating system', 'Shut Down'],
] as const satisfies readonly Choice[];

type Choice = readonly [value: string, choice: string, line: string];

export const lineOf = (choices: readonly Choice[], value: string): string =>
  choices.find(([is]) => is === value)?.[2] ?? '';

/** As the real window has them, in its order; Get-VMIntegrationService has other names. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['ic-shutdown', 'Operating system shutdown'],
  ['ic-timesync', 'Time synchronization'],
  ['ic-kvp', 'Data Exchange'],
  ['ic-heartbeat', 'Heartbeat'],
  ['ic-vss', 'Backup (volume snapshot)'],
]);

const ORDER = [...SERVICES.keys()];

export const servicesInOrder = (services: Subject['services']): Subject['services'] =>
  services.toSorted((a, b) => ORDER.indexOf(a.device ?? '') - ORDER.indexOf(b.device ?? ''));

export const serviceName = ({ device, name }: Subject['services'][number]): string =>
  SERVICES.get(device ?? '') ?? name ?? '';

const NAMES: Readonly<Partial<Record<Key, string>>> = {
  'boot-order': 'the startup order',
  memory: 'the startup RAM',
  count: 'the number of virtual processors',
  reserve: 'the virtual machine reserve',
  limit: 'the virtual machine limit',
  weight: 'the relative weight',
  dvd: 'the media of the DVD drive',
  name: 'the name',
  notes: 'the notes',
  'start-action': 'the automatic start action',
  'start-delay': 'the startup delay',
  'stop-action': 'the automatic stop action',
};

/** What a setting is called in a sentence. */
export const settingName = (subject: Subject, key: Key): string => {
  if (key.startsWith('switch:')) return 'the network connection';
  const service = subject.services.find(({ id }) => key === `service:${id}`);
  return service === undefined ? (NAMES[key] ?? 'this') : `the service “${serviceName(service)}”`;
};

/** What a value is called in a sentence: never an id, and nothing is never an empty place. */
export const valueName = (subject: Subject, key: Key, value: string): string => {
  if (key.startsWith('switch:'))
    return subject.switches.find(({ id }) => id === value)?.name ?? 'Not connected';
  if (key.startsWith('service:')) return value === 'on' ? 'offered' : 'not offered';
  switch (key) {
    case 'boot-order':
      return value
        .split(',')
        .map(device => BOOT_DEVICES.get(device) ?? device)
        .join(', ');
    case 'memory':
      return `${value} MB`;
    case 'reserve':
    case 'limit':
      return `${value} %`;
    case 'dvd':
      return subject.discs.find(({ id }) => id === value)?.name ?? 'None';
    case 'notes':
      return value === '' ? 'None' : `“${shortened(value)}”`;
    case 'start-action':
      return lineOf(START_ACTIONS, value);
    case 'start-delay':
      return `${value} ${value === '1' ? 'second' : 'seconds'}`;
    case 'stop-action':
      return lineOf(STOP_ACTIONS, value);
    default:
      return value;
  }
};

const LONG = 40;

const shortened = (text: string): string =>
  text.length <= LONG ? text : `${text.slice(0, LONG).trimEnd()}…`;
