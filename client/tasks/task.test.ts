import { expect, test } from 'vitest';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import type { Seen } from '../state/lab-store.ts';
import { tasksOf } from './task.ts';

const job = (id: `job:${string}`, more: Partial<Seen<'job'>>): Seen<'job'> => ({
  id,
  rev: 1,
  cause: 0,
  title: 'Starting SQL01',
  state: 'Running',
  ...more,
});

const fact = (n: number, more: Partial<Fact>): Fact => ({
  n,
  turn: n,
  at: n as SimTime,
  kind: 'action',
  from: 'person',
  to: null,
  host: null,
  vm: null,
  cause: null,
  audience: 'everyone',
  summary: '',
  data: {},
  ...more,
});

const nameOf = () => 'SQL01';

test('jobs stand newest first, each with how far it is or how it ended', () => {
  const jobs = [
    job('job:1', { startedAt: 10, state: 'Completed' }),
    job('job:2', { startedAt: 20, percent: 40, stepTitle: 'VID creates the partition' }),
    job('job:3', { startedAt: 15, state: 'Exception', error: 'Not enough memory.' }),
  ];

  const progress = tasksOf(jobs, [], nameOf).map(task => task.progress);

  expect(progress).toEqual([
    { state: 'running', percent: 40, step: 'VID creates the partition' },
    { state: 'ended', word: 'failed', error: 'Not enough memory.' },
    { state: 'done' },
  ]);
});

test('what was refused is a task too, with the person who asked', () => {
  const facts = [
    fact(1, { data: { op: 'vm.start', args: { vm: 'vm:7' }, person: 'person:1' } }),
    fact(2, {
      cause: 1,
      from: 'lab',
      summary: 'vm.start refused: It is running.',
      data: { op: 'vm.start', refused: 'InvalidState', code: 32775 },
    }),
  ];

  const tasks = tasksOf([], facts, nameOf);

  expect(tasks).toEqual([
    expect.objectContaining({
      title: 'Start SQL01',
      person: 'person:1',
      vm: 'vm:7',
      progress: { state: 'ended', word: 'refused', error: 'It is running.' },
    }),
  ]);
});

test('a task that VMMS has forgotten is still there, with who and when', () => {
  const start = { op: 'vm.start', args: { vm: 'vm:7' }, person: 'person:1' };
  const facts = [fact(1, { data: start }), fact(9, { data: { ...start, op: 'vm.rename' } })];

  const tasks = tasksOf([], facts, nameOf);

  expect(tasks).toEqual([
    expect.objectContaining({ title: 'Rename SQL01', startedAt: 9, progress: { state: 'done' } }),
    expect.objectContaining({
      title: 'Start SQL01',
      person: 'person:1',
      vm: 'vm:7',
      startedAt: 1,
      progress: { state: 'over' },
    }),
  ]);
});

test('what opened a job that is there is that job, and no second task', () => {
  const data = { op: 'vm.start', args: { vm: 'vm:7' }, person: 'person:1' };
  const jobs = [job('job:1', { startedAt: 5, person: 'person:1', state: 'Completed' })];

  const tasks = tasksOf(jobs, [fact(5, { data })], nameOf);

  expect(tasks.map(({ key }) => key)).toEqual(['job:1']);
});

test('the clock is nobody’s task, nor is what the lab does by itself', () => {
  const facts = [
    fact(1, { data: { op: 'clock.pause', args: {}, person: 'person:1' } }),
    fact(2, { from: 'lab', summary: 'clock.sleep', data: { op: 'clock.sleep', person: null } }),
  ];

  expect(tasksOf([], facts, nameOf)).toEqual([]);
});
