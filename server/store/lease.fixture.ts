import { takeServerLease } from './server-lease.ts';

// A server of its own, as far as the lease goes, so that a test can freeze and kill it. It writes a
// line when it owns the database, is refused, or loses what it owned.

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const [url = ''] = process.argv.slice(2);
const taken = await takeServerLease({
  url,
  log: line => say(`log ${line}`),
  onLost: reason => say(`lost ${reason}`),
});
say(taken.ok ? `owns ${taken.value.term}` : `refused by ${taken.fault.process}`);

// Nothing but the lease may be needed to get through its release.
const alive = setInterval(() => undefined, 60_000);
process.once('SIGTERM', () => {
  clearInterval(alive);
  const release = taken.ok ? taken.value.release() : Promise.resolve();
  void release.then(() => say('released'));
});
if (!taken.ok) clearInterval(alive);
