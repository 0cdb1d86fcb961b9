import { expect, test } from 'vitest';
import type { Seen } from '../state/lab-store.ts';
import { treeRows } from './tree-model.ts';

const host = (name: string, state: 'Running' | 'Off' = 'Running'): Seen<'host'> => ({
  id: `host:${name}`,
  rev: 1,
  cause: 0,
  name,
  state,
});

const vm = (name: string, on: string, more: Partial<Seen<'vm'>> = {}): Seen<'vm'> => ({
  id: `vm:${name}`,
  rev: 1,
  cause: 0,
  name,
  host: `host:${on}`,
  state: 'Off',
  ...more,
});

test('hosts and their virtual machines stand in the order a person counts', () => {
  const hosts = [host('HV10'), host('HV2')];
  const vms = [vm('WEB10', 'HV2'), vm('WEB9', 'HV2')];

  const rows = treeRows({ hosts, vms, jobs: new Map() }, new Set());

  expect(rows.map(row => row.name)).toEqual(['HV2', 'WEB9', 'WEB10', 'HV10']);
});

test('a machine with a job under way says how far it is', () => {
  const job: Seen<'job'> = { id: 'job:HV1/1', rev: 1, cause: 0, state: 'Running', percent: 34 };
  const vms = [vm('SQL', 'HV1', { state: 'Starting', job: job.id })];

  const rows = treeRows({ hosts: [host('HV1')], vms, jobs: new Map([[job.id, job]]) }, new Set());

  expect(rows[1]).toMatchObject({ word: 'Starting 34%', mood: 'busy' });
});

test('a closed host hides its machines and still counts them', () => {
  const source = { hosts: [host('HV1')], vms: [vm('A', 'HV1')], jobs: new Map() };

  const rows = treeRows(source, new Set(['host:HV1']));

  expect(rows).toEqual([expect.objectContaining({ name: 'HV1', word: '1 VM', children: 1 })]);
});

test('a host without power says so instead of counting', () => {
  const rows = treeRows({ hosts: [host('HV1', 'Off')], vms: [], jobs: new Map() }, new Set());

  expect(rows[0]).toMatchObject({ word: 'Off', mood: 'off' });
});
