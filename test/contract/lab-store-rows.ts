import { expect, test } from 'vitest';
import type { Projection } from '../../server/lab/port.ts';
import type { Id } from '../../server/protocol/id.ts';
import { RECORD_KINDS } from '../../server/protocol/record/kind.ts';
import type { Tombstone } from '../../server/sim/engine/world.ts';
import {
  anAppend,
  anEntry,
  aFact,
  anInput,
  aProjection,
  aRow,
  type Ground,
  inOrder,
  mustOpen,
} from './lab-store-data.ts';

const aTombstone = (n: number, changed: Partial<Tombstone> = {}): Tombstone => ({
  id: `vm:${n}` as Id,
  turn: n,
  host: n % 2 === 0 ? 'host:HV01' : null,
  vm: null,
  ...changed,
});

const EVERYTHING: Projection['upserts'] = Object.fromEntries(
  RECORD_KINDS.map(kind => [kind, [aRow(kind, 'a', 1), aRow(kind, 'b', 2), aRow(kind, 'c', 3)]]),
);

/** Rows behind the journal. */
export const rowsContract = (ground: Ground): void => {
  test('a projected image is read back as it was, every column of every kind', async () => {
    const store = await ground.store();
    const opened = await mustOpen(store, await ground.lab());
    const projection = aProjection(opened, 7, {
      upserts: EVERYTHING,
      agendaAdded: [anEntry(2), anEntry(1)],
      tombstones: [aTombstone(3), aTombstone(4)],
    });

    const held = await store.project(projection);

    const { image, imageSeq } = await mustOpen(store, opened.lab);
    expect(held).toBe(true);
    expect(imageSeq).toBe(0);
    const expected = {
      ...projection.head,
      records: EVERYTHING,
      agenda: [anEntry(1), anEntry(2)],
      tombstones: [aTombstone(3), aTombstone(4)],
    };
    expect(inOrder(image)).toEqual(expected);
    // Keys of json keep their order: toEqual would not see it.
    const keys = (row: object | undefined): string => JSON.stringify(row);
    const ofImage = inOrder(image)?.records.job?.[0]?.values['args'] as object;
    expect(keys(ofImage)).toBe(keys(aRow('job', 'a', 1).values['args'] as object));
    expect(keys(image?.agenda[0]?.message)).toBe(keys(anEntry(1).message));
  });

  test('a lab opens with the rows and the inputs after them', async () => {
    const store = await ground.store();
    const opened = await mustOpen(store, await ground.lab());
    await store.append([anAppend(opened, [anInput(1), anInput(2), anInput(3)])]);

    await store.project(aProjection(opened, 20, { seq: 2 }));

    const again = await mustOpen(store, opened.lab);
    expect(again).toMatchObject({ imageSeq: 2, inputs: [anInput(3)] });
    expect(again.commands).toEqual(['command-1', 'command-2', 'command-3']);
  });

  test('what changed replaces what was, what is gone is gone, the rest stays', async () => {
    const store = await ground.store();
    const opened = await mustOpen(store, await ground.lab());
    await store.project(
      aProjection(opened, 5, {
        upserts: { vm: [aRow('vm', 'a', 1), aRow('vm', 'b', 1)], job: [aRow('job', 'a', 1)] },
        agendaAdded: [anEntry(1), anEntry(2), anEntry(3)],
      }),
    );

    await store.project(
      aProjection(opened, 9, {
        upserts: { vm: [aRow('vm', 'b', 9), aRow('vm', 'c', 9)] },
        deleted: { vm: ['vm:a'], job: ['job:a', 'job:never-there'] },
        agendaAdded: [anEntry(4)],
        agendaRan: [1, 3, 77],
      }),
    );

    const { image } = await mustOpen(store, opened.lab);
    expect(image?.turn).toBe(9);
    expect(inOrder(image)?.records).toEqual({ vm: [aRow('vm', 'b', 9), aRow('vm', 'c', 9)] });
    expect(image?.agenda).toEqual([anEntry(2), anEntry(4)]);
  });

  test('a projection that arrives behind a later one leaves no row', async () => {
    const store = await ground.store();
    const opened = await mustOpen(store, await ground.lab());
    const late = aProjection(opened, 5, { upserts: { vm: [aRow('vm', 'a', 5)] } });
    await store.project(late);
    await store.project(aProjection(opened, 6, { upserts: { vm: [aRow('vm', 'a', 6)] } }));

    const held = await store.project(late);

    const again = await mustOpen(store, opened.lab);
    expect(held).toBe(false);
    expect(again.image?.turn).toBe(6);
    expect(again.image?.records.vm).toEqual([aRow('vm', 'a', 6)]);
  });

  test('the same projection written twice leaves the same rows', async () => {
    const store = await ground.store();
    const opened = await mustOpen(store, await ground.lab());
    await store.project(aProjection(opened, 1, { agendaAdded: [anEntry(1)] }));
    const projection = aProjection(opened, 7, {
      upserts: { vm: [aRow('vm', 'a', 7)] },
      deleted: { host: ['host:gone'] },
      agendaAdded: [anEntry(2)],
      agendaRan: [1],
      tombstones: [aTombstone(3), aTombstone(3, { vm: 'vm:x' }), aTombstone(4)],
      marks: [{ turn: 6, at: anEntry(1).due, hash: 'm' }],
    });
    await store.project(projection);
    const once = await mustOpen(store, opened.lab);

    const held = await store.project({ ...projection, lease: once.lease });

    const twice = await mustOpen(store, opened.lab);
    expect(held).toBe(true);
    expect(inOrder(twice.image)).toEqual(inOrder(once.image));
    expect(twice.image?.tombstones).toHaveLength(3);
    expect(await store.marks(opened.branch)).toEqual(projection.marks);
  });

  test('tombstones at or before the floor are forgotten', async () => {
    const store = await ground.store();
    const opened = await mustOpen(store, await ground.lab());
    await store.project(aProjection(opened, 10, { tombstones: [3, 5, 8].map(n => aTombstone(n)) }));

    const next = aProjection(opened, 12, { tombstones: [aTombstone(4), aTombstone(11)] });
    await store.project({ ...next, head: { ...next.head, tombstoneFloor: 5 } });

    const { image } = await mustOpen(store, opened.lab);
    expect(image?.tombstones.map(({ turn }) => turn)).toEqual([8, 11]);
  });

  test('a busy second, of more rows than one statement takes, is written whole or not at all', async () => {
    const store = await ground.store();
    const opened = await mustOpen(store, await ground.lab());
    const numbers = Array.from({ length: 1_234 }, (_, index) => index + 1);
    const names = numbers.map(n => `vm:${String(n).padStart(4, '0')}` as const);
    const busy = aProjection(opened, 9, {
      upserts: { vm: names.map(id => ({ ...aRow('vm', 'a', 1), id })) },
      agendaAdded: numbers.map(n => anEntry(n)),
      tombstones: numbers.map(n => aTombstone(n)),
      facts: numbers.map(n => aFact(n, { turn: 9 })),
    });
    const fenced = await store.project({ ...busy, lease: opened.lease + 1 });
    const before = await mustOpen(store, opened.lab);

    await store.project({ ...busy, lease: before.lease });
    const written = await mustOpen(store, opened.lab);
    const rest = { deleted: { vm: names.slice(1) }, agendaRan: numbers.slice(1) };
    await store.project({ ...aProjection(written, 10), ...rest });

    const { branch } = opened;
    const query = { branch, scope: 'host:HV01', audience: 'everyone', limit: 5_000 } as const;
    const facts = await store.facts({ ...query, afterTurn: 8, upToTurn: 9 });
    const { image } = await mustOpen(store, opened.lab);
    expect([fenced, before.image]).toEqual([false, null]);
    expect(written.image?.records.vm).toHaveLength(numbers.length);
    expect(written.image?.agenda).toEqual(busy.agendaAdded);
    expect(written.image?.tombstones).toHaveLength(numbers.length);
    expect(facts.map(({ n }) => n)).toEqual(numbers);
    expect(image?.records.vm?.map(({ id }) => id)).toEqual([names[0]]);
    expect(image?.agenda).toEqual([anEntry(1)]);
  });

  test('rows of an input that is not in the journal are refused, with all that came along', async () => {
    const store = await ground.store();
    const opened = await mustOpen(store, await ground.lab());
    await store.append([anAppend(opened, [anInput(1)])]);

    const held = await store.project(
      aProjection(opened, 20, { seq: 2, upserts: { vm: [aRow('vm', 'a', 1)] } }),
    );

    expect(held).toBe(false);
    expect((await mustOpen(store, opened.lab)).image).toBeNull();
  });

  test('rows raise the promise to the time they show', async () => {
    const store = await ground.store();
    const opened = await mustOpen(store, await ground.lab());

    await store.project(aProjection(opened, 20));

    expect((await mustOpen(store, opened.lab)).promised).toBe(200);
  });

  test('two labs that hold the same ids hold rows of their own', async () => {
    const store = await ground.store();
    const [one, other] = [
      await mustOpen(store, await ground.lab()),
      await mustOpen(store, await ground.lab()),
    ];

    await Promise.all([
      store.project(aProjection(one, 3, { upserts: { vm: [aRow('vm', 'same', 3)] } })),
      store.project(aProjection(other, 4, { upserts: { vm: [aRow('vm', 'same', 4)] } })),
    ]);

    const images = [await mustOpen(store, one.lab), await mustOpen(store, other.lab)];
    expect(images.map(({ image }) => image?.records.vm)).toEqual([
      [aRow('vm', 'same', 3)],
      [aRow('vm', 'same', 4)],
    ]);
  });
};
