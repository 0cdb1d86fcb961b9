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
  return openLink({ url: url.href, lab, connect, schedule: paced(), wakes: whenSeenAgain });
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

/** Drawing takes a third of the time at most; the rest is for whoever types, clicks and scrolls. */
const REST = 3;
const LONGEST_MS = 500;
const FRAME_MS = 16;

/**
 * Once a frame, and less often where a frame costs more than that: a page on a slow computer draws what
 * is true at fewer moments, and is never behind.
 */
function paced(): (run: () => void) => void {
  let earliest = 0;
  const draw = (run: () => void): void => {
    const began = performance.now();
    run();
    // Behind the frame, so that its layout and painting are counted.
    setTimeout(() => {
      earliest = began + Math.min(LONGEST_MS, REST * (performance.now() - began));
    });
  };
  const soon = (run: () => void): void => {
    // A page in the background draws no frames, and its title and sounds want to know all the same.
    if (document.visibilityState !== 'visible') return void setTimeout(run, 250);
    const wait = earliest - performance.now();
    if (wait <= FRAME_MS) return void requestAnimationFrame(() => draw(run));
    return void setTimeout(() => soon(run), Math.ceil(wait - FRAME_MS));
  };
  return soon;
}
