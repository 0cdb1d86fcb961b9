import type { ChannelState } from '../../protocol/record/vmbus.ts';
import type { Turn } from '../engine/turn.ts';
import type { Channel } from './bus-id.ts';
import { gpadlsOf } from './bus-id.ts';
import type { ChannelTrigger } from './state.ts';
import { CHANNEL_TRANSITIONS, next } from './state.ts';
import { closeInterruptPath, closeSignalPath } from './synic-path.ts';

/**
 * Moves a channel by its table; undefined when the trigger is out of order and nothing happened.
 * A channel that is gone has no record any more.
 */
export function moveChannel(
  turn: Turn,
  channel: Channel,
  trigger: ChannelTrigger,
): ChannelState | 'Gone' | undefined {
  const to = next<ChannelState, ChannelTrigger>(CHANNEL_TRANSITIONS, channel.state, trigger);
  if (to === 'Gone') removeChannel(turn, channel);
  else if (to !== undefined) turn.patch('vmbus-channel', channel.id, { state: to });
  return to;
}

export function removeChannel(turn: Turn, channel: Channel): void {
  for (const gpadl of gpadlsOf(turn, channel.id)) turn.remove('gpadl', gpadl.id);
  closeInterruptPath(turn, channel);
  closeSignalPath(turn, channel);
  turn.remove('vmbus-channel', channel.id);
}
