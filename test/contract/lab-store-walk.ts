import { expect, test } from 'vitest';
import { draw } from '../../server/base/prng.ts';
import type { LabStore, Opened, Projection } from '../../server/lab/port.ts';
import type { Id, LabId } from '../../server/protocol/id.ts';
import type { RecordKind } from '../../server/protocol/record/kind.ts';
import {
  anAppend,
  anEntry,
  anInput,
  aProjection,
  aRow,
  type Ground,
  mustOpen,
} from './lab-store-data.ts';
import {
  appended,
  expectOpened,
  idsOf,
  type LabModel,
  NEW_LAB,
  projected,
} from './lab-store-model.ts';

const KINDS = ['vm', 'job', 'virtual-processor', 'vmbus-channel'] as const satisfies RecordKind[];
const LABS = 3;

/** Somebody who runs some labs, walks at random and knows at every step what the store owes. */
interface Walker {
  readonly roll: (sides: number) => number;
  readonly labs: LabId[];
  readonly opened: Opened[];
  readonly models: LabModel[];
  store: LabStore;
}

/**
 * Random appends, projections, openings and takeovers, then the labs are what a model says. With
 * `disturb`, which may break a connection at any moment, an operation may fail: then it happened
 * whole or not at all, and the next opening says which.
 */
export const walkContract = (
  ground: Ground,
  seeds: readonly number[],
  disturb: (roll: (sides: number) => number) => Promise<void> = async () => undefined,
): void => {
  test.each(seeds)(
    'after a random walk with seed %i a lab opens as what it went through',
    async seed => {
      let rolled = 0;
      const roll = (sides: number): number => draw(seed, 0, (rolled += 1)) % sides;
      const walker = await aWalker(ground, roll);

      for (let step = 0; step < 60; step += 1) {
        const disturbance = roll(3) === 0 ? disturb(roll) : undefined;
        const kind = roll(10);
        if (kind < 5) await append(walker);
        else if (kind < 8) await project(walker);
        else if (kind < 9) await reopen(walker, roll(LABS));
        else await takeOver(walker, ground);
        await disturbance;
      }

      for (let index = 0; index < LABS; index += 1) await reopen(walker, index);
      expect(walker.models.some(({ image }) => image !== null)).toBe(true);
      expect(walker.models.some(({ inputs }) => inputs.length > 10)).toBe(true);
    },
  );
};

const aWalker = async (ground: Ground, roll: (sides: number) => number): Promise<Walker> => {
  const store = await ground.store();
  const labs = await Promise.all(Array.from({ length: LABS }, () => ground.lab()));
  const opened = await Promise.all(labs.map(lab => mustOpen(store, lab)));
  return { roll, labs, opened, models: labs.map(() => NEW_LAB), store };
};

/** Asks until the database answers: a disturbance may hit the opening too. */
const open = async (walker: Walker, index: number): Promise<Opened> => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await mustOpen(walker.store, walker.labs[index]!);
    } catch (error) {
      if (tries === 10) throw error;
    }
  }
};

const reopen = async (walker: Walker, index: number): Promise<void> => {
  const opened = await open(walker, index);
  expectOpened(opened, walker.models[index]!);
  walker.opened[index] = opened;
};

/** After a failure a lab is what it was or what it was to become; of a batch, all are the one or the other. */
const settle = async (walker: Walker, after: ReadonlyMap<number, LabModel>): Promise<void> => {
  let became: boolean | undefined;
  for (const [index, model] of after) {
    const opened = await open(walker, index);
    const old = walker.models[index]!;
    became ??=
      opened.commands.length > old.inputs.length ||
      opened.promised > old.promised ||
      opened.image?.turn !== old.image?.turn;
    walker.models[index] = became ? model : old;
    expectOpened(opened, walker.models[index]);
    walker.opened[index] = opened;
  }
};

const append = async (walker: Walker): Promise<void> => {
  const { roll, models, opened } = walker;
  const indexes = models.map((_, index) => index).filter(() => roll(3) > 0);
  const batch = indexes.map(index => {
    const { inputs, promised } = models[index]!;
    const first = inputs.length + 1;
    const fresh = Array.from({ length: roll(4) }, (_, more) => anInput(first + more));
    return anAppend(opened[index]!, fresh, promised + 1 + roll(500));
  });
  const after = new Map(indexes.map((index, at) => [index, appended(models[index]!, batch[at]!)]));
  try {
    const held = await walker.store.append(batch);
    expect(held).toEqual(new Set(batch.map(({ lab }) => lab)));
    for (const [index, model] of after) models[index] = model;
  } catch (error) {
    if (error instanceof Error && error.name === 'AssertionError') throw error;
    await settle(walker, after);
  }
};

const project = async (walker: Walker): Promise<void> => {
  const index = walker.roll(LABS);
  const projection = aChange(walker, index);
  const after = projected(walker.models[index]!, projection);
  try {
    expect(await walker.store.project(projection)).toBe(true);
    walker.models[index] = after;
  } catch (error) {
    if (error instanceof Error && error.name === 'AssertionError') throw error;
    await settle(walker, new Map([[index, after]]));
  }
};

/** A random change of a lab's rows, from what its model holds. */
const aChange = ({ roll, models, opened }: Walker, index: number): Projection => {
  const model = models[index]!;
  const turn = (model.image?.turn ?? 0) + 1 + roll(9);
  const lastEntry = model.image?.agendaSeq ?? 0;
  const upserts: Projection['upserts'] = Object.fromEntries(
    KINDS.map(kind => [kind, someIds(roll).map(id => aRow(kind, id, turn + Number(id)))]),
  );
  const deleted: Projection['deleted'] = Object.fromEntries(
    KINDS.map(kind => {
      const put = new Set((upserts[kind] ?? []).map(({ id }) => id));
      return [kind, idsOf(model, kind).filter(id => !put.has(id) && roll(4) === 0)];
    }),
  );
  const base = aProjection(opened[index]!, turn);
  const added = roll(5);
  return {
    ...base,
    head: { ...base.head, agendaSeq: lastEntry + added, tombstoneFloor: Math.max(0, turn - 40) },
    seq: model.imageSeq + roll(model.inputs.length - model.imageSeq + 1),
    upserts,
    deleted,
    agendaAdded: Array.from({ length: added }, (_, more) => anEntry(lastEntry + 1 + more)),
    agendaRan: (model.image?.agenda ?? []).filter(() => roll(3) === 0).map(({ seq }) => seq),
    tombstones: someIds(roll).map(id => ({ id: `vm:${id}` as Id, turn, host: null, vm: null })),
  };
};

const someIds = (roll: (sides: number) => number): string[] =>
  Array.from({ length: 20 }, (_, id) => String(id)).filter(() => roll(5) === 0);

/** Another server takes a lab; whoever had it can no longer write to it. */
const takeOver = async (walker: Walker, ground: Ground): Promise<void> => {
  const { store: old, opened: before, models } = walker;
  walker.store = await ground.store();
  for (let index = 0; index < LABS; index += 1) {
    const lost = before[index]!;
    await reopen(walker, index);
    const late = anAppend(lost, [anInput(models[index]!.inputs.length + 1)], 1_000_000);
    const written = await old.append([late]).catch(() => new Set());
    const put = await old.project(aProjection(lost, 1_000_000)).catch(() => false);
    expect([written.size, put]).toEqual([0, false]);
    await reopen(walker, index);
  }
};
