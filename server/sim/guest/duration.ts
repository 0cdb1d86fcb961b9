import { milliseconds, minutes, seconds } from '../../protocol/time.ts';

// How long guests take. All chosen: quick for a real machine, so that nobody waits a lesson for a
// boot, and long enough to watch; Windows Server 2012 reaches heartbeat OK 25 to 35 s after a start.

/** Power-on self-test of the BIOS. */
export const POST = seconds(3);

/** "Press any key to boot from CD or DVD" waits this long for nobody. */
export const PRESS_ANY_KEY = seconds(5);

/** Installing from the DVD; Windows Server 2012 on one processor of the time. */
export const SETUP = minutes(8);
export const SETUP_MSDOS = minutes(2);

/** Setup tells of its progress in steps of so many percent. */
export const SETUP_STEP_PERCENT = 5;

/** A stop error writes its dump, then Windows restarts by itself. */
export const MEMORY_DUMP = seconds(10);

/** After the last service has stopped the system asks the chipset for S5. */
export const SOFT_OFF = milliseconds(200);
