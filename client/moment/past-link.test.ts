import { expect, onTestFinished, test } from 'vitest';
import { fail, ok, type Result } from '../../server/base/result.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import { openLink } from '../link/link.ts';
import type { PastPicture, When } from './ask-past.ts';
import { PastLink } from './past-link.ts';

interface Asked {
  readonly scopes: readonly Scope[];
  readonly when: When;
  readonly answer: (given: Result<PastPicture, string>) => Promise<void>;
}

/** The past of a lab that answers when it is told to, one question after the other. */
const aPast = () => {
  const asked: Asked[] = [];
  const live = openLink({
    url: 'ws://lab.example/ws',
    lab: 'lab:x',
    connect: () => ({ send: () => undefined, close: () => undefined }),
  });
  onTestFinished(() => live.close());
  const past = new PastLink(
    live,
    (scopes, when) =>
      new Promise(resolve => {
        const answer = async (given: Result<PastPicture, string>): Promise<void> => {
          resolve(given);
          await new Promise(done => setTimeout(done));
        };
        asked.push({ scopes, when, answer });
      }),
  );
  const last = (): Asked => asked.at(-1) as Asked;
  return { past, asked, last };
};

const pictureOf = (
  turn: number,
  name: string,
  scopes: readonly Scope[] = ['lab'],
): Result<PastPicture, string> =>
  ok({
    turn,
    at: (turn * 10) as SimTime,
    scopes: scopes.map(scope => ({ scope, records: [['vm:1', turn, 0, { name }]], facts: [] })),
  });

/** Questions are asked a breath after they come up. */
const begun = (): Promise<void> => Promise.resolve();

const nameIn = (past: PastLink, scope: Scope = 'lab'): unknown =>
  past.scope(scope)?.record('vm:1')?.values['name'];

test('whatever is watched is asked for at once, because one replay shows it all', async () => {
  const { past, asked, last } = aPast();
  past.watch('lab');
  past.goTo(7);
  past.watch('vm:1');
  await begun();

  await last().answer(pictureOf(7, 'then', ['lab', 'vm:1']));

  expect(asked.map(({ scopes, when }) => [scopes, when])).toEqual([[['lab', 'vm:1'], { turn: 7 }]]);
  expect([nameIn(past), nameIn(past, 'vm:1')]).toEqual(['then', 'then']);
  expect(past.moment).toMatchObject({ turn: 7, at: 70, speed: 0 });
});

test('what is watched later is asked for alone', async () => {
  const { past, asked, last } = aPast();
  past.watch('lab');
  past.goTo(7);
  await begun();
  await last().answer(pictureOf(7, 'then'));
  past.watch('vm:1');
  await begun();

  await last().answer(pictureOf(7, 'then, whole', ['vm:1']));

  expect(asked.map(({ scopes }) => scopes)).toEqual([['lab'], ['vm:1']]);
  expect([nameIn(past), nameIn(past, 'vm:1')]).toEqual(['then', 'then, whole']);
});

test('an answer that comes after one has gone elsewhere is not shown', async () => {
  const { past, last } = aPast();
  past.watch('lab');
  past.goTo(7);
  await begun();
  const late = last();
  past.goTo(3);

  await late.answer(pictureOf(7, 'seven'));
  expect(nameIn(past)).toBeUndefined();
  await last().answer(pictureOf(3, 'three'));

  expect(nameIn(past)).toBe('three');
});

test('of many times one drags over, the last is looked for and the ones between are not', async () => {
  const { past, asked, last } = aPast();
  past.watch('lab');

  const first = past.seek(10);
  const between = past.seek(20);
  const final = past.seek(30);
  await last().answer(pictureOf(1, 'one'));
  await last().answer(pictureOf(3, 'three'));

  expect(asked.slice(0, 2).map(({ when }) => when)).toEqual([{ at: 10 }, { at: 30 }]);
  expect(await Promise.all([first, between, final])).toEqual([3, null, null]);
  expect(nameIn(past)).toBe('three');
});

test('of a time that is looked for every scope is shown at that time', async () => {
  const { past, asked, last } = aPast();
  past.watch('lab');
  past.watch('vm:1');

  const found = past.seek(75);
  const scopes = ['lab', 'vm:1'] as const;
  const none = scopes.map(scope => ({ scope, records: [], facts: [] }));
  await last().answer(ok({ turn: 7, at: 75 as SimTime, scopes: none }));
  past.goTo((await found) ?? 0);
  await begun();

  expect(asked.map(({ scopes: of, when }) => [of, when])).toEqual([[scopes, { at: 75 }]]);
  expect(past.moment).toMatchObject({ turn: 7, at: 75 });
});

test('a moment that cannot be had says why, and the next one is shown all the same', async () => {
  const { past, last } = aPast();
  past.watch('lab');
  past.goTo(7);
  await begun();

  await last().answer(fail('There is no turn 7 yet.'));
  expect(past.problem).toBe('There is no turn 7 yet.');
  past.goTo(5);
  await begun();
  await last().answer(pictureOf(5, 'five'));

  expect([past.problem, nameIn(past)]).toEqual([null, 'five']);
});

test('nothing can be done in the past', async () => {
  const { past } = aPast();

  expect(await past.submit()).toMatchObject({ ok: false, fault: { kind: 'ReadOnly' } });
  await expect(past.command('vm.start', {})).rejects.toThrow(/past/u);
});
