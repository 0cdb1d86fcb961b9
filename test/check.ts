import { runChecks } from './checks.ts';

// npm run check: everything that can be said about the code without running it, in seconds.

const { passed, failed } = await runChecks();
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
