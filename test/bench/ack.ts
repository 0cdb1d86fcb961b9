import { setTimeout as sleep } from 'node:timers/promises';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { type BenchHouse, inHouse } from './bench-house.ts';
import { Commander } from './client/commander.ts';
import { loadAverage } from './cpu.ts';
import type { Bench, Figure, Say } from './figure.ts';
import { median, percentile, rounded } from './figure.ts';
import { PeerProcess } from './peer-process.ts';
import { enter, until } from './people.ts';

type Peer = readonly [name: string, { readonly way: string; readonly counts: readonly number[] }];

const CONCURRENT = [1, 32, 128] as const;
const MOST = 128;
const BARRED = 32;
/** The first of them promises what we promise of a lab, and is what the bar is about. */
const PEERS = [
  ['one transaction a command', { way: 'transaction', counts: CONCURRENT }],
  ['one statement a command', { way: 'statement', counts: [BARRED] }],
  ['unordered inserts', { way: 'unordered', counts: [BARRED] }],
] as const satisfies readonly Peer[];
const VMS = 128;
const ROUNDS = 5;
const SECONDS = 3;
const COMMITS = 1_500;
const SETTLE_MS = 4_000;
const PACED_PER_SECOND = 500;
const PACED_SOCKETS = 50;

type Send = (commander: Commander, index: number, n: number) => Promise<boolean>;

interface Run {
  readonly perSecond: number;
  /** Milliseconds from a command to its answer. */
  readonly took: readonly number[];
}

/** So many people, each with one command under way, for a while. */
async function closedLoop(people: readonly Commander[], send: Send): Promise<Run> {
  const took: number[] = [];
  const began = performance.now();
  const end = began + SECONDS * 1_000;
  await Promise.all(
    people.map(async (commander, index) => {
      for (let n = 0; performance.now() < end; n += 1) {
        const sentAt = performance.now();
        if (!(await send(commander, index, n))) throw new Error('a command was refused');
        took.push(performance.now() - sentAt);
      }
    }),
  );
  return { perSecond: (took.length * 1_000) / (performance.now() - began), took };
}

/** At a pace of its own, answered or not; a command is timed from when it was due. */
async function openLoop(people: readonly Commander[], send: Send): Promise<Run> {
  const took: number[] = [];
  const answers: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < PACED_PER_SECOND * SECONDS; n += 1) {
    const due = began + (n * 1_000) / PACED_PER_SECOND;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    const index = n % people.length;
    const answered = send(people[index] as Commander, index, n).then(done => {
      if (!done) throw new Error('a command was refused');
      took.push(performance.now() - due);
    });
    answers.push(answered);
  }
  await Promise.all(answers);
  return { perSecond: (took.length * 1_000) / (performance.now() - began), took };
}

type Runs = ReadonlyMap<number, Run>;

interface Round {
  readonly commit: number;
  readonly paced: Run;
  readonly ours: Runs;
  readonly peers: ReadonlyMap<string, Runs>;
}

async function atEach(
  people: readonly Commander[],
  counts: readonly number[],
  send: Send,
): Promise<Runs> {
  const runs = new Map<number, Run>();
  for (const count of counts) runs.set(count, await closedLoop(people.slice(0, count), send));
  return runs;
}

async function peerRound(house: BenchHouse, way: string, counts: readonly number[]): Promise<Runs> {
  const peer = new PeerProcess('one-transaction.ts', house.databaseUrl, way);
  try {
    const port = await peer.port();
    const place = { port, path: '/', subprotocol: null, cookie: null, hello: null };
    const people = await Promise.all(
      Array.from({ length: MOST }, () => new Commander(place).ready()),
    );
    const runs = await atEach(people, counts, (commander, index, n) =>
      commander.command('vm.rename', { vm: `vm:${index}`, name: `name ${n}` }),
    );
    for (const commander of people) commander.cut();
    return runs;
  } finally {
    peer.end();
  }
}

async function bareCommit(house: BenchHouse): Promise<number> {
  const peer = new PeerProcess('bare-commit.ts', house.databaseUrl, String(COMMITS));
  const { took } = await peer.says<{ readonly took: readonly number[] }>();
  peer.end();
  return median(took);
}

/** Guests who command machines of the lab, while somebody looks at it. */
async function commanders(house: BenchHouse, lab: string) {
  const watcher = enter(house, lab, house.instructor);
  watcher.watch('lab');
  const machines = (): string[] =>
    [...(watcher.scope('lab')?.records('vm') ?? [])].map(({ id }) => id);
  await until(watcher, () => machines().length === VMS);
  const ids = machines();
  const people = await Promise.all(
    (await house.guests(lab, MOST)).map(({ cookie }) =>
      new Commander({
        port: house.port,
        path: '/ws',
        subprotocol: 'enlighten.1',
        cookie,
        hello: { t: 'hello', lab, client: 'bench-commander' },
      }).ready(),
    ),
  );
  const send: Send = (commander, index, n) =>
    commander.command('vm.rename', { vm: ids[index % VMS], name: `name ${n}` });
  const leave = (): void => {
    for (const commander of people) commander.cut();
    watcher.close();
  };
  return { people, send, leave };
}

async function measure(house: BenchHouse, say: Say): Promise<readonly Round[]> {
  const lab = await house.lab('Ack', labUnderFire({ hosts: 1, vms: VMS, seed: 'ack' }));
  const { people, send, leave } = await commanders(house, lab);
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    // What was done at full speed is in the rows a while later, and no part of what comes next.
    await sleep(SETTLE_MS);
    const paced = await openLoop(people.slice(0, PACED_SOCKETS), send);
    const commit = await bareCommit(house);
    const peers = new Map<string, Runs>();
    for (const [name, { way, counts }] of PEERS) {
      peers.set(name, await peerRound(house, way, counts));
    }
    const ours = await atEach(people, CONCURRENT, send);
    for (const [name, runs] of [['ours', ours] as const, ...peers])
      say(`ack round ${round}: ${name}: ${[...runs].map(told).join('; ')}`);
    say(
      `ack round ${round}: bare commit ${rounded(commit)} ms, at ${PACED_PER_SECOND}/s p99 ${rounded(percentile(paced.took, 0.99))} ms, load ${loadAverage()}`,
    );
    // The first round warms the compilers of all.
    if (round > 0) rounds.push({ commit, paced, ours, peers });
  }
  leave();
  return rounds;
}

function told([count, { perSecond, took }]: readonly [number, Run]): string {
  const [p50, p99] = [percentile(took, 0.5), percentile(took, 0.99)].map(rounded);
  return `${count} at once ${Math.round(perSecond)}/s, p50 ${p50} ms, p99 ${p99} ms`;
}

function figures(rounds: readonly Round[]): readonly Figure[] {
  const of = (value: (round: Round) => number): number => median(rounds.map(value));
  const figure = { bench: 'ack', rounds: ROUNDS };
  const commit = of(round => round.commit);
  const alone = of(({ ours }) => percentile(ours.get(1)?.took ?? [], 0.5));
  const paced = of(round => percentile(round.paced.took, 0.99));
  const throughput = CONCURRENT.map(count => {
    const ours = of(round => round.ours.get(count)?.perSecond ?? 0);
    const peers = PEERS.filter(([, { counts }]: Peer) => counts.includes(count)).map(
      ([name]) => [name, of(round => round.peers.get(name)?.get(count)?.perSecond ?? 0)] as const,
    );
    const peer = peers[0]?.[1] ?? Number.NaN;
    const isBarred = count === BARRED;
    return {
      ...figure,
      figure: `commands_per_s_at_${count}`,
      unit: '1/s',
      ours: rounded(ours),
      peers: Object.fromEntries(peers.map(([name, value]) => [name, rounded(value)])),
      bar: isBarred ? `ours>=5*${PEERS[0][0]}` : 'none',
      ok: !isBarred || ours >= 5 * peer,
    };
  });
  return [
    ...throughput,
    {
      ...figure,
      figure: 'p50_at_1',
      unit: 'ms',
      ours: rounded(alone),
      limit: rounded(commit),
      bar: 'ours<=limit+1.5',
      ok: alone <= commit + 1.5,
    },
    {
      ...figure,
      figure: `p99_at_${PACED_PER_SECOND}_per_s`,
      unit: 'ms',
      ours: rounded(paced),
      bar: 'ours<=20',
      ok: paced <= 20,
    },
  ];
}

export const ack: Bench = {
  name: 'ack',
  about: `from a command on a socket to its durable answer, ${CONCURRENT.join(', ')} at once and ${PACED_PER_SECOND} a second, beside one transaction a command and the bare commit`,
  run: say =>
    inHouse({ settings: { COMMANDS_PER_SECOND: '1000' }, say }, async house =>
      figures(await measure(house, say)),
    ),
};
