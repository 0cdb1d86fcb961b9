import { createServer } from 'node:http';
import { Server } from 'socket.io';

// socket.io as its own pages say to use it, WebSocket alone, without compression. Who comes is told
// a state of so many bytes. Nothing of ours.

interface Told {
  readonly count: number;
  readonly text: string;
}

const [bytes = '0'] = process.argv.slice(2);
const state = 'x'.repeat(Number(bytes));
const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false });

io.on('connection', socket => {
  socket.emit('state', state);
});

process.on('message', ({ count, text }: Told) => {
  for (let i = 0; i < count; i += 1) io.emit('packet', text);
});

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
