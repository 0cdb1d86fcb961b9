import { setTimeout as sleep } from 'node:timers/promises';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { type BenchHouse, inHouse } from './bench-house.ts';
import { bare, type Dialect, ours, socketIo } from './client/dialect.ts';
import { RawSocket } from './client/raw-socket.ts';
import { loadAverage, mainThreadSeconds } from './cpu.ts';
import type { Bench, Say } from './figure.ts';
import { median, rounded } from './figure.ts';
import { PeerProcess } from './peer-process.ts';
import { enter, until } from './people.ts';

const READERS = 200;
const MESSAGES = 8;
const TICKS_PER_SECOND = 10;
const SECONDS = 8;
const ROUNDS = 5;

/** Somebody who is told things; counts them and their bytes. */
class Readers {
  messages = 0;
  bytes = 0;
  readonly #sockets: RawSocket[] = [];

  async add(port: number, dialect: Dialect, cookie: string | null): Promise<void> {
    await new Promise<void>(resolve => {
      const talk = dialect.begin({ say: text => socket.send(text), live: () => resolve() });
      const socket = new RawSocket({
        port,
        path: dialect.path,
        subprotocol: dialect.subprotocol,
        cookie,
        opened: () => talk.opened(),
        heard: payload => {
          if (!talk.heard(payload)) return;
          this.messages += 1;
          this.bytes += payload.length;
        },
        closed: () => {
          throw new Error('the server closed a reader');
        },
      });
      this.#sockets.push(socket);
    });
  }

  leave(): void {
    for (const socket of this.#sockets) socket.cut();
  }
}

interface Told {
  /** Microseconds of the server's processor for one message to one reader. */
  readonly cost: number;
  readonly bytes: number;
  readonly perTick: number;
}

/** Eight people change a machine each, ten times a second; readers look at the lab and at seven of them. */
async function tellOurs(house: BenchHouse, lab: string, readers: Readers): Promise<number> {
  const actors = (await house.guests(lab, MESSAGES)).map(guest => enter(house, lab, guest));
  const [first] = actors;
  if (first === undefined) throw new Error('nobody came');
  first.watch('lab');
  await until(first, () => [...(first.scope('lab')?.records('vm') ?? [])].length > 0);
  const machines = [...(first.scope('lab')?.records('vm') ?? [])].map(({ id }) => id).toSorted();
  await sleep(500);
  readers.messages = 0;
  readers.bytes = 0;
  const before = mainThreadSeconds(house.pid);
  const began = performance.now();
  for (let tick = 0; tick < SECONDS * TICKS_PER_SECOND; tick += 1) {
    await sleep(Math.max(0, began + (tick * 1_000) / TICKS_PER_SECOND - performance.now()));
    actors.forEach((actor, index) => {
      void actor.submit('vm.rename', { vm: machines[index], name: `tick ${tick}` });
    });
  }
  await sleep(500);
  const used = mainThreadSeconds(house.pid) - before;
  for (const actor of actors) actor.close();
  return used;
}

async function oursRound(house: BenchHouse, lab: string, scopes: readonly string[]): Promise<Told> {
  const nobody = new Readers();
  const alone = await tellOurs(house, lab, nobody);
  const readers = new Readers();
  const guests = await house.guests(lab, READERS / 8);
  // Eight sockets a person is what one may have.
  for (const { cookie } of guests) {
    await Promise.all(
      Array.from({ length: 8 }, () =>
        readers.add(house.port, ours({ lab, scopes, positions: null }), cookie),
      ),
    );
  }
  const together = await tellOurs(house, lab, readers);
  readers.leave();
  const { messages, bytes } = readers;
  return {
    cost: ((together - alone) / messages) * 1e6,
    bytes: Math.round(bytes / messages),
    perTick: messages / READERS / SECONDS / TICKS_PER_SECOND,
  };
}

async function peerRound(file: string, dialect: Dialect, like: Told): Promise<number> {
  const peer = new PeerProcess(file);
  try {
    const port = await peer.port();
    const readers = new Readers();
    for (let i = 0; i < READERS; i += 1) await readers.add(port, dialect, null);
    const message = { count: Math.round(like.perTick), text: 'x'.repeat(like.bytes) };
    const before = peer.cpu();
    const began = performance.now();
    for (let tick = 0; tick < SECONDS * TICKS_PER_SECOND; tick += 1) {
      await sleep(Math.max(0, began + (tick * 1_000) / TICKS_PER_SECOND - performance.now()));
      peer.tell(message);
    }
    await sleep(500);
    const used = peer.cpu() - before;
    readers.leave();
    return (used / readers.messages) * 1e6;
  } finally {
    peer.end();
  }
}

async function measure(house: BenchHouse, say: Say) {
  const lab = await house.lab('Fanout', labUnderFire({ hosts: 1, vms: MESSAGES, seed: 'fanout' }));
  const link = enter(house, lab, house.instructor);
  link.watch('lab');
  await until(link, () => [...(link.scope('lab')?.records('vm') ?? [])].length === MESSAGES);
  const machines = [...(link.scope('lab')?.records('vm') ?? [])].map(({ id }) => id).toSorted();
  const scopes = ['lab', ...machines.slice(1)];
  const rounds: { ours: number; bare: number; socketIo: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const told = await oursRound(house, lab, scopes);
    const limit = await peerRound('bare-ws.ts', bare, told);
    const peer = await peerRound('socket-io.ts', socketIo, told);
    say(
      `fanout round ${round}: ours ${rounded(told.cost)} us, bare ${rounded(limit)} us, socket.io ${rounded(peer)} us, ${rounded(told.perTick)} messages of ${told.bytes} bytes a tick, load ${loadAverage()}`,
    );
    // The first round warms the compilers of all three.
    if (round > 0) rounds.push({ ours: told.cost, bare: limit, socketIo: peer });
  }
  link.close();
  return rounds;
}

export const fanout: Bench = {
  name: 'fanout',
  about: `${READERS} readers of a lab and seven machines: the hub's processor for one message to one reader, beside a bare coalesced ws loop and socket.io told as many messages of the same size`,
  run: say =>
    inHouse({ say }, async house => {
      const rounds = await measure(house, say);
      const cost = median(rounds.map(round => round.ours));
      const limit = median(rounds.map(round => round.bare));
      const peer = median(rounds.map(round => round.socketIo));
      return [
        {
          bench: 'fanout',
          figure: 'cpu_us_per_delivery',
          unit: 'us',
          ours: rounded(cost),
          limit: rounded(limit),
          peers: { 'socket.io': rounded(peer) },
          rounds: ROUNDS,
          bar: 'ours<=1.3*limit and 5*ours<=socket.io',
          ok: cost <= 1.3 * limit && 5 * cost <= peer,
        },
      ];
    }),
};
