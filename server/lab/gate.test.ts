import { expect, test } from 'vitest';
import { Gate } from './gate.ts';
import type { FromLab } from './port.ts';

const tell = (turn: number): FromLab => ({
  t: 'ready',
  lab: 'lab:one',
  name: '',
  lineage: 1,
  turn,
});

const turns = (messages: readonly FromLab[]): number[] =>
  messages.map(message => (message.t === 'ready' ? message.turn : -1));

test('nothing leaves before every input it was computed from is committed', () => {
  const out: FromLab[] = [];
  const gate = new Gate(4, 1_000, message => out.push(message));

  gate.pass(5, 900, [tell(1)]);
  const before = turns(out);
  gate.open(5, 1_000);

  expect(before).toEqual([]);
  expect(turns(out)).toEqual([1]);
});

test('nothing leaves before its lab time is promised', () => {
  const out: FromLab[] = [];
  const gate = new Gate(4, 1_000, message => out.push(message));

  gate.pass(4, 1_001, [tell(1)]);
  const before = turns(out);
  gate.open(4, 2_000);

  expect(before).toEqual([]);
  expect(turns(out)).toEqual([1]);
});

test('what could leave waits behind what may not, so order is never changed', () => {
  const out: FromLab[] = [];
  const gate = new Gate(4, 1_000, message => out.push(message));

  gate.pass(5, 900, [tell(1)]);
  gate.pass(4, 900, [tell(2)]);
  const before = turns(out);
  gate.open(5, 1_000);

  expect(before).toEqual([]);
  expect(turns(out)).toEqual([1, 2]);
});

test('what was dropped never leaves, whatever is committed later', () => {
  const out: FromLab[] = [];
  const gate = new Gate(4, 1_000, message => out.push(message));
  gate.pass(5, 900, [tell(1)]);

  gate.drop();
  gate.open(9, 9_000);

  expect(out).toEqual([]);
});
