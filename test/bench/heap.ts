import { WebSocket } from 'ws';
import type { BenchHouse } from './bench-house.ts';

interface Reply {
  readonly id: number;
  readonly result?: { readonly result?: { readonly value?: unknown } };
}

/**
 * What the main thread of the server keeps in memory, after a collection. Node opens its inspector
 * when it is sent SIGUSR1, so the server that is shipped need not know of being measured.
 */
export class Heap {
  readonly #socket: WebSocket;
  readonly #asked = new Map<number, (reply: Reply) => void>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const reply = JSON.parse(data.toString()) as Reply;
      this.#asked.get(reply.id)?.(reply);
      this.#asked.delete(reply.id);
    });
  }

  static async of(house: BenchHouse): Promise<Heap> {
    const socket = new WebSocket(await house.inspector());
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new Heap(socket);
  }

  /** Bytes of its heap and of what lies outside of it, buffers among them. */
  async bytes(): Promise<number> {
    // What was let go of by the first is let go of outside of the heap by the second.
    for (let i = 0; i < 2; i += 1) await this.#ask('HeapProfiler.collectGarbage', {});
    const expression =
      'JSON.stringify([process.memoryUsage().heapUsed, process.memoryUsage().external])';
    const { result } = await this.#ask('Runtime.evaluate', { expression, returnByValue: true });
    const [heap, external] = JSON.parse(String(result?.result?.value)) as [number, number];
    return heap + external;
  }

  close(): void {
    this.#socket.close();
  }

  #ask(method: string, params: object): Promise<Reply> {
    this.#last += 1;
    const id = this.#last;
    const replied = new Promise<Reply>(resolve => this.#asked.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    return replied;
  }
}
