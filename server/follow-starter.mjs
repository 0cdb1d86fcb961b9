// Preloaded into every program that start.mjs runs. When the starter dies without a word (SIGKILL),
// the program is told to end as if it had been asked to.

import module from 'node:module';
import { isMainThread } from 'node:worker_threads';

const starter = Number(process.env.ENLIGHTEN_STARTER);

// Workers and forks inherit the preload; only the starter's own child has anything to follow.
if (isMainThread && process.ppid === starter) {
  // Windows ends the children of a process with it, and there a parent's number tells nothing.
  if (process.platform !== 'win32') {
    const watch = setInterval(() => {
      if (process.ppid === starter) return;
      clearInterval(watch);
      process.kill(process.pid, 'SIGTERM');
    }, 500);
    watch.unref();
  }
  // Node keeps what it compiled when a program ends in peace; a server that is killed never does.
  setTimeout(() => module.flushCompileCache?.(), 5_000).unref();
}
