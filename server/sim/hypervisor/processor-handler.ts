import type { Id, VpId } from '../../protocol/id.ts';
import { kindOf } from '../../protocol/id.ts';
import { handler } from '../engine/handler.ts';
import type { Message } from '../engine/message.ts';
import { handOver } from './delivery.ts';
import { reportIntercept } from './exit.ts';
import type { TakeMessage } from './message-slot.ts';
import { takeFrom } from './message-slot.ts';

/** The interrupt routine of a processor's SynIC: it empties the slot that interrupted it. */
export const processorHandler = handler(
  'virtual-processor',
  (turn, vp, { sint }: Message & TakeMessage) => {
    const source = takeFrom(turn, vp, sint);
    if (source === null) return;
    if (kindOf(source) !== 'port') return reportIntercept(turn, vp, source as VpId);
    const port = turn.get('port', source as Id<'port'>);
    if (port !== undefined) handOver(turn, port, vp);
  },
);
