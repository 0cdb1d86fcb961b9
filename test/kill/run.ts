import { parseArgs } from 'node:util';
import { kill } from './kill.ts';

// npm run kill -- --rounds 50 --seed N: kills the server at chosen moments, and says on standard
// output, in one line of JSON, whether anybody lost anything or was shown anything false.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    restarts: { type: 'string' },
    frozen: { type: 'string' },
    bots: { type: 'string', default: '6' },
    hosts: { type: 'string', default: '8' },
    vms: { type: 'string', default: '400' },
    'mid-start': { type: 'string', default: '20' },
    keep: { type: 'boolean', default: false },
  },
});

const rounds = Number(values.rounds);
const report = await kill({
  seed: Number(values.seed),
  rounds,
  restarts: Number(values.restarts ?? Math.round(rounds / 5)),
  frozen: Number(values.frozen ?? Math.round(rounds / 10)),
  bots: Number(values.bots),
  hosts: Number(values.hosts),
  vms: Number(values.vms),
  midStart: Math.min(Number(values['mid-start']), Number(values.vms)),
  keep: values.keep,
  say: line => void process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exitCode = report.ok ? 0 : 1;
