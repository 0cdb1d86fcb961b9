import { createServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';

// The best bare ws loop: every frame built once, all of a tick joined, one write a socket. Nothing of ours.

interface Told {
  readonly tick: number;
  readonly count: number;
  readonly text: string;
}

const http = createServer();
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const open = new Set<{ readonly write: (bytes: Buffer) => void }>();

http.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (ws: WebSocket) => {
    ws.send('{"t":"hello"}');
    const reader = { write: (bytes: Buffer) => void socket.write(bytes) };
    open.add(reader);
    ws.on('close', () => open.delete(reader));
  });
});

function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

process.on('message', ({ count, text }: Told) => {
  const frames: Buffer[] = [];
  for (let i = 0; i < count; i += 1) frames.push(frame(text));
  const joined = Buffer.concat(frames);
  for (const reader of open) reader.write(joined);
});

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
