import type { Turn } from '../engine/turn.ts';
import type { Connection } from './bus-id.ts';
import { channelOf } from './bus-id.ts';
import { RETRY_POST } from './duration.ts';
import { presenceOf } from './guest-presence.ts';
import { encodeMessage } from './encode.ts';
import { toHex } from './hex.ts';
import type { ClientMessage, ControlMessage, ServerMessage } from './message.ts';
import { CONTROL_MESSAGES } from './message.ts';
import { fieldsOf, summaryOf } from './summary.ts';
import type { Side } from './synic-path.ts';
import { postMessage } from './synic-path.ts';

/** The server to the client. Order is kept: what had to wait goes first. */
export function tellGuest(turn: Turn, connection: Connection, message: ServerMessage): void {
  post(turn, connection, 'guest', message);
}

/** The client to the server. */
export function tellHost(turn: Turn, connection: Connection, message: ClientMessage): void {
  post(turn, connection, 'host', message);
}

function post(turn: Turn, connection: Connection, to: Side, message: ControlMessage): void {
  const bytes = toHex(encodeMessage(message));
  tell(turn, connection, message, bytes);
  const { unposted } = turn.must('vmbus-connection', connection.id);
  const mayGo = unposted.every(each => each.to !== to);
  if (mayGo && postMessage(turn, connection, to, bytes) !== 'TryAgain') return;

  turn.patch('vmbus-connection', connection.id, {
    unposted: [...unposted, { to, bytes, cause: turn.cause }],
  });
  if (unposted.length === 0) turn.send(connection.id, { type: 'PostAgain' }, RETRY_POST);
}

/** The message's fact becomes the cause of its arrival, and of what its sender does next. */
function tell(turn: Turn, connection: Connection, message: ControlMessage, bytes: string): void {
  const { number, to } = CONTROL_MESSAGES[message.type];
  const channel =
    'channelId' in message
      ? turn.get('vmbus-channel', channelOf(connection.id, message.channelId))
      : undefined;
  turn.fact({
    kind: 'vmbus',
    from: to === 'guest' ? 'vmbusr' : 'vmbus',
    to: to === 'guest' ? 'vmbus' : 'vmbusr',
    host: connection.host,
    vm: connection.vm,
    summary: summaryOf(message, channel?.label ?? null),
    data: { message: message.type, number, fields: fieldsOf(message), bytes },
  });
  turn.count('vmbus-connection', connection.id, 'controlMessages');
}

/** Buffers may be free again: posts what waits, in order, as far as it goes. */
export function postAgain(turn: Turn, connection: Connection): void {
  const presence = presenceOf(turn, connection.id);
  const blocked = new Set<Side>();
  // A guest whose processors stand posts when they run again; one that is gone never does.
  if (presence === 'paused') blocked.add('host');
  const left = connection.unposted.filter(({ to, bytes, cause }) => {
    if (to === 'host' && presence === 'absent') return false;
    turn.cause = cause;
    if (!blocked.has(to) && postMessage(turn, connection, to, bytes) === 'TryAgain') {
      blocked.add(to);
    }
    return blocked.has(to);
  });
  turn.patch('vmbus-connection', connection.id, { unposted: left });
  const mayGo = left.some(({ to }) => to === 'guest' || presence !== 'paused');
  if (mayGo) turn.send(connection.id, { type: 'PostAgain' }, RETRY_POST);
}
