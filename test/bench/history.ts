import { setTimeout as sleep } from 'node:timers/promises';
import { draw } from '../../server/base/prng.ts';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { type BenchHouse, inHouse } from './bench-house.ts';
import { loadAverage } from './cpu.ts';
import type { Bench, Figure, Say } from './figure.ts';
import { percentile, rounded } from './figure.ts';
import { enter, startAll, until } from './people.ts';

const MINUTES = 60;
const MOMENTS = 100;
const TICKS_PER_SECOND = 10_000_000;

interface Seen {
  readonly turn: number;
  readonly marks: readonly { readonly turn: number; readonly hash: string }[];
}

async function measure(house: BenchHouse, vms: number, say: Say): Promise<readonly Figure[]> {
  const lab = await house.lab(
    `${vms} machines`,
    labUnderFire({ hosts: Math.ceil(vms / 200), vms, seed: 'history' }),
  );
  const link = enter(house, lab, house.instructor);
  await startAll(link);
  await link.submit('clock.speed', { speed: 60_000 });
  const end = MINUTES * 60 * TICKS_PER_SECOND;
  await until(link, () => (link.moment?.at ?? 0) > end, 900_000);
  await link.submit('clock.pause', {});
  await sleep(5_000);
  const marks = await house.sql<{ at: string; hash: string }[]>`
    select m.at, m.hash from mark m join lab_clock c on c.branch = m.branch where c.lab = ${lab}`;
  const hashes = new Map(marks.map(({ at, hash }) => [Number(at), hash]));
  const took: number[] = [];
  let wrong = 0;
  for (let i = 0; i < MOMENTS; i += 1) {
    // A mark is made as time passes beyond its instant, so one tick later it is in the replay.
    const at = (1 + (draw(vms, 1, i) % (MINUTES * 6 - 1))) * 10 * TICKS_PER_SECOND;
    const began = performance.now();
    const seen = (await house.post(`/api/labs/${lab}/view`, { moment: { at: at + 1 } })) as Seen;
    took.push(performance.now() - began);
    const mark = seen.marks.at(-1);
    if (mark !== undefined && mark.hash !== hashes.get(at)) wrong += 1;
  }
  link.close();
  say(
    `history ${vms}: ${hashes.size} marks, median ${rounded(percentile(took, 0.5))} ms, load ${loadAverage()}`,
  );
  const p95 = percentile(took, 0.95);
  const figure = { bench: 'history', rounds: MOMENTS };
  return [
    {
      ...figure,
      figure: `view_p95_${vms}_vms`,
      unit: 'ms',
      ours: rounded(p95),
      bar: 'ours<=500',
      ok: p95 <= 500,
    },
    {
      ...figure,
      figure: `hashes_differ_${vms}_vms`,
      unit: '1',
      ours: wrong,
      bar: 'ours<=0',
      ok: wrong === 0,
    },
  ];
}

export const history: Bench = {
  name: 'history',
  about: `${MOMENTS} random moments of a ${MINUTES}-minute lab with 6 and with 400 machines, compared with the live marks`,
  run: say =>
    inHouse({ vmsPerLab: 420, say }, async house => [
      ...(await measure(house, 6, say)),
      ...(await measure(house, 400, say)),
    ]),
};
