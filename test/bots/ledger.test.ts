import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Entry, Line } from './ledger.ts';
import { Ledger, readLedger } from './ledger.ts';
import { findingsOf } from './findings.ts';

const aFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'enlighten-ledger-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'ledger.jsonl');
};

const answer = (turn: number, more: Partial<Extract<Entry, { type: 'answer' }>> = {}): Entry => ({
  type: 'answer',
  id: 'one',
  seq: 1,
  turn,
  lineage: 1,
  again: false,
  result: { ok: true, value: null },
  ...more,
});

const at = (turn: number, by: 'picture' | 'packet' = 'packet', lineage = 1): Entry => ({
  type: 'position',
  scope: 'lab',
  by,
  heard: 'told',
  lineage,
  turn,
});

const sending: Entry = { type: 'sending', id: 'one', op: 'vm.start', args: {} };
const welcomed: Entry = { type: 'welcomed' };

const lines = (...entries: Entry[]): Line[] =>
  entries.map((entry, index) => ({ bot: 'Bot 1', wall: index * 10, ...entry }));

test('what was appended is on the disk when it says so, in order, from however many', async () => {
  const path = aFile();
  const ledger = await Ledger.open(path);

  const appended = [...Array(200).keys()].map(async n => {
    await ledger.append(`Bot ${n % 7}`, at(n));
    const written = readFileSync(path, 'utf8').split('\n').slice(0, -1);
    expect(written.length).toBeGreaterThan(n);
  });
  await Promise.all(appended);
  await ledger.close();

  const read = await readLedger(path);
  expect(read.map(line => (line.type === 'position' ? line.turn : -1))).toEqual([
    ...Array(200).keys(),
  ]);
});

test('a line that a crash cut off was never promised', async () => {
  const path = aFile();
  const ledger = await Ledger.open(path);
  await ledger.append('Bot 1', welcomed);
  await ledger.close();

  appendFileSync(path, '{"bot":"Bot 1","type":"answ');

  expect((await readLedger(path)).map(({ type }) => type)).toEqual(['welcomed']);
});

test('the same answer again is no finding, another one is', () => {
  const same = findingsOf(lines(sending, answer(5), answer(5, { again: true })));
  const changed = findingsOf(lines(sending, answer(5), answer(6, { again: true })));
  const passing = findingsOf(lines(sending, answer(5), answer(5, { seq: null })));

  expect([same.answersChanged, passing.answersChanged]).toEqual([[], []]);
  expect(changed.answersChanged).toEqual(['one']);
  expect(same.acknowledged).toMatchObject([{ id: 'one', seq: 1, turn: 5 }]);
  expect(same.latencies).toEqual([10]);
});

test('a position that goes back is found, in the same lineage only', () => {
  const back = findingsOf(lines(at(5), at(6), at(5)));
  const replaced = findingsOf(lines(at(5), at(6), at(1, 'picture', 2)));

  expect(back.positionsBack).toHaveLength(1);
  expect(replaced.positionsBack).toEqual([]);
});

test('what was sent and not answered is said to be so, unless the border stopped it', () => {
  const stopped: Entry = { type: 'stopped', id: 'one', kind: 'not-allowed' };

  expect(findingsOf(lines(sending)).unanswered).toEqual(['one']);
  expect(findingsOf(lines(sending, stopped)).unanswered).toEqual([]);
  expect(findingsOf(lines(sending, answer(1))).unanswered).toEqual([]);
});

test('a resume is the first word of a scope on a new connection, if it was known before', () => {
  const left: Entry = { type: 'left', scope: 'lab' };
  const first = lines(welcomed, at(1, 'picture'), at(2));

  const delta = findingsOf([...first, ...lines(welcomed, at(4), at(5))]);
  const picture = findingsOf([...first, ...lines(welcomed, at(4, 'picture'))]);
  const anew = findingsOf([...first, ...lines(left, welcomed, at(4, 'picture'))]);

  expect([delta.resumedByDelta, delta.resumedByPicture]).toEqual([1, 0]);
  expect([picture.resumedByDelta, picture.resumedByPicture]).toEqual([0, 1]);
  expect([anew.resumedByDelta, anew.resumedByPicture]).toEqual([0, 0]);
});
