import { Option } from '@commander-js/extra-typings';
import { program, wholeNumber } from '../../server/command-line.ts';
import { SeedRun } from './run-seed.ts';
import { SABOTAGES, sabotage } from './sabotage.ts';

// npm run swarm -- --seed N [--seeds COUNT] [--sabotage NAME]: random lives of a lab, each wholly
// determined by its seed. With a sabotage, one thing is broken on purpose and must be caught.

const values = program('swarm', 'Random lives of a lab, each wholly determined by its seed.')
  .option('--seed <number>', 'the first seed', wholeNumber(), 1)
  .option('--seeds <count>', 'how many seeds, one after the other', wholeNumber(1), 20)
  .addOption(
    new Option('--sabotage <name>', 'breaks one thing on purpose, which must be caught').choices(
      Object.keys(SABOTAGES),
    ),
  )
  .option('--verbose', 'tells what happens in each life', false)
  .parse()
  .opts();

const { seed: first, seeds: count, sabotage: name } = values;

const totals: Record<string, number> = {};
let caught: { seed: number; violation: string } | null = null;
let failed = 0;
const began = performance.now();
for (let seed = first; seed < first + count; seed += 1) {
  const undo = name === undefined ? null : sabotage(name);
  const run = new SeedRun(seed, undo?.wrap);
  const report = await run.run(seed, undo?.undo);
  for (const [key, value] of Object.entries(report)) {
    if (typeof value === 'number' && key !== 'seed') totals[key] = (totals[key] ?? 0) + value;
  }
  if (values.verbose) for (const line of run.log) process.stderr.write(`  ${line}\n`);
  if (report.violations.length === 0) continue;
  failed += 1;
  caught ??= { seed, violation: report.violations[0] ?? '' };
  process.stderr.write(`seed ${seed}:\n  ${report.violations.slice(0, 8).join('\n  ')}\n`);
  if (name !== undefined) break;
}
const seconds = Math.round((performance.now() - began) / 100) / 10;
process.stdout.write(
  `${JSON.stringify({ swarm: name ?? 'honest', seed: first, seeds: count, failed, caught, seconds, ...totals })}\n`,
);
process.exitCode = (name === undefined ? failed === 0 : caught !== null) ? 0 : 1;
