import type { GpadlState } from '../../protocol/record/vmbus.ts';
import { ticks } from '../../protocol/time.ts';
import type { Turn } from '../engine/turn.ts';
import type { Connection, GpadlRecord } from './bus-id.ts';
import { channelOf, gpadlOf } from './bus-id.ts';
import { MAP_GPADL, MAP_PAGE_TICKS, RELEASE_GPADL } from './duration.ts';
import type { Control } from './message.ts';
import { tellGuest } from './post.ts';
import type { GpadlTrigger } from './state.ts';
import { GPADL_TRANSITIONS, next } from './state.ts';
import { NT_STATUS } from './status.ts';

function move(
  turn: Turn,
  gpadl: GpadlRecord,
  trigger: GpadlTrigger,
): GpadlState | 'Gone' | undefined {
  const to = next<GpadlState, GpadlTrigger>(GPADL_TRANSITIONS, gpadl.state, trigger);
  if (to === 'Gone') turn.remove('gpadl', gpadl.id);
  else if (to !== undefined) turn.patch('gpadl', gpadl.id, { state: to });
  return to;
}

/**
 * The client's own note of a page list is the record; the server fills in what it has seen. A
 * header that no note goes with, or a second one, is dropped.
 */
export function receiveGpadlHeader(
  turn: Turn,
  connection: Connection,
  message: Control<'GpadlHeader'>,
): void {
  const gpadl = turn.get('gpadl', gpadlOf(connection.id, message.gpadlId));
  const channel = channelOf(connection.id, message.channelId);
  if (gpadl === undefined || gpadl.channel !== channel || gpadl.pagesSeen > 0) return;
  const pages = message.rangeBufferLength / 8 - message.rangeCount;
  if (message.rangeCount !== 1 || pages !== gpadl.pages) return refuse(turn, connection, gpadl);
  see(turn, connection, gpadl, message.values.length - 1);
}

/** A body for a page list that is unknown or complete gets no answer. */
export function receiveGpadlBody(
  turn: Turn,
  connection: Connection,
  message: Control<'GpadlBody'>,
): void {
  const gpadl = turn.get('gpadl', gpadlOf(connection.id, message.gpadlId));
  if (gpadl === undefined || gpadl.state !== 'InProgress' || gpadl.pagesSeen === 0) return;
  see(turn, connection, gpadl, message.values.length);
}

function see(turn: Turn, connection: Connection, gpadl: GpadlRecord, pages: number): void {
  const pagesSeen = gpadl.pagesSeen + pages;
  if (pagesSeen > gpadl.pages) return refuse(turn, connection, gpadl);
  turn.patch('gpadl', gpadl.id, { pagesSeen });
  if (pagesSeen < gpadl.pages) return;
  move(turn, gpadl, 'complete');
  const revoked = turn.must('vmbus-channel', gpadl.channel).state === 'Revoked';
  const mapping = revoked ? ticks(0) : ticks(MAP_GPADL + gpadl.pages * MAP_PAGE_TICKS);
  turn.send(connection.id, { type: 'GpadlMapped', gpadlId: gpadl.gpadlId }, mapping);
}

function refuse(turn: Turn, connection: Connection, gpadl: GpadlRecord): void {
  answer(turn, connection, gpadl, NT_STATUS.GPADL_FAILED);
  move(turn, gpadl, 'drop');
}

function answer(turn: Turn, connection: Connection, gpadl: GpadlRecord, status: number): void {
  const { relId } = turn.must('vmbus-channel', gpadl.channel);
  tellGuest(turn, connection, {
    type: 'GpadlCreated',
    channelId: relId,
    gpadlId: gpadl.gpadlId,
    status,
  });
}

export function finishMapping(turn: Turn, connection: Connection, gpadlId: number): void {
  const gpadl = turn.get('gpadl', gpadlOf(connection.id, gpadlId));
  if (gpadl === undefined) return;
  const to = move(turn, gpadl, 'accepted');
  if (to === undefined) return;
  answer(turn, connection, gpadl, NT_STATUS.SUCCESS);
  if (to === 'TearingDown') release(turn, connection, gpadl);
}

export function receiveGpadlTeardown(
  turn: Turn,
  connection: Connection,
  message: Control<'GpadlTeardown'>,
): void {
  const gpadl = turn.get('gpadl', gpadlOf(connection.id, message.gpadlId));
  if (gpadl === undefined) return;
  // It is not looked whether a ring still lies in these pages: closing first is the guest's duty.
  if (move(turn, gpadl, 'teardown') === 'TearingDown') release(turn, connection, gpadl);
}

function release(turn: Turn, connection: Connection, gpadl: GpadlRecord): void {
  const { state } = turn.must('vmbus-channel', gpadl.channel);
  const atOnce = state === 'Revoked' || state === 'Reoffered';
  turn.send(
    connection.id,
    { type: 'GpadlReleased', gpadlId: gpadl.gpadlId },
    atOnce ? ticks(0) : RELEASE_GPADL,
  );
}

export function finishRelease(turn: Turn, connection: Connection, gpadlId: number): void {
  const gpadl = turn.get('gpadl', gpadlOf(connection.id, gpadlId));
  if (gpadl === undefined || move(turn, gpadl, 'released') === undefined) return;
  tellGuest(turn, connection, { type: 'GpadlTorndown', gpadlId });
}
