import { expect, test } from 'vitest';
import type { Json } from '../../base/json.ts';
import { microseconds, milliseconds } from '../../protocol/time.ts';
import { BusBench, value } from '../devices/bus-bench.fixture.ts';
import { offersFor } from '../devices/index.ts';
import { VM } from '../hypervisor/bench.fixture.ts';
import { establishGpadl, openChannel } from './client-channel.ts';
import { encodeMessage } from './encode.ts';
import { toHex } from './hex.ts';
import type { ClientMessage } from './message.ts';
import type { Offer } from './offer.ts';
import { offerChannel, rescindChannel } from './server.ts';
import { postMessage } from './synic-path.ts';

const WIN8 = 0x2_0004;

function connected(): BusBench {
  const bench = new BusBench();
  bench.connect([WIN8]);
  bench.pass(milliseconds(5));
  return bench;
}

function say(bench: BusBench, message: ClientMessage): void {
  postMessage(bench.turn(), bench.connection, 'host', toHex(encodeMessage(message)));
  bench.pass(milliseconds(5));
}

/** An offer like the network's, which asks for a trigger of the monitor page. */
function monitored(bench: BusBench, n: number): Offer {
  const [offer] = offersFor(bench.turn(), VM, bench.partition).filter(
    ({ device }) => device === 'storvsp',
  );
  const instanceId = `11111111-2222-3333-4444-${n.toString().padStart(12, '0')}`;
  return { ...(offer as Offer), instanceId };
}

const fieldsOf = (bench: BusBench, message: string): { readonly [field: string]: Json }[] =>
  bench
    .facts()
    .filter(({ data }) => data['message'] === message)
    .map(({ data }) => data['fields'] as { readonly [field: string]: Json });

const unusable = (bench: BusBench, channelId: number): ClientMessage => ({
  type: 'OpenChannel',
  channelId,
  openId: 1,
  ringGpadlId: 77,
  targetVp: 0,
  downstreamPageOffset: 4,
  userData: '',
});

test('[VB27] an open that is out of order has no answer, not even that its ring is wrong', () => {
  const bench = connected();
  const { id, relId } = bench.channel('keyboard');
  openChannel(bench.turn(), id, { toHostPages: 4, toGuestPages: 4, targetVp: 0 });
  bench.pass(milliseconds(5));
  const answers = fieldsOf(bench, 'OpenChannelResult').length;

  say(bench, unusable(bench, relId));
  const whileOpen = fieldsOf(bench, 'OpenChannelResult').length;
  rescindChannel(bench.turn(), bench.channel('mouse').id);
  say(bench, unusable(bench, 3));

  expect([answers, whileOpen, fieldsOf(bench, 'OpenChannelResult').length]).toEqual([1, 1, 1]);
});

test('[VB28] channel ids count up to 2,047 and only then begin again at the lowest that is free', () => {
  const bench = connected();
  const { id, relId } = bench.channel('mouse');
  rescindChannel(bench.turn(), id);
  bench.pass(milliseconds(5));
  const next = value(offerChannel(bench.turn(), bench.partition, monitored(bench, 1)));
  const { id: connection } = bench.connection;
  bench.turn().patch('vmbus-connection', connection, { nextRelId: 2047 });

  const last = value(offerChannel(bench.turn(), bench.partition, monitored(bench, 2)));
  const again = value(offerChannel(bench.turn(), bench.partition, monitored(bench, 3)));

  const ids = [next, last, again].map(each => bench.turn().must('vmbus-channel', each).relId);
  expect(ids).toEqual([14, 2047, relId]);
});

test('[VB29] 128 channels have a trigger of the monitor page, and the next ones signal by hypercall', () => {
  const bench = connected();
  const before = bench.channels().filter(({ monitorId }) => monitorId !== null).length;

  for (let n = before; n < 130; n += 1) {
    value(offerChannel(bench.turn(), bench.partition, monitored(bench, n)));
  }

  const triggers = bench.channels().flatMap(({ monitorId }) => monitorId ?? []);
  expect(triggers).toHaveLength(128);
  expect(new Set(triggers)).toEqual(new Set(Array.from({ length: 128 }, (_, n) => n)));
  expect(bench.channels().at(-1)?.monitorId).toBe(null);
});

test('[VB30] an offer says its trigger or 255 for none, and that its interrupt is its own', () => {
  const bench = connected();

  const offers = fieldsOf(bench, 'OfferChannel');

  expect(offers).toHaveLength(13);
  for (const offer of offers) {
    const { monitorId } = bench.channels().find(({ relId }) => relId === offer['channelId']) ?? {};
    expect(offer).toMatchObject({
      monitorId: monitorId ?? 255,
      monitorAllocated: monitorId === null ? 0 : 1,
      isDedicated: 1,
    });
  }
});

test('[VB31] of two contacts in a row the last is answered, once', () => {
  const bench = new BusBench();
  const contact = (versionRequested: number): ClientMessage => ({
    type: 'InitiateContact',
    versionRequested,
    targetMessageVp: 0,
    interruptPage: 0,
    parentToChildMonitorPage: 0,
    childToParentMonitorPage: 0,
  });

  for (const version of [0x1_0001, WIN8]) {
    const bytes = toHex(encodeMessage(contact(version)));
    postMessage(bench.turn(), bench.connection, 'host', bytes);
    bench.pass(microseconds(50));
  }
  bench.pass(milliseconds(5));

  expect(fieldsOf(bench, 'VersionResponse')).toMatchObject([
    { versionSupported: 1, selectedVersion: WIN8 },
  ]);
  expect(bench.connection).toMatchObject({ state: 'Connected', version: WIN8 });
});

test('[VB32] control messages go to the first processor, whichever the client names', () => {
  const bench = new BusBench();
  say(bench, {
    type: 'InitiateContact',
    versionRequested: WIN8,
    targetMessageVp: 1,
    interruptPage: 0,
    parentToChildMonitorPage: 0,
    childToParentMonitorPage: 0,
  });

  const ports = bench.turn().where('port', 'partition', bench.partition);

  expect(ports.filter(({ type }) => type === 'Message')).toMatchObject([
    { portId: 1, targetSint: 2, targetVp: 0, messages: 1 },
  ]);
});

test('[VB33] pages that are torn down before the device took them are answered twice, in order', () => {
  const bench = connected();
  const { id, relId } = bench.channel('storvsp');
  openChannel(bench.turn(), id, { toHostPages: 4, toGuestPages: 4, targetVp: 0 });
  bench.pass(milliseconds(5));
  const said = bench.said().length;
  const gpadlId = bench.connection.nextGpadlId;
  establishGpadl(bench.turn(), id, { pages: 20, purpose: 'buffer' });
  bench.pass(microseconds(5));

  postMessage(
    bench.turn(),
    bench.connection,
    'host',
    toHex(encodeMessage({ type: 'GpadlTeardown', channelId: relId, gpadlId })),
  );
  bench.pass(milliseconds(5));

  const after = bench.said().slice(said);
  expect(after).toEqual(['GpadlHeader', 'GpadlCreated', 'GpadlTorndown']);
  expect(bench.turn().all('gpadl')).toHaveLength(1);
});
