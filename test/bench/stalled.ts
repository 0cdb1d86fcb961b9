import { setTimeout as sleep } from 'node:timers/promises';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { type BenchHouse, inHouse } from './bench-house.ts';
import { ours } from './client/dialect.ts';
import { RawSocket } from './client/raw-socket.ts';
import { loadAverage } from './cpu.ts';
import type { Bench, Say } from './figure.ts';
import { median, percentile, rounded } from './figure.ts';
import { Heap } from './heap.ts';
import { enter, until } from './people.ts';

const READERS = 200;
const VMS = 200;
const PER_SECOND = 40;
const SECONDS = 8;
const ROUNDS = 7;
const LATEST_MS = 10_000;

/** So many pictures are more than the kernel holds for one socket. */
const PICTURES = 40;
const WAITING = 'enlighten_hub_now{what="waiting_bytes"}';
const MIB = 1024 * 1024;

const SETTINGS = { COMMANDS_PER_SECOND: '100', NODE_OPTIONS: '--inspect-port=127.0.0.1:0' };

const MARK = Buffer.from('"name":"mark ');

/** The marks a payload names: the change and the action that made it both name theirs. */
function* marksIn(payload: Buffer): Generator<number> {
  for (let at = payload.indexOf(MARK); at >= 0; at = payload.indexOf(MARK, at + 1))
    yield Number.parseInt(payload.toString('latin1', at + MARK.length, at + MARK.length + 8), 10);
}

interface Reader {
  readonly socket: RawSocket;
  told: ((mark: number) => void) | null;
}

function reader(house: BenchHouse, lab: string, cookie: string): Promise<Reader> {
  return new Promise(resolve => {
    const dialect = ours({ lab, scopes: ['lab'], positions: null });
    const talk = dialect.begin({ say: text => socket.send(text), live: () => resolve(self) });
    const socket = new RawSocket({
      port: house.port,
      path: dialect.path,
      subprotocol: dialect.subprotocol,
      cookie,
      opened: () => talk.opened(),
      heard: payload => {
        if (!talk.heard(payload) || self.told === null) return;
        for (const mark of marksIn(payload)) self.told(mark);
      },
      closed: () => {
        throw new Error('the server closed a reader');
      },
    });
    const self: Reader = { socket, told: null };
  });
}

/** Asks for more than the kernel holds for one socket: read it is nothing, unread it stays. */
async function askForMuch({ socket }: Reader): Promise<void> {
  for (let asked = 0; asked < PICTURES; asked += 1) {
    socket.send(JSON.stringify({ t: 'watch', scope: 'lab', from: null }));
    await sleep(25);
  }
  // What was made for it is not to be cleared away while others are measured.
  await sleep(500);
}

interface Round {
  readonly p99: number;
  readonly grown: number;
}

interface Class {
  readonly house: BenchHouse;
  readonly lab: string;
  readonly cookies: readonly string[];
  readonly heap: Heap;
}

/** Changes at a steady pace; from each to everyone who reads, in milliseconds. */
async function change({ house, lab }: Class, readers: readonly Reader[]): Promise<number[]> {
  const actor = enter(house, lab, house.instructor);
  actor.watch('lab');
  await until(actor, () => [...(actor.scope('lab')?.records('vm') ?? [])].length === VMS);
  const machines = [...(actor.scope('lab')?.records('vm') ?? [])].map(({ id }) => id);
  const sentAt: number[] = [];
  const took: number[] = [];
  for (const each of readers) {
    // Who was behind is told of several at once, in the order of the machines.
    const had = new Set<number>();
    each.told = mark => {
      if (had.has(mark)) return;
      had.add(mark);
      took.push(performance.now() - (sentAt[mark] ?? Number.NaN));
    };
  }
  const answers: Promise<unknown>[] = [];
  const began = performance.now();
  for (let mark = 0; mark < PER_SECOND * SECONDS; mark += 1) {
    await sleep(Math.max(0, began + (mark * 1_000) / PER_SECOND - performance.now()));
    sentAt[mark] = performance.now();
    const renamed = { vm: machines[mark % VMS], name: `mark ${mark}` };
    answers.push(actor.submit('vm.rename', renamed));
  }
  await Promise.all(answers);
  // Whoever is told late is late, and counts.
  const all = readers.length * PER_SECOND * SECONDS;
  for (let waited = 0; took.length < all && waited < LATEST_MS; waited += 50) await sleep(50);
  actor.close();
  if (took.length !== all) throw new Error(`${took.length} of ${all} were told`);
  return took;
}

async function aRound(place: Class, isStalled: boolean): Promise<Round> {
  const { house, lab, cookies, heap } = place;
  const readers = await Promise.all(cookies.map(cookie => reader(house, lab, cookie)));
  await sleep(500);
  const before = await heap.bytes();
  const [first, ...others] = readers;
  if (first === undefined) throw new Error('nobody came');
  // Where nobody stands still, the same one does the same and reads, so that nothing else differs.
  if (isStalled) first.socket.pause();
  await askForMuch(first);
  const took = await change(place, others);
  const waiting = await house.metric(WAITING);
  if (isStalled && !(waiting > 0)) throw new Error('nothing waited for the one that stands still');
  const grown = (await heap.bytes()) - before;
  for (const { socket } of readers) socket.cut();
  await sleep(500);
  return { p99: percentile(took, 0.99), grown };
}

async function measure(house: BenchHouse, say: Say) {
  const lab = await house.lab('Stalled', labUnderFire({ hosts: 1, vms: VMS, seed: 'stalled' }));
  const cookies = (await house.guests(lab, READERS)).map(({ cookie }) => cookie);
  const heap = await Heap.of(house);
  const place = { house, lab, cookies, heap };
  const pairs: { readonly all: Round; readonly one: Round }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    // Which goes first alternates, so that whatever drifts is on neither side.
    const first = await aRound(place, round % 2 === 1);
    const second = await aRound(place, round % 2 === 0);
    const [all, one] = round % 2 === 1 ? [second, first] : [first, second];
    say(
      `stalled round ${round}: p99 ${rounded(all.p99)} ms, with one who stands still ${rounded(one.p99)} ms; grew by ${rounded(all.grown / MIB)} and ${rounded(one.grown / MIB)} MiB, load ${loadAverage()}`,
    );
    // The first round warms the compiler.
    if (round > 0) pairs.push({ all, one });
  }
  heap.close();
  return pairs;
}

export const stalled: Bench = {
  name: 'stalled',
  about: `one of ${READERS} readers stops reading: what the hub keeps for it, and how late the others are told, beside the same without it`,
  run: say =>
    inHouse({ settings: SETTINGS, say }, async house => {
      const pairs = await measure(house, say);
      const grown = median(pairs.map(({ all, one }) => one.grown - all.grown)) / MIB;
      const alone = median(pairs.map(({ all }) => all.p99));
      const together = median(pairs.map(({ one }) => one.p99));
      const figure = { bench: 'stalled', rounds: ROUNDS };
      return [
        {
          ...figure,
          figure: 'heap_and_external_growth',
          unit: 'MiB',
          ours: rounded(grown),
          bar: 'ours<=2',
          ok: grown <= 2,
        },
        {
          ...figure,
          figure: 'p99_of_others',
          unit: 'ms',
          ours: rounded(together),
          limit: rounded(alone),
          bar: 'ours<=1.25*limit',
          ok: together <= 1.25 * alone,
        },
      ];
    }),
};
