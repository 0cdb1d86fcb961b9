import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program, wholeNumber } from '../../server/command-line.ts';
import { startBots, summary } from './bots.ts';

// npm run bots -- --url http://localhost:7420 --join TOKEN --count 30 --seconds 60
// One JSON line of figures on standard output, everything else on standard error. The exit code says
// whether the ledger found anything against the server.

const values = program('bots', 'Simulated learners in a lab, with an honest ledger on disk.')
  .requiredOption('--join <link>', 'a join link or its token: an instructor makes one')
  .option('--url <address>', 'where the server is', 'http://localhost:7420')
  .option('--count <bots>', 'how many learners', wholeNumber(1), 10)
  .option('--seconds <time>', 'for how long; 0 is until it is stopped', wholeNumber(), 60)
  .option('--seed <number>', 'what decides who does what', wholeNumber(), 1)
  .option('--every <milliseconds>', 'pause between the commands of one', wholeNumber(), 2_000)
  .option('--in-flight <commands>', 'unanswered commands of one', wholeNumber(1), 2)
  .option('--vms <count>', 'virtual machines that each makes', wholeNumber(), 2)
  .option('--ledger <file>', 'where to write it (a temporary folder)')
  .parse()
  .opts();

async function main(): Promise<void> {
  const { url, join: link } = values;
  const folder = mkdtempSync(join(tmpdir(), 'enlighten-bots-'));
  const ledger = values.ledger ?? join(folder, 'ledger.jsonl');
  const { count } = values;
  const bots = await startBots({
    url,
    count,
    enter: { join: link.slice(link.lastIndexOf('/') + 1) },
    ledger,
    seed: values.seed,
    everyMs: values.every,
    inFlight: values.inFlight,
    vms: values.vms,
  });
  process.stderr.write(`${count} bots at ${url}; their ledger is ${ledger}\n`);
  await end(values.seconds);
  const findings = await bots.stop();
  process.stdout.write(`${JSON.stringify({ bots: count, ...summary(findings) })}\n`);
  const against = [...findings.answersChanged, ...findings.positionsBack];
  for (const line of against) process.stderr.write(`${line}\n`);
  process.exitCode = against.length + findings.diverged > 0 ? 1 : 0;
}

/** After so many seconds, or when somebody asks for it. */
async function end(seconds: number): Promise<void> {
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => asked.abort());
  const longest = 2 ** 31 - 1;
  const wait = seconds === 0 ? longest : Math.min(longest, seconds * 1_000);
  await sleep(wait, undefined, { signal: asked.signal }).catch(() => undefined);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
