import type { SimTime } from '../protocol/time.ts';
import type { Gauges } from '../protocol/wire/down.ts';
import type { Scope } from '../protocol/wire/scope.ts';

type Values = { readonly [column: string]: number };

/**
 * Last values of counters that a slow reader has not been told: one per record, however many messages
 * there were. The only place where the hub looks into what a lab wrote, and only for who is slow.
 */
export class GaugeMerge {
  readonly #scopes = new Map<Scope, { at: SimTime; readonly values: Map<string, Values> }>();

  get isEmpty(): boolean {
    return this.#scopes.size === 0;
  }

  add(bytes: Uint8Array): void {
    const { scope, at, values } = JSON.parse(Buffer.from(bytes).toString()) as Gauges;
    const known = this.#scopes.get(scope) ?? { at, values: new Map<string, Values>() };
    this.#scopes.set(scope, known);
    known.at = at;
    for (const [id, counters] of values) known.values.set(id, counters);
  }

  forget(scope: Scope): void {
    this.#scopes.delete(scope);
  }

  take(): Gauges[] {
    const gauges = [...this.#scopes].map(([scope, { at, values }]): Gauges => ({
      t: 'gauges',
      scope,
      at,
      values: [...values],
    }));
    this.#scopes.clear();
    return gauges;
  }
}
