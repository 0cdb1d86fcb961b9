import type { OperationResult } from '../../server/protocol/operation/index.ts';
import type {
  Beat,
  Down,
  Lag,
  LabStopped,
  Packet,
  People,
  Picture,
  Problem,
  Welcome,
} from '../../server/protocol/wire/down.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import { ConsoleDesk } from './console-desk.ts';
import { ending } from './ending.ts';
import type { Heard, HeldScope } from './held-scope.ts';
import { Lifeline } from './lifeline.ts';
import type { Outcome } from './outgoing.ts';
import { LinkClosed, Outgoing } from './outgoing.ts';
import type {
  Connection,
  InStep,
  Link,
  LinkEvent,
  LinkFigures,
  LinkOptions,
  Moment,
  Person,
  WatchOptions,
} from './port.ts';
import type { Presence } from './presence.ts';
import { Showing } from './presence.ts';
import { newName } from './name.ts';
import type { LinkClock } from './wire.ts';
import { systemClock } from './wire.ts';
import { WatchedScope } from './watched-scope.ts';

/** Opens a connection to a lab and holds it. */
export function openLink(options: LinkOptions): Link {
  return new OpenLink(options);
}

/** A pane that is replaced by another one looks away and back again within a frame or two. */
const LINGER_MS = 1_000;
const ASK_AGAIN_MS = 500;

class OpenLink implements Link {
  readonly figures: LinkFigures = {
    connections: 0,
    pictures: 0,
    resumes: 0,
    gaps: 0,
    divergences: 0,
    tracesDropped: 0,
  };
  readonly lab: string;
  me: Welcome['person'] | null = null;
  limits: Welcome['limits'] | null = null;
  name: string | null = null;
  moment: Moment | null = null;
  inStep: InStep | null = null;
  people: readonly Person[] = [];
  readonly consoles = new ConsoleDesk(() => this.newId());
  connection: Connection = { phase: 'connecting' };
  readonly #client: string;
  readonly #clock: LinkClock;
  readonly #schedule: (run: () => void) => void;
  readonly #observe: (event: LinkEvent) => void;
  readonly #stopWaking: () => void;
  readonly #lifeline: Lifeline;
  readonly #outgoing: Outgoing;
  readonly #showing: Showing;
  readonly #scopes = new Map<Scope, WatchedScope>();
  readonly #listeners = new Set<() => void>();
  #isScheduled = false;
  #isWelcome = false;
  #offline: Extract<Connection, { phase: 'offline' }> | null = null;
  #stopped: LabStopped | null = null;
  #closed: Extract<Connection, { phase: 'closed' }> | null = null;
  #lag: Lag['mode'] = 'live';
  #lastProblem: Problem | null = null;
  #ids = 0;

  constructor({ url, lab, connect, clock = systemClock, ...options }: LinkOptions) {
    this.lab = lab;
    this.#client = options.client ?? newName();
    this.#clock = clock;
    this.#schedule = options.schedule ?? queueMicrotask;
    this.#observe = options.observe ?? (() => undefined);
    this.#outgoing = new Outgoing(clock);
    this.#showing = new Showing(clock);
    const events = {
      opened: () => this.#lifeline.say({ t: 'hello', lab: this.lab, client: this.#client }),
      received: (message: Down) => this.#received(message),
      lost: (code: number, retryAt: number) => this.#lost(code, retryAt),
      ended: (code: number, reason: string) => this.#ended(code, reason),
    };
    this.#lifeline = new Lifeline({ url, connect, clock, events });
    this.#stopWaking = options.wakes?.(() => this.#lifeline.wake()) ?? (() => undefined);
    this.#lifeline.open();
  }

  // ---- what is asked of it ----

  listen(listener: () => void): () => void {
    // One function may listen twice.
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  scope(scope: Scope): HeldScope | undefined {
    return this.#scopes.get(scope)?.held;
  }

  watch(scope: Scope, options: WatchOptions = {}): () => void {
    let watched = this.#scopes.get(scope);
    if (watched === undefined) {
      watched = new WatchedScope(scope);
      this.#scopes.set(scope, watched);
    }
    const remove = watched.add(options);
    this.#askRightly(watched);
    return () => {
      remove();
      this.#clock.after(LINGER_MS, () => this.#lookAway(watched));
    };
  }

  async submit(op: string, args: { readonly [name: string]: unknown }): Promise<OperationResult> {
    const outcome = await this.command(op, args);
    if (outcome.type === 'answered') return outcome.answer.result;
    const { kind, message, path } = outcome.problem;
    return { ok: false, fault: { kind, message, code: null, data: { path } } };
  }

  command(
    op: string,
    args: { readonly [name: string]: unknown },
    id: string = this.newId(),
  ): Promise<Outcome> {
    if (this.#closed !== null) return Promise.reject(new LinkClosed(this.#closed.message));
    return this.#outgoing.submit({ t: 'command', id, op, args: { ...args } });
  }

  newId(): string {
    this.#ids += 1;
    return `${this.#client}-${this.#ids}`;
  }

  show(presence: Presence): void {
    this.#showing.show(presence);
  }

  close(): void {
    this.#lifeline.close();
    this.#finish({ phase: 'closed', kind: 'closed', message: 'This connection was closed.' });
  }

  // ---- what the server says ----

  #received(message: Down): void {
    switch (message.t) {
      case 'welcome':
        this.#welcome(message);
        break;
      case 'ready':
        this.name = message.name;
        this.#stopped = null;
        this.#outgoing.connected(up => this.#lifeline.say(up));
        this.consoles.connected(up => this.#lifeline.say(up));
        break;
      case 'stopped':
        this.#stopped = message;
        this.consoles.disconnected();
        this.#outgoing.disconnected();
        break;
      case 'picture':
        this.#picture(message);
        break;
      case 'packet':
        this.#packet(message);
        break;
      case 'beat':
        this.#beat(message);
        break;
      case 'gauges':
        this.#scopes.get(message.scope)?.held.takeGauges(message);
        break;
      case 'answer':
        this.#observe({ type: 'answer', answer: message });
        this.#outgoing.answered(message);
        break;
      case 'people':
        this.#people(message);
        break;
      case 'lag':
        this.#lag = message.mode;
        this.figures.tracesDropped += message.dropped;
        break;
      case 'error':
        this.#problem(message);
        break;
      case 'goaway':
        this.#lifeline.retryAfter(message.retryMs);
        break;
      case 'trace':
        this.#scopes.get(message.scope)?.held.takeTrace(message);
        break;
      case 'consoles':
        this.consoles.listed(message);
        break;
      case 'console-text':
        return this.consoles.printed(message);
      case 'console-now':
        return this.consoles.stands(message);
      case 'console-answer':
        return this.consoles.answered(message);
      case 'pong':
        return;
    }
    this.#changed();
  }

  #welcome({ person, limits }: Welcome): void {
    this.#lifeline.settled();
    this.figures.connections += 1;
    this.me = person;
    this.limits = limits;
    this.#isWelcome = true;
    this.#offline = null;
    this.#stopped = null;
    this.#lag = 'live';
    this.#observe({ type: 'welcomed' });
    for (const watched of this.#scopes.values()) this.#ask(watched);
    this.#outgoing.keepTo(limits);
    // Behind the watches, so that what is shown is never older than what is answered.
    this.#outgoing.connected(up => this.#lifeline.say(up));
    this.#showing.connected(up => this.#lifeline.say(up));
  }

  #picture(message: Picture): void {
    const watched = this.#scopes.get(message.scope);
    if (watched === undefined || !watched.held.takePicture(message)) return;
    watched.pictured();
    this.figures.pictures += 1;
    this.#at(message.turn, message.at, null);
    this.#heard(message.scope, 'picture', 'told');
  }

  #packet(message: Packet): void {
    const watched = this.#scopes.get(message.scope);
    if (watched === undefined) return;
    const heard = watched.held.takePacket(message);
    this.#heard(message.scope, 'packet', heard);
    if (heard === 'gap') return this.#gap(watched);
    const before = watched.isSynced;
    watched.told();
    if (watched.isSynced && !before) this.figures.resumes += 1;
    if (heard === 'told') this.#at(message.to, message.at, null);
  }

  #beat(message: Beat): void {
    const watched = this.#scopes.get(message.scope);
    // While a picture or a resume is on its way, what we have is known to be old.
    if (watched?.isSynced !== true) return;
    const heard = watched.held.takeBeat(message);
    this.#heard(message.scope, 'beat', heard);
    if (heard === 'gap') return this.#gap(watched);
    if (heard === 'diverged') return this.#diverged(watched, message);
    if (message.scope === 'lab') this.inStep = { turn: message.turn, hash: message.hash };
    this.#at(message.turn, message.at, message.speed);
  }

  /** Asked once: until that is answered, more of what comes cannot be taken either. */
  #gap(watched: WatchedScope): void {
    if (!watched.isSynced) return;
    this.figures.gaps += 1;
    this.#ask(watched);
  }

  #diverged(watched: WatchedScope, { scope, lineage, turn }: Beat): void {
    this.figures.divergences += 1;
    watched.diverged();
    this.#lifeline.say({ t: 'diverged', scope, lineage, turn, hash: watched.held.hash });
  }

  #people({ all, people }: People): void {
    const byId = new Map(all ? [] : this.people.map(person => [person.id, person]));
    for (const person of people) byId.set(person.id, person);
    this.people = [...byId.values()];
  }

  #problem(problem: Problem): void {
    this.#lastProblem = problem;
    if (this.#outgoing.refused(problem) || problem.about === null) return;
    this.consoles.refused(problem.about, problem.message);
    const watched = this.#scopes.get(problem.about as Scope);
    // Scopes that nobody looks at any more still count for a moment.
    const retryMs = problem.kind === 'too-many-scopes' ? LINGER_MS : problem.retryMs;
    if (watched === undefined || retryMs === null || problem.kind === 'no-such-scope') return;
    const wait = retryMs + this.#clock.random() * ASK_AGAIN_MS;
    this.#clock.after(wait, () => {
      if (this.#scopes.get(watched.scope) === watched) this.#ask(watched);
    });
  }

  // ---- scopes ----

  #ask(watched: WatchedScope): void {
    if (this.#isWelcome) this.#lifeline.say(watched.ask());
  }

  #askRightly(watched: WatchedScope): void {
    if (!watched.isAskedRightly) this.#ask(watched);
  }

  #lookAway(watched: WatchedScope): void {
    if (this.#closed !== null || this.#scopes.get(watched.scope) !== watched) return;
    if (watched.isWanted) return this.#askRightly(watched);
    this.#scopes.delete(watched.scope);
    this.#observe({ type: 'left', scope: watched.scope });
    if (this.#isWelcome) this.#lifeline.say({ t: 'unwatch', scope: watched.scope });
    this.#changed();
  }

  #heard(scope: Scope, by: 'picture' | 'packet' | 'beat', heard: Heard): void {
    const position = this.#scopes.get(scope)?.held.position;
    if (!position) return;
    this.#observe({ type: 'heard', scope, by, heard, ...position });
  }

  #at(turn: number, at: number, speed: number | null): void {
    const known = this.moment?.speed ?? 0;
    this.moment = { turn, at, speed: speed ?? known, heardAt: this.#clock.now() };
  }

  // ---- the connection ----

  #lost(code: number, retryAt: number): void {
    this.#disconnected();
    const since = this.#offline?.since ?? this.#clock.now();
    this.#offline = { phase: 'offline', since, retryAt };
    this.#observe({ type: 'lost', code });
    this.#changed();
  }

  #ended(code: number, reason: string): void {
    this.#observe({ type: 'lost', code });
    this.#finish(ending(code, reason, this.#lastProblem));
  }

  #finish(closed: Extract<Connection, { phase: 'closed' }>): void {
    if (this.#closed !== null) return;
    this.#closed = closed;
    this.#stopWaking();
    this.#disconnected();
    this.#outgoing.giveUp(closed.message);
    this.#changed();
  }

  #disconnected(): void {
    this.#isWelcome = false;
    this.#lag = 'live';
    this.#outgoing.disconnected();
    this.consoles.disconnected();
    this.#showing.disconnected();
    for (const watched of this.#scopes.values()) watched.disconnected();
  }

  #phase(): Connection {
    if (this.#closed !== null) return this.#closed;
    if (!this.#isWelcome) return this.#offline ?? { phase: 'connecting' };
    if (this.#stopped !== null) {
      const { message, retryMs } = this.#stopped;
      return { phase: 'stopped', message, returns: retryMs !== null };
    }
    const isBehind = this.#lag === 'catching-up' || [...this.#scopes.values()].some(isBehindNow);
    return { phase: isBehind ? 'catching-up' : 'live' };
  }

  #changed(): void {
    const connection = this.#phase();
    if (!isSame(connection, this.connection)) this.connection = connection;
    if (this.#isScheduled || this.#listeners.size === 0) return;
    this.#isScheduled = true;
    this.#schedule(() => {
      this.#isScheduled = false;
      for (const listener of this.#listeners) listener();
    });
  }
}

const isBehindNow = ({ isBehind }: WatchedScope): boolean => isBehind;

/** The same object while nothing changed: a screen compares by identity. */
function isSame(one: Connection, other: Connection): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
