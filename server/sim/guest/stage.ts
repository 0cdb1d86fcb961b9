import type { GuestPhase } from '../../protocol/record/vm.ts';
import type { Duration } from '../../protocol/time.ts';
import { ticks } from '../../protocol/time.ts';
import { MEMORY_DUMP, POST, PRESS_ANY_KEY, SETUP_STEP_PERCENT, SOFT_OFF } from './duration.ts';
import type { OperatingSystem } from './operating-system.ts';
import type { AccessRow } from './accesses.ts';
import { SELF_TEST, kernelAccesses, loaderAccesses } from './accesses.ts';
import { crashScreen, loaderScreen, SCREEN } from './screen.ts';

// A guest is always at one stage of one phase: a row of this table says how long it lasts, how much
// of a processor it asks for, and what the console shows meanwhile.

export type Stage =
  | 'off'
  | 'post'
  | 'press-any-key'
  | 'no-boot-device'
  | 'setup'
  | 'setup-stuck'
  | 'loader'
  | 'kernel'
  | 'drivers'
  | 'specialise'
  | 'services'
  | 'integration-services'
  | 'ready'
  | 'shutting-down'
  | 'soft-off'
  | 'dump'
  | 'frozen';

interface StageRow {
  readonly phase: GuestPhase;
  /** Null waits for something other than time. */
  readonly duration: (os: OperatingSystem) => Duration | null;
  readonly load: (os: OperatingSystem) => number;
  /** Null leaves what is shown. */
  readonly screen: ((os: OperatingSystem) => string) | null;
  /** What the chain of facts says when it begins; null says nothing. */
  readonly tells: ((os: OperatingSystem) => string) | null;
  /** What it asks of emulated devices: each row many equal accesses, each access an intercept. */
  readonly accesses?: (os: OperatingSystem) => readonly AccessRow[];
}

const waits = (): null => null;
const busy = (): number => 1000;

export const STAGES: { readonly [S in Stage]: StageRow } = {
  off: {
    phase: 'PoweredOff',
    duration: waits,
    load: () => 0,
    screen: () => SCREEN.off,
    tells: null,
  },
  post: {
    phase: 'Firmware',
    duration: () => POST,
    load: busy,
    screen: () => SCREEN.post,
    tells: () => 'The BIOS runs its power-on self-test',
    accesses: () => SELF_TEST,
  },
  'press-any-key': {
    phase: 'Firmware',
    duration: () => PRESS_ANY_KEY,
    load: busy,
    screen: () => SCREEN.pressAnyKey,
    tells: () => 'The DVD asks for a key before it boots',
  },
  'no-boot-device': {
    phase: 'NoBootDevice',
    duration: waits,
    // The BIOS polls the keyboard.
    load: busy,
    screen: () => SCREEN.noBootDevice,
    tells: () => 'The BIOS found nothing to boot from',
  },
  setup: {
    phase: 'Setup',
    duration: os => ticks(Math.round((os.setup * SETUP_STEP_PERCENT) / 100)),
    load: () => 850,
    screen: null,
    tells: null,
  },
  'setup-stuck': {
    phase: 'Setup',
    duration: waits,
    load: () => 20,
    screen: null,
    tells: os => `Setup of ${os.name} found no disk it can install on`,
  },
  loader: {
    phase: 'Loader',
    duration: os => os.loader.duration,
    load: os => os.loader.load,
    screen: loaderScreen,
    tells: os => `${os.name} is loading from its disk, through the emulated IDE controller`,
    accesses: loaderAccesses,
  },
  kernel: {
    phase: 'Kernel',
    duration: os => os.kernel.duration,
    load: os => os.kernel.load,
    screen: loaderScreen,
    tells: os => `The kernel of ${os.name} starts`,
    accesses: kernelAccesses,
  },
  drivers: {
    phase: 'Drivers',
    duration: os => os.drivers.duration,
    load: os => os.drivers.load,
    screen: null,
    tells: () => 'Drivers are loading',
  },
  specialise: {
    phase: 'Setup',
    duration: os => os.specialise.duration,
    load: os => os.specialise.load,
    screen: () => SCREEN.gettingReady,
    tells: () => 'First boot of a prepared image: setup specialises it',
  },
  services: {
    phase: 'Services',
    duration: os => os.integrationServicesAfter,
    load: os => os.services.load,
    screen: () => SCREEN.starting,
    tells: () => 'Services are starting',
  },
  'integration-services': {
    phase: 'Services',
    duration: os => ticks(os.services.duration - os.integrationServicesAfter),
    load: os => os.services.load,
    screen: null,
    tells: null,
  },
  ready: {
    phase: 'Ready',
    duration: waits,
    load: os => os.idleLoad,
    screen: os => os.readyScreen,
    tells: os => `${os.name} is ready`,
  },
  'shutting-down': {
    phase: 'ShuttingDown',
    duration: os => os.shutDown?.duration ?? null,
    load: os => os.shutDown?.load ?? 0,
    screen: () => SCREEN.shuttingDown,
    tells: () => 'The system is shutting down',
  },
  'soft-off': {
    phase: 'ShuttingDown',
    duration: () => SOFT_OFF,
    load: () => 0,
    screen: () => SCREEN.off,
    tells: null,
  },
  dump: {
    phase: 'Crashed',
    duration: () => MEMORY_DUMP,
    load: busy,
    screen: crashScreen,
    tells: os => `${os.name} stopped with a bug check`,
  },
  frozen: {
    phase: 'Frozen',
    duration: waits,
    load: busy,
    screen: null,
    tells: os => `${os.name} hangs`,
  },
};
