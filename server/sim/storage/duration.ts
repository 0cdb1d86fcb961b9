import type { Duration } from '../../protocol/time.ts';
import { milliseconds, ticks, TICKS_PER_SECOND } from '../../protocol/time.ts';
import { MIB } from '../hardware/page.ts';

/** vhdmp opens a virtual hard disk and its parents (chosen). */
export const OPEN_DISK = milliseconds(40);

/** Making the file of a dynamic or differencing disk (chosen). */
export const CREATE_DISK = milliseconds(150);

/** Bytes a second of a host's volume (chosen). */
export const THROUGHPUT = 400 * MIB;

/** How long reading or writing that much takes. */
export function transferTime(bytes: number): Duration {
  return ticks(Math.ceil((bytes / THROUGHPUT) * TICKS_PER_SECOND));
}
