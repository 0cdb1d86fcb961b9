import type { Fact } from '../../server/protocol/fact.ts';
import type { OperationResult } from '../../server/protocol/operation/index.ts';
import type { Down } from '../../server/protocol/wire/down.ts';
import { ScopeHash } from '../../server/protocol/wire/scope-hash.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import type { FromLab } from '../../server/lab/port.ts';

interface Seen {
  readonly scope: Scope;
  watcher: number;
  live: boolean;
  lineage: number;
  turn: number;
  readonly records: Map<string, { [column: string]: unknown }>;
  readonly hash: ScopeHash;
  parts: { id: string; values: { [column: string]: unknown } }[];
}

const DECODER = new TextDecoder();

/**
 * One learner's client as the protocol demands it, with a memory that nothing takes away: what it was
 * shown and what it was answered, for comparing with the truth afterwards.
 */
export class ClientModel {
  readonly name: string;
  connection = 0;
  readonly scopes = new Map<Scope, Seen>();
  /** Sent and not answered. */
  readonly pending = new Map<string, { op: string; args: object }>();
  readonly answers = new Map<string, { seq: number | null; result: OperationResult }>();
  readonly facts = new Map<number, Fact>();
  readonly violations: string[] = [];
  /** The latest lab time that anything on its screen tells of. */
  latest = 0;
  beats = 0;
  resumed = 0;
  pictures = 0;

  constructor(name: string) {
    this.name = name;
  }

  receive(message: FromLab): void {
    if (message.t === 'answer' && message.connection === this.connection) {
      this.#down(JSON.parse(DECODER.decode(message.bytes)) as Down);
    } else if (message.t === 'begin' && message.connection === this.connection) {
      const seen = this.#byWatcher(message.watcher);
      if (seen === undefined) return;
      seen.live = true;
      for (const frame of message.frames) this.#down(JSON.parse(DECODER.decode(frame)) as Down);
    } else if (message.t === 'frame' && message.audience === 'everyone') {
      if (this.scopes.get(message.scope)?.live !== true) return;
      this.#down(JSON.parse(DECODER.decode(message.bytes)) as Down);
    } else if (message.t === 'refuse' && message.connection === this.connection) {
      const seen = this.#byWatcher(message.watcher);
      if (seen === undefined) return;
      seen.watcher = 0;
      // A machine that is no more is looked at no more.
      if (message.kind === 'no-such-scope') this.scopes.delete(seen.scope);
    } else if (message.t === 'stopped') {
      for (const seen of this.scopes.values()) {
        seen.live = false;
        seen.watcher = 0;
      }
    }
  }

  /** Scopes it wants to see and that nobody shows it. */
  idle(): Scope[] {
    return [...this.scopes.values()].filter(seen => seen.watcher === 0).map(seen => seen.scope);
  }

  /** A new connection: what it has it keeps, and asks for what it missed. */
  reconnect(connection: number): void {
    this.connection = connection;
    for (const seen of this.scopes.values()) {
      seen.live = false;
      seen.watcher = 0;
      seen.parts = [];
    }
  }

  see(scope: Scope): Seen {
    let seen = this.scopes.get(scope);
    if (seen === undefined) {
      seen = {
        scope,
        watcher: 0,
        live: false,
        lineage: 0,
        turn: -1,
        records: new Map(),
        hash: new ScopeHash(),
        parts: [],
      };
      this.scopes.set(scope, seen);
    }
    return seen;
  }

  #byWatcher(watcher: number): Seen | undefined {
    for (const seen of this.scopes.values()) if (seen.watcher === watcher) return seen;
    return undefined;
  }

  #down(message: Down): void {
    if (message.t === 'answer') this.#answer(message);
    else if (message.t === 'picture') this.#picture(message);
    else if (message.t === 'packet') this.#packet(message);
    else if (message.t === 'beat') this.#beat(message);
  }

  #answer(message: Extract<Down, { t: 'answer' }>): void {
    // Refused at the border: never an input, may be sent again, and no answer to what was answered.
    if (message.seq === null) return void this.pending.delete(message.id);
    const before = this.answers.get(message.id);
    if (before !== undefined && JSON.stringify(before.result) !== JSON.stringify(message.result)) {
      this.violations.push(`${message.id} was answered twice, differently`);
    }
    this.pending.delete(message.id);
    this.answers.set(message.id, { seq: message.seq, result: message.result });
    const lab = this.scopes.get('lab');
    if (lab?.live === true && message.turn !== null && lab.turn < message.turn && !message.again) {
      this.violations.push(
        `${message.id} was answered before its effect in turn ${message.turn} was shown`,
      );
    }
  }

  #picture(message: Extract<Down, { t: 'picture' }>): void {
    const seen = this.see(message.scope);
    if (message.part === 0) seen.parts = [];
    for (const [id, , , values] of message.records) seen.parts.push({ id, values: { ...values } });
    if (!message.last) return;
    this.#moved(seen, message);
    this.pictures += 1;
    seen.records.clear();
    seen.hash.clear();
    for (const { id, values } of seen.parts) {
      seen.records.set(id, values);
      seen.hash.put(id, values);
    }
    seen.parts = [];
    seen.lineage = message.lineage;
    this.#facts(message.facts);
  }

  #packet(message: Extract<Down, { t: 'packet' }>): void {
    const seen = this.see(message.scope);
    if (message.from > seen.turn + 1) {
      this.violations.push(`${message.scope}: a gap, turn ${seen.turn} then ${message.from}`);
    }
    this.#moved(seen, { turn: message.to, at: message.at });
    for (const [id, , , values] of message.put) {
      const whole = { ...seen.records.get(id), ...values };
      seen.records.set(id, whole);
      seen.hash.put(id, whole);
    }
    for (const id of message.gone) {
      seen.records.delete(id);
      seen.hash.remove(id);
    }
    this.#facts(message.facts);
  }

  #beat(message: Extract<Down, { t: 'beat' }>): void {
    const seen = this.see(message.scope);
    this.beats += 1;
    this.#moved(seen, message);
    if (seen.hash.toString() !== message.hash) {
      this.violations.push(
        `${message.scope}: another hash than the server's at turn ${message.turn}`,
      );
    }
  }

  #moved(seen: Seen, to: { readonly turn: number; readonly at: number }): void {
    if (to.turn < seen.turn) {
      this.violations.push(`${seen.scope}: went back from turn ${seen.turn} to ${to.turn}`);
    }
    seen.turn = to.turn;
    this.latest = Math.max(this.latest, to.at);
  }

  #facts(facts: readonly Fact[]): void {
    for (const fact of facts) {
      const before = this.facts.get(fact.n);
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(fact)) {
        this.violations.push(`fact ${fact.n} was shown twice, differently`);
      }
      this.facts.set(fact.n, fact);
    }
  }
}
