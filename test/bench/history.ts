import { setTimeout as sleep } from 'node:timers/promises';
import { draw } from '../../server/base/prng.ts';
import type { Link } from '../../client/link/port.ts';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { type BenchHouse, inHouse } from './bench-house.ts';
import { loadAverage } from './cpu.ts';
import type { Bench, Figure, Say } from './figure.ts';
import { percentile, rounded } from './figure.ts';
import { enter, startAll, until } from './people.ts';

const MINUTES = 60;
const MOMENTS = 100;
/** Forks that become the lab: each is opened, run on and compared. */
const REWINDS = 5;
const TICKS_PER_SECOND = 10_000_000;
const MARK_EVERY = 10 * TICKS_PER_SECOND;

interface Seen {
  readonly turn: number;
  readonly hash: string;
  readonly mark: { readonly at: number; readonly hash: string; readonly again: string } | null;
}

interface Forked {
  readonly branch: number;
  readonly turn: number;
}

/** The lab under measurement, paused at the end of its hour, and the marks it left while it was live. */
interface Scene {
  readonly house: BenchHouse;
  /** Somebody is there all the time, as in a class. */
  readonly link: Link;
  readonly lab: string;
  readonly vms: number;
  readonly live: ReadonlyMap<number, string>;
  readonly say: Say;
}

async function anHour(house: BenchHouse, vms: number, say: Say): Promise<Scene> {
  const file = labUnderFire({ hosts: Math.ceil(vms / 200), vms, seed: 'history' });
  const lab = await house.lab(`${vms} machines`, file);
  const link = enter(house, lab, house.instructor);
  await startAll(link);
  await link.submit('clock.speed', { speed: 60_000 });
  const end = MINUTES * 60 * TICKS_PER_SECOND;
  await until(link, () => (link.moment?.at ?? 0) > end, 900_000);
  await link.submit('clock.pause', {});
  await sleep(5_000);
  const marks = await marksOf(house, lab);
  const [kept] = await house.sql<{ whole: number; changes: number; mb: number }[]>`
    select (count(*) filter (where k.base is null))::int as whole,
      count(k.base)::int as changes, round(sum(octet_length(k.bytes)) / 1e6)::int as mb
    from keyframe k join lab_clock c on c.branch = k.branch where c.lab = ${lab}`;
  say(`history ${vms}: ${marks.size} marks, ${JSON.stringify(kept)}, load ${loadAverage()}`);
  return { house, link, lab, vms, live: marks, say };
}

const marksOf = async (house: BenchHouse, lab: string): Promise<ReadonlyMap<number, string>> => {
  const marks = await house.sql<{ at: string; hash: string }[]>`
    select m.at, m.hash from mark m join lab_clock c on c.branch = m.branch where c.lab = ${lab}`;
  return new Map(marks.map(({ at, hash }) => [Number(at), hash]));
};

/** Any tick of the hour after the first mark. */
const momentOf = (vms: number, index: number): number => {
  const span = MINUTES * 60 * TICKS_PER_SECOND - MARK_EVERY - 2;
  return MARK_EVERY + 1 + (draw(vms, 1, index) % span);
};

const post = async <T>({ house, lab }: Scene, route: string, body: object): Promise<T> =>
  (await house.post(`/api/labs/${lab}/${route}`, body)) as T;

/** Whether a picture is what was live: its last mark, live, and again on the way to the picture. */
const isLive = ({ live }: Scene, { mark }: Seen, at: number): boolean =>
  mark !== null &&
  mark.at === Math.floor((at - 1) / MARK_EVERY) * MARK_EVERY &&
  mark.again === mark.hash &&
  mark.hash === live.get(mark.at);

async function measure(house: BenchHouse, vms: number, say: Say): Promise<readonly Figure[]> {
  const scene = await anHour(house, vms, say);
  const views: number[] = [];
  const forks: number[] = [];
  let different = 0;
  let forksDiffer = 0;
  for (let index = 0; index < MOMENTS; index += 1) {
    const at = momentOf(vms, index);
    const began = performance.now();
    const seen = await post<Seen>(scene, 'view', { moment: { at } });
    const viewed = performance.now();
    const { branch, turn } = await post<Forked>(scene, 'fork', { moment: { at } });
    const forked = performance.now();
    const child = await post<Seen>(scene, 'view', { moment: { turn }, branch });
    views.push(viewed - began);
    forks.push(forked - viewed);
    if (!isLive(scene, seen, at)) different += 1;
    const { mark } = child;
    // Before a turn in which no time passed since the first mark there is none.
    const isSame = child.hash === seen.hash && (mark === null || mark.again === mark.hash);
    if (!isSame || turn !== seen.turn) forksDiffer += 1;
  }
  const rewindsDiffer = await rewind(scene);
  scene.link.close();
  for (const [name, took] of Object.entries({ views, forks })) {
    const [half, most] = [percentile(took, 0.5), Math.max(...took)].map(rounded);
    say(`history ${vms}: ${name} median ${half} ms, longest ${most} ms, load ${loadAverage()}`);
  }
  return [
    timeOf(`view_p95_${vms}_vms`, views),
    timeOf(`fork_p95_${vms}_vms`, forks),
    noneOf(`views_differ_${vms}_vms`, different, MOMENTS),
    noneOf(`forks_differ_${vms}_vms`, forksDiffer, MOMENTS),
    noneOf(`rewinds_differ_${vms}_vms`, rewindsDiffer, REWINDS),
  ];
}

/**
 * Forks that become the lab, each earlier than the one before: opened and running on, the lab leaves
 * the marks again that it left when it was there first.
 */
async function rewind(scene: Scene): Promise<number> {
  const { house, link, lab, vms, live, say } = scene;
  // After the last command, for the lab that went on had them all.
  const [last] = await house.sql<{ at: string }[]>`
    select max(i.at) as at from input i join lab_clock c on c.branch = i.branch
    where c.lab = ${lab} and i.op not in ('clock.pause', 'clock.sleep', 'clock.wake')`;
  const first = Number(last?.at) + MARK_EVERY;
  const span = MINUTES * 60 * TICKS_PER_SECOND - 6 * MARK_EVERY - first;
  const moments = Array.from(
    { length: REWINDS },
    (_, index) => first + (draw(vms, 2, index) % span),
  );
  let different = 0;
  for (const at of moments.toSorted((a, b) => b - a)) {
    const { branch } = await post<Forked>(scene, 'rewind', { moment: { at } });
    const again = [...(await marksAgain(scene))];
    await link.submit('clock.pause', {});
    const [now] = await house.sql<{ branch: string }[]>`
      select branch from lab_clock where lab = ${lab}`;
    const isSame = again.length > 0 && again.every(([mark, hash]) => live.get(mark) === hash);
    say(`history ${vms}: back to ${at}, ${again.length} marks, ${isSame ? 'the same' : 'others'}`);
    if (!isSame || Number(now?.branch) !== branch) different += 1;
  }
  return different;
}

/** Marks are written with the rows, a second or two behind; of a branch that is new, with all rows. */
async function marksAgain({ house, lab }: Scene): Promise<ReadonlyMap<number, string>> {
  for (let tries = 0; ; tries += 1) {
    const marks = await marksOf(house, lab);
    if (marks.size >= 3 || tries === 60) return marks;
    await sleep(500);
  }
}

const FIGURE = { bench: 'history' };

const timeOf = (figure: string, took: readonly number[]): Figure => {
  const p95 = percentile(took, 0.95);
  const rest = { unit: 'ms', ours: rounded(p95), bar: 'ours<=500', ok: p95 <= 500 };
  return { ...FIGURE, figure, rounds: took.length, ...rest };
};

const noneOf = (figure: string, ours: number, rounds: number): Figure => ({
  ...FIGURE,
  figure,
  unit: '1',
  ours,
  rounds,
  bar: 'ours<=0',
  ok: ours === 0,
});

export const history: Bench = {
  name: 'history',
  about: `${MOMENTS} random moments of a ${MINUTES}-minute lab with 6 and with 400 machines, seen and forked, compared with the live marks`,
  run: say =>
    inHouse({ say }, async house => [
      ...(await measure(house, 6, say)),
      ...(await measure(house, 400, say)),
    ]),
};
