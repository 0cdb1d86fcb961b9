import { microseconds, milliseconds, seconds } from '../../protocol/time.ts';

// How long devices take at either end of a channel. Orders of magnitude: a signal costs 1 to 3 µs,
// a trip to the worker process and back 10 to 50 µs (recalled); each figure itself is chosen unless
// a source is named.

/** A kernel driver of the parent: storvsp.sys, vmswitch.sys. */
export const KERNEL_VSP = microseconds(15);

/** A device in the worker process: keyboard, mouse, video, integration services. */
export const WORKER_VSP = microseconds(40);

/** A kernel driver of the guest takes an answer and prepares its next request. */
export const KERNEL_VSC = microseconds(30);

/** A service of the guest is woken for a message. */
export const GUEST_SERVICE = microseconds(400);

/** The guest's storage stack makes a disk of a logical unit. */
export const ADD_DISK = milliseconds(4);

/** The guest's NDIS binds its protocols to a new adapter. */
export const BIND_ADAPTER = milliseconds(25);

/** The driver allocates and maps a large buffer. */
export const ALLOCATE_BUFFER = milliseconds(3);

/** The host's heartbeat: every 2 s. */
export const HEARTBEAT_PERIOD = seconds(2);

/** Heartbeats without an answer until contact is lost: "a few missed beats", chosen 3. */
export const HEARTBEATS_MISSED = 3;

/** A time sample every 5 s: openvmm, hyperv_ic/src/timesync.rs. */
export const TIME_SAMPLE_PERIOD = seconds(5);

/** A guest's memory status, every 1 s: Linux, drivers/hv/hv_balloon.c. */
export const MEMORY_STATUS_PERIOD = seconds(1);

/** A new device tells the guest that it is ready. */
export const TELL_GUEST = microseconds(20);

/** The integration services tell the worker process. */
export const TELL_WORKER = microseconds(30);
