import fc from 'fast-check';
import { expect, test } from 'vitest';
import { microseconds, seconds } from '../../protocol/time.ts';
import { BusBench, WS2012, value } from '../devices/bus-bench.fixture.ts';
import { offersFor } from '../devices/index.ts';
import { VM } from '../hypervisor/bench.fixture.ts';
import { encodeMessage } from './encode.ts';
import { toHex } from './hex.ts';
import type { ClientMessage } from './message.ts';
import { destroyBus, offerChannel, rescindChannel, resetBus } from './server.ts';
import { postMessage } from './synic-path.ts';

// A client that says anything at any time, while its drivers work and devices come and go.

const NOTHING = '00'.repeat(120);

interface Said {
  readonly kind: ClientMessage['type'];
  /** Among the ids there are, and one that is not. */
  readonly channel: number;
  readonly gpadl: number;
  readonly number: number;
}

type Step =
  | ({ readonly do: 'say' } & Said)
  | { readonly do: 'pass'; readonly span: number }
  | { readonly do: 'rescind' | 'offer'; readonly channel: number }
  | { readonly do: 'reload' };

const KINDS = [
  'InitiateContact',
  'RequestOffers',
  'OpenChannel',
  'CloseChannel',
  'GpadlHeader',
  'GpadlBody',
  'GpadlTeardown',
  'RelIdReleased',
  'Unload',
] as const satisfies readonly ClientMessage['type'][];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      kind: fc.constantFrom(...KINDS),
      channel: fc.nat(15),
      gpadl: fc.nat(20),
      number: fc.nat(300),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), span: fc.nat(3000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('rescind' as const, 'offer' as const),
      channel: fc.nat(12),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'reload' as const }) },
);

function messageOf(bench: BusBench, { kind: type, channel, gpadl, number }: Said): ClientMessage {
  const channelId = channel;
  const gpadls = bench.turn().all('gpadl');
  const gpadlId = gpadls[gpadl]?.gpadlId ?? 77;
  switch (type) {
    case 'InitiateContact':
      return {
        type,
        versionRequested: [0x2_0004, 0x1_0001, 0x0d, 0x3_0000][number % 4] ?? 0,
        targetMessageVp: number % 3,
        interruptPage: 0,
        parentToChildMonitorPage: number % 5 === 0 ? 0 : 0x1000,
        childToParentMonitorPage: 0x2000,
      };
    case 'OpenChannel':
      return {
        type,
        channelId,
        openId: number,
        ringGpadlId: gpadlId,
        targetVp: number % 4,
        downstreamPageOffset: number % 12,
        userData: NOTHING,
      };
    case 'GpadlHeader':
      return {
        type,
        channelId,
        gpadlId,
        rangeBufferLength: 8 * (1 + (number % 40)),
        rangeCount: number % 3,
        values: [4096, 5, 6],
      };
    case 'GpadlBody':
      return { type, messageNumber: 0, gpadlId, values: [7, 8] };
    case 'GpadlTeardown':
      return { type, channelId, gpadlId };
    case 'CloseChannel':
    case 'RelIdReleased':
      return { type, channelId };
    case 'RequestOffers':
    case 'Unload':
      return { type };
  }
}

function take(bench: BusBench, made: Step): void {
  switch (made.do) {
    case 'say':
      postMessage(
        bench.turn(),
        bench.connection,
        'host',
        toHex(encodeMessage(messageOf(bench, made))),
      );
      return;
    case 'pass':
      return bench.pass(microseconds(made.span));
    case 'reload':
      return bench.reload();
    case 'rescind': {
      const channel = bench.channels()[made.channel];
      if (channel !== undefined) rescindChannel(bench.turn(), channel.id);
      return;
    }
    case 'offer': {
      const offer = offersFor(bench.turn(), VM, bench.partition)[made.channel];
      const there = bench.channels().find(({ instanceId }) => instanceId === offer?.instanceId);
      if (offer === undefined || (there !== undefined && there.state !== 'Revoked')) return;
      value(offerChannel(bench.turn(), bench.partition, offer));
    }
  }
}

test('[VB26] whatever a client says in whatever order, the next one finds the bus whole', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), fc.nat(4000), (steps, began) => {
      const bench = new BusBench({ os: WS2012 });
      bench.connect();
      bench.pass(microseconds(began));
      for (const made of steps) take(bench, made);

      resetBus(bench.turn(), bench.partition);
      bench.pass(seconds(1));
      for (let channel = 0; channel < 13; channel += 1) take(bench, { do: 'offer', channel });
      bench.connect();
      bench.pass(seconds(2));

      expect(bench.connection).toMatchObject({
        state: 'Connected',
        offersSent: true,
        unposted: [],
      });
      const states = bench.channels().map(({ device, state }) => `${device} ${state}`);
      expect(states.filter(each => !each.endsWith(' Open'))).toEqual([]);
      expect(new Set(states).size).toBeGreaterThanOrEqual(12);

      const { smallObjects } = bench.turn().must('partition', bench.partition);
      destroyBus(bench.turn(), bench.partition);
      for (const kind of ['vmbus-channel', 'gpadl', 'port', 'port-connection'] as const) {
        expect([kind, bench.turn().all(kind)]).toEqual([kind, []]);
      }
      expect(smallObjects).toBeGreaterThan(0);
      expect(bench.turn().must('partition', bench.partition).smallObjects).toBe(0);
    }),
    { numRuns: 25 },
  );
}, 120_000);
