import { program, wholeNumber } from '../../server/command-line.ts';
import { kill } from './kill.ts';

// npm run kill -- --rounds 50 --seed N: kills the server at chosen moments, and says on standard
// output, in one line of JSON, whether anybody lost anything or was shown anything false.

const asked = program(
  'kill',
  'Kills the server at chosen moments and judges by ledgers of its users.',
)
  .option(
    '--rounds <count>',
    'kills of the server; one in five takes Postgres along',
    wholeNumber(1),
    50,
  )
  .option('--seed <number>', 'what decides the moments', wholeNumber(), Date.now() % 1_000_000)
  .option('--restarts <count>', 'ends of Postgres alone (a fifth of the rounds)', wholeNumber())
  .option('--frozen <count>', 'frozen owners of a lab (a tenth of the rounds)', wholeNumber())
  .option('--bots <count>', 'people who work meanwhile', wholeNumber(1), 6)
  .option('--hosts <count>', 'hosts of the lab', wholeNumber(1), 8)
  .option('--vms <count>', 'virtual machines of the lab', wholeNumber(1), 400)
  .option('--mid-start <count>', 'of these on their way up at any moment', wholeNumber(), 20)
  .option('--keep', 'leaves ledgers, database and log where they are', false)
  .parse();
const values = asked.opts();
const { rounds } = values;
const report = await kill({
  seed: values.seed,
  rounds,
  restarts: values.restarts ?? Math.round(rounds / 5),
  frozen: values.frozen ?? Math.round(rounds / 10),
  bots: values.bots,
  hosts: values.hosts,
  vms: values.vms,
  midStart: Math.min(values.midStart, values.vms),
  keep: values.keep,
  say: line => void process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exitCode = report.ok ? 0 : 1;
