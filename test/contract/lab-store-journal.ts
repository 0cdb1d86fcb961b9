import { expect, test } from 'vitest';
import {
  anAppend,
  anInput,
  aProjection,
  at,
  type Ground,
  leaving,
  mustOpen,
  SIMULATION,
} from './lab-store-data.ts';

/** The lease, the journal and the promise. */
export const journalContract = (ground: Ground): void => {
  test('a lab that is in no catalogue, or archived, cannot be opened', async () => {
    const store = await ground.store();
    const lab = await ground.lab();
    await store.open(lab, SIMULATION);
    await ground.archive(lab);

    const opened = [await store.open(lab, SIMULATION), await store.open('lab:nowhere', SIMULATION)];

    expect(opened).toEqual([null, null]);
  });

  test('a lab that was never founded opens empty, with a first branch and lineage', async () => {
    const store = await ground.store();
    const lab = await ground.lab();

    const opened = await mustOpen(store, lab);

    expect(opened).toMatchObject({ lab, image: null, imageSeq: 0, promised: 0, lineage: 1 });
    expect(opened).toMatchObject({ inputs: [], commands: [], file: 'hosts: []', name: 'A lab' });
    expect(opened.branch).toBeGreaterThan(0);
  });

  test('what was appended is there when the lab is opened again, exactly as it was', async () => {
    const store = await ground.store();
    const first = await mustOpen(store, await ground.lab());
    const inputs = [anInput(1), anInput(2), anInput(3, { poisoned: true })];

    const held = await store.append([anAppend(first, inputs.slice(0, 2), 500)]);
    await store.append([anAppend(first, inputs.slice(2), 700)]);

    const again = await mustOpen(store, first.lab);
    expect(held).toEqual(new Set([first.lab]));
    expect(again.inputs).toEqual(inputs);
    expect(JSON.stringify(again.inputs)).toBe(JSON.stringify(inputs));
    expect(again.commands).toEqual(['command-1', 'command-2', 'command-3']);
    expect(again).toMatchObject({ promised: 700, branch: first.branch, lineage: first.lineage });
  });

  test('a promise is never lowered', async () => {
    const store = await ground.store();
    const opened = await mustOpen(store, await ground.lab());
    await store.append([anAppend(opened, [], 900)]);

    const held = await store.append([anAppend(opened, [], 300)]);

    expect(held.size).toBe(1);
    expect((await mustOpen(store, opened.lab)).promised).toBe(900);
  });

  test('of two owners only the later one can write, and it keeps what the earlier one wrote', async () => {
    const [one, other] = [await ground.store(), await ground.store()];
    const lost = await mustOpen(one, await ground.lab());
    await one.append([anAppend(lost, [anInput(1)])]);
    const held = await mustOpen(other, lost.lab);

    const byLoser = [
      await one.append([anAppend(lost, [anInput(2)], 9_000)]),
      await one.project(aProjection(lost, 5)),
      await one.adopt(lost.lab, lost.lease, lost.branch, leaving(lost.branch)),
    ];
    const byOwner = await other.append([anAppend(held, [anInput(2, { command: 'mine' })])]);

    expect(byLoser).toEqual([new Set(), false, false]);
    expect(byOwner).toEqual(new Set([lost.lab]));
    const again = await mustOpen(other, lost.lab);
    expect(again.inputs.map(({ command }) => command)).toEqual(['command-1', 'mine']);
    expect(again).toMatchObject({ image: null, promised: 1_000, lineage: held.lineage });
    expect(held.lease).toBeGreaterThan(lost.lease);
  });

  test('a server that was replaced never takes a lab back', async () => {
    const [old, replacement] = [await ground.store(4), await ground.store(5)];
    const before = await mustOpen(old, await ground.lab());
    const held = await mustOpen(replacement, before.lab);

    const again = await old.open(before.lab, SIMULATION);

    expect(again).toBe('moved');
    expect((await replacement.append([anAppend(held, [anInput(1)])])).size).toBe(1);
    expect((await mustOpen(replacement, before.lab)).lease).toBe(held.lease + 1);
  });

  test('a lab whose lease is lost does not keep the others of its batch from their commit', async () => {
    const [one, other] = [await ground.store(), await ground.store()];
    const labs = [await ground.lab(), await ground.lab(), await ground.lab()];
    const opened = await Promise.all(labs.map(lab => mustOpen(one, lab)));
    await other.open(labs[1]!, SIMULATION);

    const held = await one.append(opened.map(lab => anAppend(lab, [anInput(1)])));

    expect(held).toEqual(new Set([labs[0], labs[2]]));
    const inputs = await Promise.all(
      labs.map(async lab => (await mustOpen(one, lab)).inputs.length),
    );
    expect(inputs).toEqual([1, 0, 1]);
  });

  const unfit = [
    ['a command that was taken before', [anInput(2), anInput(3, { command: 'command-1' })]],
    ['a command twice', [anInput(2, { command: 'x' }), anInput(3, { command: 'x' })]],
    ['an input number that was given before', [anInput(1, { command: 'new' })]],
    ['a gap before its inputs', [anInput(3)]],
    ['a gap between its inputs', [anInput(2), anInput(4)]],
  ] as const;
  test.each(unfit)('a lab with %s gets nothing written, and the others do', async (_, inputs) => {
    const store = await ground.store();
    const [bad, good] = [
      await mustOpen(store, await ground.lab()),
      await mustOpen(store, await ground.lab()),
    ];
    await store.append([bad, good].map(lab => anAppend(lab, [anInput(1)], 100)));

    const held = await store.append([
      anAppend(bad, inputs, 8_000),
      anAppend(good, [anInput(2)], 8_000),
    ]);

    expect(held).toEqual(new Set([good.lab]));
    expect(await mustOpen(store, bad.lab)).toMatchObject({ promised: 100, inputs: [anInput(1)] });
    expect((await mustOpen(store, good.lab)).inputs).toEqual([anInput(1), anInput(2)]);
  });

  test('inputs for a branch that the lab is not on are not written', async () => {
    const store = await ground.store();
    const opened = await mustOpen(store, await ground.lab());
    const branch = await store.fork(opened.branch, 0);

    const held = await store.append([{ ...anAppend(opened, [anInput(1)]), branch }]);

    expect(held.size).toBe(0);
    expect((await mustOpen(store, opened.lab)).inputs).toEqual([]);
  });

  test('appends that were not waited for are written one after the other', async () => {
    const store = await ground.store();
    const opened = await mustOpen(store, await ground.lab());
    const numbers = Array.from({ length: 20 }, (_, index) => index + 1);

    const held = await Promise.all(
      numbers.map(seq => store.append([anAppend(opened, [anInput(seq)], seq)])),
    );

    expect(held.every(labs => labs.has(opened.lab))).toBe(true);
    expect((await mustOpen(store, opened.lab)).inputs.map(({ seq }) => seq)).toEqual(numbers);
  });

  test('a batch of no labs is no work', async () => {
    const store = await ground.store();

    const held = await store.append([]);

    expect(held.size).toBe(0);
  });

  test('a command gets the answer it got before, a strange one none', async () => {
    const store = await ground.store();
    const [opened, other] = [
      await mustOpen(store, await ground.lab()),
      await mustOpen(store, await ground.lab()),
    ];
    const refused = anInput(1, {
      result: { ok: false, fault: { kind: 'InvalidState', message: 'No.', code: 32775, data: {} } },
    });
    await store.append([anAppend(opened, [refused])]);

    const answers = [
      await store.answered(opened.lab, refused.command),
      await store.answered(opened.lab, 'never-sent'),
      await store.answered(other.lab, refused.command),
    ];

    expect(answers).toEqual([refused, null, null]);
  });

  test('many open one new lab at once: one branch, a lease each, only the last one holds', async () => {
    const lab = await ground.lab();
    const stores = await Promise.all([1, 2, 3, 4].map(() => ground.store()));

    const opened = await Promise.all(stores.map(store => mustOpen(store, lab)));

    expect(new Set(opened.map(({ branch }) => branch)).size).toBe(1);
    expect(new Set(opened.map(({ lease }) => lease)).size).toBe(4);
    const held = await Promise.all(
      opened.map((one, index) => stores[index]!.append([anAppend(one, [], 10)])),
    );
    const last = opened.toSorted((a, b) => b.lease - a.lease)[0]!;
    expect(held.map(labs => labs.size)).toEqual(opened.map(one => (one === last ? 1 : 0)));
    expect(at(10)).toBe((await mustOpen(stores[0]!, lab)).promised);
  });
};
