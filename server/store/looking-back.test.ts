import { afterEach, expect, test } from 'vitest';
import {
  aLabIn,
  aServerOf,
  type LabState,
  type Seen,
  type ServeOptions,
} from '../../test/fixture/lab-house.ts';
import { aDatabase } from '../../test/fixture/postgres.ts';
import type { Reply } from '../lab/questions.ts';
import type { LabId } from '../protocol/id.ts';
import type { SimTime } from '../protocol/time.ts';

// Real labs over a real Postgres: what was, seen again, and gone on from.

const database = await aDatabase();
const { sql } = database;

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const serve = async (lab: LabId, options: ServeOptions = {}) => {
  const server = await aServerOf(database, lab, options);
  const ends = { stopped: false };
  const once = (end: () => Promise<void>) => async (): Promise<void> => {
    if (ends.stopped) return;
    ends.stopped = true;
    await end();
  };
  const both = { ...server, stop: once(server.stop), kill: once(server.kill) };
  ending.push(both.stop);
  return both;
};

type Server = Awaited<ReturnType<typeof serve>>;

const seenIn = (reply: Reply): Seen => {
  if (!reply.ok) throw new Error(reply.message);
  return reply.value as never;
};

const named = (seen: Seen, name: string): boolean =>
  seen.records.some(([id, , , values]) => id.startsWith('vm:') && values.name === name);

const aVm = async (lab: LabId): Promise<string> => {
  const [vm] = await sql<{ id: string }[]>`
    select v.id from vm v join lab_clock c on c.branch = v.branch where c.lab = ${lab} order by v.name`;
  return vm?.id ?? '';
};

/** Starts every machine at 60x, and pauses when so much lab time has passed since. */
const live = async (server: Server, lab: LabId, seconds: number): Promise<LabState> => {
  await server.until(({ projectedTurn }) => projectedTurn > 0);
  await server.run('clock.speed', { speed: 60_000 });
  const vms = await sql<{ id: string }[]>`
    select v.id from vm v join lab_clock c on c.branch = v.branch where c.lab = ${lab}`;
  for (const { id } of vms) await server.run('vm.start', { vm: id });
  const started = await server.state();
  await server.until(({ at }) => at > started.at + seconds * 10_000_000);
  await server.run('clock.pause');
  return projected(server);
};

const projected = (server: Server): Promise<LabState> =>
  server.until(({ turn, projectedTurn }) => turn === projectedTurn);

const isMarkSame = ({ mark }: Seen): boolean => mark !== null && mark.again === mark.hash;

test('every second of the past is the one that was live, with its marks', async () => {
  const lab = await aLabIn(database, 'lab:past', 8);
  const server = await serve(lab);
  const { at, branch } = await live(server, lab, 240);

  const seen: Seen[] = [];
  for (let second = 15; second * 10_000_000 < at; second += 16)
    seen.push(seenIn(await server.view({ at: (second * 10_000_000) as SimTime })));

  const kept = await sql`select base from keyframe where branch = ${branch} order by turn`;
  expect(kept.map(({ base }) => base === null)).toContain(true);
  expect(seen.length).toBeGreaterThan(10);
  expect(seen.filter(one => !isMarkSame(one))).toEqual([]);
}, 120_000);

test('with all keyframes gone everything works: opening, commands, looks, forks, recovery', async () => {
  const lab = await aLabIn(database, 'lab:gone', 8);
  const first = await serve(lab);
  const before = await live(first, lab, 200);
  const moment = { at: (before.at - 300_000_000) as SimTime };
  const then = seenIn(await first.view(moment));
  await first.stop();
  const gone = await sql`delete from keyframe`;

  const second = await serve(lab);
  const opened = await second.state();
  const again = seenIn(await second.view(moment));
  const vm = await aVm(lab);
  const renamed = await second.run('vm.rename', { vm, name: 'After' });
  const forked = await second.ask({ q: 'fork', at: moment });
  await second.kill();
  await sql`delete from keyframe`;
  const third = await serve(lab);
  const recovered = seenIn(await third.view({ turn: (await third.state()).turn }));
  const rewound = await third.ask({ q: 'rewind', at: moment });
  const last = await third.state();

  expect(gone.count).toBeGreaterThan(0);
  expect(opened).toMatchObject({ stateHash: before.stateHash, differences: [] });
  expect(again).toMatchObject({ hash: then.hash, turn: then.turn });
  expect(isMarkSame(again)).toBe(true);
  expect(renamed).toMatchObject({ ok: true });
  expect(forked).toMatchObject({ ok: true, value: { turn: then.turn } });
  expect(named(recovered, 'After')).toBe(true);
  expect(rewound).toMatchObject({ ok: true });
  expect(last.turn).toBeGreaterThanOrEqual(then.turn);
  expect(last.lineage).toBeGreaterThan(opened.lineage);
}, 120_000);

test('a branch that becomes the lab goes on from the fork, not from the founding', async () => {
  const lab = await aLabIn(database, 'lab:fork', 4);
  const applied: string[] = [];
  const server = await serve(lab, { onApply: op => applied.push(op) });
  await live(server, lab, 60);
  const vm = await aVm(lab);
  for (let n = 0; n < 20; n += 1) await server.run('vm.rename', { vm, name: `Name ${n}` });
  const forkedAt = await projected(server);
  await server.run('vm.rename', { vm, name: 'Taken back' });
  await projected(server);

  applied.length = 0;
  await server.ask({ q: 'fork', at: { turn: forkedAt.turn } });
  const looking = applied.splice(0);
  const rewound = await server.ask({ q: 'rewind', at: { turn: forkedAt.turn } });
  const rewinding = applied.splice(0);
  const after = await server.state();
  const name = await server.run('vm.rename', { vm, name: 'Onward' });
  const { branch } = await projected(server);
  const twice = await sql`
    select from fact f join branch b on b.id = f.branch
    where f.branch = ${branch} and f.turn <= b.parent_turn`;

  expect(rewound).toMatchObject({ ok: true, value: { turn: forkedAt.turn } });
  // A rewind is a look and an opening: the opening goes through nothing.
  expect(looking.length).toBeGreaterThanOrEqual(20);
  expect(rewinding).toEqual(looking);
  expect(after).toMatchObject({ turn: forkedAt.turn, stateHash: forkedAt.stateHash });
  expect(name).toMatchObject({ ok: true });
  expect(branch).not.toBe(forkedAt.branch);
  const rows = await sql`select name from vm where branch = ${branch} and id = ${vm}`;
  expect(rows).toEqual([{ name: 'Onward' }]);
  expect(twice).toHaveLength(0);
}, 120_000);

test('a lab that goes back a moment keeps what had happened until then, also what no row has yet', async () => {
  const lab = await aLabIn(database, 'lab:moment', 2);
  const server = await serve(lab);
  const { branch: before } = await server.until(({ projectedTurn }) => projectedTurn > 0);
  const vm = await aVm(lab);

  await server.run('vm.rename', { vm, name: 'Kept' });
  const { turn } = await server.state();
  await server.run('vm.rename', { vm, name: 'Taken back' });
  const rewound = await server.ask({ q: 'rewind', at: { turn } });
  const page = await server.ask({
    q: 'facts',
    audience: 'everyone',
    scope: 'lab',
    turn: null,
    before: null,
    limit: 100,
  });
  const left = await sql`
    select from fact where branch = ${before} and data ->> 'op' = 'vm.rename'`;

  expect(rewound).toMatchObject({ ok: true });
  const renames = JSON.stringify(page).match(/"summary":"vm.rename"/gu);
  expect(renames).toHaveLength(1);
  // What came after it stays, as a branch.
  expect(left).toHaveLength(2);
}, 120_000);

/** The renames that are told of a lab and of one of its branches. */
const renamesOf = async (server: Server, branch: number) => {
  const page = await server.ask({
    q: 'facts',
    audience: 'everyone',
    scope: 'lab',
    turn: null,
    before: null,
    limit: 1_000,
  });
  const rows = await sql<{ name: string }[]>`
    select data -> 'args' ->> 'name' as name from fact
    where branch = ${branch} and data ->> 'op' = 'vm.rename' order by n`;
  const told = JSON.stringify(page).matchAll(/"args":\{"vm":"[^"]*","name":"([^"]*)"/gu);
  return { told: [...told].map(([, name]) => name), rows: rows.map(({ name }) => name) };
};

test('a lab that a bug stopped goes back to before it, with all that had happened until then', async () => {
  const lab = await aLabIn(database, 'lab:stopped', 2);
  const bug = { isThere: false };
  const server = await serve(lab, {
    onDue: () => {
      if (bug.isThere) throw new Error('a bug on purpose');
    },
  });
  const { branch } = await server.until(({ projectedTurn }) => projectedTurn > 0);
  const vm = await aVm(lab);
  await server.run('vm.start', { vm });

  await server.run('vm.rename', { vm, name: 'Kept' });
  const { turn, projectedTurn } = await server.state();
  await server.run('vm.rename', { vm, name: 'Taken back' });
  bug.isThere = true;
  await server.until(({ phase }) => phase === 'stopped');
  bug.isThere = false;
  const rewound = await server.ask({ q: 'rewind', at: { turn } });
  const { phase } = await server.state();

  expect(projectedTurn).toBeLessThan(turn);
  expect(rewound).toMatchObject({ ok: true });
  expect(phase).toBe('live');
  expect(await renamesOf(server, branch)).toEqual({
    told: ['Kept'],
    rows: ['Kept', 'Taken back'],
  });
}, 120_000);

test('a lab goes back although its rows cannot be written, and nothing of its past is lost', async () => {
  const lab = await aLabIn(database, 'lab:no-rows', 2);
  const rowsOf = { isStuck: false };
  const server = await serve(lab, {
    wrap: store => ({
      ...store,
      project: one =>
        rowsOf.isStuck ? Promise.reject(new Error('no rows now')) : store.project(one),
    }),
  });
  const { branch } = await server.until(({ projectedTurn }) => projectedTurn > 0);
  const vm = await aVm(lab);
  rowsOf.isStuck = true;

  await server.run('vm.rename', { vm, name: 'Kept' });
  const { turn } = await server.state();
  await server.run('vm.rename', { vm, name: 'Taken back' });
  const rewound = await server.ask({ q: 'rewind', at: { turn } });
  rowsOf.isStuck = false;

  expect(rewound).toMatchObject({ ok: true });
  expect(await renamesOf(server, branch)).toEqual({
    told: ['Kept'],
    rows: ['Kept', 'Taken back'],
  });
}, 120_000);

test('a lab that dies before its first rows goes on from its beginning: nothing of it is forgotten', async () => {
  const lab = await aLabIn(database, 'lab:first', 8);
  const first = await serve(lab, {
    wrap: store => ({ ...store, project: () => Promise.reject(new Error('no rows today')) }),
  });
  const { turn } = await first.state();
  const machines = seenIn(await first.view({ turn })).records.filter(([id]) =>
    id.startsWith('vm:'),
  );
  await first.run('clock.speed', { speed: 60_000 });
  for (const [vm] of machines) await first.run('vm.start', { vm });
  await expect
    .poll(() => sql`select from keyframe k join branch b on b.id = k.branch where b.lab = ${lab}`, {
      timeout: 60_000,
    })
    .not.toHaveLength(0);
  await first.kill();

  const second = await serve(lab);
  const { branch } = await second.until(({ projectedTurn }) => projectedTurn > 0);
  const speed = await sql`
    select from fact where branch = ${branch} and data ->> 'op' = 'clock.speed'`;
  const [numbers] = await sql<{ all: boolean }[]>`
    select min(n) = 1 and max(n) = count(*) as all from fact where branch = ${branch}`;

  expect(speed).toHaveLength(1);
  expect(numbers).toEqual({ all: true });
}, 120_000);

test('no branch is looked at beyond what happened on it: nobody sees what is still to come', async () => {
  const lab = await aLabIn(database, 'lab:ahead', 2);
  const server = await serve(lab);
  const before = await live(server, lab, 30);
  const { turn, at, branch } = before;
  const rewound = await server.ask({ q: 'rewind', at: { turn: turn - 10 } });
  await server.run('clock.pause');
  const after = await projected(server);
  const forked = await server.ask({ q: 'fork', at: { turn: after.turn } });
  const fork = forked.ok ? (forked.value as { readonly branch: number }).branch : 0;

  const later = { at: (Math.max(at, after.at) + 100_000_000) as SimTime };
  const ahead = [
    await server.view({ turn: after.turn + 5 }, after.branch),
    await server.view(later, after.branch),
    await server.view({ turn: turn + 5 }, branch),
    await server.view(later, branch),
    await server.view({ turn: after.turn + 5 }, fork),
    await server.view(later, fork),
    await server.view({ turn: 1 }, 999_999),
  ];
  const last = [
    seenIn(await server.view({ turn: after.turn }, after.branch)),
    seenIn(await server.view({ turn: after.turn }, fork)),
    seenIn(await server.view({ turn: turn - 1 }, branch)),
  ];

  expect(rewound).toMatchObject({ ok: true });
  expect(ahead.map(({ ok }) => ok)).toEqual(ahead.map(() => false));
  expect(last.map(one => one.turn)).toEqual([after.turn, after.turn, turn - 1]);
}, 120_000);

test('what another simulation journaled is never gone through again; the rows are the lab', async () => {
  const lab = await aLabIn(database, 'lab:version', 4);
  const rowsOf = { isStuck: false };
  const first = await serve(lab, {
    wrap: store => ({
      ...store,
      project: one => (rowsOf.isStuck ? new Promise(() => undefined) : store.project(one)),
    }),
  });
  const rows = await live(first, lab, 120);
  const vm = await aVm(lab);
  // Committed and acknowledged, and the server dies before the rows have it.
  rowsOf.isStuck = true;
  const late = await first.submit('vm.rename', { vm, name: 'Late' }, 'command-late-1');
  await first.kill();
  const tail = await sql`select seq from input i join lab_clock c on c.branch = i.branch
    where c.lab = ${lab} and i.seq > c.projected_seq`;

  const applied: string[] = [];
  const next = await serve(lab, { version: 99, onApply: op => applied.push(op) });
  const opened = await next.state();
  const old = await next.view({ turn: rows.turn - 1 });
  const early = await next.view({ turn: 1 });
  const again = await next.submit('vm.rename', { vm, name: 'Late' }, 'command-late-1');
  const opsBefore = [...applied];
  const renamed = await next.run('vm.rename', { vm, name: 'New' });
  await next.run('clock.resume');
  await next.until(({ at }) => at > rows.at + 400_000_000);
  await next.run('clock.pause');
  const now = await projected(next);
  const inNew = seenIn(await next.view({ turn: now.turn - 1 }));

  expect(late.result).toMatchObject({ ok: true });
  expect(tail).toHaveLength(1);
  expect(opsBefore).toEqual([]);
  expect(opened).toMatchObject({ turn: rows.turn, stateHash: rows.stateHash });
  expect(opened.lineage).toBe(rows.lineage + 1);
  expect(opened.differences.join()).toMatch(/simulation 99 goes on from the rows that simulation/u);
  // It was answered once, and is not done twice.
  expect(again).toMatchObject({ again: true, result: { ok: true } });
  expect(renamed).toMatchObject({ ok: true });
  expect(inNew).toMatchObject({ simulation: 99, note: null });
  expect(named(inNew, 'New')).toBe(true);
  expect(isMarkSame(inNew)).toBe(true);
  expect(old).toMatchObject({ ok: true });
  const landed = seenIn(old);
  expect(landed.simulation).not.toBe(99);
  expect(landed.note).toMatch(/cannot go through it again: this is turn \d+, the last before/u);
  expect(early).toMatchObject({ ok: false });
  expect(early.ok ? '' : early.message).toContain('no state before that moment was kept');
}, 120_000);

test('a fork from what another simulation moved is from a state that was kept, and only from there', async () => {
  const lab = await aLabIn(database, 'lab:old-fork', 8);
  const first = await serve(lab);
  const { turn } = await live(first, lab, 150);
  await first.stop();
  const [kept] = await sql<{ turn: string }[]>`
    select k.turn from keyframe k join lab_clock c on c.branch = k.branch where c.lab = ${lab}
    order by k.turn limit 1`;
  const there = Number(kept?.turn);

  const next = await serve(lab, { version: 99 });
  const between = await next.ask({ q: 'fork', at: { turn: turn - 1 } });
  const seen = seenIn(await next.view({ turn: there }));
  const rewound = await next.ask({ q: 'rewind', at: { turn: there } });
  await sql`delete from keyframe`;
  await next.stop();
  const last = await serve(lab, { version: 99 });
  const look = seenIn(await last.view({ turn: there }));

  expect(there).toBeGreaterThan(0);
  expect(between.ok ? '' : between.message).toContain('Only from there can one go on');
  expect(seen).toMatchObject({ turn: there, note: null });
  expect(rewound).toMatchObject({ ok: true, value: { turn: there } });
  expect(look).toMatchObject({ turn: there, hash: seen.hash, simulation: 99, note: null });
}, 120_000);

test('rows changed by hand begin a segment: before it what was, after it what was changed', async () => {
  const lab = await aLabIn(database, 'lab:by-hand', 4);
  const first = await serve(lab);
  const { turn, branch, at } = await live(first, lab, 60);
  await first.stop();
  const vm = await aVm(lab);
  await sql`update vm set name = 'By hand' where branch = ${branch} and id = ${vm}`;

  const next = await serve(lab);
  const { differences } = await next.state();
  await next.run('clock.resume');
  await next.until(now => now.at > at + 300_000_000);
  await next.run('clock.pause');
  const now = await projected(next);
  const [before, after] = [
    seenIn(await next.view({ turn: turn - 1 })),
    seenIn(await next.view({ turn: now.turn })),
  ];

  expect(differences.join()).toContain('rows were changed outside the lab');
  expect([named(before, 'By hand'), named(after, 'By hand')]).toEqual([false, true]);
  expect(after.hash).toBe(now.stateHash);
  expect(isMarkSame(before)).toBe(true);
  expect(isMarkSame(after)).toBe(true);
}, 120_000);

test('every turn within a step of the clock can be looked at and gone on from', async () => {
  const lab = await aLabIn(database, 'lab:step', 4);
  const server = await serve(lab);
  await server.until(({ projectedTurn }) => projectedTurn > 0);
  await server.run('clock.pause');
  for (const { id } of await sql<{ id: string }[]>`
    select v.id from vm v join lab_clock c on c.branch = v.branch where c.lab = ${lab}`)
    await server.run('vm.start', { vm: id });
  let from = await server.state();
  let to = from;
  // Not every second of machines that start has much in it.
  for (let steps = 0; steps < 40 && to.turn - from.turn < 12; steps += 1) {
    from = to;
    await server.run('clock.step', { to: 'second' });
    to = await projected(server);
  }
  const middle = Math.floor((from.turn + to.turn) / 2);

  const seen: Seen[] = [];
  for (let turn = from.turn; turn <= to.turn; turn += 1)
    seen.push(seenIn(await server.view({ turn })));
  const half = seenIn(await server.view({ at: (from.at + 5_000_000) as SimTime }));
  const rewound = await server.ask({ q: 'rewind', at: { turn: middle } });
  const inside = await server.state();
  await sql`delete from keyframe`;
  const again = seenIn(await server.view({ turn: middle }));

  expect(to.turn - from.turn).toBeGreaterThanOrEqual(12);
  expect(seen.map(({ turn }) => turn)).toEqual(
    Array.from({ length: to.turn - from.turn + 1 }, (_, n) => from.turn + n),
  );
  expect(seen.at(0)?.hash).toBe(from.stateHash);
  expect(seen.at(-1)?.hash).toBe(to.stateHash);
  expect(new Set(seen.map(({ hash }) => hash)).size).toBeGreaterThan(5);
  expect(half.at).toBe(from.at + 5_000_000);
  expect(half.hash).toBe(seen[half.turn - from.turn]?.hash);
  // The last turn is shown as the end of the step, whenever it was.
  const later = seen.slice(half.turn - from.turn + 1, -1);
  expect(later.filter(({ at }) => at <= half.at)).toEqual([]);
  const there = seen[middle - from.turn];
  expect(rewound).toMatchObject({ ok: true, value: { turn: middle } });
  expect(inside).toMatchObject({ turn: middle, stateHash: there?.hash });
  expect(again).toMatchObject({ turn: middle, hash: there?.hash });
}, 120_000);
