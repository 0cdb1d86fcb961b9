import { expect, test } from 'vitest';
import type { Seen } from '../state/lab-store.ts';
import { hostOffers } from './host-actions.ts';

const host = (state: NonNullable<Seen<'host'>['state']>): Seen<'host'> => ({
  id: 'host:HV1',
  rev: 1,
  cause: 0,
  name: 'HV1',
  state,
});

const vmms = (state: NonNullable<Seen<'service'>['state']>): Seen<'service'> => ({
  id: 'service:HV1/vmms',
  rev: 1,
  cause: 0,
  state,
});

const possible = (...of: Parameters<typeof hostOffers>): readonly string[] =>
  hostOffers(...of)
    .filter(({ reason }) => reason === null)
    .map(({ id }) => id);

test('a running host with its service can be managed and stopped', () => {
  expect(possible(host('Running'), vmms('Running'))).toEqual([
    'new-vm',
    'new-disk',
    'edit-disk',
    'inspect-disk',
    'stop-service',
    'shutDown',
    'powerOff',
  ]);
});

test('a stopped service can only be started, and no machine be made', () => {
  expect(possible(host('Running'), vmms('Stopped'))).toEqual([
    'start-service',
    'shutDown',
    'powerOff',
  ]);
});

test('a service on its way can be neither stopped nor started', () => {
  expect(possible(host('Running'), vmms('StopPending'))).toEqual(['shutDown', 'powerOff']);
});

test.each([
  ['Off', ['start']],
  ['Starting', []],
  ['Stopping', ['powerOff']],
] as const)('a host that is %s offers %o', (state, ids) => {
  expect(possible(host(state), vmms('Stopped'))).toEqual(ids);
});
