import type { Scope } from '../../server/protocol/wire/scope.ts';
import type { UpInput } from '../../server/protocol/wire/up.ts';
import { HeldScope } from './held-scope.ts';
import type { WatchOptions } from './port.ts';

/** One scope that is looked at, by one pane or by several. */
export class WatchedScope {
  readonly scope: Scope;
  readonly held = new HeldScope();
  /** On this connection it has been told everything. */
  isSynced = false;
  /** It was shown before and has to catch up. */
  get isBehind(): boolean {
    return !this.isSynced && this.held.turn !== null;
  }
  /** What is held is wrong: only a picture helps, on this connection or on the next. */
  #isWrong = false;
  readonly #panes = new Set<WatchOptions>();
  #asked: { readonly gauges: boolean; readonly trace: boolean } | null = null;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  get isWanted(): boolean {
    return this.#panes.size > 0;
  }

  add(options: WatchOptions): () => void {
    // A set of objects: two panes with the same wish are two.
    const pane = { ...options };
    this.#panes.add(pane);
    return () => this.#panes.delete(pane);
  }

  disconnected(): void {
    this.isSynced = false;
    this.#asked = null;
  }

  /** Whether the panes together want something else than what was asked for. */
  get isAskedRightly(): boolean {
    const { gauges, trace } = this.#wanted();
    return this.#asked?.gauges === gauges && this.#asked.trace === trace;
  }

  diverged(): void {
    this.#isWrong = true;
    this.isSynced = false;
  }

  pictured(): void {
    this.#isWrong = false;
    this.isSynced = true;
  }

  /** A packet that could be taken; but nothing makes right what is wrong except a picture. */
  told(): void {
    if (!this.#isWrong) this.isSynced = true;
  }

  /** Asks from where we are, or for a picture. */
  ask(): UpInput {
    this.isSynced = false;
    this.#asked = this.#wanted();
    const from = this.#isWrong ? null : this.held.position;
    return { t: 'watch', scope: this.scope, from, ...this.#asked };
  }

  #wanted(): { readonly gauges: boolean; readonly trace: boolean } {
    const panes = [...this.#panes];
    return {
      gauges: panes.some(({ gauges }) => gauges === true),
      trace: panes.some(({ trace }) => trace === true),
    };
  }
}
