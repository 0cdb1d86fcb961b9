import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Argument } from '../engine/binder-port.ts';
import { Terminating } from '../engine/error-record.ts';
import { type Era, manifestOf } from '../manifest/manifest.ts';
import { Hashtable } from '../value/hashtable.ts';
import type { Value } from '../value/value.ts';
import {
  bindSignature,
  BLOCK,
  FakeHost,
  named,
  run,
  virtualMachine,
  words,
} from './binding.fixture.ts';

const ERAS: readonly Era[] = ['2012', 'newest'];
const COMMANDS = ERAS.flatMap(era => [...manifestOf(era).all()]);

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ maxLength: 6 }).map(text => text.replace(/^-/, '')),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom<Value>(null, [], ['a', 1], BLOCK, virtualMachine('Web'), new Hashtable()),
);

/** A parameter's name, a beginning of one, or nonsense; now and then with its value behind a colon. */
const argument = (names: readonly string[]): fc.Arbitrary<Argument> =>
  fc.oneof(
    value.map(one => words(one)[0] ?? named('x')),
    fc
      .tuple(
        fc.oneof(
          fc.constantFrom('', 'constructor', '__proto__', ...names),
          fc.string({ maxLength: 3 }),
        ),
        fc.integer({ min: 1, max: 9 }),
        fc.option(value, { nil: undefined }),
      )
      .map(([name, length, given]) => named(name.slice(0, length * 2), given)),
  );

const line = fc.constantFrom(...COMMANDS).chain(command =>
  fc.record({
    command: fc.constant(command),
    args: fc.array(argument(command.signature.parameters.map(({ name }) => name)), {
      maxLength: 6,
    }),
    input: fc.option(fc.array(value, { maxLength: 2 }), { nil: undefined }),
    answers: fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 }),
  }),
);

test('whatever is written, binding ends: bound, or with an error of PowerShell', () => {
  const ids = new Set<string>();

  fc.assert(
    fc.property(line, ({ command, args, input, answers }) => {
      const host = new FakeHost(input !== undefined, answers);
      try {
        const { binding } = bindSignature(command.signature, args, host);
        for (const one of input ?? []) ids.add(run(binding.take(one))?.id ?? 'bound');
        const sets = [...command.sets, '__AllParameterSets', ''];
        expect(sets).toContain(binding.set);
      } catch (error) {
        if (!(error instanceof Terminating)) throw error;
        expect(error.record.message).not.toMatch(/undefined|\[object/);
        ids.add(error.record.id);
      }
    }),
    { numRuns: 3_000 },
  );

  expect([...ids]).toEqual(
    expect.arrayContaining(['bound', 'InputObjectNotBound', 'NamedParameterNotFound']),
  );
});
