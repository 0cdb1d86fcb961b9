import type { Id, VpId } from '../../protocol/id.ts';
import { kindOf } from '../../protocol/id.ts';
import { handler } from '../engine/handler.ts';
import type { Message } from '../engine/message.ts';
import { handOver } from './delivery.ts';
import { reportIntercept } from './exit.ts';
import type { TakeMessage } from './message-slot.ts';
import { takeFrom } from './message-slot.ts';
import type { TimerExpires } from './timer.ts';
import { deliver, expire, isTimers } from './timer.ts';

/** What comes due at a processor: its timers, and the routine of its SynIC that empties a slot. */
export const processorHandler = handler(
  'virtual-processor',
  (turn, vp, message: Message & (TakeMessage | TimerExpires)) => {
    if (message.type === 'TimerExpires') return expire(turn, vp, message);
    const source = takeFrom(turn, vp, message.sint);
    if (source === null) return;
    if (isTimers(source)) return deliver(turn, vp, source);
    if (kindOf(source) !== 'port') return reportIntercept(turn, vp, source as VpId);
    const port = turn.get('port', source as Id<'port'>);
    if (port !== undefined) handOver(turn, port, vp);
  },
);
