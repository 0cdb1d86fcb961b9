import { parseArgs } from 'node:util';
import type { Bench } from './figure.ts';
import { ack } from './ack.ts';
import { agenda } from './agenda.ts';
import { fanout } from './fanout.ts';
import { history } from './history.ts';
import { hostile } from './hostile.ts';
import { idle } from './idle.ts';
import { page } from './page.ts';
import { shell } from './shell.ts';
import { soak } from './soak.ts';
import { stalled } from './stalled.ts';
import { storm } from './storm.ts';
import { watch } from './watch.ts';

// npm run bench [-- NAME ... [--minutes 60 --bots 30 --browsers 10]]: one JSON line a figure on standard output, everything else on standard error.

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
  soak,
];

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '60' },
    bots: { type: 'string', default: '30' },
    browsers: { type: 'string', default: '10' },
  },
});
const amounts = {
  minutes: Number(values.minutes),
  bots: Number(values.bots),
  browsers: Number(values.browsers),
};
if (!Object.values(amounts).every(amount => Number.isSafeInteger(amount) && amount > 0)) {
  process.stderr.write('--minutes, --bots and --browsers are whole numbers\n');
  process.exit(2);
}
const unknown = names.filter(name => !BENCHES.some(bench => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}. There are:\n`);
  for (const { name, about } of BENCHES) process.stderr.write(`  ${name}: ${about}\n`);
  process.exit(2);
}
let met = true;
for (const bench of BENCHES) {
  if (names.length > 0 ? !names.includes(bench.name) : bench.isLong) continue;
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const figures = await bench.run(say, amounts);
  for (const figure of figures) {
    process.stdout.write(`${JSON.stringify(figure)}\n`);
    met &&= figure.ok;
  }
}
process.exitCode = met ? 0 : 1;
