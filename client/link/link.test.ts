import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { wsWire } from '../../test/bots/ws-wire.ts';
import { LAB, aHub } from '../../test/fixture/hub-house.ts';
import type { HubHouse } from '../../test/fixture/hub-house.ts';
import type { Trace } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { openLink } from './link.ts';
import type { Link, LinkEvent, LinkOptions } from './port.ts';

interface Held extends Link {
  readonly events: LinkEvent[];
  /** Cuts the socket under it. */
  cut(): void;
}

/** A link of that person; closed with the test. */
function aLink(house: HubHouse, name = 'grace', options: Partial<LinkOptions> = {}): Held {
  const events: LinkEvent[] = [];
  const connect = wsWire(`person=${name}`);
  let cut: () => void = () => undefined;
  const link = openLink({
    url: house.url,
    lab: LAB,
    connect: (url, subprotocol, wireEvents) => {
      const wire = connect(url, subprotocol, wireEvents);
      cut = () => {
        wire.close();
      };
      return wire;
    },
    observe: event => events.push(event),
    ...options,
  });
  onTestFinished(() => link.close());
  return Object.assign(link, { events, cut: () => cut() });
}

const until = (look: () => unknown): Promise<void> =>
  expect.poll(look, { timeout: 10_000, interval: 5 }).toBe(true);

const isLive = (link: Link): Promise<void> => until(() => link.connection.phase === 'live');

const recordsOf = (link: Link): Record<string, unknown> =>
  Object.fromEntries(
    [...(link.scope('lab')?.records('vm') ?? [])].map(({ id, values }) => [id, values]),
  );

const rowsOf = ({ lab }: HubHouse): Record<string, unknown> =>
  Object.fromEntries(
    [...lab.rows].map(([id, { values }]) => {
      const { solution: _, ...shown } = values;
      return [id, shown];
    }),
  );

test('it holds the records of a scope as they change, and says what was answered', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one', state: 'Off' });
  const link = aLink(house);
  link.watch('lab');

  const result = await link.submit('vm.start', { vm: 'vm:1' });
  const refused = await link.submit('vm.start', { vm: 'vm:2' });
  const stopped = await link.submit('vm.start', {});

  expect(result).toEqual({ ok: true, value: null });
  expect(link.scope('lab')?.record('vm:1')?.values).toEqual({ name: 'one', state: 'Running' });
  expect(refused).toMatchObject({ ok: false, fault: { kind: 'NotFound' } });
  expect(stopped).toMatchObject({
    ok: false,
    fault: { kind: 'bad-arguments', data: { path: 'args.vm' } },
  });
  expect([link.me?.name, link.name, link.connection.phase]).toEqual([
    'grace',
    `Model of ${LAB}`,
    'live',
  ]);
});

test('after a cut it goes on where it was, without a picture', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const link = aLink(house);
  link.watch('lab');
  await until(() => link.scope('lab')?.turn === 1);

  link.cut();
  house.lab.put('vm:1', { name: 'meanwhile' });
  await until(() => link.scope('lab')?.turn === 2);

  expect(link.scope('lab')?.record('vm:1')?.values).toEqual({ name: 'meanwhile' });
  expect(link.figures).toMatchObject({ connections: 2, pictures: 1, resumes: 1, gaps: 0 });
});

test('while it is cut it says since when, and when it tries again', async () => {
  const house = await aHub();
  const link = aLink(house);
  await isLive(link);
  const phases: string[] = [];
  link.listen(() => phases.push(link.connection.phase));

  link.cut();
  await until(() => link.connection.phase === 'offline');
  const { connection } = link;
  await isLive(link);

  expect(connection).toMatchObject({ phase: 'offline' });
  const { since, retryAt } = connection as { since: number; retryAt: number };
  expect(retryAt).toBeGreaterThan(since);
  expect(retryAt - since).toBeLessThan(200);
  expect(phases.at(-1)).toBe('live');
});

test('commands under way are done once and answered, however often the connection is cut', async () => {
  const house = await aHub({ commitMs: 5, limits: { commandsBurst: 1_000 } });
  house.lab.put('vm:1', { name: 'one' });
  const link = aLink(house);
  link.watch('lab');

  const answers = [...Array(60).keys()].map(async n => {
    await sleep(n * 12);
    return link.submit('vm.rename', { vm: 'vm:1', name: `name ${n}` });
  });
  for (let n = 0; n < 4; n += 1) {
    await sleep(160);
    // However slow the machine is, what is cut is a connection.
    await isLive(link);
    link.cut();
  }
  const results = await Promise.all(answers);
  await isLive(link);

  expect(results.every(({ ok }) => ok)).toBe(true);
  // One turn for the record, one for each command: none was done twice, none is missing.
  expect(house.lab.turn).toBe(61);
  expect(link.figures.connections).toBe(5);
});

test('a packet that is missing is a gap, and asked for', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const link = aLink(house);
  link.watch('lab');
  await until(() => link.scope('lab')?.turn === 1);

  house.lab.lose();
  house.lab.put('vm:1', { name: 'after it' });
  await until(() => link.scope('lab')?.turn === 3);

  expect(recordsOf(link)).toEqual({ 'vm:1': { name: 'after it' }, 'vm:lost': { name: 'lost' } });
  expect(link.figures).toMatchObject({ gaps: 1, divergences: 0, pictures: 1 });
});

test('a beat with another hash is a divergence: counted on both sides, mended by a picture', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const link = aLink(house);
  link.watch('lab');
  await until(() => link.scope('lab')?.turn === 1);

  house.lab.put('vm:1', { name: 'never told' }, 'keep-quiet');
  house.lab.beat();
  await until(() => link.scope('lab')?.turn === 2);
  house.lab.beat();
  await sleep(50);

  expect(recordsOf(link)).toEqual({ 'vm:1': { name: 'never told' } });
  expect(link.figures).toMatchObject({ divergences: 1, pictures: 2 });
  expect(house.hub.figures.divergences).toBe(1);
});

test('more commands than a person may send go out in their order, none refused and none starved', async () => {
  const house = await aHub({ limits: { commandsPerSecond: 40, commandsBurst: 10 } });
  house.lab.put('vm:1', { name: 'one' });
  const link = aLink(house);
  await isLive(link);
  const names = [...Array(40).keys()].map(n => `name ${n}`);

  // As many as may be at once, and then just as many as may be: what is refused finds no gap.
  const results = await Promise.all(
    names.map(async (name, n) => {
      await sleep(Math.max(0, n - 20) * 25);
      return link.submit('vm.rename', { vm: 'vm:1', name });
    }),
  );

  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(house.lab.submitted.map(({ args }) => (args as { name: string }).name)).toEqual(names);
  expect(house.hub.figures.refused.get('rate-limited')).toBeUndefined();
});

test('a divergence is told once, whatever else is on its way', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const link = aLink(house);
  link.watch('lab');
  await until(() => link.scope('lab')?.turn === 1);

  house.lab.put('vm:1', { name: 'never told' }, 'keep-quiet');
  for (let n = 0; n < 3; n += 1) {
    house.lab.put('vm:2', { name: `${n}` });
    house.lab.beat();
  }
  await until(() => recordsOf(link)['vm:1'] !== undefined && link.figures.pictures === 2);
  house.lab.beat();
  await sleep(50);

  expect(recordsOf(link)).toEqual({ 'vm:1': { name: 'never told' }, 'vm:2': { name: '2' } });
  expect(link.figures).toMatchObject({ divergences: 1, pictures: 2 });
  expect(house.hub.figures.divergences).toBe(1);
});

test('who looks through many machines at once sees the last of them', async () => {
  const house = await aHub({ limits: { scopesPerConnection: 2 } });
  const ids = ['vm:1', 'vm:2', 'vm:3', 'vm:4', 'vm:5'] as const;
  for (const id of ids) house.lab.put(id, { name: id });
  const link = aLink(house);
  await isLive(link);

  for (const id of ids.slice(0, 4)) link.watch(id)();
  link.watch('vm:5');

  await until(() => link.scope('vm:5')?.record('vm:5') !== undefined);
  expect(house.hub.figures.refused.get('too-many-scopes')).toBeGreaterThan(0);
});

test('what ended it is told in its own words, not in those of an older refusal', async () => {
  const house = await aHub();
  const link = aLink(house);
  await link.submit('vm.start', {});

  house.forgetSession('grace');
  house.revocations.tell({ type: 'PersonRenamed', person: 'person:grace' });
  link.cut();
  await until(() => link.connection.phase === 'closed');

  expect(link.connection).toEqual({
    phase: 'closed',
    kind: 'not-signed-in',
    message: 'Sign in, or open your join link again.',
  });
});

test('a link that is closed takes nothing more', async () => {
  const house = await aHub();
  const link = aLink(house);
  await isLive(link);

  link.close();

  await expect(link.submit('vm.start', { vm: 'vm:1' })).rejects.toMatchObject({
    name: 'LinkClosed',
  });
});

test('what the border takes later is sent again until it is answered', async () => {
  const house = await aHub({ limits: { commandsPerSecond: 20, commandsBurst: 5 } });
  house.lab.put('vm:1', { name: 'one' });
  // Two pages of one person, who may send so much and not twice as much.
  const [one, other] = [aLink(house), aLink(house)];

  const results = await Promise.all(
    [...Array(16).keys()].map(n =>
      (n % 2 === 0 ? one : other).submit('vm.rename', { vm: 'vm:1', name: `name ${n}` }),
    ),
  );

  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(house.lab.turn).toBe(17);
  expect(house.hub.figures.refused.get('rate-limited')).toBeGreaterThan(0);
});

test('while a lab is away only so many commands are kept for it', async () => {
  const house = await aHub();
  const link = aLink(house);
  await isLive(link);
  house.lab.stop('database', null);
  await until(() => link.connection.phase === 'stopped');

  const kept = [...Array(1_000).keys()].map(() => link.submit('clock.pause', {}));
  const more = await link.submit('clock.pause', {});
  link.close();
  const ends = await Promise.allSettled(kept);

  expect(more).toMatchObject({ ok: false, fault: { kind: 'too-much-pending' } });
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
});

test('a command that the lab had when it stopped is sent again when it is back', async () => {
  const house = await aHub({ commitMs: 10 });
  house.lab.put('vm:1', { name: 'one' });
  const link = aLink(house);
  link.watch('lab');
  await isLive(link);

  house.lab.stop('database', null);
  await until(() => link.connection.phase === 'stopped');
  const result = link.submit('vm.start', { vm: 'vm:1' });
  await sleep(30);
  house.lab.goOn();

  expect(await result).toEqual({ ok: true, value: null });
  await isLive(link);
  expect(link.scope('lab')?.record('vm:1')?.values).toMatchObject({ state: 'Running' });
});

test('replaced history is taken as it is', async () => {
  const house = await aHub();
  for (let n = 0; n < 5; n += 1) house.lab.put('vm:1', { name: `${n}` });
  const link = aLink(house);
  link.watch('lab');
  await until(() => link.scope('lab')?.turn === 5);

  house.lab.replaceHistory();
  await until(() => link.scope('lab')?.position?.lineage === 2);
  house.lab.put('vm:1', { name: 'another history' });
  await until(() => link.scope('lab')?.turn === 2);

  expect(recordsOf(link)).toEqual({ 'vm:1': { name: 'another history' } });
});

test('a signed-out session ends it, with words, and with it what it waited for', async () => {
  const house = await aHub({ commitMs: 200 });
  house.lab.put('vm:1', { name: 'one' });
  const link = aLink(house);
  await isLive(link);

  const result = link.submit('vm.start', { vm: 'vm:1' }).catch((error: unknown) => error);
  await sleep(20);
  house.endSession('grace');

  expect(await result).toMatchObject({ name: 'LinkClosed' });
  expect(link.connection).toEqual({
    phase: 'closed',
    kind: 'signed-out',
    message: 'This session was signed out.',
  });
});

const traced = (packet: number): Trace => ({
  turn: 1,
  at: 1 as SimTime,
  channel: 'vmbus-channel:1',
  vm: 'vm:1',
  summary: 'READ 8 blocks',
  packet,
  rate: 4,
  bytes: '0600',
});

test('trace comes to the pane that asked for it, with what was left out, and changes nothing else', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const [link, other] = [aLink(house, 'grace'), aLink(house, 'ada')];
  link.watch('vm:1', { trace: true });
  other.watch('vm:1');
  for (const one of [link, other]) await until(() => one.scope('vm:1')?.turn === 1);
  const { hash, position } = link.scope('vm:1') ?? {};
  let heard = 0;
  link.listen(() => (heard += 1));

  house.lab.trace('vm:1', [traced(1), traced(5)], 3);
  house.lab.trace('vm:1', [traced(9)], 4);
  await until(() => link.scope('vm:1')?.trace.length === 3);
  house.lab.beat();
  house.lab.put('vm:1', { name: 'two' });
  for (const one of [link, other]) await until(() => one.scope('vm:1')?.turn === 2);

  expect(link.scope('vm:1')?.trace.map(({ packet }) => packet)).toEqual([1, 5, 9]);
  expect(link.scope('vm:1')?.traceMissed).toBe(7);
  expect(heard).toBeGreaterThan(0);
  expect([hash, position]).toEqual([
    expect.stringMatching(/^[0-9a-f]{16}$/),
    { lineage: 1, turn: 1 },
  ]);
  expect(link.figures).toMatchObject({ divergences: 0, gaps: 0, tracesDropped: 0 });
  expect(other.scope('vm:1')?.trace).toEqual([]);
});

test('trace is asked for while somebody wants it, forgotten with its history, and never without end', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const link = aLink(house);
  link.watch('vm:1');
  const away = link.watch('vm:1', { trace: true });
  await until(() => [...house.lab.watches.values()].some(({ trace }) => trace));

  for (let n = 0; n < 50; n += 1) {
    house.lab.trace(
      'vm:1',
      [...Array(100).keys()].map(each => traced(n * 100 + each)),
    );
    await until(() => link.scope('vm:1')?.trace.at(-1)?.packet === n * 100 + 99);
  }
  const kept = link.scope('vm:1')?.trace.length;
  house.lab.replaceHistory();
  await until(() => link.scope('vm:1')?.position?.lineage === 2);
  const afterwards = link.scope('vm:1')?.trace;
  away();

  expect(kept).toBe(2_000);
  expect(afterwards).toEqual([]);
  await until(() => house.lab.watches.size === 1);
  await until(() => [...house.lab.watches.values()].every(({ trace }) => !trace));
});

test('who reads too slowly for trace is told how much was dropped', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  let socket: WebSocket | null = null;
  const link = aLink(house, 'grace', {
    connect: (url, subprotocol, events) => {
      const ws = new WebSocket(url, subprotocol, { headers: { cookie: 'person=grace' } });
      socket = ws;
      ws.on('open', () => events.opened());
      ws.on('message', (data: Buffer) => events.received(data.toString()));
      ws.on('close', (code, reason) => events.closed(code, reason.toString()));
      return { send: text => ws.send(text), close: () => ws.terminate() };
    },
  });
  link.watch('vm:1', { trace: true });
  await until(() => link.scope('vm:1')?.turn === 1);

  (socket as WebSocket | null)?.pause();
  const entries = [...Array(300).keys()].map(traced);
  for (let n = 0; n < 600; n += 1) {
    house.lab.trace('vm:1', entries);
    await sleep(0);
  }
  const dropped = house.hub.figures.tracesDropped;
  (socket as WebSocket | null)?.resume();
  await until(() => link.figures.tracesDropped > 0);

  expect(dropped).toBeGreaterThan(0);
  expect(link.figures.tracesDropped).toBe(dropped);
  expect(house.hub.figures.fellBehind).toBe(0);
});

test('two panes look at one scope; the last to look away ends it, a moment later', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one' });
  const link = aLink(house);
  const [first, second] = [link.watch('lab'), link.watch('lab', { gauges: true })];
  await until(() => link.scope('lab')?.turn === 1);
  house.lab.gauges('lab', { 'vm:1': { packets: 3 } });
  await until(() => link.scope('lab')?.gauges('vm:1')?.['packets'] === 3);

  second();
  first();
  const again = link.watch('lab');
  await sleep(1_200);
  const whileWatched = link.scope('lab')?.turn;
  again();
  await until(() => link.scope('lab') === undefined);
  await until(() => house.lab.watches.size === 0);

  expect(whileWatched).toBe(1);
});

test('people come, look at things and go', async () => {
  const house = await aHub();
  const [grace, ada] = [aLink(house, 'grace'), aLink(house, 'ada')];
  await Promise.all([isLive(grace), isLive(ada)]);

  for (let n = 0; n < 200; n += 1) grace.show({ view: 'xray', selection: `vm:${n}`, typing: null });
  await until(() => ada.people.some(({ selection }) => selection === 'vm:199'));
  grace.cut();
  await until(() => ada.people.some(({ selection }) => selection === 'vm:199'));
  grace.close();
  await until(() => ada.people.some(({ name, online }) => name === 'grace' && !online));

  expect(house.hub.figures.refused.get('rate-limited')).toBeUndefined();
});

test('whatever happens to lab and connection, in the end everyone has what the lab has', async () => {
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ put: fc.nat(6), name: fc.string() }) },
    { weight: 2, arbitrary: fc.record({ remove: fc.nat(6) }) },
    { weight: 2, arbitrary: fc.constant('beat' as const) },
    { weight: 2, arbitrary: fc.constant('cut' as const) },
    { weight: 1, arbitrary: fc.constant('stop' as const) },
    { weight: 1, arbitrary: fc.constant('replace' as const) },
    { weight: 3, arbitrary: fc.constant('wait' as const) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
      const house = await aHub({ part: 2 });
      const links = [aLink(house, 'grace'), aLink(house, 'guest1')];
      for (const link of links) link.watch('lab');
      for (const one of steps) {
        if (one === 'beat') house.lab.beat();
        else if (one === 'cut') links[0]?.cut();
        else if (one === 'wait') await sleep(3);
        else if (one === 'replace') house.lab.replaceHistory();
        else if (one === 'stop') {
          house.lab.stop('database', null);
          setTimeout(() => house.lab.goOn(), 5);
        } else if ('put' in one) house.lab.put(`vm:${one.put}`, { name: one.name });
        else house.lab.remove(`vm:${one.remove}`);
      }
      await sleep(10);
      house.lab.goOn();
      house.lab.put('vm:last', { name: 'last' });
      const { turn, lineage } = house.lab;
      for (const link of links) {
        await until(() => {
          const position = link.scope('lab')?.position;
          return position?.turn === turn && position.lineage === lineage;
        });
      }

      for (const link of links) {
        expect(recordsOf(link)).toEqual(rowsOf(house));
        expect(link.figures).toMatchObject({ divergences: 0 });
        link.close();
      }
      await house.hub.drain({ spreadMs: 0 });
    }),
    { numRuns: 40 },
  );
});
