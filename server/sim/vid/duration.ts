import type { Duration } from '../../protocol/time.ts';
import { milliseconds, ticks } from '../../protocol/time.ts';
import { GIB } from '../hardware/page.ts';

/** Making and initializing a partition (chosen). */
export const CREATE_PARTITION = milliseconds(15);

/** Making one virtual processor (chosen). */
export const CREATE_PROCESSOR = milliseconds(1);

/** Zeroing and mapping a GB of memory, at some 8 GB a second (chosen). */
const MAP_GIB = milliseconds(120);

/** Taking a partition apart, beside its memory (chosen). */
export const TEARDOWN = milliseconds(30);

/** How long it takes to give a virtual machine its memory. */
export function mapMemoryTime(bytes: number): Duration {
  return ticks(Math.ceil((bytes / GIB) * MAP_GIB));
}
