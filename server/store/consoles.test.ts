import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { aDatabase } from '../../test/fixture/postgres.ts';
import { anAppend, anInput } from '../../test/contract/lab-store-data.ts';
import { LINES_KEPT, LINES_TEXT_KEPT, TEXT_KEPT } from '../lab/console-store.ts';
import { createLabStore } from './lab-store.ts';

const database = await aDatabase();
const stores: Awaited<ReturnType<typeof createLabStore>>[] = [];
afterEach(async () => {
  await Promise.all(stores.splice(0).map(store => store.close()));
});

let made = 0;

const anOpenedLab = async () => {
  const lab = `lab:console-${(made += 1)}` as const;
  await database.sql`insert into lab (id, name, file) values (${lab}, 'A lab', 'hosts: []')`;
  const store = await createLabStore({ url: database.url });
  stores.push(store);
  const opened = await store.open(lab, 1);
  if (opened === null || opened === 'moved') throw new Error('the lab is there');
  return { lab, lease: opened.lease, store, opened };
};

const OPENED = { c: 'opened', id: 'console:1', host: 'host:HV01', title: 'HV01' } as const;

const printed = (text: string) => ({ c: 'printed', id: OPENED.id, start: 0, text }) as const;

const untilOneSleeps = async (): Promise<void> => {
  for (let tries = 0; tries < 500; tries += 1) {
    const rows = await database.sql`
      select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`;
    if (rows.length > 0) return;
    await sleep(2);
  }
  throw new Error('no commit was slow');
};

test('a console is read back as it was left: its text in order, its lines in order', async () => {
  const { lab, lease, store } = await anOpenedLab();
  const { consoles } = store;
  const id = OPENED.id;
  const entered = { c: 'entered', id, person: 'person:ann' } as const;

  await consoles.write(lab, lease, [
    OPENED,
    { ...entered, n: 1, line: "say 'it'" },
    { c: 'printed', id, start: 0, text: 'one\n' },
  ]);
  await consoles.write(lab, lease, [
    { c: 'printed', id, start: 4, text: 'two \\ \u001b[91m\n' },
    { ...entered, n: 2, line: 'second' },
  ]);

  const text = 'one\ntwo \\ \u001b[91m\n';
  expect(await consoles.read(lab)).toEqual([
    {
      id,
      host: 'host:HV01',
      title: 'HV01',
      position: text.length,
      text,
      lines: ["say 'it'", 'second'],
      entered: 2,
    },
  ]);
});

/** What a console prints takes so long to commit, with every lock of it held. */
const SLOW_COMMIT = `
  create function slow_commit() returns trigger language plpgsql as
    'begin perform pg_sleep(1); return null; end';
  create constraint trigger slow_commit after insert on console_text
    deferrable initially deferred for each row execute function slow_commit()`;

test('while a console is kept, commands are journaled, and who takes the lab over waits', async () => {
  const { lab, lease, store, opened } = await anOpenedLab();
  await store.consoles.write(lab, lease, [OPENED]);
  await database.sql.unsafe(SLOW_COMMIT);
  const ended: string[] = [];
  const first = (what: string, work: Promise<unknown>): Promise<unknown> =>
    work.then(() => ended.push(what));

  const kept = first('kept', store.consoles.write(lab, lease, [printed('one')]));
  await untilOneSleeps();
  const journaled = first('journaled', store.append([anAppend(opened, [anInput(1)])]));
  const taken = first('taken over', store.open(lab, 1));
  await Promise.all([kept, journaled, taken]);
  await database.sql`drop function slow_commit cascade`;

  expect(ended).toEqual(['journaled', 'kept', 'taken over']);
});

test('whoever lost the lab writes nothing any more, and hears so', async () => {
  const { lab, lease, store } = await anOpenedLab();
  await store.open(lab, 1);

  const held = await store.consoles.write(lab, lease, [OPENED]);

  expect(held).toBe(false);
  expect(await store.consoles.read(lab)).toEqual([]);
});

test('what is kept of a console is bounded, and a closed one is no more', async () => {
  const { lab, lease, store } = await anOpenedLab();
  const { id } = OPENED;
  const piece = 'x'.repeat(TEXT_KEPT / 2);
  await store.consoles.write(lab, lease, [OPENED]);
  for (let i = 0; i < 6; i += 1) {
    const start = i * piece.length;
    await store.consoles.write(lab, lease, [{ c: 'printed', id, start, text: piece }]);
  }
  const lines = Array.from({ length: LINES_KEPT + 50 }, (_, index) => index + 1);
  const person = 'person:ann';
  await store.consoles.write(
    lab,
    lease,
    lines.map(n => ({ c: 'entered', id, n, person, line: `line ${n}` })),
  );

  const [kept] = await store.consoles.read(lab);
  await store.consoles.write(lab, lease, [{ c: 'closed', id }]);

  expect(kept?.position).toBe(6 * piece.length);
  expect(kept?.text.length).toBeLessThanOrEqual(2 * TEXT_KEPT);
  expect(kept?.lines).toHaveLength(LINES_KEPT);
  expect(kept?.entered).toBe(LINES_KEPT + 50);
  expect(await store.consoles.read(lab)).toEqual([]);
});

test('positions count as the page counts, also behind characters beyond the first plane', async () => {
  const { lab, lease, store } = await anOpenedLab();
  const { id } = OPENED;
  const text = 'a \u{1f5a5} console\n';

  await store.consoles.write(lab, lease, [OPENED, { c: 'printed', id, start: 7, text }]);

  const [kept] = await store.consoles.read(lab);
  expect(kept?.position).toBe(7 + text.length);
  expect(kept?.text).toBe(text);
});

test('lines are read back up to so many characters, the newest of them', async () => {
  const { lab, lease, store } = await anOpenedLab();
  const { id } = OPENED;
  const line = 'x'.repeat(24_000);
  const person = 'person:ann';
  const changes = Array.from({ length: 40 }, (_, n) => {
    return { c: 'entered', id, n: n + 1, person, line: `${n + 1} ${line}` } as const;
  });

  await store.consoles.write(lab, lease, [OPENED, ...changes]);

  const [kept] = await store.consoles.read(lab);
  expect(kept?.entered).toBe(40);
  expect(kept?.lines.at(-1)).toBe(`40 ${line}`);
  expect(kept?.lines.length).toBe(Math.floor(LINES_TEXT_KEPT / line.length));
});

test('what of a write is refused takes back the rest of it', async () => {
  const { lab, lease, store } = await anOpenedLab();
  await store.consoles.write(lab, lease, [OPENED]);
  await store.open(lab, 1);

  const held = await store.consoles.write(lab, lease, [
    { c: 'printed', id: OPENED.id, start: 0, text: 'late' },
    { c: 'closed', id: OPENED.id },
  ]);

  const [kept] = await store.consoles.read(lab);
  expect(held).toBe(false);
  expect(kept).toMatchObject({ id: OPENED.id, text: '', position: 0 });
});
