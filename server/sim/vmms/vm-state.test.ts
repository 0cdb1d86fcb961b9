import { expect, test } from 'vitest';
import type { VmState } from '../../protocol/record/vm.ts';
import type { VmRequest } from './vm-state.ts';
import { next, VM_TRANSITIONS } from './vm-state.ts';

const STATES = Object.keys(VM_TRANSITIONS) as VmState[];

function reachableFrom(first: VmState): Set<VmState> {
  const seen = new Set<VmState>([first]);
  for (const state of seen) for (const to of Object.values(VM_TRANSITIONS[state])) seen.add(to);
  return seen;
}

test('[VM1] each request is allowed in the states that Hyper-V Manager offers it in', () => {
  const requests: { readonly [R in VmRequest]: readonly VmState[] } = {
    start: ['Off', 'Saved'],
    turnOff: ['Starting', 'Running', 'Paused', 'Stopping', 'Reset'],
    shutDown: ['Running'],
    save: ['Running', 'Paused'],
    pause: ['Running'],
    resume: ['Paused'],
    reset: ['Running', 'Paused'],
    deleteSavedState: ['Saved'],
  };

  const allowed = Object.fromEntries(
    Object.keys(requests).map(request => [
      request,
      STATES.filter(state => next(state, request as VmRequest) !== undefined),
    ]),
  );

  expect(Object.fromEntries(Object.entries(allowed).map(([r, s]) => [r, new Set(s)]))).toEqual(
    Object.fromEntries(Object.entries(requests).map(([r, s]) => [r, new Set(s)])),
  );
});

test('[VM2] every state is reached from Off, and Off from every state', () => {
  const fromOff = reachableFrom('Off');

  const stuck = STATES.filter(state => !reachableFrom(state).has('Off'));

  expect([...fromOff].toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
    STATES.toSorted((a, b) => (a < b ? -1 : 1)),
  );
  expect(stuck).toEqual([]);
});
