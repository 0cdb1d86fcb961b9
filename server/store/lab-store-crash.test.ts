import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import {
  aKeyframe,
  anAppend,
  anEntry,
  anInput,
  aProjection,
  aRow,
  inOrder,
  mustOpen,
  SIMULATION,
} from '../../test/contract/lab-store-data.ts';
import { walkContract } from '../../test/contract/lab-store-walk.ts';
import { aDatabase } from '../../test/fixture/postgres.ts';
import { AssertionError } from '../base/assert.ts';
import type { LabId } from '../protocol/id.ts';
import { OutcomeUnknown } from './failure.ts';
import { createLabStore } from './lab-store.ts';
import { aProxy } from './proxy.fixture.ts';

// What happens to labs when the database, a connection or a server fails in the middle of something.

const database = await aDatabase();
const { sql } = database;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const aStore = async (url = database.url) => {
  const store = await createLabStore({ url });
  closing.push(() => store.close());
  return store;
};

let made = 0;
const aLab = async (): Promise<LabId> => {
  const lab: LabId = `lab:${(made += 1)}`;
  await sql`insert into lab (id, name, file) values (${lab}, 'A lab', 'hosts: []')`;
  return lab;
};

/** Whoever writes to the lab waits until it is let go. */
const hold = async (lab: LabId): Promise<() => Promise<void>> => {
  let letGo: () => void = () => undefined;
  const released = new Promise<void>(resolve => (letGo = resolve));
  let done: Promise<unknown> = Promise.resolve();
  await new Promise<void>(resolve => {
    done = sql.begin(async transaction => {
      await transaction`select from lab_clock where lab = ${lab} for update`;
      resolve();
      await released;
    });
  });
  return async () => {
    letGo();
    await done;
  };
};

/** The Postgres processes of one kind of work that wait for a lock, once there are so many. */
const waiting = async (work: string, count = 1): Promise<readonly number[]> => {
  for (let tries = 0; tries < 500; tries += 1) {
    const rows = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity where application_name = ${`enlighten ${work}`}
        and datname = current_database() and wait_event_type = 'Lock' order by query_start`;
    if (rows.length >= count) return rows.map(({ pid }) => pid);
    await sleep(10);
  }
  throw new Error(`no ${work} waits for a lock`);
};

const killWaiting = async (work: string): Promise<void> => {
  for (const pid of await waiting(work)) await sql`select pg_terminate_backend(${pid})`;
};

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    error => error,
  );

test('killed in the middle of an append, nothing is written and the outcome is called unknown', async () => {
  const store = await aStore();
  const opened = await mustOpen(store, await aLab());
  const release = await hold(opened.lab);

  const failure = failureOf(store.append([anAppend(opened, [anInput(1)], 5_000)]));
  await killWaiting('writer');
  await release();

  expect(await failure).toBeInstanceOf(OutcomeUnknown);
  const again = await mustOpen(store, opened.lab);
  expect(again).toMatchObject({ inputs: [], promised: 0 });
  expect((await store.append([anAppend(again, [anInput(1)])])).size).toBe(1);
});

test('an append whose answer is lost is there, and is not done twice', async () => {
  const proxy = await aProxy(database.url);
  closing.push(() => proxy.shut());
  const store = await aStore(proxy.url);
  const opened = await mustOpen(store, await aLab());
  await store.append([anAppend(opened, [anInput(1)])]);
  proxy.loseNextAnswer();

  const failure = await failureOf(store.append([anAppend(opened, [anInput(2)])]));
  const repeated = await store.append([anAppend(opened, [anInput(2)])]);

  expect(failure).toBeInstanceOf(OutcomeUnknown);
  expect(repeated.size).toBe(0);
  const again = await mustOpen(store, opened.lab);
  expect(again.inputs).toEqual([anInput(1), anInput(2)]);
  expect((await store.append([anAppend(again, [anInput(3)])])).size).toBe(1);
});

test('killed in the middle of a projection, none of its rows are there; written again, all are', async () => {
  const store = await aStore();
  const opened = await mustOpen(store, await aLab());
  const projection = aProjection(opened, 5, {
    upserts: { vm: [aRow('vm', 'a', 1)], host: [aRow('host', 'a', 1)] },
    agendaAdded: [anEntry(1)],
  });
  const release = await hold(opened.lab);

  const failure = failureOf(store.project(projection));
  await killWaiting('projection');
  await release();

  expect(await failure).toBeInstanceOf(OutcomeUnknown);
  const [left] = await sql`select count(*)::int as rows from vm where branch = ${opened.branch}`;
  expect(left?.['rows']).toBe(0);
  expect(await store.project(projection)).toBe(true);
  expect((await mustOpen(store, opened.lab)).image?.records.vm).toEqual([aRow('vm', 'a', 1)]);
});

test('a projection whose answer is lost is written again to the same end', async () => {
  const proxy = await aProxy(database.url);
  closing.push(() => proxy.shut());
  const store = await aStore(proxy.url);
  const opened = await mustOpen(store, await aLab());
  await store.project(
    aProjection(opened, 1, { upserts: { job: [aRow('job', 'a', 1)] }, agendaAdded: [anEntry(1)] }),
  );
  const projection = aProjection(opened, 5, {
    upserts: { vm: [aRow('vm', 'a', 5)] },
    deleted: { job: ['job:a'] },
    agendaAdded: [anEntry(2)],
    agendaRan: [1],
  });
  proxy.loseNextAnswer();

  const failure = await failureOf(store.project(projection));
  const repeated = await store.project(projection);

  expect(failure).toBeInstanceOf(OutcomeUnknown);
  expect(repeated).toBe(true);
  const { image } = await mustOpen(store, opened.lab);
  expect(inOrder(image)?.records).toEqual({ vm: [aRow('vm', 'a', 5)] });
  expect(image?.agenda).toEqual([anEntry(2)]);
});

test('killed in the middle of opening, a lab opens the next time', async () => {
  const store = await aStore();
  const opened = await mustOpen(store, await aLab());
  const release = await hold(opened.lab);

  const failure = failureOf(store.open(opened.lab, SIMULATION));
  await killWaiting('open');
  await release();

  expect(await failure).toBeInstanceOf(OutcomeUnknown);
  expect((await mustOpen(store, opened.lab)).lease).toBeGreaterThan(opened.lease);
});

const orders = ['the old owner writes first', 'the new owner opens first'] as const;
test.each(orders)(
  'two owners meet at one lab and %s: nothing is lost and nothing torn',
  async order => {
    const [old, next] = [await aStore(), await aStore()];
    const opened = await mustOpen(old, await aLab());
    await old.append([anAppend(opened, [anInput(1)])]);
    const release = await hold(opened.lab);
    const write = () => old.append([anAppend(opened, [anInput(2)], 8_000)]);
    const take = () => mustOpen(next, opened.lab);

    const first = order === orders[0] ? write() : take();
    await waiting(order === orders[0] ? 'writer' : 'open');
    const second = order === orders[0] ? take() : write();
    await waiting(order === orders[0] ? 'open' : 'writer');
    await release();
    await Promise.all([first, second]);

    const again = await mustOpen(next, opened.lab);
    // Who waits first is served first; the other one is told, or takes over what was written.
    const written = order === orders[0];
    expect(again.inputs.length).toBe(written ? 2 : 1);
    expect(again.promised).toBe(written ? 8_000 : 1_000);
    const [taken, held] =
      order === orders[0] ? [await second, await first] : [await first, await second];
    expect((held as ReadonlySet<LabId>).has(opened.lab)).toBe(written);
    expect((taken as typeof again).inputs).toEqual(again.inputs);
  },
);

test('a server frozen while it sends keeps nobody waiting, and writes nothing later', async () => {
  const proxy = await aProxy(database.url);
  closing.push(() => proxy.shut());
  const [frozen, next] = [await aStore(proxy.url), await aStore()];
  const opened = await mustOpen(frozen, await aLab());
  await frozen.project(aProjection(opened, 1));
  proxy.stallAfter(5_000);
  const rows = Array.from({ length: 50 }, (_, n) => aRow('vm', String(n), n));
  const failure = failureOf(frozen.project(aProjection(opened, 2, { upserts: { vm: rows } })));

  const taken = await mustOpen(next, opened.lab);
  const held = await next.project(aProjection(taken, 3, { upserts: { vm: [aRow('vm', '7', 3)] } }));

  await proxy.shut();
  expect(held).toBe(true);
  expect(await failure).toBeInstanceOf(OutcomeUnknown);
  expect((await mustOpen(next, opened.lab)).image?.records.vm).toEqual([aRow('vm', '7', 3)]);
});

test('a keyframe that comes to a lab which was taken over meanwhile is not kept', async () => {
  const [frozen, next] = [await aStore(), await aStore()];
  const opened = await mustOpen(frozen, await aLab());
  await frozen.project(aProjection(opened, 5, { seq: 0 }));
  await frozen.saveKeyframe(opened.lease, aKeyframe(opened.branch, 20));
  // The owner of before is held up in the middle of saving what it had as turn 20.
  let late: Promise<boolean> = Promise.resolve(true);
  let taken = opened;
  await sql.begin(async transaction => {
    await transaction`select from keyframe where branch = ${opened.branch} and turn = 20 for update`;
    late = frozen.saveKeyframe(opened.lease, aKeyframe(opened.branch, 20, { hash: 'of before' }));
    await waiting('read');
    taken = await mustOpen(next, opened.lab);
  });

  const kept = await late;

  const rows = await sql`select hash from keyframe where branch = ${opened.branch}`;
  expect(taken.lease).toBeGreaterThan(opened.lease);
  expect(kept).toBe(false);
  expect(rows).toEqual([{ hash: 'hash-20' }]);
});

test('while the database is away appends fail as not written, and work when it is back', async () => {
  const proxy = await aProxy(database.url);
  closing.push(() => proxy.shut());
  const store = await aStore(proxy.url);
  const opened = await mustOpen(store, await aLab());
  await store.append([anAppend(opened, [anInput(1)])]);
  await proxy.shut();
  await failureOf(store.append([anAppend(opened, [])]));

  const failure = await failureOf(store.append([anAppend(opened, [anInput(2)])]));
  await proxy.reopen();
  const held = await store.append([anAppend(opened, [anInput(2)])]);

  expect(failure).toMatchObject({ code: 'ECONNREFUSED' });
  expect(failure).not.toBeInstanceOf(OutcomeUnknown);
  expect(held.size).toBe(1);
});

test('a question asked on a connection that is gone is asked again', async () => {
  const store = await aStore();
  const opened = await mustOpen(store, await aLab());
  await store.append([anAppend(opened, [anInput(1)])]);
  await store.answered(opened.lab, 'command-1');
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'enlighten read' and datname = current_database()`;

  const answer = await store.answered(opened.lab, 'command-1');

  expect(answer).toEqual(anInput(1));
});

test('inputs that the database refuses of one lab do not keep the others from their commit', async () => {
  const store = await aStore();
  const [bad, good] = [await mustOpen(store, await aLab()), await mustOpen(store, await aLab())];
  // Somebody wrote into the journal by hand.
  await sql`
    insert into input values (${bad.branch}, 1, 0, 1, 'by hand', null, 'vm.start', '{}', '{}', '',
      false, now())`;

  const held = await store.append([anAppend(bad, [anInput(1)]), anAppend(good, [anInput(1)])]);

  expect(held).toEqual(new Set([good.lab]));
  expect((await mustOpen(store, good.lab)).inputs).toEqual([anInput(1)]);
});

test('rows are the lab: a name changed by SQL is the name of the machine that opens', async () => {
  const store = await aStore();
  const opened = await mustOpen(store, await aLab());
  const vm = aRow('vm', 'a', 1);
  await store.project(aProjection(opened, 5, { upserts: { vm: [vm] } }));
  await sql`update vm set name = 'Renamed' where branch = ${opened.branch} and id = 'vm:a'`;

  const { image } = await mustOpen(store, opened.lab);

  expect(image?.records.vm).toEqual([{ ...vm, values: { ...vm.values, name: 'Renamed' } }]);
});

test('rows changed by hand while a lab opens are seen all of them or none', async () => {
  const store = await aStore();
  const opened = await mustOpen(store, await aLab());
  const [vm, guest] = [aRow('vm', 'a', 1), aRow('guest', 'a', 1)];
  await store.project(aProjection(opened, 5, { upserts: { vm: [vm], guest: [guest] } }));

  // Opening reads the tables one after the other and has to wait between these two.
  let opening: Promise<typeof opened> | undefined;
  await sql.begin(async transaction => {
    await transaction`lock table disk_drive in access exclusive mode`;
    opening = mustOpen(store, opened.lab);
    await waiting('open');
    await transaction`update vm set name = 'changed' where branch = ${opened.branch}`;
    await transaction`update guest set screen = 'changed' where branch = ${opened.branch}`;
  });

  const { image } = (await opening) ?? opened;
  expect(image?.records).toEqual({ vm: [vm], guest: [guest] });
});

test('a number that a double does not hold exactly is not rounded but refused', async () => {
  const store = await aStore();
  const opened = await mustOpen(store, await aLab());
  await sql`update lab_clock set promised = 9007199254740993 where lab = ${opened.lab}`;

  const failure = await failureOf(store.open(opened.lab, SIMULATION));

  expect(failure).toBeInstanceOf(AssertionError);
  expect(String(failure)).toContain('9007199254740993');
});

/** Ends some of the connections of all stores, at any moment of whatever they are doing. */
const endSomeConnections = async (roll: (sides: number) => number): Promise<void> => {
  const work = ['writer', 'projection', 'open'][roll(3)];
  await sleep(roll(12));
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = ${`enlighten ${work}`} and datname = current_database()`;
};

walkContract(
  { store: () => aStore(), lab: aLab, archive: () => Promise.reject(new Error('not asked for')) },
  [11, 12, 13, 14],
  endSomeConnections,
);
