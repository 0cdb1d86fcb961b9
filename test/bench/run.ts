import type { Bench } from './figure.ts';
import { ack } from './ack.ts';
import { agenda } from './agenda.ts';
import { fanout } from './fanout.ts';
import { history } from './history.ts';
import { hostile } from './hostile.ts';
import { idle } from './idle.ts';
import { page } from './page.ts';
import { shell } from './shell.ts';
import { stalled } from './stalled.ts';
import { storm } from './storm.ts';
import { watch } from './watch.ts';

// npm run bench [-- NAME ...]: one JSON line a figure on standard output, everything else on standard error.

const BENCHES: readonly Bench[] = [
  agenda,
  fanout,
  watch,
  ack,
  idle,
  stalled,
  storm,
  history,
  shell,
  page,
  hostile,
];

const names = process.argv.slice(2);
const unknown = names.filter(name => !BENCHES.some(bench => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}. There are:\n`);
  for (const { name, about } of BENCHES) process.stderr.write(`  ${name}: ${about}\n`);
  process.exit(2);
}
let met = true;
for (const bench of BENCHES) {
  if (names.length > 0 && !names.includes(bench.name)) continue;
  const figures = await bench.run(line => void process.stderr.write(`${line}\n`));
  for (const figure of figures) {
    process.stdout.write(`${JSON.stringify(figure)}\n`);
    met &&= figure.ok;
  }
}
process.exitCode = met ? 0 : 1;
