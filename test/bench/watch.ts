import { setTimeout as sleep } from 'node:timers/promises';
import type { Link } from '../../client/link/port.ts';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { type BenchHouse, inHouse } from './bench-house.ts';
import { loadAverage } from './cpu.ts';
import type { Bench, Say } from './figure.ts';
import { rounded } from './figure.ts';
import { RawSocket } from './client/raw-socket.ts';
import { ours } from './client/dialect.ts';
import { enter, until } from './people.ts';
import { Tally } from './tally.ts';

const VMS = 400;
const WATCHERS = 30;
/** Who makes the changes; one alone would do so at just the rate that a person may have. */
const ACTORS = 4;
const PER_SECOND = 20;
const SECONDS = 60;

/** A reader who only looks for the marks of our changes in what it is told. */
function reader(
  house: BenchHouse,
  lab: string,
  cookie: string,
  seen: (mark: number) => void,
): Promise<RawSocket> {
  return new Promise(resolve => {
    // The change itself and the action that made it both name the mark.
    const had = new Set<number>();
    const dialect = ours({ lab, scopes: ['lab'], positions: null });
    const talk = dialect.begin({ say: text => socket.send(text), live: () => resolve(socket) });
    const socket = new RawSocket({
      port: house.port,
      path: dialect.path,
      subprotocol: dialect.subprotocol,
      cookie,
      opened: () => talk.opened(),
      heard: payload => {
        if (!talk.heard(payload)) return;
        for (const [, text] of payload.toString('latin1').matchAll(/"name":"mark (\d+)"/gu)) {
          const mark = Number(text);
          if (had.has(mark)) continue;
          had.add(mark);
          seen(mark);
        }
      },
      closed: () => {
        throw new Error('the server closed a reader');
      },
    });
  });
}

/** So long nothing more may come before what is missing is held to be lost. */
const QUIET_MS = 15_000;

async function measure(house: BenchHouse, lab: string, say: Say) {
  const guests = await house.guests(lab, WATCHERS + ACTORS);
  const tally = new Tally(WATCHERS);
  const readers = await Promise.all(
    guests
      .slice(ACTORS)
      .map(({ cookie }) => reader(house, lab, cookie, mark => tally.seen(mark, performance.now()))),
  );
  const actors = guests.slice(0, ACTORS).map(guest => enter(house, lab, guest));
  const [first] = actors as [Link];
  first.watch('lab');
  await until(first, () => [...(first.scope('lab')?.records('vm') ?? [])].length === VMS);
  const machines = [...(first.scope('lab')?.records('vm') ?? [])].map(({ id }) => id);
  const began = performance.now();
  for (let mark = 0; mark < PER_SECOND * SECONDS; mark += 1) {
    await sleep(Math.max(0, began + (mark * 1_000) / PER_SECOND - performance.now()));
    tally.sent(mark, performance.now());
    void actors[mark % ACTORS]
      ?.submit('vm.rename', { vm: machines[mark % VMS], name: `mark ${mark}` })
      .then(result => {
        tally.answered(mark);
        if (!result.ok) say(`watch: change ${mark} was refused: ${result.fault.message}`);
      });
  }
  await tally.settle(QUIET_MS);
  const { share, p50, p95, lost, unanswered } = tally.fates;
  if (lost.length > 0) say(`watch: made and not seen by all: ${lost.join(', ')}`);
  if (unanswered.length > 0) say(`watch: never answered: ${unanswered.join(', ')}`);
  say(
    `watch: ${rounded(share * 100)}% delivered, median ${rounded(p50)} ms, load ${loadAverage()}`,
  );
  for (const socket of readers) socket.cut();
  for (const actor of actors) actor.close();
  return { share, p95 };
}

export const watch: Bench = {
  name: 'watch',
  about: `${VMS} machines, ${WATCHERS} watchers, ${PER_SECOND} changes a second for ${SECONDS} s: delivered, and until the last watcher has it`,
  run: say =>
    inHouse({ say }, async house => {
      const lab = await house.lab('Watch', labUnderFire({ hosts: 2, vms: VMS, seed: 'watch' }));
      const { share, p95 } = await measure(house, lab, say);
      const figure = { bench: 'watch', rounds: 1 };
      return [
        {
          ...figure,
          figure: 'delivered',
          unit: 'share',
          ours: rounded(share),
          bar: 'ours>=1',
          ok: share >= 1,
        },
        {
          ...figure,
          figure: 'p95_to_last_watcher',
          unit: 'ms',
          ours: rounded(p95),
          bar: 'ours<=150',
          ok: p95 <= 150,
        },
      ];
    }),
};
