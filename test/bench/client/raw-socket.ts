import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

// A WebSocket client that does as little as can be done: the same one for every server, so that what
// differs between them is the servers.

export interface RawSocketOptions {
  readonly port: number;
  readonly path: string;
  readonly subprotocol: string | null;
  readonly cookie: string | null;
  readonly opened: () => void;
  readonly heard: (payload: Buffer) => void;
  /** The server let go of it; one that was cut here is not told of. */
  readonly closed: () => void;
}

const TEXT = 0x81;
const PING = 0x9;
const PONG = 0x8a;
const HEAD_END = Buffer.from('\r\n\r\n');

export class RawSocket {
  readonly #options: RawSocketOptions;
  readonly #socket: Socket;
  #isOpen = false;
  #isCut = false;
  /** What of a frame has come so far. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(options: RawSocketOptions) {
    this.#options = options;
    this.#socket = connect({ host: '127.0.0.1', port: options.port, noDelay: true });
    this.#socket.on('connect', () => this.#greet());
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      if (!this.#isCut) options.closed();
    });
  }

  send(text: string): void {
    this.#frame(TEXT, Buffer.from(text));
  }

  /** Several messages in one write. */
  sendTogether(texts: readonly string[]): void {
    this.#socket.cork();
    for (const text of texts) this.send(text);
    this.#socket.uncork();
  }

  /** Stops reading, and with that the window of the connection fills up. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Gone without a word, as by a cable that is pulled. */
  cut(): void {
    this.#isCut = true;
    this.#socket.destroy();
  }

  #greet(): void {
    const { path, port, subprotocol, cookie } = this.#options;
    const lines = [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      ...(subprotocol === null ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
      ...(cookie === null ? [] : [`Cookie: ${cookie}`]),
    ];
    this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  }

  #receive(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = this.#isOpen ? this.#frames(bytes, 0) : this.#head(bytes);
  }

  #head(bytes: Buffer): Buffer {
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) return bytes;
    const status = bytes.subarray(0, 12).toString();
    if (status !== 'HTTP/1.1 101') throw new Error(`refused: ${bytes.subarray(0, end).toString()}`);
    this.#isOpen = true;
    this.#options.opened();
    return this.#frames(bytes, end + HEAD_END.length);
  }

  /** Hands out every whole frame; gives back what is left. */
  #frames(bytes: Buffer, from: number): Buffer {
    let at = from;
    while (at + 2 <= bytes.length) {
      const short = (bytes[at + 1] as number) & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (at + head > bytes.length) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? bytes.readUInt16BE(at + 2)
            : bytes.readUInt32BE(at + 6);
      const end = at + head + length;
      if (end > bytes.length) break;
      const opcode = (bytes[at] as number) & 0x0f;
      const payload = bytes.subarray(at + head, end);
      if (opcode === PING) this.#frame(PONG, payload);
      else if (opcode === 1) this.#options.heard(payload);
      at = end;
    }
    return bytes.subarray(at);
  }

  /** Masked with zeros: a mask like any other, and nothing has to be computed. */
  #frame(first: number, payload: Buffer): void {
    const { length } = payload;
    const head = Buffer.alloc(length < 126 ? 6 : 8);
    head[0] = first;
    if (length < 126) head[1] = 0x80 | length;
    else {
      head[1] = 0x80 | 126;
      head.writeUInt16BE(length, 2);
    }
    this.#socket.write(Buffer.concat([head, payload]));
  }
}
