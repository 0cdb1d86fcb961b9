import { expect, test } from 'vitest';
import type { RecordKind } from '../../server/protocol/record/kind.ts';
import { LabStore } from './lab-store.ts';
import type { Held, HeldScope, LabPort } from './port.ts';

class ListedScope implements HeldScope {
  turn: number | null = 1;
  readonly facts = [];
  readonly #records = new Map<string, Held>();
  #version = 0;

  put(id: string, rev: number, values: Held['values']): this {
    this.#records.set(id, { id, rev, cause: 0, values });
    this.#version += 1;
    return this;
  }
  versionOf(): number {
    return this.#version;
  }
  *records(kind: RecordKind): Generator<Held> {
    for (const held of this.#records.values()) if (held.id.startsWith(`${kind}:`)) yield held;
  }
  record(id: string): Held | undefined {
    return this.#records.get(id);
  }
  gauges(): undefined {
    return undefined;
  }
}

const storeOf = (scopes: { readonly [scope: string]: HeldScope }): LabStore => {
  const port: LabPort = {
    listen: () => () => undefined,
    connection: { phase: 'live' },
    me: null,
    people: [],
    moment: null,
    scope: name => scopes[name],
    watch: () => () => undefined,
    submit: () => Promise.resolve({ ok: true, value: null }),
    show: () => undefined,
    close: () => undefined,
  };
  return new LabStore(port);
};

test('columns of several scopes are one record, and the later revision counts', () => {
  const lab = new ListedScope().put('vm:1', 9, { name: 'Web', state: 'Running' });
  const vm = new ListedScope().put('vm:1', 4, { name: 'Web', state: 'Off', notes: 'mine' });
  const store = storeOf({ lab, 'vm:1': vm });

  store.watch('lab', {});
  store.watch('vm:1', {});

  expect(store.record('vm:1')).toEqual({
    id: 'vm:1',
    rev: 9,
    cause: 0,
    name: 'Web',
    state: 'Running',
    notes: 'mine',
  });
});

test('a list stays the same array until a record of its kind changes', () => {
  const lab = new ListedScope().put('vm:1', 1, { name: 'Web' }).put('vm:2', 1, { name: 'Sql' });
  const store = storeOf({ lab });
  store.watch('lab', {});
  const before = store.records('vm');

  const unchanged = store.records('vm');
  lab.put('vm:2', 2, { name: 'Sql01' });
  const changed = store.records('vm');

  expect(unchanged).toBe(before);
  expect(changed).not.toBe(before);
  expect(changed[0]).toBe(before[0]);
  expect(changed[1]).toMatchObject({ name: 'Sql01' });
});

test('a scope nobody looks at any more gives nothing', () => {
  const store = storeOf({ lab: new ListedScope().put('vm:1', 1, { name: 'Web' }) });
  const first = store.watch('lab', {});
  const second = store.watch('lab', {});

  first();
  const whileOneIsLeft = store.records('vm').length;
  second();

  expect([whileOneIsLeft, store.records('vm').length]).toEqual([1, 0]);
});
