import { RawSocket } from './raw-socket.ts';

export interface CommanderOptions {
  readonly port: number;
  readonly path: string;
  readonly subprotocol: string | null;
  readonly cookie: string | null;
  /** Said first; a server that needs no greeting is told nothing. */
  readonly hello: object | null;
}

const READY = Buffer.from('{"t":"ready"');
const ANSWER = Buffer.from('{"t":"answer","id":"');
const REFUSED = Buffer.from('{"t":"error"');

let commanders = 0;

/** Somebody who sends commands and waits for their answers; it reads no more of them than their ids. */
export class Commander {
  readonly #socket: RawSocket;
  readonly #waiting = new Map<string, (done: boolean) => void>();
  readonly #ready: Promise<void>;
  readonly #name: string;
  #sent = 0;

  constructor({ hello, ...options }: CommanderOptions) {
    commanders += 1;
    this.#name = `bench-${process.pid}-${String(commanders).padStart(4, '0')}`;
    let isReady = (): void => undefined;
    this.#ready = new Promise(resolve => {
      isReady = resolve;
    });
    this.#socket = new RawSocket({
      ...options,
      opened: () => hello !== null && this.#socket.send(JSON.stringify(hello)),
      heard: payload => {
        if (isOf(payload, ANSWER)) return this.#answered(payload);
        if (isOf(payload, READY)) return isReady();
        if (isOf(payload, REFUSED)) throw new Error(`refused: ${payload.toString()}`);
      },
      closed: () => {
        throw new Error('the server closed a commander');
      },
    });
  }

  /** Resolves with this commander once the server takes its commands. */
  async ready(): Promise<this> {
    await this.#ready;
    return this;
  }

  /** Resolves when it is answered; false when it was answered with a refusal. */
  command(op: string, args: object): Promise<boolean> {
    this.#sent += 1;
    const id = `${this.#name}-${String(this.#sent).padStart(8, '0')}`;
    const answered = new Promise<boolean>(resolve => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ t: 'command', id, op, args }));
    return answered;
  }

  cut(): void {
    this.#socket.cut();
  }

  #answered(payload: Buffer): void {
    const from = ANSWER.length;
    const id = payload.toString('latin1', from, payload.indexOf(0x22, from));
    this.#waiting.get(id)?.(payload.includes('"ok":true'));
    this.#waiting.delete(id);
  }
}

function isOf(payload: Buffer, start: Buffer): boolean {
  return payload.subarray(0, start.length).equals(start);
}
