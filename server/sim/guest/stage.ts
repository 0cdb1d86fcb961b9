import type { GuestPhase } from '../../protocol/record/vm.ts';
import type { Duration } from '../../protocol/time.ts';
import { ticks } from '../../protocol/time.ts';
import { MEMORY_DUMP, POST, PRESS_ANY_KEY, SETUP_STEP_PERCENT, SOFT_OFF } from './duration.ts';
import type { OperatingSystem } from './operating-system.ts';
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
  /** Accesses to ports of emulated devices that it makes (chosen), each an intercept. */
  readonly ports?: PortAccesses;
}

export interface PortAccesses {
  readonly port: number;
  readonly times: number;
}

/** PCI configuration space, which the BIOS goes through. */
const PCI = 0xcf8;

/** Hyper-V's port for the BIOS's INT 13h: one write a request. */
const INT_13 = 0x1e0;

/** The task file of the primary IDE channel. */
const IDE = 0x1f0;

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
    ports: { port: PCI, times: 1200 },
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
    ports: { port: INT_13, times: 2600 },
  },
  kernel: {
    phase: 'Kernel',
    duration: os => os.kernel.duration,
    load: os => os.kernel.load,
    screen: loaderScreen,
    tells: os => `The kernel of ${os.name} starts`,
    ports: { port: IDE, times: 5200 },
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
