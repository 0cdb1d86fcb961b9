import { expect, test } from 'vitest';
import type { LabStore, Opened } from '../../server/lab/port.ts';
import type { Mark } from '../../server/sim/engine/machine.ts';
import {
  aFact,
  aKeyframe,
  anAppend,
  anInput,
  aProjection,
  aRow,
  at,
  type Ground,
  mustOpen,
} from './lab-store-data.ts';

const aMark = (n: number): Mark => ({ turn: n * 10, at: at(n * 100), hash: `mark-${n}` });

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A lab with inputs, facts and marks 1 to 6, at turns 10 to 60. */
const aLabWithPast = async (store: LabStore, ground: Ground): Promise<Opened> => {
  const opened = await mustOpen(store, await ground.lab());
  await store.append([
    anAppend(
      opened,
      numbers(1, 6).map(seq => anInput(seq)),
    ),
  ]);
  await store.project(
    aProjection(opened, 60, {
      seq: 6,
      facts: numbers(1, 6).map(n => aFact(n)),
      marks: numbers(1, 6).map(aMark),
      upserts: { vm: [aRow('vm', 'a', 60)] },
    }),
  );
  return opened;
};

/** Facts, keyframes, branches: what was. */
export const historyContract = (ground: Ground): void => {
  const everyFact = { afterTurn: 0, upToTurn: 1_000, limit: 100, audience: 'instructor' } as const;

  test('facts are of a scope and for an audience', async () => {
    const store = await ground.store();
    const { branch, ...opened } = await mustOpen(store, await ground.lab());
    const facts = [
      aFact(1, { kind: 'action', host: null, vm: null }),
      aFact(2, { kind: 'vmbus' }),
      aFact(3, { kind: 'event', host: 'host:HV02' }),
      aFact(4, { kind: 'fault', audience: 'instructor' }),
    ];
    await store.project(aProjection({ branch, ...opened }, 50, { facts }));
    const seen = async (
      scope: 'lab' | `host:${string}` | `vm:${string}`,
      audience: 'everyone' | 'instructor',
    ) => (await store.facts({ ...everyFact, branch, scope, audience })).map(({ n }) => n);

    const found = [
      await seen('lab', 'everyone'),
      await seen('lab', 'instructor'),
      await seen('host:HV01', 'everyone'),
      await seen('host:HV01', 'instructor'),
      await seen('vm:odd', 'everyone'),
      await seen('vm:none', 'instructor'),
    ];

    expect(found).toEqual([[1, 3], [1, 3, 4], [2], [2, 4], [3], []]);
    const whole = await store.facts({ ...everyFact, branch, scope: 'host:HV02' });
    expect(whole).toEqual([facts[2]]);
    expect(JSON.stringify(whole[0]?.data)).toBe(JSON.stringify(facts[2]?.data));
  });

  test('facts are the newest of a stretch of turns, oldest first', async () => {
    const store = await ground.store();
    const { branch } = await aLabWithPast(store, ground);
    const query = { ...everyFact, branch, scope: 'host:HV01' } as const;

    const found = await store.facts({ ...query, afterTurn: 10, upToTurn: 50, limit: 3 });

    expect(found.map(({ n }) => n)).toEqual([3, 4, 5]);
  });

  test('facts are paged by their numbers, so that a page may end within a turn', async () => {
    const store = await ground.store();
    const { branch, ...opened } = await mustOpen(store, await ground.lab());
    const facts = numbers(1, 5).map(n => aFact(n, { turn: n < 3 ? 10 : 20 }));
    await store.project(aProjection({ branch, ...opened }, 50, { facts }));
    const query = { ...everyFact, branch, scope: 'host:HV01', upToTurn: 20, limit: 2 } as const;

    const pages = await Promise.all(
      [undefined, 4, 2].map(before =>
        store.facts({ ...query, ...(before === undefined ? {} : { before }) }),
      ),
    );

    expect(pages.map(page => page.map(({ n }) => n))).toEqual([[4, 5], [2, 3], [1]]);
  });

  test('the nearest keyframe at or before a turn or a time', async () => {
    const store = await ground.store();
    const { branch } = await mustOpen(store, await ground.lab());
    const [early, late] = [aKeyframe(branch, 100), aKeyframe(branch, 200)];
    await store.saveKeyframe(late);
    await store.saveKeyframe(early);
    await store.saveKeyframe(aKeyframe(branch, 200, { simulation: 2, hash: 'newer' }));

    const found = await Promise.all([
      store.keyframe(branch, { turn: 99 }),
      store.keyframe(branch, { turn: 100 }),
      store.keyframe(branch, { at: at(1_999) }),
      store.keyframe(branch, { at: at(2_000) }),
    ]);

    expect(found.map(one => one?.hash)).toEqual([undefined, 'hash-100', 'hash-100', 'newer']);
    expect(found[1]).toEqual(early);
  });

  test('a keyframe saved again is what its turn is now', async () => {
    const store = await ground.store();
    const { branch } = await mustOpen(store, await ground.lab());
    await store.saveKeyframe(aKeyframe(branch, 100));
    const again = aKeyframe(branch, 100, { hash: 'again', bytes: new Uint8Array([0, 1, 255]) });

    await store.saveKeyframe(again);

    expect(await store.keyframe(branch, { turn: 100 })).toEqual(again);
  });

  test('a fork shares the past of its parent up to its turn, and nothing after', async () => {
    const store = await ground.store();
    const parent = await aLabWithPast(store, ground);
    await store.saveKeyframe(aKeyframe(parent.branch, 20));
    await store.saveKeyframe(aKeyframe(parent.branch, 30));

    const child = await store.fork(parent.branch, 30);

    const until = { turn: 1_000 };
    const inputs = await store.inputsAfter(child, 0, until);
    const facts = await store.facts({ ...everyFact, branch: child, scope: 'host:HV01' });
    expect(inputs).toEqual([anInput(1), anInput(2), anInput(3)]);
    expect(facts.map(({ n }) => n)).toEqual([1, 2, 3]);
    // What the parent did later in that turn's stretch of time is the parent's own.
    expect(await store.marks(child)).toEqual([aMark(1), aMark(2)]);
    expect(await store.keyframe(child, until)).toEqual(aKeyframe(parent.branch, 20));
    expect((await store.inputsAfter(parent.branch, 0, until)).length).toBe(6);
    expect(await store.marks(parent.branch)).toEqual(numbers(1, 6).map(aMark));
  });

  test('inputs after a keyframe end at a turn or a time', async () => {
    const store = await ground.store();
    const { branch } = await aLabWithPast(store, ground);

    const found = [
      await store.inputsAfter(branch, 2, { turn: 40 }),
      await store.inputsAfter(branch, 2, { at: at(399) }),
    ];

    expect(found.map(inputs => inputs.map(({ seq }) => seq))).toEqual([[3, 4], [3]]);
  });

  test('an adopted fork is the lab: a new lineage, no image yet, the shared past as inputs', async () => {
    const store = await ground.store();
    const parent = await aLabWithPast(store, ground);
    const child = await store.fork(parent.branch, 35);

    const adopted = await store.adopt(parent.lab, parent.lease, child);

    const opened = await mustOpen(store, parent.lab);
    expect(adopted).toBe(true);
    expect(opened).toMatchObject({ branch: child, lineage: parent.lineage + 1, image: null });
    expect(opened.inputs).toEqual([anInput(1), anInput(2), anInput(3)]);
    expect(opened).toMatchObject({ imageSeq: 0, promised: 300 });
    // Commands of the life that was left are still answered, and never done again.
    expect(opened.commands).toHaveLength(6);
    expect(await store.answered(parent.lab, 'command-6')).toEqual(anInput(6));
  });

  test('an adopted fork goes on: its own inputs, rows and facts after the shared ones', async () => {
    const store = await ground.store();
    const parent = await aLabWithPast(store, ground);
    const child = await store.fork(parent.branch, 35);
    await store.adopt(parent.lab, parent.lease, child);
    const opened = await mustOpen(store, parent.lab);
    const own = anInput(4, { command: 'own', turn: 36 });

    const held = [
      await store.append([anAppend(parent, [anInput(7)])]),
      await store.append([anAppend(opened, [own])]),
      await store.project(
        aProjection(opened, 40, {
          seq: 4,
          facts: [aFact(4, { turn: 36, summary: 'own' })],
          marks: [{ turn: 36, at: at(400), hash: 'own' }],
          upserts: { vm: [aRow('vm', 'b', 36)] },
        }),
      ),
    ];

    expect(held).toEqual([new Set(), new Set([parent.lab]), true]);
    const again = await mustOpen(store, parent.lab);
    expect(again).toMatchObject({ imageSeq: 4, inputs: [] });
    expect(again.image?.records).toEqual({ vm: [aRow('vm', 'b', 36)] });
    const facts = await store.facts({ ...everyFact, branch: child, scope: 'host:HV01' });
    expect(facts.map(({ summary }) => summary)).toEqual([
      ...[1, 2, 3].map(n => aFact(n).summary),
      'own',
    ]);
    const last = { ...everyFact, branch: child, scope: 'host:HV01', limit: 2 } as const;
    expect((await store.facts(last)).map(({ n }) => n)).toEqual([3, 4]);
    const inputs = await store.inputsAfter(child, 1, { turn: 1_000 });
    expect(inputs).toEqual([anInput(2), anInput(3), own]);
    expect((await store.marks(child)).map(({ hash }) => hash)).toEqual([
      'mark-1',
      'mark-2',
      'mark-3',
      'own',
    ]);
  });

  test('a fork of a fork is limited by both', async () => {
    const store = await ground.store();
    const { branch } = await aLabWithPast(store, ground);
    const child = await store.fork(branch, 45);

    const [grandchild, sibling] = [await store.fork(child, 25), await store.fork(child, 500)];

    const until = { turn: 1_000 };
    const seqs = async (of: number) =>
      (await store.inputsAfter(of, 0, until)).map(({ seq }) => seq);
    expect(await seqs(grandchild)).toEqual([1, 2]);
    expect(await seqs(sibling)).toEqual([1, 2, 3, 4]);
  });

  test('a branch of another lab is not adopted, and one that is not there not forked', async () => {
    const store = await ground.store();
    const [one, other] = [await aLabWithPast(store, ground), await aLabWithPast(store, ground)];

    const adopted = await store.adopt(one.lab, one.lease, other.branch);

    expect(adopted).toBe(false);
    expect(await mustOpen(store, one.lab)).toMatchObject({ branch: one.branch, imageSeq: 6 });
    expect((await mustOpen(store, other.lab)).image?.records.vm).toHaveLength(1);
    await expect(store.fork(999_999_999, 1)).rejects.toThrow('999999999');
  });
};
