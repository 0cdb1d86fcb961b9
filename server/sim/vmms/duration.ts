import { milliseconds, minutes, seconds } from '../../protocol/time.ts';

// How long VMMS, the worker process and the management OS take. Nobody publishes these times: all
// are chosen, so that a start reaches heartbeat OK in 25 to 35 s and every step can be watched at 1x.

export const CHECK_CONFIGURATION = milliseconds(200);
export const START_WORKER = milliseconds(300);
export const CREATE_PARTITION = milliseconds(150);
export const ALLOCATE_BASE = milliseconds(100);
export const ALLOCATE_PER_GIB = milliseconds(50);
export const CREATE_DEVICES = milliseconds(250);
export const OPEN_STORAGE = milliseconds(300);
export const CONNECT_NETWORK = milliseconds(100);
export const CREATE_BUS = milliseconds(150);
export const POWER_ON = milliseconds(200);
export const RUN_PROCESSORS = milliseconds(100);

export const SUSPEND_PROCESSORS = milliseconds(50);
export const POWER_OFF_DEVICES = milliseconds(200);
export const CLOSE_BUS = milliseconds(100);
export const CLOSE_ATTACHMENTS = milliseconds(100);
export const TEAR_DOWN = milliseconds(150);
export const END_WORKER = milliseconds(100);
export const RESET_DEVICES = milliseconds(200);

export const WRITE_STATE = milliseconds(300);
export const READ_STATE = milliseconds(300);

/** Megabytes of memory written to or read from a file in a second: a disk of 2012. */
export const MEMORY_FILE_MEGABYTES_PER_SECOND = 200;

export const SEND_SHUTDOWN = milliseconds(100);

/** How long a guest may take to shut down before VMMS gives up. */
export const SHUTDOWN_PATIENCE = minutes(5);

export const SERVICE_START = seconds(2);
export const SERVICE_STOP = seconds(1);

/** How long a stopping VMMS waits for its jobs, and how often it looks. */
export const SERVICE_DRAIN = seconds(20);
export const SERVICE_DRAIN_LOOK = milliseconds(500);

export const HOST_POST = seconds(5);
export const HYPERVISOR_LAUNCH = seconds(1);
export const MANAGEMENT_OS_BOOT = seconds(10);
export const MANAGEMENT_OS_SERVICES = seconds(2);
export const MANAGEMENT_OS_STOP = seconds(5);

/** How long a host that shuts down waits for its virtual machines before it turns them off. */
export const HOST_PATIENCE = minutes(10);
