import { Worker } from 'node:worker_threads';

/**
 * Threads for labs, loading their code and waiting to be told of their database. What the setting says
 * is judged later with all the others; here a wrong one means one thread.
 */
export function spawnLabThreads(setting: string | undefined): readonly Worker[] {
  const wanted = Number(setting?.trim() || '1');
  const count = Number.isInteger(wanted) && wanted >= 0 && wanted <= 64 ? wanted : 1;
  return Array.from(
    { length: count },
    () => new Worker(new URL('./lab-thread.ts', import.meta.url)),
  );
}
