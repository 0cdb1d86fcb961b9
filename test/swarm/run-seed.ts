import type { PersonId } from '../../server/protocol/id.ts';
import type { FromLab, LabStore } from '../../server/lab/port.ts';
import { ClientModel } from './client-model.ts';
import { diceOf, pick } from './dice.ts';
import { SWARM_LAB } from './lab.ts';
import { MemoryDatabase } from './memory-store.ts';
import { nextCommand } from './operation.ts';
import { LAB, ServerModel } from './server-model.ts';
import { judge } from './truth.ts';

export interface SeedReport {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly inputs: number;
  readonly kills: number;
  readonly outages: number;
  readonly thefts: number;
  readonly answers: number;
  readonly facts: number;
  readonly beats: number;
  readonly turns: number;
}

const STEPS = 120;
const CLIENTS = 3;

interface Seat {
  readonly client: ClientModel;
  server: ServerModel;
  /** Will look again at what was refused. */
  looking: boolean;
}

/** One random life of a lab: learners, kills, outages, thieves, all by one seed. */
export class SeedRun {
  readonly #dice: () => number;
  readonly #database = new MemoryDatabase();
  readonly #seats: Seat[] = [];
  readonly #servers: ServerModel[] = [];
  readonly #wrap: (store: LabStore) => LabStore;
  readonly #log: string[] = [];
  #connections = 0;
  #watchers = 0;
  #commands = 0;
  #counts = { kills: 0, outages: 0, thefts: 0 };

  constructor(seed: number, wrap: (store: LabStore) => LabStore = store => store) {
    this.#dice = diceOf(seed);
    this.#wrap = wrap;
    this.#database.create(LAB, 'Swarm', JSON.stringify({ ...SWARM_LAB, seed: `swarm ${seed}` }));
  }

  get log(): readonly string[] {
    return this.#log;
  }

  /** `mend` undoes a sabotage before the truth is told: the judge must be honest. */
  async run(seed: number, mend: () => void = () => undefined): Promise<SeedReport> {
    const server = this.#start();
    for (let i = 0; i < CLIENTS; i += 1) {
      this.#seats.push({ client: new ClientModel(`learner ${i}`), server, looking: false });
    }
    for (const seat of this.#seats) this.#connect(seat, server);
    for (let step = 0; step < STEPS; step += 1) await this.#step();
    await this.#calm();
    mend();
    const clients = this.#seats.map(seat => seat.client);
    const durable = this.#database.labs.get(LAB);
    return {
      seed,
      violations: [...this.#differences(), ...judge(this.#database, clients)],
      inputs: durable?.inputs.length ?? 0,
      turns: durable?.head?.turn ?? 0,
      ...this.#counts,
      answers: clients.reduce((sum, client) => sum + client.answers.size, 0),
      facts: clients.reduce((sum, client) => sum + client.facts.size, 0),
      beats: clients.reduce((sum, client) => sum + client.beats, 0),
    };
  }

  /** Nobody touches the rows in a swarm: a lab that finds them changed has made a mistake itself. */
  #differences(): string[] {
    return this.#log.filter(line => /rows were changed|came to hash/u.test(line));
  }

  get #server(): ServerModel {
    return this.#servers.at(-1) as ServerModel;
  }

  #start(): ServerModel {
    const server: ServerModel = new ServerModel(
      {
        database: this.#database,
        dice: this.#dice,
        term: this.#servers.length + 1,
        wrap: this.#wrap,
        log: line => this.#log.push(line),
      },
      message => this.#receive(server, message),
    );
    this.#servers.push(server);
    return server;
  }

  #receive(server: ServerModel, message: FromLab): void {
    for (const seat of this.#seats) {
      if (seat.server !== server) continue;
      seat.client.receive(message);
      // As the hub does: whoever was looking looks again when the lab is back.
      if (message.t === 'ready') for (const seen of seat.client.idle()) this.#watch(seat, seen);
      else if (message.t === 'refuse' && message.connection === seat.client.connection) {
        if (!seat.looking) server.wall.after(100, () => this.#lookAgain(seat, server));
        seat.looking = true;
      }
    }
    // The server itself asks for a lab that stopped until it is back.
    if (message.t === 'stopped' && message.reason !== 'moved') {
      server.wall.after(200, () => server.post({ t: 'open', lab: LAB }));
    }
  }

  #lookAgain(seat: Seat, server: ServerModel): void {
    seat.looking = false;
    if (seat.server !== server) return;
    for (const scope of seat.client.idle()) this.#watch(seat, scope);
  }

  #connect(seat: Seat, server: ServerModel): void {
    const { client } = seat;
    seat.server = server;
    seat.looking = false;
    this.#connections += 1;
    client.reconnect(this.#connections);
    server.post({ t: 'open', lab: LAB });
    client.see('lab');
    for (const seen of client.scopes.values()) this.#watch(seat, seen.scope);
    for (const [command, { op, args }] of client.pending) this.#send(seat, command, op, args);
  }

  #watch({ client, server }: Seat, scope: 'lab' | `host:${string}` | `vm:${string}`): void {
    const seen = client.see(scope);
    this.#watchers += 1;
    seen.watcher = this.#watchers;
    const from = seen.turn < 0 ? null : { lineage: seen.lineage, turn: seen.turn };
    const { connection } = client;
    server.post({
      t: 'watch',
      lab: LAB,
      connection,
      watcher: seen.watcher,
      scope,
      audience: 'everyone',
      from,
      gauges: false,
      trace: false,
    });
  }

  #send({ client, server }: Seat, command: string, op: string, args: object): void {
    client.pending.set(command, { op, args });
    const person: PersonId = `person:${client.name.replaceAll(' ', '')}`;
    server.post({
      t: 'submit',
      lab: LAB,
      connection: client.connection,
      person,
      command,
      op,
      args: args as never,
    });
  }

  async #step(): Promise<void> {
    const dice = this.#dice;
    const at = dice() % 100;
    const seat = pick(dice, this.#seats);
    if (at < 60) this.#command(seat);
    else if (at < 70) this.#look(seat);
    else if (at < 74) this.#connect(seat, this.#server);
    else if (at < 78) this.#kill();
    else if (at < 80) await this.#ambush();
    else if (at < 84) this.#outage();
    else if (at < 86) this.#steal();
    else if (at < 90) for (const one of this.#seats) this.#again(one);
    await this.#pass(pick(dice, [1, 5, 20, 100, 400, 1_500]));
  }

  #command(seat: Seat): void {
    const command = nextCommand(seat.client, this.#dice);
    if (command === null) return;
    this.#commands += 1;
    this.#send(
      seat,
      `command-${String(this.#commands).padStart(8, '0')}`,
      command.op,
      command.args,
    );
  }

  /** Opens another view, by what is on the screen. */
  #look(seat: Seat): void {
    const ids = [...(seat.client.scopes.get('lab')?.records.keys() ?? [])].toSorted();
    const scopes = ids.filter(id => id.startsWith('host:') || id.startsWith('vm:'));
    if (scopes.length === 0) return;
    const scope = pick(this.#dice, scopes) as `host:${string}`;
    if (seat.client.scopes.get(scope)?.live !== true) this.#watch(seat, scope);
  }

  /** An impatient client sends what was not answered once more. */
  #again(seat: Seat): void {
    for (const [command, { op, args }] of seat.client.pending) this.#send(seat, command, op, args);
  }

  #kill(): void {
    this.#counts.kills += 1;
    const old = this.#server;
    old.kill();
    const server = this.#start();
    for (const seat of this.#seats) if (seat.server === old) this.#connect(seat, server);
  }

  /** Everybody does something and looks somewhere, and the server dies before any of it is committed. */
  async #ambush(): Promise<void> {
    for (const seat of this.#seats) {
      this.#command(seat);
      seat.client.scopes.delete('lab');
      this.#connect(seat, seat.server);
    }
    await this.#pass(this.#dice() % 4);
    this.#kill();
  }

  #outage(): void {
    this.#counts.outages += 1;
    const server = this.#server;
    server.outage = pick(this.#dice, ['before', 'after'] as const);
    server.wall.after(this.#dice() % 800, () => {
      server.outage = 'none';
    });
  }

  /** The server freezes, another one takes its labs, and then the frozen one wakes up. */
  #steal(): void {
    this.#counts.thefts += 1;
    const old = this.#server;
    old.frozen = true;
    const server = this.#start();
    // One learner stays with the frozen server, and must not be shown anything false by it.
    for (const seat of this.#seats.slice(1)) if (seat.server === old) this.#connect(seat, server);
    server.wall.after(this.#dice() % 1_000, () => {
      old.frozen = false;
    });
  }

  async #pass(milliseconds: number): Promise<void> {
    const slice = Math.min(milliseconds, 50);
    for (let passed = 0; passed < milliseconds; passed += slice) {
      for (const server of this.#servers.slice()) await server.pass(slice);
    }
  }

  /** Trouble ends: everyone comes back, everything is answered, the lab is put away. */
  async #calm(): Promise<void> {
    const server = this.#server;
    server.outage = 'none';
    for (const seat of this.#seats) this.#connect(seat, server);
    await this.#pass(8_000);
    for (const { client } of this.#seats) {
      if (client.pending.size > 0)
        client.violations.push(`${client.pending.size} commands were never answered`);
      if (client.scopes.get('lab')?.live !== true)
        client.violations.push('the lab never came back');
    }
    await server.close();
  }
}
