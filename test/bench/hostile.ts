import { setTimeout as sleep } from 'node:timers/promises';
import type { Link } from '../../client/link/port.ts';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { inHouse } from './bench-house.ts';
import type { Bench, Say } from './figure.ts';
import { percentile, rounded } from './figure.ts';
import { enter, until } from './people.ts';

const VMS = 40;
const ROUNDS = 7;
const COMMANDS = 120;
const EVERY_MS = 55;

/** Lines that would never end, or would fill a memory, if they were let. */
const LINES = [
  'while ($true) { }',
  '$s = "x"; while ($true) { $s += $s }',
  '1..100000000 | where { $_ -eq 0 }',
  'function f { f }; while ($true) { try { f } catch { } }',
];

/** Milliseconds from a command to its answer, at a person's rate. */
async function answers(link: Link, machines: readonly string[]): Promise<readonly number[]> {
  const times: number[] = [];
  const waiting: Promise<void>[] = [];
  for (let count = 0; count < COMMANDS; count += 1) {
    const began = performance.now();
    const vm = machines[count % machines.length] ?? '';
    const answered = link.submit('vm.rename', { vm, name: `${vm.slice(3, 12)} ${count}` });
    waiting.push(answered.then(() => void times.push(performance.now() - began)));
    await sleep(EVERY_MS);
  }
  await Promise.all(waiting);
  return times;
}

async function openConsoles(link: Link): Promise<readonly string[]> {
  link.consoles.want();
  const [host] = [...(link.scope('lab')?.records('host') ?? [])].map(({ id }) => id);
  const ids: string[] = [];
  for (let count = 0; count < LINES.length; count += 1) {
    const what = { do: 'open', host: host as `host:${string}`, columns: 120 } as const;
    const { console: id, message } = await link.consoles.ask(null, what);
    if (id === null) throw new Error(`no console: ${message}`);
    ids.push(id);
  }
  return ids;
}

/** While `during` goes on, every console runs its line; what ended is entered again. */
async function beside<T>(link: Link, ids: readonly string[], during: () => Promise<T>): Promise<T> {
  let isOver = false;
  const hands = ids.map(async (id, index) => {
    while (!isOver) {
      await link.consoles.ask(id, { do: 'enter', text: LINES[index] ?? '' });
      await sleep(300);
    }
    await link.consoles.ask(id, { do: 'cancel' });
    await link.consoles.ask(id, { do: 'cancel' });
  });
  await sleep(500);
  const result = await during();
  isOver = true;
  await Promise.all(hands);
  await sleep(500);
  return result;
}

async function measure(links: readonly [Link, Link], say: Say) {
  const [villain, other] = links;
  for (const link of links) link.watch('lab');
  for (const link of links)
    await until(link, () => [...(link.scope('lab')?.records('vm') ?? [])].length === VMS);
  const machines = [...(other.scope('lab')?.records('vm') ?? [])].map(({ id }) => id);
  const ids = await openConsoles(villain);
  await answers(other, machines);
  const [quiet, loud]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [alone, among] = [
      await answers(other, machines),
      await beside(villain, ids, () => answers(other, machines)),
    ];
    quiet.push(...alone);
    loud.push(...among);
    say(
      `hostile: round ${round + 1}: p99 ${rounded(percentile(alone, 0.99))} ms alone, ${rounded(percentile(among, 0.99))} ms beside`,
    );
  }
  // Of all rounds together: the p99 of one round is its second slowest command, which is chance.
  return { ours: rounded(percentile(loud, 0.99)), limit: rounded(percentile(quiet, 0.99)) };
}

export const hostile: Bench = {
  name: 'hostile',
  about: 'p99 of a person’s commands while four consoles of the same lab run lines that never end',
  run: say =>
    inHouse({ say }, async house => {
      const lab = await house.lab('Hostile', labUnderFire({ hosts: 1, vms: VMS, seed: 'hostile' }));
      const [first, second] = await house.guests(lab, 2);
      if (first === undefined || second === undefined) throw new Error('there are two guests');
      const links = [enter(house, lab, first), enter(house, lab, second)] as const;
      try {
        const { ours, limit } = await measure(links, say);
        const bar = 'ours<=1.25*limit';
        const figure = { bench: 'hostile', figure: 'p99_of_others', unit: 'ms', rounds: ROUNDS };
        return [{ ...figure, ours, limit, bar, ok: ours <= 1.25 * limit }];
      } finally {
        for (const link of links) link.close();
      }
    }),
};
