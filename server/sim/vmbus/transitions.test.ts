import { expect, test } from 'vitest';
import {
  CHANNEL_TRANSITIONS,
  CLIENT_TRANSITIONS,
  CONNECTION_TRANSITIONS,
  GPADL_TRANSITIONS,
} from './state.ts';

// The tables once more, by hand: what happens, in which state, leads where.

/** `state: trigger > state, ...` a line. */
function read(text: string): { [state: string]: { [trigger: string]: string } } {
  const machine: { [state: string]: { [trigger: string]: string } } = {};
  for (const line of text.trim().split('\n')) {
    const [state = '', rest = ''] = line.trim().split(': ');
    const moves = rest.split(', ').map(move => move.split(' > ') as [string, string]);
    machine[state] = Object.fromEntries(moves);
  }
  return machine;
}

test('[VB22] a connection moves by its table and by nothing else', () => {
  expect(CONNECTION_TRANSITIONS).toEqual(
    read(`
    Disconnected: contact > Connecting
    Connecting: accepted > Connected, rejected > Disconnected, contact > Connecting, unload > Disconnecting
    Connected: unload > Disconnecting, contact > Connecting
    Disconnecting: unloaded > Disconnected, contact > Connecting`),
  );
});

test('[VB23] a channel moves by its table and by nothing else', () => {
  expect(CHANNEL_TRANSITIONS).toEqual(
    read(`
    ClientReleased: offered > Closed, revoke > Gone
    Closed: open > Opening, release > ClientReleased, revoke > Revoked, disconnect > ClientReleased
    Opening: opened > Open, refused > Closed, revoke > Revoked, disconnect > OpeningClientRelease
    Open: close > Closing, revoke > Revoked, disconnect > ClosingClientRelease
    Closing: closed > Closed, open > ClosingReopen, release > ClosingClientRelease, revoke > Revoked, disconnect > ClosingClientRelease
    ClosingReopen: closed > Opening, revoke > Revoked, disconnect > ClosingClientRelease
    ClosingClientRelease: closed > ClientReleased, revoke > Gone
    OpeningClientRelease: opened > ClosingClientRelease, refused > ClientReleased, revoke > Gone
    Revoked: release > Gone, reoffer > Reoffered, disconnect > Gone
    Reoffered: release > ClientReleased, disconnect > ClientReleased, revoke > Revoked`),
  );
});

test('[VB24] a GPADL moves by its table and by nothing else', () => {
  expect(GPADL_TRANSITIONS).toEqual(
    read(`
    InProgress: complete > Offered, drop > Gone
    Offered: accepted > Accepted, teardown > OfferedTearingDown, drop > Gone
    Accepted: teardown > TearingDown, drop > Gone
    OfferedTearingDown: accepted > TearingDown, drop > Gone
    TearingDown: released > Gone, drop > Gone`),
  );
});

test('[VB25] a client moves by its table and by nothing else', () => {
  expect(CLIENT_TRANSITIONS).toEqual(
    read(`
    Idle: connect > AwaitingVersion
    AwaitingVersion: connect > AwaitingVersion, refused > AwaitingVersion, exhausted > Idle, agreed > AwaitingOffers
    AwaitingOffers: connect > AwaitingVersion, offersDelivered > Connected, unload > AwaitingUnload
    Connected: connect > AwaitingVersion, unload > AwaitingUnload
    AwaitingUnload: connect > AwaitingVersion, unloaded > Idle`),
  );
});
