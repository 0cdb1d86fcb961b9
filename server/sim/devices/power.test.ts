import fc from 'fast-check';
import { expect, test } from 'vitest';
import { microseconds, milliseconds, seconds } from '../../protocol/time.ts';
import { HOST, VM } from '../hypervisor/bench.fixture.ts';
import { teardown } from '../vid/teardown.ts';
import { runProcessors, suspendProcessors } from '../vid/vid.ts';
import { BusBench, WS2008R2, WS2012, value } from './bus-bench.fixture.ts';
import {
  destroyDevices,
  pauseDevices,
  resetDevices,
  restoreDevices,
  resumeDevices,
  saveDevices,
} from './power.ts';

function ready(wanted = {}): BusBench {
  const bench = new BusBench({ os: WS2012, ...wanted });
  bench.connect();
  bench.pass(seconds(1));
  return bench;
}

function pause(bench: BusBench): void {
  suspendProcessors(bench.turn(), bench.partition);
  pauseDevices(bench.turn(), bench.partition);
}

function resume(bench: BusBench): void {
  runProcessors(bench.turn(), bench.partition);
  resumeDevices(bench.turn(), bench.partition);
}

/** Saves, takes the partition apart, and restores into a new one with everything still paused. */
function saveAndRestore(bench: BusBench): void {
  const saved = structuredClone(saveDevices(bench.turn(), bench.partition));
  const guest = { ...bench.turn().must('guest', bench.guestId) };
  destroyDevices(bench.turn(), bench.partition);
  bench.turn().remove('guest', bench.guestId);
  value(teardown(bench.turn(), bench.partition) ?? { ok: true, value: null });
  bench.pass(seconds(5));

  bench.partition = bench.build(2);
  bench.turn().patch('guest', bench.guestId, { phase: guest.phase });
  destroyDevices(bench.turn(), bench.partition);
  suspendProcessors(bench.turn(), bench.partition);
  const owner = { host: HOST, vm: VM, partition: bench.partition };
  value(restoreDevices(bench.turn(), owner, saved));
}

function isReady(bench: BusBench): boolean {
  return bench.channels().every(channel => channel.deviceState === 'Ready');
}

test('[DV50] a paused guest hears and sends nothing, and misses no beat of its own fault', () => {
  const bench = ready();
  const before = { ...bench.service('heartbeat') };

  pause(bench);
  bench.pass(seconds(100));
  expect(bench.service('heartbeat')).toMatchObject({ sent: before.sent, status: 'Ok' });
  resume(bench);
  bench.pass(seconds(10));

  const { sent, received } = bench.service('heartbeat');
  // The first goes out at once, then one every two seconds.
  expect(sent - before.sent).toBe(6);
  expect(received).toBe(sent);
  expect(bench.workerHeard.some(({ heartbeat }) => heartbeat === 'LostCommunication')).toBe(false);
});

test('[DV50] the clock of a resumed guest is set before it is sampled', () => {
  const bench = ready();
  const { id } = bench.channel('ic-timesync');
  pause(bench);
  bench.pass(seconds(100));
  bench.world.tracesForProjection = [];

  resume(bench);
  bench.pass(seconds(6));

  const traced = bench.traces().filter(({ channel }) => channel === id);
  expect(traced.map(({ summary }) => summary)).toEqual(['Time synchronization', 'Time sample']);
});

test('[DV50] pausing twice, or resuming what runs, changes nothing', () => {
  const bench = ready();

  resumeDevices(bench.turn(), bench.partition);
  pause(bench);
  pauseDevices(bench.turn(), bench.partition);
  resume(bench);
  resumeDevices(bench.turn(), bench.partition);
  const { sent } = { ...bench.service('heartbeat') };
  bench.pass(seconds(20));

  expect(bench.service('heartbeat').sent - sent).toBe(11);
});

/** Any moment of the bring-up: messages and packets in its first 15 ms, drivers' own work up to 45. */
const moment = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 15_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 15_000, max: 45_000 }) },
);

test('[DV51] a guest paused at any moment of its bring-up goes on where it was', () => {
  fc.assert(
    fc.property(moment, moment, fc.boolean(), (first, second, old) => {
      const bench = new BusBench({ os: old ? WS2008R2 : WS2012 });
      bench.connect();
      for (const span of [first, second]) {
        bench.pass(microseconds(span));
        pause(bench);
        bench.pass(seconds(3));
        resume(bench);
      }
      bench.pass(seconds(1));

      expect(bench.guestHeard.filter(({ type }) => type === 'VscFailed')).toEqual([]);
      expect(bench.service('kvp').status).toBe('Ok');
      expect(
        bench
          .turn()
          .all('gpadl')
          .every(({ state }) => state === 'Accepted'),
      ).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('[DV52] a guest saved at any moment of its bring-up goes on in another partition', () => {
  fc.assert(
    fc.property(moment, span => {
      const bench = new BusBench({ os: WS2012 });
      bench.connect();
      bench.pass(microseconds(span));
      pause(bench);
      bench.pass(milliseconds(50));

      saveAndRestore(bench);
      bench.pass(seconds(2));
      resume(bench);
      bench.pass(seconds(1));

      expect(isReady(bench), `saved after ${span} µs`).toBe(true);
      expect(bench.service('heartbeat').status).toBe('Ok');
      expect(bench.turn().all('vmbus-connection')).toHaveLength(1);
    }),
    { numRuns: 60 },
  );
});

test('[DV52] a restored bus has the guest’s numbers, new ports, and beats on', () => {
  const bench = ready();
  const before = bench
    .channels()
    .map(({ relId, connectionId, ringGpadl, protocol, toHostIn }) => [
      relId,
      connectionId,
      ringGpadl,
      protocol,
      toHostIn,
    ]);
  const gpadls = bench.turn().all('gpadl').length;
  const said = bench.said().length;
  pause(bench);
  bench.pass(milliseconds(50));

  saveAndRestore(bench);
  const after = bench
    .channels()
    .map(({ relId, connectionId, ringGpadl, protocol, toHostIn }) => [
      relId,
      connectionId,
      ringGpadl,
      protocol,
      toHostIn,
    ]);
  bench.workerHeard.length = 0;
  resume(bench);
  bench.pass(seconds(10));

  expect(after).toEqual(before);
  expect(bench.turn().all('gpadl')).toHaveLength(gpadls);
  // The channels come back silently: no message is said.
  expect(bench.said()).toHaveLength(said);
  expect(bench.workerHeard).toContainEqual({
    type: 'HeartbeatChanged',
    heartbeat: 'OkApplicationsUnknown',
  });
  const { sent, received } = bench.service('heartbeat');
  expect(sent).toBe(received);
});

test('[DV52] only what stands still is saved', () => {
  const bench = ready();

  expect(() => saveDevices(bench.turn(), bench.partition)).toThrow('stands still');
});

test('[DV53] after a reset every device waits for a guest, and beats no more', () => {
  const bench = ready();

  resetDevices(bench.turn(), bench.partition);
  bench.enter('Firmware');
  bench.pass(seconds(10));

  expect(bench.connection).toMatchObject({ state: 'Disconnected', version: null });
  for (const channel of bench.channels()) {
    expect(channel).toMatchObject({ state: 'ClientReleased', protocol: null, ringGpadl: null });
  }
  expect(bench.turn().all('gpadl')).toEqual([]);
  expect(bench.service('heartbeat')).toMatchObject({ status: 'NoContact', nextAt: null });

  bench.enter('Drivers');
  bench.connect();
  bench.pass(seconds(1));
  expect(isReady(bench)).toBe(true);
  expect(bench.service('heartbeat').status).toBe('Ok');
});

test('[DV53] a reset at any moment of the bring-up leads to a whole one', () => {
  fc.assert(
    fc.property(moment, span => {
      const bench = new BusBench({ os: WS2012 });
      bench.connect();
      bench.pass(microseconds(span));

      resetDevices(bench.turn(), bench.partition);
      bench.enter('Firmware');
      bench.pass(seconds(1));
      bench.enter('Drivers');
      bench.connect();
      bench.pass(seconds(1));

      expect(isReady(bench), `reset after ${span} µs`).toBe(true);
      expect(
        new Set(
          bench
            .turn()
            .all('gpadl')
            .map(({ state }) => state),
        ),
      ).toEqual(new Set(['Accepted']));
    }),
    { numRuns: 25 },
  );
});

test('[DV54] taking the devices down at any moment leaves nothing, and nothing comes after', () => {
  fc.assert(
    fc.property(moment, span => {
      const bench = new BusBench({ os: WS2012 });
      bench.connect();
      bench.pass(microseconds(span));

      destroyDevices(bench.turn(), bench.partition);
      const facts = bench.facts().length;
      bench.pass(seconds(5));

      expect(bench.facts()).toHaveLength(facts);
      for (const kind of ['vmbus-connection', 'vmbus-channel', 'gpadl', 'port'] as const) {
        expect(bench.turn().all(kind), kind).toEqual([]);
      }
      expect(bench.service('heartbeat').nextAt).toBeNull();
    }),
    { numRuns: 25 },
  );
});

test('[DV55] a machine loaded from its rows at any moment has the same future', () => {
  fc.assert(
    fc.property(moment, span => {
      const straight = new BusBench({ os: WS2012 });
      const loaded = new BusBench({ os: WS2012 });
      for (const bench of [straight, loaded]) {
        bench.connect();
        bench.pass(microseconds(span));
      }

      loaded.reload();
      for (const bench of [straight, loaded]) bench.pass(seconds(30));

      expect(loaded.state()).toBe(straight.state());
    }),
    { numRuns: 15 },
  );
});
