import { spawnLabThreads } from './lab-workers.ts';

// Where `npm start` begins. The lab threads are spawned before anything else is loaded, so that after
// a crash both cores load code at once; everything else is put together in serve.ts.

if (process.argv.length > 2) {
  const { starting } = await import('./command-line.ts');
  starting.parse();
}
const workers = spawnLabThreads(process.env['LAB_THREADS']);
const { SettingsError } = await import('./settings.ts');
try {
  const { serve } = await import('./serve.ts');
  await serve(workers);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(78);
}
