import { expect, test } from 'vitest';
import { trafficOf } from './traffic.ts';

const OPEN = { state: 'Open', ringPages: 20, downstreamPage: 11 } as const;

test('rings are full by what is written and not read, also where they wrap', () => {
  const counters = {
    toHostIn: 20_480,
    toHostOut: 0,
    toGuestIn: 0,
    toGuestOut: 8 * 4_096 - 16_384,
    packetsToHost: 90,
    packetsToGuest: 52,
    signalsToHost: 8,
    signalsToGuest: 2,
  };

  expect(trafficOf(OPEN, counters)).toEqual({
    toHost: 0.5,
    toGuest: 0.5,
    packets: 142,
    signals: 10,
    perSignal: '14.2',
  });
});

test('without a signal nothing is said of one', () => {
  expect(trafficOf(OPEN, { packetsToHost: 1 })).toMatchObject({ toHost: 0, perSignal: null });
});

test('a channel that is not open, or not counted yet, has no traffic', () => {
  expect(trafficOf({ ...OPEN, state: 'Closed' }, {})).toBeNull();
  expect(trafficOf(OPEN, undefined)).toBeNull();
});
