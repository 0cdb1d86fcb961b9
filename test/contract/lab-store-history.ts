import { expect, test } from 'vitest';
import type { LabStore, Moment, Opened } from '../../server/lab/port.ts';
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
  leaving,
  mustOpen,
  SIMULATION,
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

  test('the nearest keyframe at or before a turn or a time, of the simulation of that time', async () => {
    const store = await ground.store();
    const { branch, lease } = await mustOpen(store, await ground.lab());
    const [early, late] = [aKeyframe(branch, 100), aKeyframe(branch, 200)];
    await store.saveKeyframe(lease, late);
    await store.saveKeyframe(lease, early);
    await store.saveKeyframe(lease, aKeyframe(branch, 150, { simulation: 2, hash: 'another' }));
    const near = async (moment: Moment) =>
      (await store.kept(branch, moment, SIMULATION))?.keyframe?.hash;

    const found = [
      await near({ turn: 99 }),
      await near({ turn: 199 }),
      await near({ at: at(1_999) }),
      await near({ at: at(2_000) }),
    ];

    expect(found).toEqual([undefined, 'hash-100', 'hash-100', 'hash-200']);
    expect((await store.kept(branch, { turn: 100 }, SIMULATION))?.keyframe).toEqual(early);
  });

  test('where a mark lies before a moment, the keyframe lies before the mark', async () => {
    const store = await ground.store();
    const { branch, lease } = await aLabWithPast(store, ground);
    for (const turn of [20, 30, 31])
      await store.saveKeyframe(lease, aKeyframe(branch, turn, { at: at(turn * 10) }));

    const kept = [
      await store.kept(branch, { turn: 35 }, SIMULATION),
      await store.kept(branch, { turn: 30 }, SIMULATION),
      await store.kept(branch, { at: at(101) }, SIMULATION),
    ];

    expect(kept.map(one => [one?.keyframe?.turn, one?.mark?.turn])).toEqual([
      [30, 30],
      [20, 20],
      [undefined, 10],
    ]);
  });

  test('a keyframe that is the changes to one that is gone is not used', async () => {
    const store = await ground.store();
    const { branch, lease } = await mustOpen(store, await ground.lab());
    const whole = aKeyframe(branch, 100);
    await store.saveKeyframe(lease, whole);
    await store.saveKeyframe(lease, aKeyframe(branch, 200, { base: 100 }));
    await store.saveKeyframe(lease, aKeyframe(branch, 300, { base: 150 }));

    const kept = await store.kept(branch, { turn: 1_000 }, SIMULATION);

    expect(kept?.keyframe).toMatchObject({ turn: 200, base: 100 });
    expect(await store.wholeKeyframe(branch, 100, SIMULATION)).toEqual(whole.bytes);
    expect(await store.wholeKeyframe(branch, 200, SIMULATION)).toBeNull();
  });

  test('a keyframe saved again is what its turn is now, and nobody saves one without the lease', async () => {
    const store = await ground.store();
    const { branch, lease } = await mustOpen(store, await ground.lab());
    await store.saveKeyframe(lease, aKeyframe(branch, 100));
    const again = aKeyframe(branch, 100, { hash: 'again', bytes: new Uint8Array([0, 1, 255]) });

    const saved = [
      await store.saveKeyframe(lease, again),
      await store.saveKeyframe(lease - 1, aKeyframe(branch, 100)),
    ];

    expect(saved).toEqual([true, false]);
    expect((await store.kept(branch, { turn: 100 }, SIMULATION))?.keyframe).toEqual(again);
  });

  test('a segment begins where the rows stand: what was beyond is not its past', async () => {
    const store = await ground.store();
    const parent = await aLabWithPast(store, ground);
    const { lab, lease, branch } = parent;
    await store.append([anAppend(parent, [anInput(7)])]);
    for (const turn of [30, 60, 65]) await store.saveKeyframe(lease, aKeyframe(branch, turn));
    const [older] = [await store.fork(branch, 60)];
    const bytes = new Uint8Array([1, 2, 3]);
    const begun = { lab, lease, branch, turn: 60, at: at(601), seq: 7, simulation: 2, bytes };

    const held = [
      await store.beginSegment({ ...begun, lease: lease - 1 }),
      await store.beginSegment(begun),
    ];

    expect(held).toEqual([false, true]);
    const opened = await mustOpen(store, lab, 2);
    expect(opened).toMatchObject({
      simulation: 2,
      lineage: parent.lineage + 1,
      imageSeq: 7,
      journaledSeq: 7,
      inputs: [],
      image: { turn: 60 },
    });
    const segment = { branch, turn: 60, at: 601, seq: 7, simulation: 2 };
    expect(await store.kept(branch, { turn: 99 }, 2)).toEqual({
      segment,
      mark: null,
      keyframe: { ...segment, hash: '', base: null, bytes },
    });
    expect(await store.kept(branch, { turn: 59 }, 2)).toMatchObject({
      segment: { turn: 0, simulation: 1 },
      keyframe: { turn: 30 },
    });
    // A branch that went on before is still what it was.
    expect(await store.kept(older, { turn: 60 }, 2)).toMatchObject({
      segment: { turn: 0, simulation: 1 },
    });
    expect(await store.kept(await store.fork(branch, 60), { turn: 60 }, 2)).toMatchObject({
      segment: { turn: 60, simulation: 2 },
    });
  });

  test('a fork shares the past of its parent up to its turn, and nothing after', async () => {
    const store = await ground.store();
    const parent = await aLabWithPast(store, ground);
    await store.saveKeyframe(parent.lease, aKeyframe(parent.branch, 20));
    await store.saveKeyframe(parent.lease, aKeyframe(parent.branch, 30));

    const child = await store.fork(parent.branch, 30);

    const until = { turn: 1_000 };
    const inputs = await store.inputsAfter(child, 0, until);
    const facts = await store.facts({ ...everyFact, branch: child, scope: 'host:HV01' });
    expect(inputs).toEqual([anInput(1), anInput(2), anInput(3)]);
    expect(facts.map(({ n }) => n)).toEqual([1, 2, 3]);
    // What the parent did later in that turn's stretch of time is the parent's own.
    expect(await store.marks(child)).toEqual([aMark(1), aMark(2)]);
    expect((await store.kept(child, until, SIMULATION))?.keyframe).toEqual(
      aKeyframe(parent.branch, 20),
    );
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

    const adopted = await store.adopt(parent.lab, parent.lease, child, leaving(parent.branch));

    const opened = await mustOpen(store, parent.lab);
    expect(adopted).toBe(true);
    expect(opened).toMatchObject({ branch: child, lineage: parent.lineage + 1, image: null });
    expect(opened.inputs).toEqual([anInput(1), anInput(2), anInput(3)]);
    expect(opened).toMatchObject({ imageSeq: 0, promised: 300 });
    // Commands of the life that was left are still answered, and never done again.
    expect(opened.commands).toHaveLength(6);
    expect(await store.answered(parent.lab, 'command-6')).toEqual(anInput(6));
  });

  test('what happened on a branch and was not written yet is written as it is left', async () => {
    const store = await ground.store();
    const parent = await aLabWithPast(store, ground);
    const child = await store.fork(parent.branch, 75);
    // The sixth is written already; the eighth is only of the branch that is left.
    const late = {
      facts: numbers(6, 8).map(n => aFact(n)),
      marks: numbers(6, 8).map(aMark),
    };

    const adopted = await store.adopt(
      parent.lab,
      parent.lease,
      child,
      leaving(parent.branch, late),
    );

    const of = async (branch: number) =>
      (await store.facts({ ...everyFact, branch, scope: 'host:HV01' })).map(({ n }) => n);
    expect(adopted).toBe(true);
    expect(await of(child)).toEqual(numbers(1, 7));
    expect(await of(parent.branch)).toEqual(numbers(1, 8));
    expect(await store.marks(child)).toEqual(numbers(1, 7).map(aMark));
  });

  test('who lost the lease leaves nothing behind', async () => {
    const [store, other] = [await ground.store(), await ground.store()];
    const parent = await aLabWithPast(store, ground);
    const child = await store.fork(parent.branch, 60);
    await mustOpen(other, parent.lab);

    const left = leaving(parent.branch, { facts: [aFact(7)] });
    const adopted = await store.adopt(parent.lab, parent.lease, child, left);

    const facts = await store.facts({
      ...everyFact,
      branch: parent.branch,
      scope: 'host:HV01',
      upToTurn: 1_000,
    });
    expect(adopted).toBe(false);
    expect(facts.map(({ n }) => n)).toEqual(numbers(1, 6));
  });

  test('an adopted fork that began with a state of its own is opened from that', async () => {
    const store = await ground.store();
    const parent = await aLabWithPast(store, ground);
    const state = { simulation: 1, hash: 'there', bytes: new Uint8Array([7]), isReplayed: true };
    const other = { ...state, simulation: 2, isReplayed: false };
    const [cached, begun] = [
      await store.fork(parent.branch, 35, { at: at(355), state }),
      await store.fork(parent.branch, 35, { at: at(355), state: other }),
    ];

    await store.adopt(parent.lab, parent.lease, cached, leaving(parent.branch));
    const one = await mustOpen(store, parent.lab);
    await store.adopt(parent.lab, one.lease, begun, leaving(one.branch));
    const two = await mustOpen(store, parent.lab);

    const start = { turn: 35, at: 355, seq: 3, bytes: new Uint8Array([7]) };
    expect([one, two]).toMatchObject([
      { shared: 35, simulation: 1, image: null, inputs: [], promised: 355, start },
      { shared: 35, simulation: 2, image: null, inputs: [], promised: 355, start },
    ]);
    expect(two.journaledSeq).toBe(3);
  });

  test('an adopted fork without a state of its own is opened from a keyframe before it', async () => {
    const store = await ground.store();
    const parent = await aLabWithPast(store, ground);
    for (const [turn, seq] of [
      [20, 2],
      [30, 3],
      [40, 4],
    ] as const)
      await store.saveKeyframe(parent.lease, aKeyframe(parent.branch, turn, { seq }));
    const child = await store.fork(parent.branch, 35, { at: at(355), state: null });

    await store.adopt(parent.lab, parent.lease, child, leaving(parent.branch));

    expect(await mustOpen(store, parent.lab)).toMatchObject({
      image: null,
      start: { turn: 30 },
      inputs: [],
      shared: 35,
      promised: 355,
    });
  });

  test('an adopted fork goes on: its own inputs, rows and facts after the shared ones', async () => {
    const store = await ground.store();
    const parent = await aLabWithPast(store, ground);
    const child = await store.fork(parent.branch, 35);
    await store.adopt(parent.lab, parent.lease, child, leaving(parent.branch));
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

    const adopted = await store.adopt(one.lab, one.lease, other.branch, leaving(one.branch));

    expect(adopted).toBe(false);
    expect(await mustOpen(store, one.lab)).toMatchObject({ branch: one.branch, imageSeq: 6 });
    expect((await mustOpen(store, other.lab)).image?.records.vm).toHaveLength(1);
    await expect(store.fork(999_999_999, 1)).rejects.toThrow('999999999');
  });
};
