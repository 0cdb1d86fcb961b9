import type { Worker } from 'node:worker_threads';
import { address } from './base/prng.ts';
import type { FromLab, Labs, ToLab } from './lab/port.ts';
import type { LabThreadData } from './lab-thread.ts';

export interface LabThreads extends Labs {
  /** Resolves when every thread has committed and projected all it had. */
  close(): Promise<void>;
}

/** The labs of a server, spread over threads by their id; without threads they run in this one. */
export async function startLabs(
  threads: readonly Worker[],
  data: LabThreadData,
  died: (error: Error) => void,
): Promise<LabThreads> {
  if (threads.length === 0) {
    // Only here: a server whose labs have threads need not load the simulation in this one.
    const { createLabs } = await import('./lab-thread.ts');
    const here = await createLabs(data);
    const { labs } = here;
    return {
      post: message => labs.post(message),
      receive: listener => labs.receive(listener),
      close: () => here.close(),
    };
  }
  const workers = threads.map(thread => new LabWorker(thread, data, died));
  return {
    post(message) {
      if (message.t === 'close') for (const worker of workers) worker.post(message);
      else workers[address(message.lab) % workers.length]?.post(message);
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

  constructor(thread: Worker, data: LabThreadData, died: (error: Error) => void) {
    this.#worker = thread;
    thread.postMessage(data);
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
