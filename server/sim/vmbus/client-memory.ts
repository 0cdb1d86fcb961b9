import type { Turn } from '../engine/turn.ts';
import type { Connection } from './bus-id.ts';
import { PAGE_SIZE } from './ring.ts';

/** Linux, drivers/hv/connection.c: the first GPADL handle. */
export const FIRST_GPADL = 0xe1e10;

/** Guest page from which the drivers' rings and buffers are taken, 32 MB: chosen. */
export const FIRST_FREE_PAGE = 0x2000;

/** Pages of the guest for a driver, contiguous; they are never given back while the guest runs. */
export function takePages(turn: Turn, connection: Connection, count: number): number {
  const { nextPage } = turn.must('vmbus-connection', connection.id);
  turn.patch('vmbus-connection', connection.id, { nextPage: nextPage + count });
  return nextPage;
}

/** The guest physical address of a page. */
export function addressOf(page: number): number {
  return page * PAGE_SIZE;
}
