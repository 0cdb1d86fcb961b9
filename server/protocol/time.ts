import type { Brand } from '../base/brand.ts';
import { assert } from '../base/assert.ts';

/** Integer 100 ns ticks since the lab began: the hypervisor's reference time. Safe for 28 years. */
export type SimTime = Brand<number, 'SimTime'>;

/** A span of lab time in 100 ns ticks. */
export type Duration = Brand<number, 'Duration'>;

export const TICKS_PER_SECOND = 10_000_000;

export const LAB_START = 0 as SimTime;

export function ticks(count: number): Duration {
  if (!Number.isSafeInteger(count) || count < 0) assert(false, `not a span of ticks: ${count}`);
  return count as Duration;
}

export function microseconds(count: number): Duration {
  return ticks(Math.round(count * 10));
}

export function milliseconds(count: number): Duration {
  return ticks(Math.round(count * 10_000));
}

export function seconds(count: number): Duration {
  return ticks(Math.round(count * TICKS_PER_SECOND));
}

export function minutes(count: number): Duration {
  return seconds(count * 60);
}

/** Ticks between 1601-01-01 and 1970-01-01, so that calendar time becomes a FILETIME. */
const FILETIME_OF_UNIX_EPOCH = 116_444_736_000_000_000n;

/** The FILETIME (bigint, 100 ns since 1601) at `time` in a lab whose calendar began at `startUnixMs`. */
export function filetime(startUnixMs: number, time: SimTime): bigint {
  return FILETIME_OF_UNIX_EPOCH + BigInt(startUnixMs) * 10_000n + BigInt(time);
}
