import { WebSocket } from 'ws';
import type { Connect } from '../../client/link/wire.ts';

/** The socket of a program that has a session's cookie. */
export function wsWire(cookie: string): Connect {
  return (url, subprotocol, events) => {
    const socket = new WebSocket(url, subprotocol, {
      headers: { cookie },
      perMessageDeflate: false,
    });
    socket.on('open', () => events.opened());
    socket.on('message', (data: Buffer) => events.received(data.toString()));
    socket.on('close', (code, reason) => events.closed(code, reason.toString()));
    // A connection that is refused is closed as well, and that is what is told.
    socket.on('error', () => undefined);
    return {
      send(text) {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      // Nobody at the other end may be left to say goodbye to.
      close: () => socket.terminate(),
    };
  };
}
