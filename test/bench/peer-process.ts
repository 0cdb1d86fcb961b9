import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cpuSeconds } from './cpu.ts';

/** A program of `peer/` in a process of its own: it says one thing when it is ready, or done. */
export class PeerProcess {
  readonly #child: ChildProcess;

  constructor(file: string, ...args: readonly string[]) {
    this.#child = fork(fileURLToPath(new URL(`./peer/${file}`, import.meta.url)), args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  /** The next thing it says. */
  async says<T>(): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#child.once('exit', code => reject(new Error(`a peer ended with ${code}`)));
      this.#child.once('message', message => resolve(message as T));
    });
  }

  /** Where it listens. */
  async port(): Promise<number> {
    return (await this.says<{ readonly port: number }>()).port;
  }

  tell(message: object): void {
    this.#child.send(message);
  }

  /** Processor time it has used, in seconds. */
  cpu(): number {
    return cpuSeconds(this.#child.pid ?? 0);
  }

  end(): void {
    this.#child.removeAllListeners('exit');
    this.#child.kill();
  }
}
