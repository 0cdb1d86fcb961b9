import { afterAll, expect, test } from 'vitest';
import {
  aKeyframe,
  anAppend,
  anInput,
  at,
  mustOpen,
  SIMULATION,
} from '../../test/contract/lab-store-data.ts';
import { aDatabase } from '../../test/fixture/postgres.ts';
import type { LabId } from '../protocol/id.ts';
import { type Held, surplus } from './keyframe-retention.ts';
import { saveKeyframe } from './keyframe.ts';
import { createLabStore } from './lab-store.ts';
import { Session } from './session.ts';

const database = await aDatabase();
const store = await createLabStore({ url: database.url });
const session = new Session({ url: database.url, name: 'retention', connections: 1 });
afterAll(async () => {
  await session.close();
  await store.close();
});

const held = (turn: number, rest: Partial<Held> = {}): Held => ({
  turn,
  simulation: 1,
  base: null,
  size: 10,
  isNeeded: false,
  ...rest,
});

const turnsOf = (keyframes: readonly Held[]): number[] => keyframes.map(({ turn }) => turn);

test('within the limit nothing goes', () => {
  const keyframes = [held(100), held(200), held(300)];

  expect(surplus(keyframes, 30)).toEqual([]);
});

test('beyond it old ones go first, and the gaps grow with their age', () => {
  const keyframes = Array.from({ length: 64 }, (_, n) => held((n + 1) * 100));

  const gone = new Set(turnsOf(surplus(keyframes, 320)));

  const left = turnsOf(keyframes).filter(turn => !gone.has(turn));
  const gaps = left.map((turn, index) => turn - (left[index - 1] ?? 0));
  const [old, recent] = [gaps.slice(0, 5), gaps.slice(-5)].map(some => Math.max(...some));
  expect(left.length).toBeLessThanOrEqual(32);
  expect(left.at(-1)).toBe(6_400);
  expect(recent).toBeLessThanOrEqual(200);
  expect(old).toBeGreaterThan(200);
});

test('what others are changes to, and what is needed, stays; the newest too', () => {
  const keyframes = [
    held(100, { size: 50, isNeeded: true }),
    held(200, { size: 50 }),
    held(300, { base: 200, size: 30 }),
    held(400, { size: 50 }),
    held(500, { base: 400 }),
  ];

  const some = surplus(keyframes, 180);
  const all = surplus(keyframes, 1);

  expect(turnsOf(some)).toEqual([300]);
  // Once nothing stands on it, a whole one may go as well.
  expect(turnsOf(all)).toEqual([300, 200]);
});

test('a branch keeps so many bytes, the first of each segment, and what its children stand on', async () => {
  const lab: LabId = 'lab:retention';
  await database.sql`insert into lab (id, name, file) values (${lab}, 'A lab', 'hosts: []')`;
  const opened = await mustOpen(store, lab);
  const { branch, lease } = opened;
  await store.append([anAppend(opened, [anInput(1)])]);
  const size = aKeyframe(branch, 1).bytes.length;
  const save = (turn: number, simulation: number) =>
    saveKeyframe(session, lease, aKeyframe(branch, turn, { simulation }), 12 * size);
  const turns = Array.from({ length: 30 }, (_, n) => (n + 1) * 10);

  for (const turn of turns) await save(turn, 1);
  const child = await store.fork(branch, 205);
  const standsOn = async () => (await store.kept(child, { turn: 205 }, SIMULATION))?.keyframe?.turn;
  const before = await standsOn();
  await store.beginSegment({
    lab,
    lease,
    branch,
    turn: 305,
    at: at(3_050),
    seq: 1,
    simulation: 2,
    bytes: new Uint8Array(),
  });
  for (const turn of turns) await save(400 + turn, 2);

  const left = await database.sql<{ turn: number; simulation: number; bytes: number }[]>`
    select turn::int, simulation, octet_length(bytes) as bytes from keyframe
    where branch = ${branch} order by turn`;
  const kept = left.map(({ turn, simulation }) => `${turn} by ${simulation}`);
  expect(left.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(12 * size);
  expect(kept.length).toBeGreaterThan(6);
  expect(kept).toContain('10 by 1');
  expect(kept).toContain('410 by 2');
  expect(kept).toContain('700 by 2');
  expect(before).toBeGreaterThan(100);
  expect(await standsOn()).toBe(before);
});
