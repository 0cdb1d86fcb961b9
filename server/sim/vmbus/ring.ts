import { assert } from '../../base/assert.ts';

// openvmm vmbus_ring/src/lib.rs; Linux drivers/hv/ring_buffer.c.

export const PAGE_SIZE = 4096;

/** Full and empty would both look like in = out, so a writer never fills the last of these. */
const KEPT_FREE = 8;

export const FOOTER_SIZE = 8;

/** One direction: a control page with two byte indices, then whole pages of data. */
export interface Ring {
  readonly in: number;
  readonly out: number;
  /** Bytes of the data area. */
  readonly size: number;
}

/** A ring of so many pages, its control page included. */
export function ringSize(pages: number): number {
  assert(pages >= 2, 'a ring has a control page and data');
  return (pages - 1) * PAGE_SIZE;
}

export function used(ring: Ring): number {
  return (ring.in - ring.out + ring.size) % ring.size;
}

/** Whether a packet of `length` bytes, its footer included, finds room. */
export function hasRoom(ring: Ring, length: number): boolean {
  return length <= ring.size - used(ring) - KEPT_FREE && length < ring.size - KEPT_FREE;
}

export interface Written {
  readonly in: number;
  /** The reader sleeps only on an empty ring: one signal serves all writes until it has drained. */
  readonly signal: boolean;
}

export function write(ring: Ring, length: number): Written {
  assert(length % 8 === 0, 'packets are multiples of 8 bytes');
  assert(hasRoom(ring, length), 'the writer looked for room first');
  return { in: (ring.in + length) % ring.size, signal: ring.in === ring.out };
}

export function read(ring: Ring, length: number): number {
  assert(length <= used(ring), 'a reader stays behind the writer');
  return (ring.out + length) % ring.size;
}
