import { Worker } from 'node:worker_threads';
import { address } from './base/prng.ts';
import type { FromLab, Labs, ToLab } from './lab/port.ts';
import type { LabThreadData } from './lab-thread.ts';
import { createLabs } from './lab-thread.ts';

export interface LabThreads extends Labs {
  /** Resolves when every thread has committed and projected all it had. */
  close(): Promise<void>;
}

/** The labs of a server, spread over threads by their id; 0 threads runs them in this one. */
export async function startLabs(
  threads: number,
  data: LabThreadData,
  died: (error: Error) => void,
): Promise<LabThreads> {
  if (threads === 0) {
    const here = await createLabs(data);
    const { labs } = here;
    return {
      post: message => labs.post(message),
      receive: listener => labs.receive(listener),
      close: () => here.close(),
    };
  }
  const workers = Array.from({ length: threads }, () => new LabWorker(data, died));
  return {
    post(message) {
      if (message.t === 'close') for (const worker of workers) worker.post(message);
      else workers[address(message.lab) % threads]?.post(message);
    },
    receive(listener) {
      for (const worker of workers) worker.receive(listener);
    },
    async close() {
      await Promise.all(workers.map(worker => worker.close()));
    },
  };
}

class LabWorker {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #batch: ToLab[] = [];
  #closing = false;

  constructor(data: LabThreadData, died: (error: Error) => void) {
    this.#worker = new Worker(new URL('./lab-thread.ts', import.meta.url), { workerData: data });
    this.#ended = new Promise(resolve => {
      this.#worker.on('error', died);
      this.#worker.on('exit', code => {
        if (!this.#closing) died(new Error(`a lab thread ended with code ${code}`));
        resolve();
      });
    });
  }

  post(message: ToLab): void {
    this.#batch.push(message);
    if (this.#batch.length > 1) return;
    setImmediate(() => {
      const sent = this.#batch;
      this.#batch = [];
      this.#worker.postMessage(sent);
    });
  }

  receive(listener: (message: FromLab) => void): void {
    this.#worker.on('message', (messages: readonly FromLab[]) => {
      for (const message of messages) listener(message);
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.post({ t: 'close' });
    await this.#ended;
  }
}
