import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AssertionError } from '../../base/assert.ts';
import type { SimTime } from '../../protocol/time.ts';
import { TICKS_PER_SECOND, ticks } from '../../protocol/time.ts';
import type { Simulation } from './handler.ts';
import { handler } from './handler.ts';
import { load, save } from './image.ts';
import { Machine } from './machine.ts';
import type { Timed } from './toy.fixture.ts';
import { SEED, TOY, apply, found, reloaded, story, toy, volume } from './toy.fixture.ts';
import { World } from './world.ts';

const action = fc.oneof(
  fc.record({
    op: fc.constant('throw' as const),
    args: fc.record({
      to: fc.integer({ min: 1, max: 6 }),
      hops: fc.nat(12),
      // Often the same instant, sometimes across a mark.
      fuse: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(4 * TICKS_PER_SECOND)),
    }),
  }),
  fc.record({
    op: fc.constantFrom('add' as const, 'remove' as const),
    args: fc.record({ n: fc.integer({ min: 1, max: 6 }) }),
  }),
  fc.record({
    op: fc.constant('burst' as const),
    args: fc.record({ n: fc.nat(5), hops: fc.nat(4) }),
  }),
);

const timed: fc.Arbitrary<Timed> = fc.record({
  after: fc.oneof(
    fc.constant(0),
    fc.nat(5),
    fc.nat(3 * TICKS_PER_SECOND),
    // Exactly at a mark, when the rest adds up to nothing.
    fc.constant(10 * TICKS_PER_SECOND),
  ),
  action,
});

const history = fc.array(timed, { minLength: 1, maxLength: 25 });

const END = 40 * TICKS_PER_SECOND;

/** Plays a history; `between` may do to the machine what must not matter. */
function play(
  machine: Machine,
  story: readonly Timed[],
  between: (machine: Machine, to: number) => Machine = same => same,
): Machine {
  let now = 0;
  let current = machine;
  for (const { after, action: each } of story) {
    now += after;
    current = between(current, now);
    apply(current, now, each);
  }
  current = between(current, now + END);
  current.advance((now + END) as SimTime);
  return current;
}

test('a span cut anywhere, by time and by budget, has the same turns', () => {
  const cuts = fc.infiniteStream(
    fc.record({
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      budget: fc.integer({ min: 0, max: 6 }),
    }),
  );
  fc.assert(
    fc.property(history, cuts, (actions, stream) => {
      const whole = play(toy(), actions);

      const cut = play(toy(), actions, (machine, to) => {
        for (let n = 0; n < 6; n += 1) {
          const { part, budget } = stream.next().value as { part: number; budget: number };
          const until = machine.now + Math.floor((to - machine.now) * part);
          machine.advance(until as SimTime, budget);
        }
        return machine;
      });

      expect(story(cut)).toEqual(story(whole));
    }),
    { numRuns: 120 },
  );
});

test('a machine saved and loaded at any turns has the same future', () => {
  const cuts = fc.infiniteStream(
    fc.record({ reload: fc.boolean(), budget: fc.integer({ min: 0, max: 9 }) }),
  );
  fc.assert(
    fc.property(history, cuts, (actions, stream) => {
      const whole = play(toy(), actions);

      const broken = play(toy(), actions, (machine, to) => {
        let current = machine;
        for (let n = 0; n < 8; n += 1) {
          const { reload, budget } = stream.next().value as { reload: boolean; budget: number };
          current.advance(to as SimTime, budget);
          if (reload) current = reloaded(current);
        }
        return current;
      });

      expect(story(broken)).toEqual(story(whole));
    }),
    { numRuns: 120 },
  );
});

test('a mark is made once when the machine is loaded in the very instant of it', () => {
  const whole = toy();
  const broken = toy();
  const mark = 10 * TICKS_PER_SECOND;
  for (const machine of [whole, broken]) {
    apply(machine, 0, { op: 'throw', args: { to: 1, hops: 3, fuse: mark } });
  }

  whole.advance((2 * mark) as SimTime);
  // Stops in the instant of the mark, before it and after it.
  let current = broken;
  for (let n = 0; n < 12; n += 1) {
    current.advance((2 * mark) as SimTime, 1);
    current = reloaded(current);
  }
  current.advance((2 * mark) as SimTime);

  expect(whole.marks.map(({ at }) => at)).toEqual([mark]);
  expect(story(current)).toEqual(story(whole));
});

test('a mark closes its instant: inputs of that instant are in it', () => {
  const mark = 10 * TICKS_PER_SECOND;
  const one = toy();
  const two = toy();

  one.advance(mark as SimTime);
  apply(one, mark, { op: 'add', args: { n: 9 } });
  apply(two, mark, { op: 'add', args: { n: 9 } });
  for (const machine of [one, two]) machine.advance((mark + 1) as SimTime);

  expect(one.marks).toHaveLength(1);
  expect(one.marks[0]).toMatchObject({ at: mark, turn: one.turn });
  expect(two.marks).toEqual(one.marks);
});

test('order is data: in what order records were made does not matter', () => {
  const ids = [1, 2, 3, 4, 5, 6, 7, 8];
  fc.assert(
    fc.property(
      fc.shuffledSubarray(ids, { minLength: ids.length }),
      fc.array(
        timed.filter(({ action: each }) => each.op !== 'add'),
        { maxLength: 12 },
      ),
      (order, actions) => {
        const sorted = play(toy(ids), actions);
        const shuffled = play(toy(order), actions);

        expect(story(shuffled)).toEqual(story(sorted));
      },
    ),
    { numRuns: 60 },
  );
});

test('order is data: in what order rows come back from the database does not matter', () => {
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), (actions, dice) => {
      const machine = play(toy(), actions);
      const image = save(machine.world, SEED);
      const shuffle = <T>(items: readonly T[]): T[] =>
        items
          .map(item => [dice.next().value as number, item] as const)
          .toSorted((a, b) => a[0] - b[0])
          .map(([, item]) => item);
      const shuffled = {
        ...image,
        agenda: shuffle(image.agenda),
        records: Object.fromEntries(
          Object.entries(image.records).map(([kind, rows]) => [kind, shuffle(rows ?? [])]),
        ),
      };

      const one = new Machine(load(image), TOY);
      const two = new Machine(load(shuffled), TOY);
      for (const each of [one, two]) each.advance((each.now + END) as SimTime);

      expect(story(two)).toEqual(story(one));
    }),
    { numRuns: 40 },
  );
});

test('the same inputs and seed give the same story, another seed another', () => {
  const actions: Timed[] = [{ after: 1, action: { op: 'burst', args: { n: 2, hops: 9 } } }];

  const [first, second, other] = [SEED, SEED, 'another'].map(seed =>
    story(play(toy([1, 2, 3], seed), actions)),
  );

  expect(second).toEqual(first);
  expect(other?.hash).not.toBe(first?.hash);
});

test('an input runs after all that is due, also what its instant’s earlier inputs began', () => {
  const machine = toy([1]);

  apply(machine, 5, { op: 'throw', args: { to: 1, hops: 0, fuse: 0 } });
  const before = machine.turn;
  apply(machine, 5, { op: 'add', args: { n: 2 } });

  // The ball was caught in a turn between the two.
  expect(machine.turn).toBe(before + 2);
  expect(machine.world.factsForProjection.map(({ summary }) => summary)).toEqual([
    'throw',
    'volume:TOY/1 caught a ball',
    'add',
  ]);
});

test('every fact but an input’s follows from an earlier one', () => {
  const machine = play(toy(), [
    { after: 0, action: { op: 'burst', args: { n: 1, hops: 9 } } },
    { after: 3, action: { op: 'add', args: { n: 1 } } },
  ]);

  for (const { n, cause, kind } of machine.world.factsForProjection) {
    expect(cause === null ? kind : 'caused').toBe(cause === null ? 'action' : 'caused');
    expect(cause ?? 0).toBeLessThan(n);
  }
});

test('a refused input is told and changes no record', () => {
  const machine = toy([1]);
  const before = JSON.stringify(save(machine.world, SEED).records);

  apply(machine, 1, { op: 'add', args: { n: 1 } });

  expect(JSON.stringify(save(machine.world, SEED).records)).toBe(before);
  expect(machine.world.factsForProjection.at(-1)?.summary).toBe('add refused: 1 is there');
});

test('a message to a record that is gone falls to the floor', () => {
  const machine = toy([1, 2]);
  apply(machine, 0, { op: 'throw', args: { to: 1, hops: 5, fuse: 10 } });
  apply(machine, 0, { op: 'remove', args: { n: 1 } });
  const facts = machine.world.lastFact;

  machine.advance(100 as SimTime);

  expect(machine.world.lastFact).toBe(facts);
  expect(machine.world.agenda.length).toBe(0);
});

test('a new neighbour does not disturb anybody’s dice', () => {
  const alone = toy([1]);
  const crowded = toy([1, 2, 3, 4]);
  const rolls = (machine: Machine): number[] => {
    const seen: number[] = [];
    const dice = handler('volume', (turn, self) => {
      seen.push(turn.draw('volume', self.id));
    });
    const own = new Machine(machine.world, { version: 1, handlers: [dice], operations: {} });
    for (let n = 0; n < 5; n += 1) {
      own.world.agenda.add({ due: n as SimTime, to: volume(1), message: { type: 'x' }, cause: 0 });
    }
    own.advance(10 as SimTime);
    return seen;
  };

  expect(rolls(crowded)).toEqual(rolls(alone));
});

/** A simulation whose volumes send to themselves at once. */
function loop(turns: number): Simulation {
  let left = turns;
  const spin = handler('volume', (turn, self) => {
    left -= 1;
    if (left > 0) turn.send(self.id, { type: 'Spin' }, ticks(0));
  });
  return { version: 1, handlers: [spin], operations: {} };
}

function spinning(turns: number): Machine {
  const world = new World(SEED);
  const machine = new Machine(world, loop(turns));
  machine.found(turn => {
    found(turn, [1]);
    turn.send(volume(1), { type: 'Spin' }, ticks(5));
  });
  return machine;
}

test('a hundred thousand turns in one instant are a lab, one more is a loop', () => {
  expect(spinning(100_000).advance(10 as SimTime)).toBe(true);
  expect(() => spinning(100_001).advance(10 as SimTime)).toThrow(AssertionError);
});

test('a budget does not hide a loop', () => {
  const machine = spinning(Infinity);

  expect(() => {
    while (!machine.advance(10 as SimTime, 997));
  }).toThrow('without time passing');
});

test('as many turns as one likes, when time passes', () => {
  let left = 150_000;
  const tick = handler('volume', (turn, self) => {
    left -= 1;
    if (left > 0) turn.send(self.id, { type: 'Tick' }, ticks(left % 2));
  });
  const machine = new Machine(new World(SEED), { version: 1, handlers: [tick], operations: {} });
  machine.found(turn => {
    found(turn, [1]);
    turn.send(volume(1), { type: 'Tick' }, ticks(1));
  });

  machine.advance(200_000 as SimTime);

  expect(left).toBe(0);
});

test('an operation that throws is thrown on, and the lab loaded again goes on without it', () => {
  fc.assert(
    fc.property(history, fc.nat(24), (actions, at) => {
      const clean = play(toy(), actions);
      let poisonings = 0;

      const survivor = play(toy(), actions, (machine, to) => {
        if (poisonings === 0 && at <= actions.length) {
          poisonings += 1;
          const before = reloaded(machine);
          const facts = [...machine.world.factsForProjection];
          const poisoned = { op: 'poison', args: { n: 77 } };
          expect(() => apply(machine, Math.min(to, machine.now), poisoned)).toThrow('poisoned');
          before.world.factsForProjection = facts;
          return before;
        }
        return machine;
      });

      const told = story(survivor);
      expect(told.state).not.toContain('TOY/77');
      expect(told.state).toBe(story(clean).state);
    }),
    { numRuns: 40 },
  );
});

test('a handler that throws is thrown on', () => {
  const bad = handler('volume', () => {
    throw new AssertionError('a broken volume');
  });
  const machine = new Machine(new World(SEED), { version: 1, handlers: [bad], operations: {} });
  machine.found(turn => {
    found(turn, [1]);
    turn.send(volume(1), { type: 'x' }, ticks(5));
  });

  expect(() => machine.advance(10 as SimTime)).toThrow('a broken volume');
});

test('time never runs backwards', () => {
  const machine = toy();
  machine.advance(10 as SimTime);

  expect(() => machine.advance(9 as SimTime)).toThrow('backwards');
  expect(() => apply(machine, 9, { op: 'add', args: { n: 9 } })).toThrow('backwards');
});

test('nobody receives for a kind twice, nor for one that nobody declared', () => {
  const one = handler('volume', () => {});
  const twice: Simulation = { version: 1, handlers: [one, one], operations: {} };
  const none = new Machine(new World(SEED), { version: 1, handlers: [], operations: {} });
  none.found(turn => {
    found(turn, [1]);
    turn.send(volume(1), { type: 'x' }, ticks(0));
  });

  expect(() => new Machine(new World(SEED), twice)).toThrow('two handlers');
  expect(() => none.advance(1 as SimTime)).toThrow('nobody receives');
});
