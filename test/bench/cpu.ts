import { readFileSync, readdirSync } from 'node:fs';

// Processor time as the kernel counts it for another process: nothing has to be asked of that process,
// so asking does not change what is measured. Linux only, like the machines that benches run on.

/** All threads that live, in seconds; the kernel counts them in nanoseconds. */
export function cpuSeconds(pid: number): number {
  const folder = `/proc/${pid}/task`;
  return readdirSync(folder).reduce((sum, thread) => sum + ofThread(`${folder}/${thread}`), 0);
}

/** The thread that began the process: where the hub lives. */
export function mainThreadSeconds(pid: number): number {
  return ofThread(`/proc/${pid}/task/${pid}`);
}

function ofThread(folder: string): number {
  const [nanoseconds = '0'] = readFileSync(`${folder}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e9;
}

/** Of the whole machine, averaged over a minute: what others did meanwhile. */
export function loadAverage(): number {
  return Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
}
