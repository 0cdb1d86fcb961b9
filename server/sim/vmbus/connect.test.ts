import { expect, test } from 'vitest';
import { milliseconds, seconds } from '../../protocol/time.ts';
import { BusBench, WS2012 } from '../devices/bus-bench.fixture.ts';
import { decodeMessage } from './decode.ts';
import { encodeMessage } from './encode.ts';
import { fromHex, toHex } from './hex.ts';
import type { ClientMessage } from './message.ts';
import { postMessage } from './synic-path.ts';
import { unloadVmbus } from './client.ts';

const WIN7 = 0x1_0001;
const WIN8 = 0x2_0004;
const WIN8_1 = 0x3_0000;
const WS2008 = 0x0_000d;

/** The guest posts a message of its own making. */
function say(bench: BusBench, message: ClientMessage): void {
  postMessage(bench.turn(), bench.connection, 'host', toHex(encodeMessage(message)));
  bench.pass(milliseconds(5));
}

function contact(version: number, pages: readonly [number, number]): ClientMessage {
  return {
    type: 'InitiateContact',
    versionRequested: version,
    targetMessageVp: 0,
    interruptPage: 0,
    parentToChildMonitorPage: pages[0],
    childToParentMonitorPage: pages[1],
  };
}

function lastFields(bench: BusBench): unknown {
  return bench.facts().findLast(fact => fact.kind === 'vmbus')?.data['fields'];
}

test('[VB3] a guest of the host’s own generation connects with its first proposal', () => {
  const bench = new BusBench();

  bench.connect([WIN8, WIN7, WS2008]);
  bench.pass(milliseconds(5));

  expect(bench.connection).toMatchObject({ state: 'Connected', version: WIN8 });
  expect(bench.said().slice(0, 3)).toEqual(['InitiateContact', 'VersionResponse', 'RequestOffers']);
  expect(bench.guestHeard[0]).toEqual({ type: 'VmbusConnected', version: WIN8 });
});

test('[VB3] a newer guest steps down to 2.4, an older one gets what it knows', () => {
  const newer = new BusBench();
  const older = new BusBench();
  const oldest = new BusBench();

  newer.connect([WIN7, WIN8_1, WIN8]);
  older.connect([WIN7, WS2008]);
  oldest.connect([WS2008]);
  for (const bench of [newer, older, oldest]) bench.pass(milliseconds(5));

  expect(newer.facts().map(fact => fact.summary)).toEqual(
    expect.arrayContaining([
      'InitiateContact, version 3.0',
      'VersionResponse: not supported',
      'InitiateContact, version 2.4',
      'VersionResponse: 2.4',
    ]),
  );
  expect(newer.connection.version).toBe(WIN8);
  expect(older.connection.version).toBe(WIN7);
  expect(oldest.connection.version).toBe(WS2008);
});

test('[VB3] a guest with no version in common is refused and stays off the bus', () => {
  const bench = new BusBench();

  bench.connect([WIN8_1]);
  bench.pass(milliseconds(5));

  expect(bench.guestHeard).toEqual([{ type: 'VmbusRefused' }]);
  expect(bench.connection).toMatchObject({ state: 'Disconnected', version: null });
});

test('[VB4] one monitor page without the other fails: 2.4 is told why, older ones that it is unknown', () => {
  const bench = new BusBench();

  say(bench, contact(WIN8, [0x1000, 0]));
  const told = lastFields(bench);
  say(bench, contact(WIN7, [0, 0x1000]));

  expect(told).toEqual({ versionSupported: 1, connectionState: 2, selectedVersion: WIN8 });
  expect(lastFields(bench)).toEqual({
    versionSupported: 0,
    connectionState: 0,
    selectedVersion: 0,
  });
  expect(bench.connection.state).toBe('Disconnected');
});

test('[VB6] every offer of the device set is delivered, then AllOffersDelivered', () => {
  const bench = new BusBench();

  bench.connect([WIN8]);
  bench.pass(milliseconds(5));

  const said = bench.said();
  expect(said.filter(message => message === 'OfferChannel')).toHaveLength(13);
  expect(said.at(-1)).toBe('AllOffersDelivered');
  expect(bench.channels().every(({ state }) => state === 'Closed')).toBe(true);
  expect(bench.guestHeard.at(-1)).toEqual({ type: 'OffersDelivered' });
});

test('[VB6] a second request for offers is an error and ignored', () => {
  const bench = new BusBench();
  bench.connect([WIN8]);
  bench.pass(milliseconds(5));
  const before = bench.said().length;

  say(bench, { type: 'RequestOffers' });

  expect(bench.said()).toHaveLength(before);
});

test('[VB2] every fact of a message shows the bytes it was said in', () => {
  const bench = new BusBench({ os: WS2012 });

  bench.connect();
  bench.pass(seconds(1));

  const facts = bench.facts().filter(fact => fact.kind === 'vmbus');
  for (const { data } of facts) {
    const decoded = decodeMessage(fromHex(String(data['bytes'])));
    expect(decoded).toMatchObject({ ok: true, value: { type: data['message'] } });
  }
  expect(facts.length).toBeGreaterThan(100);
  expect(bench.connection.controlMessages).toBe(facts.length);
});

test('[VB14] unloading drops every channel and GPADL, and the guest may come again', () => {
  const bench = new BusBench({ os: WS2012 });
  bench.connect();
  bench.pass(seconds(1));

  unloadVmbus(bench.turn(), bench.partition);
  bench.pass(milliseconds(20));

  expect(bench.said().slice(-2)).toEqual(['Unload', 'UnloadComplete']);
  expect(bench.guestHeard.at(-1)).toEqual({ type: 'VmbusUnloaded' });
  expect(bench.connection).toMatchObject({ state: 'Disconnected', version: null });
  expect(bench.channels().every(({ state }) => state === 'ClientReleased')).toBe(true);
  expect(bench.turn().all('gpadl')).toEqual([]);

  bench.connect();
  bench.pass(seconds(1));
  expect(bench.channels().every(({ deviceState }) => deviceState === 'Ready')).toBe(true);
});

test('[VB14] a client of 0.13 is not answered and does not wait', () => {
  const bench = new BusBench();
  bench.connect([WS2008]);
  bench.pass(milliseconds(5));

  unloadVmbus(bench.turn(), bench.partition);
  bench.pass(milliseconds(20));

  expect(bench.said().at(-1)).toBe('Unload');
  expect(bench.guestHeard.at(-1)).toEqual({ type: 'VmbusUnloaded' });
});

test('[VB14] a guest that never connected has nothing to leave', () => {
  const bench = new BusBench();

  unloadVmbus(bench.turn(), bench.partition);
  bench.pass(milliseconds(20));

  expect(bench.said()).toEqual([]);
  expect(bench.guestHeard).toEqual([{ type: 'VmbusUnloaded' }]);
});

test('[VB15] a contact while connected means a reboot without unload', () => {
  const bench = new BusBench({ os: WS2012 });
  bench.connect();
  bench.pass(seconds(1));

  bench.connect();
  bench.pass(seconds(1));

  expect(bench.said()).not.toContain('Unload');
  expect(bench.said().filter(message => message === 'AllOffersDelivered')).toHaveLength(2);
  expect(bench.channels().every(({ deviceState }) => deviceState === 'Ready')).toBe(true);
});

test('[VB16] offers reach a guest in bursts that its port has buffers for', () => {
  const bench = new BusBench();

  bench.connect([WIN8]);
  bench.pass(seconds(1));

  expect(bench.said()).toContain('AllOffersDelivered');
  expect(
    bench
      .turn()
      .all('port')
      .every(port => port.refused === 0),
  ).toBe(true);
});

test('[VB16] page lists of several drivers at once overrun the port, and none is lost', () => {
  const bench = new BusBench({ os: WS2012 });

  bench.connect();
  bench.pass(seconds(1));

  const refused = bench
    .turn()
    .all('port')
    .map(port => port.refused);
  expect(Math.max(...refused)).toBeGreaterThan(0);
  expect(bench.connection.unposted).toEqual([]);
  expect(
    bench
      .turn()
      .all('gpadl')
      .every(({ state }) => state === 'Accepted'),
  ).toBe(true);
});
