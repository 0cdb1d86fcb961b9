import { microseconds } from '../../protocol/time.ts';

/** From VID's queue until the worker process's thread runs with the message (chosen). */
export const DISPATCH = microseconds(6);
