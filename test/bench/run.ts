import { program, wholeNumber } from '../../server/command-line.ts';
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

const list = BENCHES.map(({ name, about, isLong }) => {
  return `  ${name.padEnd(8)}  ${about}${isLong ? ' (only when it is named)' : ''}`;
});
const asked = program('bench', 'Measures ours beside peers and limits, one JSON line a figure.')
  .argument('[names...]', 'which benches; all that do not take an hour, when none is named')
  .option('--minutes <count>', 'of soak', wholeNumber(1), 60)
  .option('--bots <count>', 'of soak', wholeNumber(1), 30)
  .option('--browsers <count>', 'of soak', wholeNumber(1), 10)
  .addHelpText('after', `\nBenches:\n${list.join('\n')}`)
  .parse();
const amounts = asked.opts();
const [names] = asked.processedArgs;
const unknown = names.filter(name => !BENCHES.some(bench => bench.name === name));
if (unknown.length > 0)
  asked.error(`error: there is no bench ${unknown.join(', ')}. There are:\n${list.join('\n')}`);
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
