import type { Turn } from '../engine/turn.ts';
import { ticks } from '../../protocol/time.ts';
import type { Channel, Connection } from './bus-id.ts';

export type Side = 'host' | 'guest';

export type Posting = 'Posted' | 'TryAgain' | 'Lost';

export function openMessagePath(_turn: Turn, _connection: Connection): void {}
export function closeMessagePath(_turn: Turn, _connection: Connection): void {}
export function openSignalPath(_turn: Turn, _channel: Channel): void {}
export function closeSignalPath(_turn: Turn, _channel: Channel): void {}
export function openInterruptPath(_turn: Turn, _channel: Channel): void {}
export function closeInterruptPath(_turn: Turn, _channel: Channel): void {}

export function postMessage(turn: Turn, connection: Connection, _to: Side, bytes: string): Posting {
  turn.send(connection.id, { type: 'Posted', bytes }, ticks(250));
  return 'Posted';
}
