import type { Duplex } from 'node:stream';

/**
 * How long a socket has had bytes waiting of which none left. Read once a second; what a write has
 * left of itself in the kernel's hands is only known to the handle, which Node's own socket timeout
 * asks too.
 */
export class Stuck {
  readonly #socket: Duplex;
  #waiting = 0;
  #inKernel = 0;
  #movedAt: number;

  constructor(socket: Duplex, now: number) {
    this.#socket = socket;
    this.#movedAt = now;
  }

  since(now: number): number {
    const waiting = this.#socket.writableLength;
    const inKernel = writeQueueSize(this.#socket);
    // Less than before, or another part of the same write: something left.
    const moved = waiting === 0 || waiting < this.#waiting || inKernel !== this.#inKernel;
    if (moved) this.#movedAt = now;
    this.#waiting = waiting;
    this.#inKernel = inKernel;
    return now - this.#movedAt;
  }
}

function writeQueueSize(socket: Duplex): number {
  const handle: unknown = Reflect.get(socket, '_handle');
  if (typeof handle !== 'object' || handle === null) return 0;
  const size: unknown = Reflect.get(handle, 'writeQueueSize');
  return typeof size === 'number' ? size : 0;
}
