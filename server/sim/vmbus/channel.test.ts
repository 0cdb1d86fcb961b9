import { expect, test } from 'vitest';
import { microseconds, milliseconds, seconds, ticks } from '../../protocol/time.ts';
import { BusBench, WS2012, value } from '../devices/bus-bench.fixture.ts';
import { offersFor } from '../devices/index.ts';
import { VM } from '../hypervisor/bench.fixture.ts';
import { closeChannel, openChannel } from './client-channel.ts';
import { encodeMessage } from './encode.ts';
import { toHex } from './hex.ts';
import type { ClientMessage } from './message.ts';
import { tellGuest } from './post.ts';
import { destroyBus, offerChannel, rescindChannel } from './server.ts';
import { postMessage, signalHost } from './synic-path.ts';

const WIN8 = 0x2_0004;
const SMALL = { toHostPages: 4, toGuestPages: 4, targetVp: 1 };

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

function from(bench: BusBench, said: number): string[] {
  return bench.said().slice(said);
}

test('[VB7] a channel is opened on a registered ring, at the processor it names', () => {
  const bench = connected();
  const { id, relId } = bench.channel('keyboard');
  const said = bench.said().length;

  openChannel(bench.turn(), id, SMALL);
  bench.pass(milliseconds(5));

  expect(from(bench, said)).toEqual([
    'GpadlHeader',
    'GpadlCreated',
    'OpenChannel',
    'OpenChannelResult',
  ]);
  expect(bench.channel('keyboard')).toMatchObject({
    state: 'Open',
    openId: relId,
    ringPages: 8,
    downstreamPage: 4,
    targetVp: 1,
  });
  const ports = bench.turn().where('port', 'vm', VM);
  expect(ports.filter(port => port.receiver === id && port.targetVp === 1)).toHaveLength(1);
});

test('[VB7] a large ring goes in header and bodies before it is answered', () => {
  const bench = connected();
  const said = bench.said().length;

  openChannel(bench.turn(), bench.channel('storvsp').id, {
    ...SMALL,
    toHostPages: 128,
    toGuestPages: 128,
  });
  bench.pass(milliseconds(5));

  const then = from(bench, said);
  expect(then.filter(message => message === 'GpadlBody')).toHaveLength(9);
  expect(then.indexOf('GpadlCreated')).toBe(10);
});

test('[VB8] opening without a usable ring is refused, and the channel stays closed', () => {
  const bench = connected();
  const { relId } = bench.channel('keyboard');

  say(bench, {
    type: 'OpenChannel',
    channelId: relId,
    openId: 7,
    ringGpadlId: 0x1234,
    targetVp: 0,
    downstreamPageOffset: 4,
    userData: '',
  });

  const last = bench.facts().findLast(fact => fact.kind === 'vmbus');
  expect(last?.data).toMatchObject({
    message: 'OpenChannelResult',
    fields: { channelId: relId, openId: 7, status: 0xc000_000d },
  });
  expect(bench.channel('keyboard').state).toBe('Closed');
});

test('[VB9] closing has no answer; its GPADL is torn down, and the channel opens again', () => {
  const bench = connected();
  const { id } = bench.channel('keyboard');
  openChannel(bench.turn(), id, SMALL);
  bench.pass(milliseconds(5));
  const said = bench.said().length;

  closeChannel(bench.turn(), id);
  bench.pass(milliseconds(5));

  expect(from(bench, said)).toEqual(['CloseChannel', 'GpadlTeardown', 'GpadlTorndown']);
  expect(bench.channel('keyboard')).toMatchObject({ state: 'Closed', openId: null });
  expect(bench.turn().all('gpadl')).toEqual([]);

  openChannel(bench.turn(), id, SMALL);
  bench.pass(milliseconds(5));
  expect(bench.channel('keyboard').state).toBe('Open');
});

test('[VB9] a guest may reopen before the close has finished, since it cannot know', () => {
  const bench = connected();
  const { id } = bench.channel('keyboard');
  openChannel(bench.turn(), id, SMALL);
  bench.pass(milliseconds(5));

  closeChannel(bench.turn(), id);
  openChannel(bench.turn(), id, SMALL);
  bench.pass(milliseconds(5));

  expect(bench.channel('keyboard').state).toBe('Open');
  expect(bench.turn().all('gpadl')).toHaveLength(1);
});

test('[VB2] messages for what is unknown get no answer', () => {
  const bench = connected();
  const said = bench.said().length;

  say(bench, { type: 'GpadlBody', messageNumber: 0, gpadlId: 0x99, values: [1] });
  say(bench, { type: 'GpadlTeardown', channelId: 1, gpadlId: 0x99 });
  say(bench, { type: 'CloseChannel', channelId: 1 });
  say(bench, { type: 'CloseChannel', channelId: 77 });
  say(bench, { type: 'RelIdReleased', channelId: 77 });
  postMessage(bench.turn(), bench.connection, 'host', 'ff');
  bench.pass(milliseconds(5));

  expect(from(bench, said)).toEqual([]);
});

test('[VB17] a rescinded channel is closed, torn down, released and gone', () => {
  const bench = connected();
  const { id, relId } = bench.channel('mouse');
  openChannel(bench.turn(), id, SMALL);
  bench.pass(milliseconds(5));
  const said = bench.said().length;

  rescindChannel(bench.turn(), id);
  bench.pass(milliseconds(5));

  expect(from(bench, said)).toEqual([
    'RescindChannelOffer',
    'CloseChannel',
    'GpadlTeardown',
    'GpadlTorndown',
    'RelIdReleased',
  ]);
  expect(bench.turn().get('vmbus-channel', id)).toBeUndefined();
  expect(bench.guestHeard.at(-1)).toEqual({ type: 'ChannelRescinded', channel: id });
  const left = bench.turn().where('port', 'vm', VM);
  expect(left.filter(port => port.receiver === id)).toEqual([]);
  expect(bench.channels().map(channel => channel.relId)).not.toContain(relId);
});

test('[VB17] an offer that no guest has seen is simply gone', () => {
  const bench = new BusBench();

  rescindChannel(bench.turn(), bench.channel('mouse').id);

  expect(bench.channels()).toHaveLength(12);
  expect(bench.said()).toEqual([]);
});

test('[VB17] rescinding while pages are being registered waits for them', () => {
  for (let at = 0; at < 400; at += 7) {
    const bench = connected();
    const { id } = bench.channel('storvsp');
    openChannel(bench.turn(), id, { ...SMALL, toHostPages: 256, toGuestPages: 256 });
    bench.pass(ticks(at * 100));

    rescindChannel(bench.turn(), id);
    bench.pass(milliseconds(20));

    expect(bench.turn().get('vmbus-channel', id), `after ${at * 10} µs`).toBeUndefined();
    expect(bench.turn().all('gpadl')).toEqual([]);
  }
});

test('[VB18] a channel offered after the first offers comes as a lone message', () => {
  const bench = connected();
  const [offer] = offersFor(bench.turn(), VM, bench.partition).filter(
    each => each.device === 'storvsp',
  );
  const said = bench.said().length;

  value(
    offerChannel(bench.turn(), bench.partition, {
      ...(offer as NonNullable<typeof offer>),
      instanceId: '11111111-2222-3333-4444-555555555555',
    }),
  );
  bench.pass(milliseconds(5));

  expect(from(bench, said)).toEqual(['OfferChannel']);
  expect(bench.channels().at(-1)).toMatchObject({ relId: 14, state: 'Closed' });
});

test('[VB19] a device that is back before its channel was released is offered again after that', () => {
  const bench = connected();
  const { id, relId } = bench.channel('mouse');
  openChannel(bench.turn(), id, SMALL);
  bench.pass(milliseconds(5));
  const offer = offersFor(bench.turn(), VM, bench.partition).find(each => each.device === 'mouse');
  const said = bench.said().length;

  rescindChannel(bench.turn(), id);
  value(offerChannel(bench.turn(), bench.partition, offer as NonNullable<typeof offer>));
  expect(bench.channel('mouse').state).toBe('Reoffered');
  bench.pass(milliseconds(5));

  expect(from(bench, said).slice(-2)).toEqual(['RelIdReleased', 'OfferChannel']);
  expect(bench.channel('mouse')).toMatchObject({ relId, state: 'Closed' });
});

test('[VB16] a port without free buffers makes the sender post again, in order', () => {
  const bench = connected();
  const turn = bench.turn();

  for (let gpadlId = 1; gpadlId <= 40; gpadlId += 1) {
    tellGuest(turn, bench.connection, { type: 'GpadlTorndown', gpadlId });
  }
  expect(bench.connection.unposted).toHaveLength(24);
  bench.pass(milliseconds(20));

  expect(bench.connection.unposted).toEqual([]);
  const port = bench.turn().where('port', 'partition', bench.partition)[0];
  expect(port?.messages).toBeGreaterThanOrEqual(40);
  expect(port?.refused).toBeGreaterThan(0);
});

test('[VB20] taking the bus down leaves no record of it and no port', () => {
  const bench = new BusBench({ os: WS2012 });
  const before = bench.turn().all('port').length;
  bench.connect();
  bench.pass(seconds(3));

  destroyBus(bench.turn(), bench.partition);
  bench.pass(seconds(3));

  const turn = bench.turn();
  expect(before).toBeGreaterThan(0);
  for (const kind of ['vmbus-connection', 'vmbus-channel', 'gpadl', 'port'] as const) {
    expect(turn.all(kind), kind).toEqual([]);
  }
  expect(turn.all('port-connection')).toEqual([]);
});

test('[VB21] a bit of the monitor page is no hypercall, set once, and found within its latency', () => {
  const bench = new BusBench({ os: WS2012 });
  bench.connect();
  bench.pass(seconds(1));
  const channel = bench.channel('netvsp');
  const port = () =>
    bench
      .turn()
      .all('port')
      .find(each => each.receiver === channel.id && each.targetVp === 0);
  const calls = () => bench.turn().must('partition', bench.partition).hypercalls;
  const before = { messages: port()?.messages ?? 0, calls: calls() };

  signalHost(bench.turn(), channel);
  signalHost(bench.turn(), channel);
  const pending = bench.connection.monitorPending;
  bench.reload();
  bench.pass(microseconds(90));
  const early = port()?.messages;
  bench.pass(microseconds(20));

  expect(pending).toEqual([channel.monitorId]);
  expect([early, port()?.messages]).toEqual([before.messages, before.messages + 1]);
  expect([bench.connection.monitorPending, calls()]).toEqual([[], before.calls]);
});

test('[VB21] that the hypervisor could not signal is heard by nobody', () => {
  const bench = new BusBench({ os: WS2012 });
  bench.connect();
  bench.pass(seconds(1));
  const { id } = bench.channel('netvsp');
  signalHost(bench.turn(), bench.channel('netvsp'));

  for (const { id: port, receiver } of bench.turn().all('port')) {
    if (receiver === id) bench.turn().remove('port', port);
  }
  bench.pass(milliseconds(1));

  expect(bench.connection.monitorPending).toEqual([]);
});
