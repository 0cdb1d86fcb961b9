import { expect, test } from 'vitest';
import { HeldScope } from '../link/held-scope.ts';
import { LabStore } from './lab-store.ts';

let turn = 0;

/** A scope with these records, as one picture brings it. */
const pictureOf = (records: {
  readonly [id: string]: readonly [rev: number, object];
}): HeldScope => {
  const held = new HeldScope();
  turn += 1;
  held.takePicture({
    t: 'picture',
    scope: 'lab',
    lineage: 1,
    turn,
    at: 0,
    part: 0,
    last: true,
    records: Object.entries(records).map(([id, [rev, values]]) => [id, rev, 0, { ...values }]),
    facts: [],
  });
  return held;
};

const change = (held: HeldScope, id: string, values: object): void => {
  const from = (held.turn ?? 0) + 1;
  const put = [[id, from, 0, { ...values }]] as const;
  held.takePacket({
    t: 'packet',
    scope: 'lab',
    lineage: 1,
    from,
    to: from,
    at: 0,
    put,
    gone: [],
    facts: [],
  });
};

const storeOf = (scopes: { readonly [scope: string]: HeldScope }): LabStore =>
  new LabStore({ scope: name => scopes[name], watch: () => () => undefined });

test('columns of several scopes are one record, and the later revision counts', () => {
  const lab = pictureOf({ 'vm:1': [9, { name: 'Web', state: 'Running' }] });
  const vm = pictureOf({ 'vm:1': [4, { name: 'Web', state: 'Off', notes: 'mine' }] });
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
  const lab = pictureOf({ 'vm:1': [1, { name: 'Web' }], 'vm:2': [1, { name: 'Sql' }] });
  const store = storeOf({ lab });
  store.watch('lab', {});
  const before = store.records('vm');

  const unchanged = store.records('vm');
  change(lab, 'vm:2', { name: 'Sql01' });
  const changed = store.records('vm');

  expect(unchanged).toBe(before);
  expect(changed).not.toBe(before);
  expect(changed[0]).toBe(before[0]);
  expect(changed[1]).toMatchObject({ name: 'Sql01' });
});

test('a scope nobody looks at any more gives nothing', () => {
  const store = storeOf({ lab: pictureOf({ 'vm:1': [1, { name: 'Web' }] }) });
  const first = store.watch('lab', {});
  const second = store.watch('lab', {});

  first();
  const whileOneIsLeft = store.records('vm').length;
  second();

  expect([whileOneIsLeft, store.records('vm').length]).toEqual([1, 0]);
});
