import { GUEST_SYSTEMS } from '../../protocol/lab-file.ts';
import type { GuestSystem as GuestSystemName } from '../../protocol/lab-file.ts';
import type { Duration } from '../../protocol/time.ts';
import { seconds } from '../../protocol/time.ts';
import { SETUP, SETUP_MSDOS } from './duration.ts';

// What there is to know of a guest operating system before it runs: whether it knows the
// hypervisor, what it calls itself, how long its phases take and how hard they work.

/** A phase on the way up, or down: how long it takes and thousandths of a processor it uses. */
interface Phase {
  readonly duration: Duration;
  readonly load: number;
}

export interface OperatingSystem {
  readonly name: string;
  /** "6.2.9200". */
  readonly version: string;
  /** HV_X64_MSR_GUEST_OS_ID, 16 hexadecimal digits; null never writes it. */
  readonly guestOsId: string | null;
  /** As GetNativeSystemInfo tells it: 0 x86, 9 x64. */
  readonly processorArchitecture: number;
  readonly servicePack: string | null;
  /** Integration components of the installation medium; null has none. */
  readonly components: string | null;
  readonly loader: Phase;
  readonly kernel: Phase;
  /** At least so long; it ends when the drivers of the boot devices are ready. */
  readonly drivers: Phase;
  /** First boot of a prepared image: setup's specialise pass. */
  readonly specialise: Phase;
  readonly services: Phase;
  /** Of `services`, when the integration services start. */
  readonly integrationServicesAfter: Duration;
  /** Asked of a processor when nobody does anything. */
  readonly idleLoad: number;
  /** Null cannot power itself off. */
  readonly shutDown: Phase | null;
  readonly setup: Duration;
  /** Bytes of the smallest disk it installs on, and bytes it writes there (chosen). */
  readonly minimumDisk: number;
  readonly installed: number;
  readonly readyScreen: string;
}

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

// The ids are 0x0001 (Microsoft), 04 (NT), version, service pack, build. Source: TLFS, guest OS id.
export const OPERATING_SYSTEMS: { readonly [key in GuestSystemName]: OperatingSystem } = {
  ws2012: {
    name: GUEST_SYSTEMS.ws2012,
    version: '6.2.9200',
    guestOsId: '00010406020023f0',
    processorArchitecture: 9,
    servicePack: null,
    components: '6.2.9200.16384',
    loader: { duration: seconds(3), load: 700 },
    kernel: { duration: seconds(4), load: 900 },
    drivers: { duration: seconds(3), load: 800 },
    specialise: { duration: seconds(4), load: 900 },
    services: { duration: seconds(14), load: 600 },
    integrationServicesAfter: seconds(11),
    idleLoad: 10,
    shutDown: { duration: seconds(6), load: 400 },
    setup: SETUP,
    // Microsoft: 32 GB is the least for Windows Server 2012.
    minimumDisk: 32 * GIB,
    installed: 8 * GIB,
    readyScreen: 'Press Ctrl+Alt+Delete to sign in.',
  },
  ws2008r2: {
    name: GUEST_SYSTEMS.ws2008r2,
    version: '6.1.7601',
    guestOsId: '0001040601011db1',
    processorArchitecture: 9,
    servicePack: 'Service Pack 1',
    components: '6.1.7601.17514',
    loader: { duration: seconds(4), load: 700 },
    kernel: { duration: seconds(6), load: 900 },
    drivers: { duration: seconds(5), load: 800 },
    specialise: { duration: seconds(6), load: 900 },
    services: { duration: seconds(18), load: 650 },
    integrationServicesAfter: seconds(14),
    idleLoad: 15,
    shutDown: { duration: seconds(9), load: 400 },
    setup: SETUP,
    minimumDisk: 32 * GIB,
    installed: 8 * GIB,
    readyScreen: 'Press CTRL + ALT + DELETE to log on',
  },
  msdos: {
    name: GUEST_SYSTEMS.msdos,
    version: '6.22',
    guestOsId: null,
    processorArchitecture: 0,
    servicePack: null,
    components: null,
    loader: { duration: seconds(1), load: 1000 },
    kernel: { duration: seconds(1), load: 1000 },
    drivers: { duration: seconds(0), load: 1000 },
    specialise: { duration: seconds(0), load: 1000 },
    services: { duration: seconds(0), load: 1000 },
    integrationServicesAfter: seconds(0),
    // COMMAND.COM waits for a key without ever halting its processor.
    idleLoad: 1000,
    shutDown: null,
    setup: SETUP_MSDOS,
    minimumDisk: 3 * MIB,
    installed: 6 * MIB,
    readyScreen: 'C:\\>_',
  },
};

export function isOperatingSystem(key: string): key is GuestSystemName {
  return Object.hasOwn(OPERATING_SYSTEMS, key);
}
