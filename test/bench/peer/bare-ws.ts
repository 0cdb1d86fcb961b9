import { createServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';

// The best bare ws loop: every frame built once, all of a tick joined, one write a socket. Who comes is
// told a state of so many bytes, made once for all. Nothing of ours.

interface Told {
  readonly tick: number;
  readonly count: number;
  readonly text: string;
}

const [bytes = '0'] = process.argv.slice(2);
const state = frame(JSON.stringify({ t: 'state', state: 'x'.repeat(Number(bytes)) }));
const http = createServer();
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const open = new Set<{ readonly write: (bytes: Buffer) => void }>();

http.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (ws: WebSocket) => {
    socket.write(state);
    const reader = { write: (bytes: Buffer) => void socket.write(bytes) };
    open.add(reader);
    ws.on('close', () => open.delete(reader));
  });
});

function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 0x1_0000 ? 4 : 10);
  head[0] = 0x81;
  if (head.length === 2) head[1] = length;
  else if (head.length === 4) head.writeUInt16BE(length, head.writeUInt8(126, 1));
  else head.writeBigUInt64BE(BigInt(length), head.writeUInt8(127, 1));
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
