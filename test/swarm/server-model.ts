import type { LabId } from '../../server/protocol/id.ts';
import { labFile } from '../../server/protocol/lab-file.ts';
import type { FromLab, ToLab } from '../../server/lab/port.ts';
import type { KeyframeForm } from '../../server/lab/keyframe-form.ts';
import { LabDirectory } from '../../server/lab/lab-directory.ts';
import type { Simulation } from '../../server/sim/engine/handler.ts';
import { SIMULATION, found } from '../../server/sim/simulation.ts';
import { HandWall } from './hand-wall.ts';
import type { MemoryDatabase, Weather } from './memory-store.ts';
import type { LabStore } from '../../server/lab/port.ts';

/** The real simulation and one operation that throws half way through its work. */
export const SWARM_SIMULATION: Simulation = {
  ...SIMULATION,
  operations: {
    ...SIMULATION.operations,
    'swarm.throw': turn => {
      turn.patch('clock', 'clock:lab', { labName: `half done ${turn.number}` });
      throw new Error('thrown on purpose');
    },
  },
};

export interface ServerOptions {
  readonly database: MemoryDatabase;
  readonly dice: () => number;
  readonly term: number;
  /** Lets a sabotage stand between a lab and its database. */
  readonly wrap: (store: LabStore) => LabStore;
  readonly log: (line: string) => void;
}

/** One server process of the swarm: it can be killed, frozen, cut off from its database. */
export class ServerModel {
  readonly wall = new HandWall();
  readonly #directory: LabDirectory;
  readonly #dice: () => number;
  alive = true;
  frozen = false;
  /** The database answers nothing: before a statement, or after it was done. */
  outage: 'none' | 'before' | 'after' = 'none';

  constructor(options: ServerOptions, receive: (message: FromLab) => void) {
    this.#dice = options.dice;
    const weather: Weather = {
      before: async () => {
        await this.#delay();
        if (this.outage === 'before') throw new Error('the database is away');
      },
      after: async () => {
        await this.#delay();
        if (this.outage === 'after') throw new Error('the answer was lost');
      },
    };
    this.#directory = new LabDirectory({
      store: options.wrap(options.database.connect(weather, options.term)),
      wall: this.wall,
      log: (level, message, data) => options.log(`${level} ${message} ${JSON.stringify(data)}`),
      blueprint: {
        simulation: SWARM_SIMULATION,
        found: (turn, file) => found(turn, labFile.parse(JSON.parse(file))),
        seedOf: file => labFile.parse(JSON.parse(file)).seed,
      },
      pack: form => Promise.resolve(new TextEncoder().encode(JSON.stringify(form))),
      unpack: bytes => Promise.resolve(JSON.parse(new TextDecoder().decode(bytes)) as KeyframeForm),
    });
    this.#directory.receive(message => {
      if (this.alive) receive(message);
    });
  }

  post(message: ToLab): void {
    if (this.alive) this.#directory.post(message);
  }

  async pass(milliseconds: number): Promise<void> {
    if (this.alive && !this.frozen) await this.wall.pass(milliseconds);
  }

  /** SIGKILL: nothing it had planned happens, nothing it would say is heard. */
  kill(): void {
    this.alive = false;
    this.wall.forget();
  }

  /** SIGTERM: everything is committed and projected first. */
  async close(): Promise<void> {
    let closed = false;
    void this.#directory.close().then(() => {
      closed = true;
    });
    for (let i = 0; i < 2_000 && !closed; i += 1) await this.wall.pass(5);
    this.alive = false;
  }

  #delay(): Promise<void> {
    return new Promise(resolve => void this.wall.after(this.#dice() % 6, resolve));
  }
}

export const LAB: LabId = 'lab:swarm-1';
