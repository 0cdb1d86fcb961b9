import type { Scope } from '../../server/protocol/wire/scope.ts';
import { HeldScope } from '../link/held-scope.ts';
import type { Link, Moment } from '../link/port.ts';
import type { AskPast, PastPicture, When } from './ask-past.ts';

/**
 * A link that shows the lab as it was. Scopes are pictures of one turn, asked for together because one
 * replay on the server shows them all; people, rights and the connection are those of now. Whatever
 * draws from a link draws the past from this one, and nothing can be done in it.
 */
export class PastLink implements Link {
  readonly #live: Link;
  readonly #ask: AskPast;
  readonly #listeners = new Set<() => void>();
  readonly #held = new Map<Scope, HeldScope>();
  readonly #watched = new Map<Scope, number>();
  #turn = 0;
  /** How that turn was asked for: of a time, it is the time that is shown. */
  #when: When = { turn: 0 };
  #lineage = 0;
  #asking = false;
  #sought: number | null = null;
  #seeking = false;
  readonly inStep = null;
  #moment: Moment | null = null;
  #problem: string | null = null;

  constructor(live: Link, ask: AskPast) {
    this.#live = live;
    this.#ask = ask;
  }

  /** Goes to another turn. What is shown stays until the picture of the new one is here. */
  goTo(turn: number): void {
    if (turn === this.#turn) return;
    this.#turn = turn;
    this.#when = { turn };
    this.#problem = null;
    void this.#fetch();
  }

  /**
   * Goes to a time, and says which turn that is. While the answer to one time is on its way only the
   * last of those that follow is asked for; the others give null, as does a time that cannot be had.
   */
  async seek(at: number): Promise<number | null> {
    this.#sought = at;
    if (this.#seeking) return null;
    this.#seeking = true;
    let found: number | null = null;
    for (let time = this.#next(); time !== null; time = this.#next()) {
      const answer = await this.#ask([...this.#watched.keys()], { at: time });
      found = answer.ok ? answer.value.turn : null;
      this.#problem = answer.ok ? null : answer.fault;
      if (answer.ok) {
        this.#turn = answer.value.turn;
        this.#when = { at: time };
        this.#take(answer.value);
      } else this.#changed();
    }
    this.#seeking = false;
    void this.#fetch();
    return found;
  }

  #next(): number | null {
    const next = this.#sought;
    this.#sought = null;
    return next;
  }

  /** Why there is no picture of the turn that was asked for. */
  get problem(): string | null {
    return this.#problem;
  }

  get moment(): Moment | null {
    return this.#moment;
  }

  scope(scope: Scope): HeldScope | undefined {
    return this.#held.get(scope);
  }

  watch(scope: Scope): () => void {
    this.#watched.set(scope, (this.#watched.get(scope) ?? 0) + 1);
    void this.#fetch();
    return () => {
      const left = (this.#watched.get(scope) ?? 1) - 1;
      if (left > 0) this.#watched.set(scope, left);
      else {
        this.#watched.delete(scope);
        this.#held.delete(scope);
      }
    };
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    const stop = this.#live.listen(listener);
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  }

  get lab(): Link['lab'] {
    return this.#live.lab;
  }

  get connection(): Link['connection'] {
    return this.#live.connection;
  }

  get me(): Link['me'] {
    return this.#live.me;
  }

  get limits(): Link['limits'] {
    return this.#live.limits;
  }

  get name(): Link['name'] {
    return this.#live.name;
  }

  get people(): Link['people'] {
    return this.#live.people;
  }

  get figures(): Link['figures'] {
    return this.#live.figures;
  }

  get consoles(): Link['consoles'] {
    return this.#live.consoles;
  }

  submit(): ReturnType<Link['submit']> {
    return Promise.resolve({ ok: false, fault: { ...READ_ONLY, code: null, data: {} } });
  }

  command(op: string, args: { readonly [name: string]: unknown }): ReturnType<Link['command']> {
    return Promise.reject(new Error(`${op} ${JSON.stringify(args)}: ${READ_ONLY.message}`));
  }

  newId(): string {
    return this.#live.newId();
  }

  show(presence: Parameters<Link['show']>[0]): void {
    this.#live.show(presence);
  }

  /** The connection is not its own, and others may look at the same past. */
  close(): void {
    this.#changed();
  }

  /** One question at a time; the turn may be another one by the time the answer is here. */
  async #fetch(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    // Whatever is watched in the same breath is asked for in the same question.
    await Promise.resolve();
    try {
      for (let scopes = this.#missing(); scopes.length > 0; scopes = this.#missing()) {
        const when = this.#when;
        const answer = await this.#ask(scopes, when);
        if (when !== this.#when) continue;
        // Of what an older simulation moved only some moments are kept; the nearest is what is shown.
        if (answer.ok) {
          this.#turn = answer.value.turn;
          this.#take(answer.value);
        } else {
          this.#problem = answer.fault;
          break;
        }
      }
    } finally {
      this.#asking = false;
    }
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #missing(): readonly Scope[] {
    if (this.#turn === 0) return [];
    return [...this.#watched.keys()].filter(scope => this.#held.get(scope)?.turn !== this.#turn);
  }

  #take({ turn, at, scopes }: PastPicture): void {
    for (const { scope, records, facts, counters = [] } of scopes) {
      const held = this.#held.get(scope) ?? new HeldScope();
      this.#lineage += 1;
      const head = { t: 'picture', scope, lineage: this.#lineage, turn, at } as const;
      held.takePicture({ ...head, part: 0, last: true, records, facts });
      held.takeGauges({ t: 'gauges', scope, at, values: counters });
      this.#held.set(scope, held);
    }
    this.#moment = { turn, at, speed: 0, heardAt: 0 };
    this.#changed();
  }
}

const READ_ONLY = {
  kind: 'ReadOnly',
  message: 'You look at the past; nothing can be done there. Go back to now first.',
} as const;
