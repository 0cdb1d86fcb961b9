import { setTimeout as sleep } from 'node:timers/promises';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { type BenchHouse, inHouse } from './bench-house.ts';
import { loadAverage } from './cpu.ts';
import type { Bench, Say } from './figure.ts';
import { median, rounded } from './figure.ts';
import { enter, startAll } from './people.ts';

const VMS = 1_000;
const ROUNDS = 3;
const SECONDS = 20;

interface Beats {
  readonly at: number;
  readonly sent: number;
  readonly received: number;
}

/** Rows are all of one moment: heartbeats of every machine, and the lab time they stand at. */
async function beats({ sql }: BenchHouse, lab: string): Promise<Beats> {
  const [row] = await sql<{ now: string; sent: string; received: string }[]>`
    select c.now, sum(s.sent) as sent, sum(s.received) as received
    from lab_clock c join integration_service s on s.branch = c.branch
    where c.lab = ${lab} and s.device = 'ic-heartbeat' group by c.now`;
  return { at: Number(row?.now), sent: Number(row?.sent), received: Number(row?.received) };
}

async function rounds(house: BenchHouse, lab: string, say: Say) {
  const cores: number[] = [];
  const errors: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = await beats(house, lab);
    const cpu = house.cpu();
    const began = performance.now();
    await sleep(SECONDS * 1_000);
    cores.push((house.cpu() - cpu) / ((performance.now() - began) / 1_000));
    const after = await beats(house, lab);
    const expected = (VMS * (after.at - before.at)) / 2e7;
    const off = [after.sent - before.sent - expected, after.received - before.received - expected];
    errors.push(Math.max(...off.map(Math.abs)) / VMS);
    say(
      `idle round ${round}: ${rounded(cores.at(-1) ?? 0)} cores, beats off by ${rounded(errors.at(-1) ?? 0)} a machine, load ${loadAverage()}`,
    );
  }
  return { cores: median(cores), error: Math.max(...errors) };
}

export const idle: Bench = {
  name: 'idle',
  about: `${VMS} running idle virtual machines at 1x: the whole server's share of a core, and its heartbeats`,
  run: say =>
    inHouse({ say }, async house => {
      // A host's pool has 256 addresses for network adapters, as the real one.
      const lab = await house.lab('Idle', labUnderFire({ hosts: 4, vms: VMS, seed: 'idle' }));
      const link = enter(house, lab, house.instructor);
      say(`idle: ${await startAll(link)} machines answer`);
      await sleep(10_000);
      const { cores, error } = await rounds(house, lab, say);
      link.close();
      return [
        {
          bench: 'idle',
          figure: 'cores',
          unit: 'core',
          ours: rounded(cores),
          rounds: ROUNDS,
          bar: 'ours<=0.5',
          ok: cores <= 0.5,
        },
        {
          bench: 'idle',
          figure: 'heartbeats_off_per_vm',
          unit: '1',
          ours: rounded(error),
          rounds: ROUNDS,
          bar: 'ours<=1',
          ok: error <= 1,
        },
      ];
    }),
};
