import type { VmState } from '../../../server/protocol/record/vm.ts';
import { vmNameFault } from '../vm-name.ts';
import type { Key } from './draft.ts';

// When a setting can be changed, and to what.

export type Changeable =
  | 'bios'
  | 'memory'
  | 'processor'
  | 'processor count'
  | 'dvd'
  | 'drive'
  | 'scsi disk'
  | 'scsi controller'
  | 'network'
  | 'name'
  | 'services'
  | 'start'
  | 'stop';

/** Server 2012 takes these changes only in these states. A test compares them with the machine's own. */
export const CHANGEABLE: Readonly<Record<Changeable, readonly VmState[] | 'always'>> = {
  bios: ['Off'],
  memory: ['Off'],
  processor: ['Off', 'Running', 'Paused'],
  'processor count': ['Off'],
  dvd: ['Off', 'Running', 'Paused'],
  drive: ['Off'],
  'scsi disk': ['Off', 'Running'],
  'scsi controller': ['Off'],
  network: ['Off', 'Running', 'Paused', 'Saved'],
  name: 'always',
  services: ['Off', 'Running', 'Paused'],
  start: 'always',
  stop: ['Off'],
};

/** Why it cannot be changed now; null when it can. */
export const frozen = (what: Changeable, state: VmState): string | null => {
  const states = CHANGEABLE[what];
  if (states === 'always' || states.includes(state)) return null;
  return states.length === 1
    ? `This can be changed only while the virtual machine is off. It is ${state.toLowerCase()} now.`
    : `This cannot be changed while the virtual machine is ${state.toLowerCase()}.`;
};

const whole = (text: string, least: number, most: number): boolean =>
  /^\d{1,10}$/u.test(text.trim()) && Number(text) >= least && Number(text) <= most;

const RANGES: Partial<Record<Key, readonly [least: number, most: number, what: string]>> = {
  memory: [8, 1024 * 1024, 'the memory in MB'],
  count: [1, 64, 'the number of processors'],
  reserve: [0, 100, 'the reserve in percent'],
  limit: [0, 100, 'the limit in percent'],
  weight: [1, 10_000, 'the weight'],
  'start-delay': [0, 2_147_483_647, 'the delay in seconds'],
};

const MOST_NOTES = 1000;

/** What is wrong with a value, in a sentence. */
export const fieldFault = (key: Key, text: string): string | null => {
  if (key === 'name') return vmNameFault(text);
  if (key === 'notes')
    return text.length > MOST_NOTES ? `Notes have at most ${MOST_NOTES} characters.` : null;
  const range = RANGES[key];
  if (range === undefined) return null;
  const [least, most, what] = range;
  return whole(text, least, most) ? null : `Specify ${what}, from ${least} through ${most}.`;
};
