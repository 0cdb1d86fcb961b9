import { ticks } from '../../protocol/time.ts';
import type { VpId } from '../../protocol/id.ts';
import type { PortItem } from '../../protocol/record/hypervisor.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { handler } from '../engine/handler.ts';
import type { Turn } from '../engine/turn.ts';
import { EVENT_FLAG } from './duration.ts';
import { place, retake } from './message-slot.ts';
import { ANY_VP, vpId } from './partition-id.ts';
import { isSuspended, processorsOf } from './processors.ts';

// From the port to whoever waits behind it. A message waits in one of the port's buffers until it has
// been taken out of the slot of its SINT; a flag of an event port goes its own way. A suspended
// processor takes nothing, so its messages and flags wait until it runs again.

/** What a port says to itself: the next of its flags is looked at. */
export interface PortMessage {
  readonly type: 'Deliver';
  readonly [field: string]: string;
}

/**
 * What the owner of a port hears, at the record it named as receiver. `port` is the port's record id,
 * `bytes` the payload as hexadecimal text.
 */
export type FromPort =
  | {
      readonly type: 'Posted';
      readonly port: string;
      readonly messageType: number;
      readonly bytes: string;
    }
  | { readonly type: 'Signalled'; readonly port: string; readonly flag: number };

/** The processor whose SynIC takes what comes to the port; a port for any takes the first. */
export function targetOf(
  turn: Turn,
  port: RecordOf<'port'>,
): RecordOf<'virtual-processor'> | undefined {
  if (port.targetVp === ANY_VP) return processorsOf(turn, port.partition)[0];
  return turn.get('virtual-processor', vpId(port.partition, port.targetVp));
}

/** Puts an item at the port and sees to its delivery. */
export function enqueue(turn: Turn, port: RecordOf<'port'>, item: PortItem): void {
  turn.patch('port', port.id, { waiting: [...port.waiting, item] });
  const target = targetOf(turn, port);
  if (target === undefined) return;
  if (!('flag' in item)) place(turn, target, { sint: port.targetSint, source: port.id });
  else if (!isSuspended(target)) turn.send(port.id, { type: 'Deliver' }, EVENT_FLAG);
}

/** A processor runs again: what came to it meanwhile is delivered now. */
export function resumeDelivery(turn: Turn, vp: VpId): void {
  retake(turn, turn.must('virtual-processor', vp));
  const { partition } = turn.must('virtual-processor', vp);
  for (const port of turn.where('port', 'partition', partition)) {
    if (port.type !== 'Event' || targetOf(turn, port)?.id !== vp) continue;
    for (const _flag of port.waiting) turn.send(port.id, { type: 'Deliver' }, EVENT_FLAG);
  }
}

export const portHandler = handler<'port', PortMessage>('port', (turn, port) => {
  const target = targetOf(turn, port);
  const [item, ...rest] = port.waiting;
  if (item === undefined || !('flag' in item)) return;
  if (target === undefined || isSuspended(target)) return;
  turn.patch('port', port.id, { waiting: rest });
  // The guest turned its SynIC off meanwhile, by a reset: what was under way is lost.
  if (!target.synicEnabled || port.receiver === null) return;
  turn.count('port', port.id, 'messages');
  const message: FromPort = { type: 'Signalled', port: port.id, flag: item.flag };
  turn.send(port.receiver, message, ticks(0));
});

/** The port's oldest message, out of the slot and on to its receiver. */
export function handOver(
  turn: Turn,
  port: RecordOf<'port'>,
  target: RecordOf<'virtual-processor'>,
): void {
  const [item, ...rest] = port.waiting;
  if (item === undefined || 'flag' in item) return;
  turn.patch('port', port.id, { waiting: rest });
  if (!target.synicEnabled || port.receiver === null) return;
  turn.count('port', port.id, 'messages');
  const { messageType, bytes } = item;
  const message: FromPort = { type: 'Posted', port: port.id, messageType, bytes };
  turn.send(port.receiver, message, ticks(0));
}
