import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SimTime } from '../../server/protocol/time.ts';
import type { Packet, Picture, WireRecord } from '../../server/protocol/wire/down.ts';
import { HeldScope } from './held-scope.ts';

type Values = { readonly [column: string]: unknown };

/** What happened in each turn of a scope: a record put (changed columns), or gone. */
type Change = { readonly id: string; readonly values: Values | null };

const changes = fc.array(
  fc.record({
    id: fc.constantFrom('vm:1', 'vm:2', 'vm:3', 'host:1'),
    values: fc.option(
      fc.record(
        { name: fc.constantFrom('a', 'b'), state: fc.constantFrom('Off', 'Running') },
        { requiredKeys: [] },
      ),
      { nil: null },
    ),
  }),
  { minLength: 1, maxLength: 40 },
);

/** The records after the first `turn` changes. */
function stateAt(
  all: readonly Change[],
  turn: number,
): Map<string, { rev: number; values: Values }> {
  const state = new Map<string, { rev: number; values: Values }>();
  all.slice(0, turn).forEach(({ id, values }, index) => {
    if (values === null) state.delete(id);
    else {
      // Every record of a lab has all its columns from the beginning.
      const before = state.get(id)?.values ?? { name: 'new', state: 'Off' };
      state.set(id, { rev: index + 1, values: { ...before, ...values } });
    }
  });
  return state;
}

function picture(all: readonly Change[], turn: number): Picture {
  const records = [...stateAt(all, turn)].map(([id, { rev, values }]): WireRecord => [
    id,
    rev,
    0,
    values,
  ]);
  const at = turn as SimTime;
  return {
    t: 'picture',
    scope: 'lab',
    lineage: 1,
    turn,
    at,
    part: 0,
    last: true,
    records,
    facts: [],
  };
}

/** As a lab tells turns `from`..`to`: whole records, which say no less than their changes. */
function packet(all: readonly Change[], from: number, to: number): Packet {
  const now = stateAt(all, to);
  const ids = new Set(all.slice(from - 1, to).map(({ id }) => id));
  const put = [...ids].flatMap((id): WireRecord[] => {
    const row = now.get(id);
    return row === undefined ? [] : [[id, row.rev, 0, row.values]];
  });
  const gone = [...ids].filter(id => !now.has(id));
  const at = to as SimTime;
  return { t: 'packet', scope: 'lab', lineage: 1, from, to, at, put, gone, facts: [] };
}

const valuesOf = (held: HeldScope): Map<string, Values> =>
  new Map([...held.records('vm'), ...held.records('host')].map(({ id, values }) => [id, values]));

test('however turns are cut into packets, and told twice or out of order, what is held is true', () => {
  const spans = fc.array(fc.tuple(fc.nat(40), fc.nat(6)), { maxLength: 40 });
  fc.assert(
    fc.property(changes, fc.nat(40), spans, (all, start, told) => {
      const held = new HeldScope();
      held.takePicture(picture(all, Math.min(start, all.length)));
      for (const [at, length] of told) {
        const from = Math.min(at + 1, all.length);
        const to = Math.min(from + length, all.length);
        const before = held.turn ?? 0;

        const heard = held.takePacket(packet(all, from, to));

        expect(heard).toBe(to <= before ? 'known' : from > before + 1 ? 'gap' : 'told');
        const turn = held.turn ?? 0;
        expect(turn).toBe(heard === 'told' ? to : before);
        const expected = stateAt(all, turn);
        expect(valuesOf(held)).toEqual(
          new Map([...expected].map(([id, { values }]) => [id, values])),
        );
      }
    }),
  );
});

test('the hash is that of a scope that was pictured at the same turn', () => {
  fc.assert(
    fc.property(changes, all => {
      const [step, atOnce] = [new HeldScope(), new HeldScope()];
      step.takePicture(picture(all, 0));
      for (let turn = 1; turn <= all.length; turn += 1) {
        step.takePacket(packet(all, turn, turn));
        if (turn % 3 === 0) void step.hash;
      }

      atOnce.takePicture(picture(all, all.length));

      expect(step.hash).toBe(atOnce.hash);
    }),
  );
});

test('a beat moves on over turns in which nothing happened, and finds what is wrong', () => {
  const all: Change[] = [{ id: 'vm:1', values: { name: 'a' } }];
  const held = new HeldScope();
  held.takePicture(picture(all, 1));
  const beat = { t: 'beat', scope: 'lab', lineage: 1, speed: 1_000, at: 0 as SimTime } as const;

  const heard = [
    held.takeBeat({ ...beat, turn: 0, hash: 'anything' }),
    held.takeBeat({ ...beat, turn: 9, hash: held.hash }),
    held.takeBeat({ ...beat, turn: 9, hash: held.hash }),
    held.takeBeat({ ...beat, turn: 12, hash: 'anything else' }),
    held.takeBeat({ ...beat, lineage: 2, turn: 12, hash: held.hash }),
  ];

  expect(heard).toEqual(['known', 'told', 'known', 'diverged', 'gap']);
  expect(held.position).toEqual({ lineage: 1, turn: 9 });
});

test('parts of a picture are applied as one, and never with parts of another', () => {
  const all: Change[] = [1, 2, 3].map(n => ({ id: `vm:${n}`, values: { name: `${n}` } }));
  const whole = picture(all, 3);
  const part = (index: number, of = whole): Picture => ({
    ...of,
    part: index,
    last: index === 2,
    records: of.records.slice(index, index + 1),
  });
  const held = new HeldScope();

  const applied = [part(0), part(1), part(0), part(2), part(1), part(2)].map(one =>
    held.takePicture(one),
  );

  expect(applied).toEqual([false, false, false, false, false, true]);
  expect(valuesOf(held).size).toBe(3);
});

test('only the kind that changed has another version, and only the record that changed is another', () => {
  const all: Change[] = [
    { id: 'vm:1', values: { name: 'a' } },
    { id: 'vm:2', values: { name: 'b' } },
    { id: 'host:1', values: { name: 'c' } },
    { id: 'vm:2', values: { state: 'Running' } },
  ];
  const held = new HeldScope();
  held.takePicture(picture(all, 3));
  const before = [held.versionOf('vm'), held.versionOf('host')];
  const [one, two] = [held.record('vm:1'), held.record('vm:2')];

  held.takePacket(packet(all, 4, 4));

  expect([held.versionOf('vm'), held.versionOf('host')]).toEqual([(before[0] ?? 0) + 1, before[1]]);
  expect(held.record('vm:1')).toBe(one);
  expect(held.record('vm:2')).not.toBe(two);
  expect(held.record('vm:2')?.values).toEqual({ name: 'b', state: 'Running' });
});
