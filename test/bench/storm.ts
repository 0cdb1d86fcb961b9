import { setTimeout as sleep } from 'node:timers/promises';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { type BenchHouse, inHouse } from './bench-house.ts';
import { bare, type Dialect, ours, type Positions, socketIo } from './client/dialect.ts';
import { RawSocket } from './client/raw-socket.ts';
import { loadAverage } from './cpu.ts';
import type { Bench, Say } from './figure.ts';
import { median, rounded } from './figure.ts';
import { PeerProcess } from './peer-process.ts';
import { enter, until } from './people.ts';

const SOCKETS = 200;
const VMS = 200;
const ROUNDS = 7;
/** All the time something changes, so that whoever is live is soon told something. */
const CHANGE_MS = 20;
const CHANGE_BYTES = 600;
const LONGEST_MS = 30_000;

interface Place {
  readonly port: number;
  readonly cookie: string | null;
  readonly dialect: Dialect;
}

/** Somebody who looks on, is cut, and comes back. */
class Onlooker {
  readonly #place: Place;
  #socket: RawSocket | null = null;
  /** Of the state it was given when it last came. */
  stateBytes = 0;
  by: 'state' | 'delta' = 'state';

  constructor(place: Place) {
    this.#place = place;
  }

  /** Resolves once it has the state and was told something after it. */
  come(): Promise<void> {
    return new Promise(resolve => {
      const { port, cookie, dialect } = this.#place;
      const { path, subprotocol } = dialect;
      this.stateBytes = 0;
      let isLive = false;
      const talk = dialect.begin({
        say: text => socket.send(text),
        live: by => {
          this.by = by;
          isLive = true;
        },
      });
      const socket = new RawSocket({
        port,
        path,
        subprotocol,
        cookie,
        opened: () => talk.opened(),
        heard: payload => {
          if (!isLive) this.stateBytes += payload.length;
          if (talk.heard(payload)) resolve();
        },
        closed: () => {
          throw new Error('the server closed an onlooker');
        },
      });
      this.#socket = socket;
    });
  }

  cut(): void {
    this.#socket?.cut();
    this.#socket = null;
  }
}

/** Milliseconds from the cut until the last of them is live again. */
async function cutAll(crowd: readonly Onlooker[]): Promise<number> {
  for (const onlooker of crowd) onlooker.cut();
  const began = performance.now();
  const late = sleep(LONGEST_MS, null, { ref: false }).then(() => {
    throw new Error('not all of them came back');
  });
  await Promise.race([Promise.all(crowd.map(onlooker => onlooker.come())), late]);
  return performance.now() - began;
}

/** Does something again and again until it is told to stop. */
function keep(doing: (n: number) => void): () => void {
  let n = 0;
  const timer = setInterval(() => doing((n += 1)), CHANGE_MS);
  return () => clearInterval(timer);
}

interface Back {
  readonly took: number;
  /** Of them, how many were told what they missed and no more. */
  readonly byDelta: number;
  readonly stateBytes: number;
}

/** All come, see something happen, are cut at once, and come back. */
async function comeAndBeCut(crowd: readonly Onlooker[]): Promise<Back> {
  for (const onlooker of crowd) await onlooker.come();
  const { stateBytes = 0 } = crowd[0] ?? {};
  await sleep(1_000);
  const took = await cutAll(crowd);
  const byDelta = crowd.filter(({ by }) => by === 'delta').length;
  for (const onlooker of crowd) onlooker.cut();
  return { took, byDelta, stateBytes };
}

async function oursRound(house: BenchHouse, lab: string, cookies: readonly string[]) {
  const actor = enter(house, lab, house.instructor);
  actor.watch('lab');
  await until(actor, () => [...(actor.scope('lab')?.records('vm') ?? [])].length === VMS);
  const machines = [...(actor.scope('lab')?.records('vm') ?? [])].map(({ id }) => id);
  let last: Promise<unknown> = Promise.resolve();
  const stop = keep(n => {
    last = actor.submit('vm.rename', { vm: machines[n % VMS], name: `change ${n}` });
  });
  const crowd = cookies.map(cookie => {
    const positions: Positions = new Map();
    return new Onlooker({
      port: house.port,
      cookie,
      dialect: ours({ lab, scopes: ['lab'], positions }),
    });
  });
  const back = await comeAndBeCut(crowd);
  stop();
  // Answered in their order, so the last is answered last.
  await last;
  actor.close();
  return back;
}

async function peerRound(file: string, dialect: Dialect, stateBytes: number): Promise<number> {
  const peer = new PeerProcess(file, String(stateBytes));
  try {
    const port = await peer.port();
    const text = 'x'.repeat(CHANGE_BYTES);
    const stop = keep(() => peer.tell({ count: 1, text }));
    const crowd = Array.from(
      { length: SOCKETS },
      () => new Onlooker({ port, cookie: null, dialect }),
    );
    const { took } = await comeAndBeCut(crowd);
    stop();
    return took;
  } finally {
    peer.end();
  }
}

async function measure(house: BenchHouse, say: Say) {
  const lab = await house.lab('Storm', labUnderFire({ hosts: 1, vms: VMS, seed: 'storm' }));
  const cookies = (await house.guests(lab, SOCKETS)).map(({ cookie }) => cookie);
  const rounds: { ours: number; byDelta: number; bare: number; socketIo: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const { took, byDelta, stateBytes } = await oursRound(house, lab, cookies);
    const limit = await peerRound('bare-ws.ts', bare, stateBytes);
    const peer = await peerRound('socket-io.ts', socketIo, stateBytes);
    say(
      `storm round ${round}: ours ${rounded(took)} ms (${byDelta} by delta), bare ${rounded(limit)} ms, socket.io ${rounded(peer)} ms, a state of ${stateBytes} bytes, load ${loadAverage()}`,
    );
    // The first round warms the compilers of all three.
    if (round > 0) rounds.push({ ours: took, byDelta, bare: limit, socketIo: peer });
  }
  return rounds;
}

export const storm: Bench = {
  name: 'storm',
  about: `${SOCKETS} people of a lab of ${VMS} machines are cut at once: until the last is told everything again, beside a bare ws loop and socket.io that send the whole state to whoever comes`,
  run: say =>
    inHouse({ settings: { COMMANDS_PER_SECOND: '100' }, say }, async house => {
      const rounds = await measure(house, say);
      const took = median(rounds.map(round => round.ours));
      const peer = median(rounds.map(round => round.socketIo));
      const byDelta = Math.min(...rounds.map(round => round.byDelta)) / SOCKETS;
      const figure = { bench: 'storm', rounds: ROUNDS };
      return [
        {
          ...figure,
          figure: 'last_live_again',
          unit: 'ms',
          ours: rounded(took),
          limit: rounded(median(rounds.map(round => round.bare))),
          peers: { 'socket.io': rounded(peer) },
          bar: 'ours<=1.5*socket.io',
          ok: took <= 1.5 * peer,
        },
        {
          ...figure,
          figure: 'resumed_by_delta',
          unit: 'share',
          ours: byDelta,
          bar: 'ours>=1',
          ok: byDelta >= 1,
        },
      ];
    }),
};
