import { milliseconds, minutes, seconds } from '../../protocol/time.ts';

// How long VMMS and the management OS take. Nobody publishes these times: all are chosen, so that
// a start reaches heartbeat OK in 25 to 35 s and every step can be watched at 1x.

export const CHECK_CONFIGURATION = milliseconds(200);
export const START_WORKER = milliseconds(300);
export const POWER_ON = milliseconds(200);
export const RUN_PROCESSORS = milliseconds(100);
export const SUSPEND_PROCESSORS = milliseconds(50);
export const POWER_OFF_DEVICES = milliseconds(200);
export const END_WORKER = milliseconds(100);

export const SERVICE_START = seconds(2);
export const SERVICE_STOP = seconds(1);

/** How long a stopping VMMS waits for its jobs. */
export const SERVICE_DRAIN = seconds(20);

/** How long a guest may take to shut down before VMMS gives up. */
export const SHUTDOWN_LIMIT = minutes(5);
