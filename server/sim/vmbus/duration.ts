import { microseconds, milliseconds } from '../../protocol/time.ts';

// How long the bus takes, each step by itself. Signals and messages themselves take the
// hypervisor's time; what is here is the work at either end. Chosen unless a source is named.

/** The server hooks the client's monitor pages and picks the version. */
export const SET_UP_CONNECTION = microseconds(400);

/** Between two bursts of offers or page lists: the other side empties the port's buffers. */
export const BETWEEN_BURSTS = microseconds(150);

/** Messages of one burst; a port has 16 buffers, so a burst of half of them never waits. */
export const BURST = 8;

/** The server locks and maps the pages of a GPADL: a base and so much for each page. */
export const MAP_GPADL = microseconds(15);
export const MAP_PAGE_TICKS = 1;

/** The device lets go of the pages of a GPADL. */
export const RELEASE_GPADL = microseconds(30);

/** All channels closed, all page lists dropped. */
export const UNLOAD = milliseconds(1);

/** Linux, drivers/hv/connection.c, vmbus_post_msg: backs off from 1 ms when buffers are taken. */
export const RETRY_POST = milliseconds(1);

/** The guest's bus driver makes a device of an offer, or tells a driver of an answer. */
export const TELL_DRIVER = microseconds(20);

/** The server calls the VSP in the parent: opening, closing. */
export const TELL_DEVICE = microseconds(10);

/** How often the hypervisor looks at a trigger of the monitor page: the latency hint of a channel. */
export const MONITOR_LATENCY = microseconds(100);
