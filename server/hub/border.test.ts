import fc from 'fast-check';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { LAB, aHub } from '../../test/fixture/hub-house.ts';
import { WireClient } from '../../test/fixture/wire-client.ts';
import type { Down } from '../protocol/wire/down.ts';
import { WIRE_ERRORS } from '../protocol/wire/error.ts';
import type { WireErrorKind } from '../protocol/wire/error.ts';
import { SUBPROTOCOL } from '../protocol/wire/version.ts';

const HELLO = JSON.stringify({ t: 'hello', lab: LAB, client: 'client-0001' });
const ID = 'command-0000000001';
const codeOf = (kind: WireErrorKind): number | null => WIRE_ERRORS[kind].close;

/** The status of an upgrade that is refused before there is a socket. */
const statusOf = (url: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request(url.replace('ws:', 'http:'), {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-protocol': SUBPROTOCOL,
        ...headers,
      },
    });
    asked.on('response', ({ statusCode }) => resolve(statusCode ?? 0));
    asked.on('upgrade', (_, socket) => {
      socket.destroy();
      resolve(101);
    });
    asked.on('error', reject);
    asked.end();
  });

test('a page of another origin, another path and no subprotocol of ours never become a socket', async () => {
  const { url } = await aHub();
  const cookie = 'person=ada';

  const statuses = await Promise.all([
    statusOf(url, { cookie, origin: 'http://evil.example' }),
    statusOf(url, { cookie, origin: 'null' }),
    statusOf(url.replace('/ws', '/elsewhere'), { cookie }),
    statusOf(url, { cookie, 'sec-websocket-protocol': 'chat' }),
    statusOf(url, { cookie, 'sec-websocket-protocol': '' }),
    statusOf(url, { cookie, origin: new URL(url.replace('ws:', 'http:')).origin }),
  ]);

  expect(statuses).toEqual([403, 403, 404, 426, 426, 101]);
});

test('without a session a socket is closed with the code that says so', async () => {
  const house = await aHub();

  const client = await house.socket(null);

  expect(await client.end()).toBe(codeOf('not-signed-in'));
  expect(client.got).toEqual([]);
});

test('a page of another version is told to reload', async () => {
  const { url } = await aHub();

  const client = await WireClient.open(url, { cookie: 'person=ada' }, 'enlighten.0');
  const goaway = await client.next('goaway');

  expect(goaway.why).toBe('version');
  expect(await client.end()).toBe(codeOf('too-old'));
});

/** What is said instead of hello, and how that ends. */
const firstWords: readonly [name: string, word: string | Buffer, ends: WireErrorKind][] = [
  ['no JSON', 'hello', 'malformed'],
  ['nothing', '', 'malformed'],
  ['half a message', HELLO.slice(0, -1), 'malformed'],
  ['a list', '[]', 'malformed'],
  ['null', 'null', 'malformed'],
  ['deep nesting', '['.repeat(4_000), 'malformed'],
  ['an unknown kind', '{"t":"sudo"}', 'malformed'],
  ['an unknown field', '{"t":"ping","n":1,"role":"instructor"}', 'malformed'],
  ['a field named __proto__', '{"t":"ping","n":1,"__proto__":{"role":"instructor"}}', 'malformed'],
  ['a wrong type', '{"t":"hello","lab":1,"client":"client-0001"}', 'malformed'],
  [
    'a command before hello',
    `{"t":"command","id":"${ID}","op":"vm.start","args":{}}`,
    'out-of-order',
  ],
  ['a ping before hello', '{"t":"ping","n":1}', 'out-of-order'],
  ['bytes', Buffer.from(HELLO), 'not-text'],
  ['more than may be said before hello', `{"t":"${'x'.repeat(9_000)}"}`, 'too-large'],
  ['another lab', '{"t":"hello","lab":"lab:other","client":"client-0001"}', 'not-found'],
];

test.each(firstWords)('%s instead of hello closes the socket', async (_, word, ends) => {
  const house = await aHub();
  const client = await house.socket('ada');

  client.raw(word);

  expect(await client.end()).toBe(codeOf(ends));
  expect(client.all('error').map(({ kind }) => kind)).toEqual([ends]);
  expect(client.all('welcome')).toEqual([]);
});

test('somebody who is in no lab is not found, by the same words as where there is no lab', async () => {
  const house = await aHub();
  const client = await house.socket('stranger');

  client.raw(HELLO);

  expect(await client.end()).toBe(codeOf('not-found'));
});

test('silence instead of hello is ended', async () => {
  const house = await aHub({ limits: { helloMs: 50 } });
  const client = await house.socket('ada');

  expect(await client.end()).toBe(codeOf('hello-late'));
});

test('what comes right behind hello is done after it, and answered after what shows it', async () => {
  const house = await aHub();
  house.lab.put('vm:1', { name: 'one', state: 'Off' });
  const client = await house.socket('ada');

  client.raw(HELLO);
  client.watch('lab');
  client.say({ t: 'command', id: ID, op: 'vm.start', args: { vm: 'vm:1' } });
  await client.next('answer');

  const kinds = client.got.map(({ t }) => t).filter(t => t !== 'people');
  expect(kinds).toEqual(['welcome', 'ready', 'picture', 'answer']);
  expect(client.all('picture')[0]?.records[0]?.[3]['state']).toBe('Running');
});

const laterWords: readonly [name: string, word: string | Buffer, ends: WireErrorKind][] = [
  ['hello again', HELLO, 'out-of-order'],
  ['no JSON', '{', 'malformed'],
  ['a scope that is none', '{"t":"watch","scope":"everything","from":null}', 'malformed'],
  ['a negative turn', '{"t":"watch","scope":"lab","from":{"lineage":1,"turn":-1}}', 'malformed'],
  ['a short command id', '{"t":"command","id":"short","op":"vm.start","args":{}}', 'malformed'],
  ['arguments in a list', `{"t":"command","id":"${ID}","op":"vm.start","args":[]}`, 'malformed'],
  [
    'a long view',
    `{"t":"presence","view":"${'v'.repeat(300)}","selection":null,"typing":null}`,
    'malformed',
  ],
  ['bytes', Buffer.from([1, 2, 3]), 'not-text'],
  ['a message over the limit', `{"t":"ping","n":${'1'.repeat(70_000)}}`, 'too-large'],
];

test.each(laterWords)('%s after hello closes the socket', async (_, word, ends) => {
  const house = await aHub();
  const client = await house.enter('ada');

  client.raw(word);

  expect(await client.end()).toBe(codeOf(ends));
  expect(client.all('error').map(({ kind }) => kind)).toEqual([ends]);
});

/** Refused by the border, with the connection as before. */
const refusedCommands: readonly {
  readonly what: string;
  readonly op: string;
  readonly args: object;
  readonly kind: WireErrorKind;
  readonly path: string;
}[] = [
  { what: 'no operation', op: 'vm.explode', args: {}, kind: 'unknown-operation', path: 'op' },
  { what: 'one of the lab', op: 'clock.sleep', args: {}, kind: 'unknown-operation', path: 'op' },
  { what: 'a name of Object', op: 'toString', args: {}, kind: 'unknown-operation', path: 'op' },
  { what: 'nothing', op: 'vm.start', args: {}, kind: 'bad-arguments', path: 'args.vm' },
  {
    what: 'an id of another kind',
    op: 'vm.start',
    args: { vm: 'host:HV01' },
    kind: 'bad-arguments',
    path: 'args.vm',
  },
  {
    what: 'one argument too many',
    op: 'vm.start',
    args: { vm: 'vm:1', force: true },
    kind: 'bad-arguments',
    path: 'args',
  },
  {
    what: 'a name that turns text',
    op: 'vm.rename',
    args: { vm: 'vm:1', name: 'a\u202eb' },
    kind: 'bad-arguments',
    path: 'args.name',
  },
  {
    what: 'a speed of zero',
    op: 'clock.speed',
    args: { speed: 0 },
    kind: 'bad-arguments',
    path: 'args.speed',
  },
];

test.each(refusedCommands)('$op with $what is refused at the border', async refused => {
  const house = await aHub();
  const client = await house.enter('grace');
  const { op, args, kind, path } = refused;

  client.raw(JSON.stringify({ t: 'command', id: ID, op, args }));
  const error = await client.next('error');
  await client.settle();

  expect(error).toMatchObject({ kind, about: ID, path });
  expect(house.lab.submitted).toEqual([]);
});

test('arguments reach the lab with their defaults and nothing else', async () => {
  const house = await aHub();
  const client = await house.enter('grace');
  const disk = { from: 'none' };

  client.say({
    t: 'command',
    id: ID,
    op: 'vm.create',
    args: { host: 'host:HV01', name: 'Web', memory: 1024 * 1024, disk },
  });
  await client.next('answer');

  expect(house.lab.submitted[0]?.args).toEqual({
    host: 'host:HV01',
    name: 'Web',
    memory: 1024 * 1024,
    processors: 1,
    disk,
    virtualSwitch: null,
    iso: null,
  });
  expect(house.lab.submitted[0]?.person).toBe('person:grace');
});

// ---- thousands of frames of all kinds ----

const known = fc.oneof(
  fc.record({ t: fc.constant('ping'), n: fc.nat() }),
  fc.record({
    t: fc.constant('watch'),
    scope: fc.constantFrom('lab', 'vm:1', 'vm:none', 'host:x'),
    from: fc.option(fc.record({ lineage: fc.nat(3), turn: fc.nat(20) }), { nil: null }),
  }),
  fc.record({ t: fc.constant('unwatch'), scope: fc.constantFrom('lab', 'vm:1') }),
  fc.record({
    t: fc.constant('diverged'),
    scope: fc.constantFrom('lab', 'vm:1'),
    lineage: fc.nat(3),
    turn: fc.nat(20),
    hash: fc.constant('0123456789abcdef'),
  }),
  fc.record({
    t: fc.constant('command'),
    id: fc.stringMatching(/^[a-z]{16,20}$/),
    op: fc.constantFrom('vm.start', 'vm.rename', 'vm.explode', '__proto__', 'clock.pause'),
    args: fc.oneof(
      fc.constant({ vm: 'vm:1', name: 'a' }),
      fc.dictionary(fc.string(), fc.jsonValue()),
    ),
  }),
  fc.record({
    t: fc.constant('presence'),
    view: fc.option(fc.string(), { nil: null }),
    selection: fc.option(fc.string(), { nil: null }),
    typing: fc.option(fc.string(), { nil: null }),
  }),
);

const broken = fc.oneof(
  fc.jsonValue().map(value => JSON.stringify(value)),
  fc.string({ unit: 'binary' }),
  known.map(message => JSON.stringify(message).slice(1)),
  fc
    .tuple(known, fc.string(), fc.jsonValue())
    .map(([message, key, value]) => JSON.stringify({ ...message, [key]: value })),
  fc.constant(HELLO),
  fc.uint8Array({ maxLength: 64 }).map(bytes => Buffer.from(bytes)),
);

test('thousands of frames that are to be refused or done leave the connection alive', async () => {
  const lots = 1_000_000;
  const limits = {
    messagesBurst: lots,
    watchesBurst: lots,
    commandsBurst: lots,
    presenceBurst: lots,
  };
  const house = await aHub({ limits });
  house.lab.put('vm:1', { name: 'one' });
  const client = await house.enter('grace');
  let frames = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(known, { minLength: 100, maxLength: 400 }), async sent => {
      for (const one of sent) client.raw(JSON.stringify(one));
      frames += sent.length;
      await client.settle();
    }),
    { numRuns: 400 },
  );

  expect(client.closed).toBeNull();
  expect(frames).toBeGreaterThan(50_000);
  expect(house.hub.figures.messagesIn).toBeGreaterThan(frames);
});

test('frames of every kind end nothing but their own connection, by the code of what they are', async () => {
  const house = await aHub({ limits: { connectionsPerPerson: 50 } });
  house.lab.put('vm:1', { name: 'one' });
  const witness = await house.enter('ada');
  witness.watch('lab');

  await fc.assert(
    fc.asyncProperty(fc.array(known, { maxLength: 5 }), broken, async (before, last) => {
      const client = await house.enter('grace');
      for (const one of before) client.raw(JSON.stringify(one));
      client.raw(last);
      const ends = await endOf(client);
      expectClosedSet(client.got, ends);
    }),
    { numRuns: 600 },
  );
  house.lab.put('vm:1', { name: 'still here' });
  const packet = await witness.next('packet', ({ put }) => put[0]?.[3]['name'] === 'still here');

  expect(packet.t).toBe('packet');
  await expect.poll(() => house.lab.watches.size).toBe(1);
});

/** The code of its end, or null when it is alive after all that was said. */
async function endOf(client: WireClient): Promise<number | null> {
  try {
    await client.settle();
    client.ws.close();
    return null;
  } catch {
    return client.closed;
  }
}

function expectClosedSet(got: readonly Down[], ends: number | null): void {
  const kinds = got.flatMap(message => (message.t === 'error' ? [message.kind] : []));
  const closing = kinds.filter(kind => codeOf(kind) !== null);
  expect(closing.length).toBeLessThanOrEqual(1);
  expect(ends).toBe(closing[0] === undefined ? null : codeOf(closing[0]));
}
