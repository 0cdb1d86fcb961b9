import { expect, test } from 'vitest';
import type { ChannelState, GpadlState } from '../../protocol/record/vmbus.ts';
import type { ChannelTrigger, GpadlTrigger } from './state.ts';
import {
  CHANNEL_TRANSITIONS,
  CLIENT_TRANSITIONS,
  CONNECTION_TRANSITIONS,
  GPADL_TRANSITIONS,
  next,
} from './state.ts';

type Machine = { readonly [state: string]: { readonly [trigger: string]: string } };

function reachable(machine: Machine, from: string): Set<string> {
  const found = new Set([from]);
  for (const state of found) {
    for (const to of Object.values(machine[state] ?? {})) found.add(to);
  }
  return found;
}

test.each<[name: string, machine: Machine, first: string, last: string]>([
  ['connection', CONNECTION_TRANSITIONS, 'Disconnected', 'Disconnected'],
  ['channel', CHANNEL_TRANSITIONS, 'ClientReleased', 'Gone'],
  ['GPADL', GPADL_TRANSITIONS, 'InProgress', 'Gone'],
  ['client', CLIENT_TRANSITIONS, 'Idle', 'Idle'],
])(
  '[VB10] every state of a %s can be reached, and left for its end',
  (_name, machine, first, last) => {
    const states = Object.keys(machine);

    expect(
      [...reachable(machine, first)].filter(state => state !== 'Gone').toSorted(byText),
    ).toEqual(states.toSorted(byText));
    for (const state of states) expect(reachable(machine, state)).toContain(last);
  },
);

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

test('[VB10] what is out of order does nothing', () => {
  expect(
    next<ChannelState, ChannelTrigger>(CHANNEL_TRANSITIONS, 'Revoked', 'open'),
  ).toBeUndefined();
  expect(
    next<ChannelState, ChannelTrigger>(CHANNEL_TRANSITIONS, 'Reoffered', 'close'),
  ).toBeUndefined();
  expect(
    next<ChannelState, ChannelTrigger>(CHANNEL_TRANSITIONS, 'Closed', 'close'),
  ).toBeUndefined();
  expect(next<ChannelState, ChannelTrigger>(CHANNEL_TRANSITIONS, 'Closing', 'open')).toBe(
    'ClosingReopen',
  );
  expect(
    next<GpadlState, GpadlTrigger>(GPADL_TRANSITIONS, 'InProgress', 'teardown'),
  ).toBeUndefined();
});
