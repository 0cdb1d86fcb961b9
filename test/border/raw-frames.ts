import { connect, type Socket } from 'node:net';
import type { Down } from '../../server/protocol/wire/down.ts';
import { SUBPROTOCOL } from '../../server/protocol/wire/version.ts';

// A client that keeps no rule: it writes whatever bytes it is told, and reads what comes back.

export interface Frame {
  readonly opcode?: number;
  readonly isFinal?: boolean;
  /** The three bits nobody may set without an extension. */
  readonly reserved?: number;
  readonly isMasked?: boolean;
  readonly payload?: string | Buffer;
  /** What its header says of its length, whatever follows. */
  readonly claims?: bigint;
}

const TEXT = 1;
const CLOSE = 8;

/** One frame of RFC 6455, right or wrong. */
export function frame({ opcode = TEXT, isFinal = true, reserved = 0, ...rest }: Frame): Buffer {
  const { isMasked = true, payload = '' } = rest;
  const data = Buffer.from(payload);
  const first = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode;
  const length = rest.claims ?? BigInt(data.length);
  const mask = isMasked ? 0x80 : 0;
  const head =
    length < 126n
      ? Buffer.from([first, mask | Number(length)])
      : length < 0x1_0000n
        ? Buffer.from([first, mask | 126, Number(length >> 8n), Number(length & 0xffn)])
        : Buffer.concat([Buffer.from([first, mask | 127]), eightBytes(length)]);
  // A mask of zeros is a mask like any other.
  return Buffer.concat(isMasked ? [head, Buffer.alloc(4), data] : [head, data]);
}

export const text = (payload: string): Buffer => frame({ payload });

function eightBytes(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

export class RawFrames {
  readonly got: Down[] = [];
  /** The code of the close frame; 0 when the connection ended without one. */
  closed: number | null = null;
  readonly #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  #isOpen = false;
  #wake: () => void = () => undefined;

  constructor(port: number, cookie: string | null) {
    this.#socket = connect({ host: '127.0.0.1', port, noDelay: true });
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      this.closed ??= 0;
      this.#wake();
    });
    const lines = [
      'GET /ws HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      `Sec-WebSocket-Protocol: ${SUBPROTOCOL}`,
      ...(cookie === null ? [] : [`Cookie: ${cookie}`]),
    ];
    this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  }

  write(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  cut(): void {
    this.#socket.destroy();
  }

  /** Until something is so; false when the connection ended first, or nothing came for too long. */
  async until(isSo: () => boolean, milliseconds = 20_000): Promise<boolean> {
    const deadline = performance.now() + milliseconds;
    while (!isSo()) {
      const left = deadline - performance.now();
      if (this.closed !== null || left <= 0) return false;
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return true;
  }

  /** The code it is closed with. */
  async end(): Promise<number | null> {
    await this.until(() => this.closed !== null);
    this.cut();
    return this.closed;
  }

  #receive(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (!this.#isOpen) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0 || !bytes.toString('latin1', 0, 12).endsWith(' 101')) {
        this.#rest = bytes;
        return;
      }
      this.#isOpen = true;
      bytes = bytes.subarray(end + 4);
    }
    this.#rest = this.#frames(bytes);
    this.#wake();
  }

  #frames(bytes: Buffer): Buffer {
    let at = 0;
    while (at + 2 <= bytes.length) {
      const short = bytes[at + 1] as number;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (at + head > bytes.length) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? bytes.readUInt16BE(at + 2)
            : Number(bytes.readBigUInt64BE(at + 2));
      if (at + head + length > bytes.length) break;
      const payload = bytes.subarray(at + head, at + head + length);
      const opcode = (bytes[at] as number) & 0x0f;
      if (opcode === TEXT) this.got.push(JSON.parse(payload.toString()) as Down);
      if (opcode === CLOSE) this.closed ??= length < 2 ? 0 : payload.readUInt16BE(0);
      at += head + length;
    }
    return bytes.subarray(at);
  }
}
