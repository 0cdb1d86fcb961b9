import type { Control } from './message.ts';
import { CONTROL_MESSAGES, MESSAGE_LIMIT } from './message.ts';
import { PAGE_SIZE } from './ring.ts';

const ENTRY = 8;

/** Values that fit a header, the first of them {byteCount, byteOffset}: 27. */
export const HEADER_VALUES = Math.floor(
  (MESSAGE_LIMIT - CONTROL_MESSAGES.GpadlHeader.layout.size) / ENTRY,
);

/** Values that fit a body: 28. */
export const BODY_VALUES = Math.floor(
  (MESSAGE_LIMIT - CONTROL_MESSAGES.GpadlBody.layout.size) / ENTRY,
);

/** A run of whole guest pages to be registered under one handle. */
export interface PageList {
  readonly channelId: number;
  readonly gpadlId: number;
  readonly firstPage: number;
  readonly pages: number;
}

function run(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

export function gpadlHeader(list: PageList): Control<'GpadlHeader'> {
  const here = Math.min(list.pages, HEADER_VALUES - 1);
  // {byteCount u32, byteOffset u32} read as one value; rings and buffers begin on a page.
  const range = list.pages * PAGE_SIZE;
  return {
    type: 'GpadlHeader',
    channelId: list.channelId,
    gpadlId: list.gpadlId,
    rangeBufferLength: ENTRY + ENTRY * list.pages,
    rangeCount: 1,
    values: [range, ...run(list.firstPage, here)],
  };
}

export function bodiesOf(pages: number): number {
  return Math.ceil(Math.max(0, pages - (HEADER_VALUES - 1)) / BODY_VALUES);
}

/** The n-th continuation, from 0. */
export function gpadlBody(list: PageList, n: number): Control<'GpadlBody'> {
  const from = HEADER_VALUES - 1 + n * BODY_VALUES;
  const here = Math.min(list.pages - from, BODY_VALUES);
  // Linux leaves the message number 0.
  return {
    type: 'GpadlBody',
    messageNumber: 0,
    gpadlId: list.gpadlId,
    values: run(list.firstPage + from, here),
  };
}
