import { createInterface } from 'node:readline';
import { startEmbedded } from './embedded.ts';

// A program of its own that starts the embedded Postgres, so that a test can kill it. It writes one
// line of JSON when the database answers, and ends the database when it reads the word "stop".

const [dataDir = '', watch = ''] = process.argv.slice(2);
const said: string[] = [];
const embedded = await startEmbedded({
  dataDir,
  log: line => void said.push(line),
  watch: watch === 'watch',
});
const { url, adopted, folder } = embedded;
process.stdout.write(`${JSON.stringify({ url, adopted, folder, said })}\n`);

for await (const word of createInterface(process.stdin)) {
  if (word === 'stop') await embedded.stop();
  process.exit(0);
}
