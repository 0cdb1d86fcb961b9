import type { Link } from './port.ts';
import { openLink } from './link.ts';
import type { Connect } from './wire.ts';

/** The socket of a browser; Node has the same one, without cookies. */
export const browserWire: Connect = (url, subprotocol, events) => {
  const socket = new WebSocket(url, subprotocol);
  socket.addEventListener('open', () => events.opened());
  socket.addEventListener('message', ({ data }) => events.received(String(data)));
  socket.addEventListener('close', ({ code, reason }) => events.closed(code, reason));
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
};

/** The link of a page to a lab of its own server; listeners are called at most once a frame. */
export function openPageLink(lab: string): Link {
  const url = new URL('/ws', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const connect = browserWire;
  return openLink({ url: url.href, lab, connect, schedule: onceAFrame, wakes: whenSeenAgain });
}

/** The page is looked at again, comes out of the cache of its browser, or has a network again. */
function whenSeenAgain(wake: () => void): () => void {
  const seen = (): void => {
    if (document.visibilityState === 'visible') wake();
  };
  document.addEventListener('visibilitychange', seen);
  addEventListener('pageshow', seen);
  addEventListener('online', wake);
  return () => {
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('pageshow', seen);
    removeEventListener('online', wake);
  };
}

/** A page in the background draws no frames, and its title and sounds want to know all the same. */
function onceAFrame(run: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(run);
  else setTimeout(run, 250);
}
