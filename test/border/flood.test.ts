import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Down } from '../../server/protocol/wire/down.ts';
import { WIRE_ERRORS } from '../../server/protocol/wire/error.ts';
import { inHouse } from '../bench/bench-house.ts';
import { Heap } from '../bench/heap.ts';
import { enter, until } from '../bench/people.ts';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import type { Ending } from './hostile.ts';
import { afterHello, beforeHello, refused } from './hostile.ts';
import { RawFrames, text } from './raw-frames.ts';

const ATTACKERS = 40;
/** As many as a connection may send at once, with its hello. */
const AT_ONCE = 390;
const ROUNDS = 7;
const SEED = 20_130_304;

// The server of this test takes so many commands that a frame is refused for what it is, not for haste.
process.env['COMMANDS_PER_SECOND'] = '1000';

interface Place {
  readonly port: number;
  readonly lab: string;
  readonly cookie: string;
}

interface Attacked {
  frames: number;
  /** How often each kind was the answer. */
  readonly kinds: Map<string, number>;
  readonly wrong: string[];
}

/** Hundreds of messages in one go; every one of them is answered by its kind, or by that of too many. */
async function pour(place: Place, from: number, all: Attacked): Promise<void> {
  const { port, lab, cookie } = place;
  const socket = new RawFrames(port, cookie);
  const sent = Array.from({ length: AT_ONCE }, (_, n) => refused(from + n));
  socket.write(text(JSON.stringify({ t: 'hello', lab, client: 'hostile-client' })));
  socket.write(
    Buffer.concat(sent.slice(0, 30).map(({ message }) => text(JSON.stringify(message)))),
  );
  await socket.until(() => socket.got.some(({ t }) => t === 'ready'));
  socket.write(Buffer.concat(sent.slice(30).map(({ message }) => text(JSON.stringify(message)))));
  const answers = (): Extract<Down, { t: 'error' }>[] =>
    socket.got.filter(message => message.t === 'error');
  await socket.until(() => answers().length === sent.length);
  const kinds = new Map(answers().map(({ about, kind }) => [about, kind]));
  for (const { about, kind } of sent) {
    const answered = kinds.get(about);
    count(all, String(answered));
    // Too fast comes first; and scopes that are asked for count until they are refused.
    const isAnswer =
      answered === kind ||
      answered === 'rate-limited' ||
      (kind === 'no-such-scope' && answered === 'too-many-scopes');
    if (!isAnswer) all.wrong.push(`${about} was to be ${kind}, was ${String(answered)}`);
  }
  all.frames += sent.length;
  if (socket.closed !== null) all.wrong.push(`a connection was closed with ${socket.closed}`);
  socket.cut();
}

/** Something that ends its connection, by the code of its kind and with a word of it before. */
async function strike(socket: RawFrames, { what, bytes, kind }: Ending, all: Attacked) {
  socket.write(bytes);
  const code = await socket.end();
  const kinds = socket.got.flatMap(message => (message.t === 'error' ? [message.kind] : []));
  all.frames += 1;
  count(all, kind);
  if (code !== WIRE_ERRORS[kind].close || kinds.join() !== kind) {
    all.wrong.push(`${what} was to be ${kind}, was ${kinds.join()} with ${String(code)}`);
  }
}

function count({ kinds }: Attacked, kind: string): void {
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
}

async function attack(
  place: Place,
  { attacker, rounds, all }: { attacker: number; rounds: number; all: Attacked },
): Promise<void> {
  const { port, lab, cookie } = place;
  const seed = SEED + attacker;
  for (let round = 0; round < rounds; round += 1) {
    await pour(place, (attacker * ROUNDS + round) * AT_ONCE, all);
  }
  for (const ending of beforeHello(seed, rounds * 4)) {
    await strike(new RawFrames(port, cookie), ending, all);
  }
  for (const ending of afterHello(seed, rounds * 4)) {
    const socket = new RawFrames(port, cookie);
    socket.write(text(JSON.stringify({ t: 'hello', lab, client: 'hostile-client' })));
    await socket.until(() => socket.got.some(({ t }) => t === 'ready'));
    await strike(socket, ending, all);
  }
  const stranger = await new RawFrames(port, null).end();
  if (stranger !== WIRE_ERRORS['not-signed-in'].close) all.wrong.push('a stranger was let in');
}

test('a hundred thousand frames of no good are each answered by their kind, and nobody else notices', async () => {
  const all: Attacked = { frames: 0, kinds: new Map(), wrong: [] };
  const said: string[] = [];

  const seen = await inHouse({ say: line => said.push(line) }, async house => {
    const lab = await house.lab('Stormed', labUnderFire({ hosts: 1, vms: 4, seed: 'flood' }));
    const witness = enter(house, lab, house.instructor);
    witness.watch('lab');
    await until(witness, () => [...(witness.scope('lab')?.records('vm') ?? [])].length === 4);
    const vm = [...(witness.scope('lab')?.records('vm') ?? [])][0]?.id;
    const guests = await house.guests(lab, ATTACKERS);
    const attackAll = (rounds: number): Promise<unknown> =>
      Promise.all(
        guests.map(({ cookie }, attacker) =>
          attack({ port: house.port, lab, cookie }, { attacker, rounds, all }),
        ),
      );
    // The first go warms everything that is kept for good.
    await attackAll(1);
    const heap = await Heap.of(house);
    const before = await heap.bytes();

    const took: number[] = [];
    let isOver = false;
    const witnessed = (async () => {
      for (let n = 0; !isOver; n += 1) {
        const began = performance.now();
        const result = await witness.submit('vm.rename', { vm, name: `name ${n}` });
        if (!result.ok) all.wrong.push(`the witness was refused: ${result.fault.message}`);
        took.push(performance.now() - began);
        await sleep(100);
      }
    })();
    await attackAll(ROUNDS - 1);
    isOver = true;
    await witnessed;
    const health = await fetch(`${house.url}/ready`);
    const grown = (await heap.bytes()) - before;
    heap.close();
    const { figures, connection } = witness;
    const name = witness.scope('lab')?.record(String(vm))?.values['name'];
    const connections = await house.metric('enlighten_hub_now{what="connections"}');
    const waiting = await house.metric('enlighten_hub_now{what="waiting_bytes"}');
    witness.close();
    const isRunning = house.isRunning;
    return {
      took,
      health: health.status,
      grown,
      figures,
      connection,
      name,
      connections,
      waiting,
      isRunning,
    };
  });

  expect(all.wrong.slice(0, 10)).toEqual([]);
  expect(all.frames).toBeGreaterThan(100_000);
  for (const kind of ['malformed', 'too-large', 'not-text', 'out-of-order', 'not-found'])
    expect(all.kinds.get(kind), kind).toBeGreaterThan(ATTACKERS);
  for (const kind of ['unknown-operation', 'bad-arguments', 'no-such-scope'])
    expect(all.kinds.get(kind), kind).toBeGreaterThan(500);
  expect(seen).toMatchObject({ health: 200, isRunning: true, connections: 1, waiting: 0 });
  expect(seen.connection.phase).toBe('live');
  expect(seen.figures).toMatchObject({ connections: 1, pictures: 1, gaps: 0, divergences: 0 });
  expect(seen.name).toBe(`name ${seen.took.length - 1}`);
  expect(seen.took.length).toBeGreaterThan(10);
  expect(Math.max(...seen.took)).toBeLessThan(20_000);
  expect(seen.grown).toBeLessThan(2 * 1024 * 1024);
}, 120_000);
