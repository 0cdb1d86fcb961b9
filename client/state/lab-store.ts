import type { Fact } from '../../server/protocol/fact.ts';
import type { Id } from '../../server/protocol/id.ts';
import type { RecordKind, Values } from '../../server/protocol/record/index.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import type { Held, HeldScope } from '../link/held-scope.ts';
import type { Link } from '../link/port.ts';
import { GoneNames } from './gone-names.ts';

/**
 * A record as the page sees it: the columns of the scopes that are watched, put together. Columns of a
 * scope that is not watched are absent, so every one of them may be.
 */
export type Seen<K extends RecordKind> = Readonly<Partial<Values<K>>> & {
  readonly id: Id<K>;
  readonly rev: number;
  readonly cause: number;
};

interface Cached<K extends RecordKind> {
  readonly versions: string;
  readonly list: readonly Seen<K>[];
}

export type Counters = { readonly [column: string]: number };

interface Merged {
  readonly parts: readonly Held[];
  readonly seen: Seen<RecordKind>;
}

const NONE: readonly Fact[] = [];

/**
 * Records of all watched scopes as one. It gives the same array while nothing of the kind changed and
 * the same object while nothing of the record changed, so that React draws only what did.
 */
export class LabStore {
  readonly #source: Pick<Link, 'scope' | 'watch'>;
  readonly #watched = new Map<Scope, number>();
  readonly #lists: { [K in RecordKind]?: Cached<K> } = {};
  /** By its part of the first scope: a record that is gone is forgotten here, too. */
  readonly #merged = new WeakMap<Held, Merged>();
  readonly #gauges = new WeakMap<readonly string[], ReadonlyMap<string, Counters>>();
  readonly #gone = new GoneNames();

  constructor(source: Pick<Link, 'scope' | 'watch'>) {
    this.#source = source;
  }

  /** As the port's, counted: two panes may look at one scope. */
  watch(
    scope: Scope,
    options: { readonly gauges?: boolean; readonly trace?: boolean },
  ): () => void {
    this.#watched.set(scope, (this.#watched.get(scope) ?? 0) + 1);
    const stop = this.#source.watch(scope, options);
    return () => {
      const left = (this.#watched.get(scope) ?? 1) - 1;
      if (left === 0) this.#watched.delete(scope);
      else this.#watched.set(scope, left);
      stop();
    };
  }

  records<K extends RecordKind>(kind: K): readonly Seen<K>[] {
    const scopes = this.#scopes();
    const versions = scopes.map(([name, held]) => `${name} ${held.versionOf(kind)}`).join(' ');
    const cached: Cached<K> | undefined = this.#lists[kind];
    if (cached?.versions === versions) return cached.list;
    const parts = new Map<string, Held[]>();
    for (const [, held] of scopes) {
      for (const record of held.records(kind)) {
        const known = parts.get(record.id);
        if (known === undefined) parts.set(record.id, [record]);
        else known.push(record);
      }
    }
    const list = [...parts.values()].map(of => this.#merge(of) as Seen<K>).toSorted(byId);
    const made: { [key: string]: Cached<K> } = { [kind]: { versions, list } };
    Object.assign(this.#lists, made);
    return list;
  }

  record(id: string): Seen<RecordKind> | undefined {
    const parts: Held[] = [];
    for (const [, held] of this.#scopes()) {
      const record = held.record(id);
      if (record !== undefined) parts.push(record);
    }
    return parts.length > 0 ? this.#merge(parts) : undefined;
  }

  facts(scope: Scope): readonly Fact[] {
    return this.#source.scope(scope)?.facts ?? NONE;
  }

  /** Names that virtual machines had which are no more. */
  goneNames(): ReadonlyMap<string, string> {
    return this.#gone.of(this.facts('lab'));
  }

  /** Of several records; the same table for the same list while none of them moved. */
  gaugesOf(ids: readonly string[]): ReadonlyMap<string, Counters> {
    const found = ids.flatMap(id => {
      const counters = this.gauges(id);
      return counters === undefined ? [] : ([[id, counters]] as const);
    });
    const known = this.#gauges.get(ids);
    const isSame =
      known?.size === found.length && found.every(([id, counters]) => known.get(id) === counters);
    if (isSame) return known;
    const made = new Map(found);
    this.#gauges.set(ids, made);
    return made;
  }

  gauges(id: string): Counters | undefined {
    for (const [, held] of this.#scopes()) {
      const gauges = held.gauges(id);
      if (gauges !== undefined) return gauges;
    }
    return undefined;
  }

  #scopes() {
    const scopes: [Scope, HeldScope][] = [];
    for (const name of this.#watched.keys()) {
      const held = this.#source.scope(name);
      if (held !== undefined && held.turn !== null) scopes.push([name, held]);
    }
    return scopes;
  }

  /** Scopes may be a frame apart: of a column that several have, the later one counts. */
  #merge(parts: readonly Held[]): Seen<RecordKind> {
    const first = parts[0] as Held;
    const known = this.#merged.get(first);
    if (known !== undefined && same(known.parts, parts)) return known.seen;
    const later = parts.toSorted((a, b) => a.rev - b.rev);
    const last = later.at(-1) as Held;
    const values = Object.assign({}, ...later.map(part => part.values)) as Held['values'];
    const seen = { ...values, id: first.id, rev: last.rev, cause: last.cause } as Seen<RecordKind>;
    this.#merged.set(first, { parts, seen });
    return seen;
  }
}

const same = (one: readonly Held[], other: readonly Held[]): boolean =>
  one.length === other.length && one.every((part, index) => part === other[index]);

const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : Number(a.id > b.id);
