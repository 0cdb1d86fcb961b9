import type { Duplex } from 'node:stream';
import type { LabVerb } from '../course/authorisation.ts';
import type { Incoming, Viewer } from '../course/port.ts';
import type { Audience } from '../protocol/field.ts';
import type { CommandId, LabId } from '../protocol/id.ts';
import { OPERATIONS, isOperation } from '../protocol/operation/index.ts';
import type { Role } from '../protocol/role.ts';
import type { Down } from '../protocol/wire/down.ts';
import type { WireErrorKind } from '../protocol/wire/error.ts';
import { WIRE_ERRORS } from '../protocol/wire/error.ts';
import type { Command, ConsoleRequest, Hello, Up, UpKind } from '../protocol/wire/up.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import { WIRE_VERSION } from '../protocol/wire/version.ts';
import { decodeArguments, decodeMessage } from './decode.ts';
import type { House } from './house.ts';
import type { HubSocket } from './hub-socket.ts';
import { Outbox } from './outbox.ts';
import type { Account } from './person.ts';
import type { Member, Room } from './room.ts';
import { Stuck } from './stuck.ts';
import type { Subscription } from './subscription.ts';
import { TokenBucket } from './token-bucket.ts';

/** What each message asks of the table of rights; a command asks what its operation says. */
const VERBS = {
  hello: 'lab.watch',
  watch: 'lab.watch',
  unwatch: 'lab.watch',
  diverged: 'lab.watch',
  presence: 'lab.watch',
  console: 'lab.watch',
  ping: 'lab.watch',
} as const satisfies Record<Exclude<UpKind, 'command'>, LabVerb>;

/** Messages that came in one piece with hello may wait for the lab to let their sender in. */
const EARLY_LIMIT = 32;

export interface Detail {
  readonly about?: string;
  readonly path?: string | null;
  readonly retryMs?: number;
  /** What exactly was wrong, after the sentence of the kind. */
  readonly more?: string;
}

export interface Arrival {
  readonly id: number;
  readonly ws: HubSocket;
  readonly socket: Duplex;
  readonly viewer: Viewer;
  readonly incoming: Incoming;
  readonly account: Account;
}

/**
 * One signed-in socket: first it says hello to a lab, then it is a member of that lab's room. Every
 * message is checked for size, rate, shape and right, in this order, before anything is done.
 */
export class Connection implements Member {
  readonly id: number;
  readonly incoming: Incoming;
  readonly outbox: Outbox;
  readonly subscriptions = new Map<Scope, Subscription>();
  readonly pending = new Set<CommandId>();
  viewer: Viewer;
  role: Role = 'learner';
  audience: Audience = 'everyone';
  /** Set as soon as it said hello. */
  lab: LabId | null = null;
  heardAt: number;
  readonly #house: House;
  readonly #ws: HubSocket;
  readonly #socket: Duplex;
  readonly #account: Account;
  readonly #messages: TokenBucket;
  readonly #stuck: Stuck;
  #room: Room | null = null;
  #early: string[] = [];
  #resting = false;
  #closing = false;
  #helloTimer: NodeJS.Timeout | null;
  #bytesBeforeHello = 0;

  constructor({ id, ws, socket, viewer, incoming, account }: Arrival, house: House) {
    const { limits, ticker, figures } = house;
    this.id = id;
    this.viewer = viewer;
    this.incoming = incoming;
    this.#house = house;
    this.#ws = ws;
    this.#socket = socket;
    this.#account = account;
    this.heardAt = performance.now();
    this.#messages = new TokenBucket(limits.messagesPerSecond, limits.messagesBurst, this.heardAt);
    this.#stuck = new Stuck(socket, this.heardAt);
    this.outbox = new Outbox(socket, this, { ticker, figures, most: limits.queuedBytes });
    this.#helloTimer = setTimeout(() => this.close('hello-late'), limits.helloMs);
    // Before ws sees them: what is too large is not even looked at.
    socket.prependListener('data', this.#countBeforeHello);
    ws.on('message', (data: Buffer, isBinary: boolean) => this.#receive(data, isBinary));
    ws.on('ping', this.#heard);
    ws.on('pong', this.#heard);
    ws.broken = kind => this.close(kind);
  }

  // ---- what comes in ----

  readonly #heard = (): void => {
    this.heardAt = performance.now();
  };

  readonly #countBeforeHello = (chunk: Buffer): void => {
    this.#bytesBeforeHello += chunk.length;
    if (this.#bytesBeforeHello > this.#house.limits.helloBytes) this.close('too-large');
  };

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#closing) return;
    const { figures } = this.#house;
    this.heardAt = performance.now();
    figures.messagesIn += 1;
    figures.bytesIn += data.length;
    if (isBinary) return this.close('not-text');
    if (this.#room === null && this.lab !== null) return this.#keepEarly(data.toString());
    if (!this.#messages.take(this.heardAt)) this.#rest(this.#messages.waitMs);
    this.#handleText(data.toString());
  }

  #handleText(text: string): void {
    const decoded = decodeMessage(text);
    if (!decoded.ok) {
      const { path, message } = decoded.fault;
      return this.close('malformed', { path, more: message });
    }
    const message = decoded.value;
    if ((message.t === 'hello') !== (this.lab === null)) return this.close('out-of-order');
    if (message.t === 'hello') void this.#enter(message);
    else if (this.#room !== null) this.#handle(message, this.#room);
  }

  /** It sends faster than it may: it is read again when the bucket has something. */
  #rest(waitMs: number): void {
    if (this.#resting) return;
    this.#resting = true;
    this.#ws.pause();
    setTimeout(() => {
      this.#resting = false;
      this.#ws.resume();
    }, waitMs);
  }

  #keepEarly(text: string): void {
    if (this.#early.length >= EARLY_LIMIT) return this.close('out-of-order');
    this.#early.push(text);
  }

  /** The person is known since the upgrade; whether this lab knows that person is asked now. */
  async #enter({ lab }: Hello): Promise<void> {
    this.lab = lab as LabId;
    this.#ws.pause();
    try {
      const { catalogue, may } = this.#house;
      const role = await catalogue.roleIn(this.lab, this.viewer.person);
      if (this.#closing) return;
      if (role === null || !may(role, VERBS.hello)) return this.close('not-found');
      this.role = role;
      this.audience = may(role, 'lab.inspect-instructor') ? 'instructor' : 'everyone';
    } catch (error) {
      this.#house.log.error({ err: error, lab }, 'a role could not be looked up');
      return this.close('trouble');
    }
    const room = this.#house.rooms.get(this.lab);
    if (room.isFull) return this.close('too-many');
    this.#settleIn(room);
  }

  #settleIn(room: Room): void {
    if (this.#helloTimer !== null) clearTimeout(this.#helloTimer);
    this.#helloTimer = null;
    this.#socket.off('data', this.#countBeforeHello);
    const { limits, vocabulary } = this.#house;
    const { person: id, name } = this.viewer;
    this.send({
      t: 'welcome',
      version: WIRE_VERSION,
      vocabulary,
      lab: room.lab,
      person: { id, name, role: this.role },
      limits,
    });
    this.#room = room;
    room.enter(this);
    const early = this.#early;
    this.#early = [];
    for (const text of early) if (!this.#closing) this.#handleText(text);
    if (!this.#resting) this.#ws.resume();
  }

  #handle(message: Exclude<Up, Hello>, room: Room): void {
    switch (message.t) {
      case 'command':
        return this.#command(message, room);
      case 'watch':
        if (!this.#take('watches', message.scope)) return;
        if (!this.#may(VERBS.watch, message.scope)) return;
        return room.watch(this, message);
      case 'diverged':
        if (!this.#take('watches', message.scope)) return;
        if (!this.#may(VERBS.diverged, message.scope)) return;
        this.#house.log.warn({ ...message, person: this.viewer.person }, 'a client diverged');
        return room.diverged(this, message.scope);
      case 'unwatch':
        if (!this.#may(VERBS.unwatch, message.scope)) return;
        return room.unwatch(this, message.scope);
      case 'presence':
        if (!this.#take('presence')) return;
        if (!this.#may(VERBS.presence)) return;
        return room.show(this, message);
      case 'console':
        return this.#console(message, room);
      case 'ping':
        if (!this.#may(VERBS.ping)) return;
        return this.send({ t: 'pong', n: message.n });
    }
  }

  #command(command: Command, room: Room): void {
    const { id, op, args } = command;
    if (!this.#take('commands', id)) return;
    if (!isOperation(op)) return this.refuse('unknown-operation', { about: id, path: 'op' });
    if (!this.#may(OPERATIONS[op].verb, id)) return;
    const decoded = decodeArguments(op, args);
    if (!decoded.ok) {
      const { path, message } = decoded.fault;
      return this.refuse('bad-arguments', { about: id, path, more: message });
    }
    room.submit(this, command, decoded.value);
  }

  /** Looking on is for whoever may watch; whatever goes into a console may become a command. */
  #console(request: ConsoleRequest, room: Room): void {
    const { id, what } = request;
    if (!this.#take(what.do === 'typing' ? 'presence' : 'commands', id)) return;
    const looks = what.do === 'list' || what.do === 'look' || what.do === 'leave';
    if (this.#may(looks ? VERBS.console : 'lab.command', id)) room.console(this, request);
  }

  #take(what: 'commands' | 'watches' | 'presence', about?: string): boolean {
    const bucket = this.#account[what];
    if (bucket.take(this.heardAt)) return true;
    this.refuse('rate-limited', {
      ...(about === undefined ? {} : { about }),
      retryMs: bucket.waitMs,
    });
    return false;
  }

  #may(verb: LabVerb, about?: string): boolean {
    if (this.#house.may(this.role, verb)) return true;
    this.refuse('not-allowed', about === undefined ? {} : { about });
    return false;
  }

  // ---- what goes out ----

  send(message: Down): void {
    if (!this.#closing) this.outbox.control(message);
  }

  refuse(kind: WireErrorKind, { about, path, retryMs, more }: Detail = {}): void {
    const { refused } = this.#house.figures;
    refused.set(kind, (refused.get(kind) ?? 0) + 1);
    const sentence = WIRE_ERRORS[kind].message;
    this.send({
      t: 'error',
      kind,
      message: more === undefined || more === '' ? sentence : `${sentence} ${more}`,
      about: about ?? null,
      path: path ?? null,
      retryMs: retryMs ?? null,
    });
  }

  drained(): void {
    this.#room?.catchUp(this);
  }

  everybody(): Uint8Array {
    return this.#room?.everybody() ?? new Uint8Array();
  }

  /** A close frame would only wait behind what is not read. */
  tooSlow(): void {
    if (this.#closing) return;
    const { refused } = this.#house.figures;
    refused.set('too-slow', (refused.get('too-slow') ?? 0) + 1);
    this.#closing = true;
    this.outbox.close();
    this.#ws.terminate();
  }

  // ---- its end ----

  /** Says why, and closes with the code of that. */
  close(kind: WireErrorKind, detail: Detail = {}): void {
    if (this.#closing) return;
    this.refuse(kind, detail);
    this.#end(WIRE_ERRORS[kind].close ?? 1000, kind);
  }

  goAway(why: 'drain' | 'version', retryMs: number, kind: WireErrorKind): void {
    if (this.#closing) return;
    this.send({ t: 'goaway', why, retryMs });
    this.#end(WIRE_ERRORS[kind].close ?? 1000, kind);
  }

  #end(code: number, reason: string): void {
    this.outbox.flush();
    this.#closing = true;
    this.outbox.close();
    this.#ws.broken = null;
    this.#ws.close(code, reason);
    // The peer's own close frame has yet to be read.
    this.#ws.resume();
  }

  /** The socket is gone: nothing of it stays anywhere. */
  gone(): void {
    this.#closing = true;
    if (this.#helloTimer !== null) clearTimeout(this.#helloTimer);
    this.outbox.close();
    this.#room?.leave(this);
    if (this.#room !== null) this.#house.rooms.left(this.#room);
    this.#room = null;
  }

  /** Once a second: is anybody there, and does anything move? */
  sweep(now: number): void {
    const { silenceMs, stuckMs } = this.#house.limits;
    if (this.#stuck.since(now) > stuckMs) this.tooSlow();
    else if (now - this.heardAt > silenceMs) this.close('silent');
  }
}
