import { setTimeout as sleep } from 'node:timers/promises';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { type BenchHouse, inHouse } from './bench-house.ts';
import { loadAverage } from './cpu.ts';
import type { Bench, Say } from './figure.ts';
import { percentile, rounded } from './figure.ts';
import { RawSocket } from './client/raw-socket.ts';
import { ours } from './client/dialect.ts';
import { enter, until } from './people.ts';

const VMS = 400;
const WATCHERS = 30;
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
    const dialect = ours({ lab, scopes: ['lab'], positions: new Map() });
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
      closed: () => undefined,
    });
  });
}

async function measure(house: BenchHouse, lab: string, say: Say) {
  const guests = await house.guests(lab, WATCHERS);
  const sentAt: number[] = [];
  const seenBy: number[] = [];
  const lastAt: number[] = [];
  const readers = await Promise.all(
    guests.map(({ cookie }) =>
      reader(house, lab, cookie, mark => {
        seenBy[mark] = (seenBy[mark] ?? 0) + 1;
        lastAt[mark] = performance.now();
      }),
    ),
  );
  const actor = enter(house, lab, house.instructor);
  actor.watch('lab');
  await until(actor, () => [...(actor.scope('lab')?.records('vm') ?? [])].length === VMS);
  const machines = [...(actor.scope('lab')?.records('vm') ?? [])].map(({ id }) => id);
  const began = performance.now();
  for (let mark = 0; mark < PER_SECOND * SECONDS; mark += 1) {
    await sleep(Math.max(0, began + (mark * 1_000) / PER_SECOND - performance.now()));
    sentAt[mark] = performance.now();
    void actor
      .submit('vm.rename', { vm: machines[mark % VMS], name: `mark ${mark}` })
      .then(result => {
        if (!result.ok) say(`watch: change ${mark} was refused: ${result.fault.message}`);
      });
  }
  await sleep(3_000);
  const delivered = sentAt.reduce((sum, _, mark) => sum + (seenBy[mark] ?? 0), 0);
  const missing = sentAt.flatMap((_, mark) => (seenBy[mark] === WATCHERS ? [] : [mark]));
  if (missing.length > 0) say(`watch: not seen by all: ${missing.join(', ')}`);
  const delays = sentAt.flatMap((at, mark) =>
    seenBy[mark] === WATCHERS ? [(lastAt[mark] ?? 0) - at] : [],
  );
  say(
    `watch: ${delivered} deliveries, median ${rounded(percentile(delays, 0.5))} ms, load ${loadAverage()}`,
  );
  for (const socket of readers) socket.cut();
  actor.close();
  return { share: delivered / (PER_SECOND * SECONDS * WATCHERS), p95: percentile(delays, 0.95) };
}

export const watch: Bench = {
  name: 'watch',
  about: `${VMS} machines, ${WATCHERS} watchers, ${PER_SECOND} changes a second for ${SECONDS} s: delivered, and until the last watcher has it`,
  run: say =>
    inHouse({ vmsPerLab: VMS + 10, say }, async house => {
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
