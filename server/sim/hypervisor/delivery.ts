import { ticks } from '../../protocol/time.ts';
import type { VpId } from '../../protocol/id.ts';
import type { PortItem } from '../../protocol/record/hypervisor.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { handler } from '../engine/handler.ts';
import type { Turn } from '../engine/turn.ts';
import { EVENT_FLAG, MESSAGE_SLOT } from './duration.ts';
import { ANY_VP, vpId } from './partition-id.ts';
import { isSuspended, processorsOf } from './processors.ts';

// From the port to whoever waits behind it. A message waits in a buffer until the slot of its SINT is
// free; a suspended processor takes nothing, so its messages and flags wait until it runs again.

/** What a port says to itself: the next item may go into its slot. */
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
  if (target !== undefined && !isSuspended(target)) schedule(turn, port, item);
}

/** Messages go one at a time through the slot; flags have a bit each and do not wait for one another. */
function schedule(turn: Turn, port: RecordOf<'port'>, item: PortItem): void {
  if ('flag' in item) {
    turn.send(port.id, { type: 'Deliver' }, EVENT_FLAG);
    return;
  }
  const free = Math.max(turn.now, turn.must('port', port.id).slotFreeAt) + MESSAGE_SLOT;
  turn.patch('port', port.id, { slotFreeAt: free });
  turn.send(port.id, { type: 'Deliver' }, ticks(free - turn.now));
}

/** A processor runs again: what came to it meanwhile is delivered now. */
export function resumeDelivery(turn: Turn, vp: VpId): void {
  const { partition } = turn.must('virtual-processor', vp);
  for (const port of turn.where('port', 'partition', partition)) {
    if (targetOf(turn, port)?.id !== vp) continue;
    for (const item of port.waiting) schedule(turn, port, item);
  }
}

export const portHandler = handler<'port', PortMessage>('port', (turn, port) => {
  const target = targetOf(turn, port);
  const [item, ...rest] = port.waiting;
  if (item === undefined || target === undefined || isSuspended(target)) return;
  turn.patch('port', port.id, { waiting: rest });
  // The guest turned its SynIC off meanwhile, by a reset: what was under way is lost.
  if (!target.synicEnabled || port.receiver === null) return;
  turn.count('port', port.id, 'messages');
  const message: FromPort =
    'flag' in item
      ? { type: 'Signalled', port: port.id, flag: item.flag }
      : { type: 'Posted', port: port.id, messageType: item.messageType, bytes: item.bytes };
  turn.send(port.receiver, message, ticks(0));
});
