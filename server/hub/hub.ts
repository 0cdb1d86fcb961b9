import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server as SocketServer } from 'ws';
import { WebSocketServer } from 'ws';
import { may } from '../course/authorisation.ts';
import type { Identity, Incoming, Revocation, Viewer } from '../course/port.ts';
import type { FromLab } from '../lab/port.ts';
import type { LabId } from '../protocol/id.ts';
import type { WireErrorKind } from '../protocol/wire/error.ts';
import { WIRE_ERRORS } from '../protocol/wire/error.ts';
import { hashOf, vocabulary } from '../protocol/wire/format.ts';
import { wireLimits } from '../protocol/wire/limit.ts';
import { Acquaintances } from './acquaintance.ts';
import { Connection } from './connection.ts';
import type { House } from './house.ts';
import { HubSocket } from './hub-socket.ts';
import { nextWindow, utilisationOfThisThread } from './load.ts';
import { registerFigures } from './metrics.ts';
import { Persons } from './person.ts';
import type { Hub, HubOptions } from './port.ts';
import type { Waiting } from './metrics.ts';
import { noFigures } from './port.ts';
import type { RoomAround } from './room.ts';
import { Room } from './room.ts';
import { Ticker } from './ticker.ts';
import { Gatekeeper, chooseSubprotocol } from './upgrade.ts';

const SWEEP_MS = 1_000;

const RECHECK_MS = 60_000;

/** Waiting this long for a peer's close frame is enough. */
const CLOSE_MS = 5_000;

/** Joins the sockets of a server to the labs. */
export function attachHub(options: HubOptions): Hub {
  const hub = new RunningHub(options);
  options.server.on('upgrade', (request, socket, head) => {
    void hub.upgrade(request, socket, head);
  });
  return hub;
}

class RunningHub implements Hub {
  readonly figures = noFigures();
  readonly #house: House;
  readonly #identity: Pick<Identity, 'identify'>;
  readonly #gatekeeper: Gatekeeper;
  readonly #persons: Persons;
  readonly #acquaintances = new Acquaintances(RECHECK_MS);
  readonly #connections = new Map<number, Connection>();
  readonly #rooms = new Map<LabId, Room>();
  readonly #sockets: SocketServer<typeof HubSocket>;
  readonly #sweep: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #lastId = 0;
  readonly #recheckMs: number;
  #recheckAt: number;
  #emptied: (() => void) | null = null;
  readonly #utilisation: () => number;
  /** When the load was last looked at, and how much had been delivered by then. */
  #load = { at: performance.now(), deliveries: 0 };

  constructor({ labs, identity, catalogue, revocations, edge, log, ...options }: HubOptions) {
    const limits = wireLimits(options.limits);
    const ticker = new Ticker();
    const { figures } = this;
    let lastWatcher = 0;
    const around: RoomAround = {
      ticker,
      figures,
      limits,
      post: message => labs.post(message),
      nextWatcher: () => (lastWatcher += 1),
    };
    this.#house = {
      limits,
      figures,
      log,
      ticker,
      catalogue,
      may: options.may ?? may,
      vocabulary: hashOf(vocabulary()),
      rooms: { get: lab => this.#room(lab, around), left: room => this.#left(room) },
    };
    this.#utilisation = options.utilisation ?? utilisationOfThisThread();
    this.#recheckMs = options.recheckMs ?? RECHECK_MS;
    this.#recheckAt = performance.now() + this.#recheckMs;
    this.#identity = identity;
    this.#gatekeeper = new Gatekeeper({ identity, edge, log, acquaintances: this.#acquaintances });
    this.#persons = new Persons(limits);
    this.#sockets = socketServer(limits.messageBytes);
    labs.receive(message => this.#fromLab(message));
    this.#stopListening = revocations.listen(revocation => this.#revoked(revocation));
    this.#sweep = setInterval(() => this.#sweepAll(), SWEEP_MS);
    this.#sweep.unref();
    if (options.metrics !== undefined) {
      registerFigures(options.metrics, figures, () => this.#waiting());
    }
  }

  // ---- coming ----

  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const gone = (): void => void socket.destroy();
    socket.on('error', gone);
    const admitted = await this.#gatekeeper.admit(request, socket);
    if (admitted === null) return;
    this.#sockets.handleUpgrade(request, socket, head, ws => {
      socket.off('error', gone);
      // What ws cannot read closes the socket by itself; what went wrong is in its close code.
      ws.on('error', () => undefined);
      const { viewer, incoming, isCurrent } = admitted;
      if (viewer === null) return ws.close(...closing('not-signed-in'));
      this.#open({ ws, socket, viewer, incoming, isCurrent });
    });
  }

  #open({ ws, socket, viewer, incoming, isCurrent }: Opening): void {
    const account = this.#persons.arrive(viewer.person, performance.now());
    if (account === null) return ws.close(...closing('too-many'));
    const id = (this.#lastId += 1);
    const connection = new Connection({ id, ws, socket, viewer, incoming, account }, this.#house);
    this.#connections.set(id, connection);
    this.figures.connections += 1;
    ws.on('close', () => {
      this.#connections.delete(id);
      this.#persons.leave(connection.viewer.person, performance.now());
      connection.gone();
      if (this.#connections.size === 0) this.#emptied?.();
    });
    if (!isCurrent) connection.goAway('version', 0, 'too-old');
    // The gate closed while the session was looked up.
    else if (!this.#gatekeeper.isOpen) connection.goAway('drain', 1_000, 'restart');
  }

  #room(lab: LabId, around: RoomAround): Room {
    let room = this.#rooms.get(lab);
    if (room === undefined) {
      room = new Room(lab, around);
      this.#rooms.set(lab, room);
    }
    return room;
  }

  #left(room: Room): void {
    if (room.members.size > 0) return;
    room.close();
    this.#rooms.delete(room.lab);
  }

  // ---- what happens elsewhere ----

  #fromLab(message: FromLab): void {
    // Answers to questions and numbers are for others.
    if (message.t === 'reply' || message.t === 'metrics') return;
    this.#rooms.get(message.lab)?.fromLab(message);
  }

  #revoked(revocation: Revocation): void {
    if (revocation.type === 'SessionEnded' || revocation.type === 'PersonRenamed') {
      this.#acquaintances.forget(revocation);
    }
    for (const connection of this.#connections.values()) {
      const { viewer, lab } = connection;
      switch (revocation.type) {
        case 'SessionEnded':
          if (viewer.session === revocation.session) connection.close('signed-out');
          break;
        case 'MembershipEnded':
          if (lab === revocation.lab && viewer.person === revocation.person) {
            connection.close('not-found');
          }
          break;
        case 'PersonRenamed':
          break;
        case 'LabArchived':
          if (lab === revocation.lab) connection.close('not-found');
          break;
      }
    }
  }

  #sweepAll(): void {
    const now = performance.now();
    this.#widenOrNarrow(now);
    for (const connection of this.#connections.values()) connection.sweep(now);
    this.#persons.forget(now);
    this.#acquaintances.sweep(now);
    if (now < this.#recheckAt) return;
    this.#recheckAt = now + this.#recheckMs;
    void this.#recheckAll();
  }

  /** More in each write when there is more to do than time. */
  #widenOrNarrow(now: number): void {
    const { deliveries } = this.figures;
    const seconds = (now - this.#load.at) / 1_000;
    const sharedPerSecond = (deliveries - this.#load.deliveries) / seconds;
    this.#load = { at: now, deliveries };
    const { ticker } = this.#house;
    ticker.windowMs = nextWindow(ticker.windowMs, {
      utilisation: this.#utilisation(),
      sharedPerSecond,
    });
  }

  /** One after the other: there is no hurry, and the database has other things to do. */
  async #recheckAll(): Promise<void> {
    for (const connection of this.#connections.values()) {
      try {
        await this.#recheck(connection);
      } catch (error) {
        this.#house.log.warn({ err: error }, 'a session could not be checked again');
        return;
      }
    }
  }

  async #recheck(connection: Connection): Promise<void> {
    const { lab } = connection;
    const { epoch } = this.#acquaintances;
    const viewer = await this.#identity.identify(connection.incoming);
    if (viewer?.person !== connection.viewer.person) {
      this.#acquaintances.forget({ session: connection.viewer.session });
      return connection.close('signed-out');
    }
    connection.viewer = viewer;
    this.#acquaintances.keep(connection.incoming, viewer, performance.now(), epoch);
    if (lab === null) return;
    const role = await this.#house.catalogue.roleIn(lab, viewer.person);
    if (role === null) connection.close('not-found');
    else if (role !== connection.role) connection.close('role-changed');
  }

  // ---- going ----

  async drain({ spreadMs = 2_000 }: { readonly spreadMs?: number } = {}): Promise<void> {
    this.#gatekeeper.isOpen = false;
    clearInterval(this.#sweep);
    this.#stopListening();
    if (this.#connections.size === 0) return;
    const emptied = new Promise<void>(resolve => {
      this.#emptied = resolve;
    });
    for (const connection of this.#connections.values()) {
      connection.goAway('drain', Math.round(Math.random() * spreadMs), 'restart');
    }
    await Promise.race([emptied, afterMs(CLOSE_MS)]);
    for (const ws of this.#sockets.clients) ws.terminate();
  }

  #waiting(): Waiting {
    let bytes = 0;
    for (const { outbox } of this.#connections.values()) bytes += outbox.queued;
    const { windowMs } = this.#house.ticker;
    return { connections: this.#connections.size, labs: this.#rooms.size, bytes, windowMs };
  }
}

interface Opening {
  readonly ws: HubSocket;
  readonly socket: Duplex;
  readonly viewer: Viewer;
  readonly incoming: Incoming;
  readonly isCurrent: boolean;
}

function socketServer(maxPayload: number): SocketServer<typeof HubSocket> {
  const options = {
    noServer: true,
    WebSocket: HubSocket,
    handleProtocols: chooseSubprotocol,
    // Frames are written behind ws's back; compression would let others overtake them.
    perMessageDeflate: false,
    maxPayload,
    // Newer than the types of ws.
    closeTimeout: CLOSE_MS,
  };
  return new WebSocketServer<typeof HubSocket>(options);
}

/** Before there is a connection, the code and its name are all there is to say. */
function closing(kind: WireErrorKind): [code: number, reason: string] {
  return [WIRE_ERRORS[kind].close ?? 1000, kind];
}

function afterMs(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms).unref();
  });
}
