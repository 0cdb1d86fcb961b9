import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startBots, summary } from './bots.ts';

// npm run bots -- --url http://localhost:7420 --join TOKEN --count 30 --seconds 60
// One JSON line of figures on standard output, everything else on standard error. The exit code says
// whether the ledger found anything against the server.

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:7420' },
    /** The token of a join link, or the link itself. */
    join: { type: 'string' },
    count: { type: 'string', default: '10' },
    /** Until it is stopped, when it is 0. */
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    every: { type: 'string', default: '2000' },
    'in-flight': { type: 'string', default: '2' },
    vms: { type: 'string', default: '2' },
    ledger: { type: 'string' },
  },
});

function number(text: string, option: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`--${option} is a number, and ${text} is none`);
}

async function main(): Promise<void> {
  const { url, join: link } = values;
  if (link === undefined) throw new Error('--join TOKEN says which lab; an instructor makes one');
  const folder = mkdtempSync(join(tmpdir(), 'enlighten-bots-'));
  const ledger = values.ledger ?? join(folder, 'ledger.jsonl');
  const count = number(values.count, 'count');
  const bots = await startBots({
    url,
    count,
    enter: { join: link.slice(link.lastIndexOf('/') + 1) },
    ledger,
    seed: number(values.seed, 'seed'),
    everyMs: number(values.every, 'every'),
    inFlight: number(values['in-flight'], 'in-flight'),
    vms: number(values.vms, 'vms'),
  });
  process.stderr.write(`${count} bots at ${url}; their ledger is ${ledger}\n`);
  await end(number(values.seconds, 'seconds'));
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
