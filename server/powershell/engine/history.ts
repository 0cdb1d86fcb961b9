import type { Core } from './core.ts';
import { LIMITS } from './limits.ts';

/** Keeps a line; an empty one is not kept. */
export const writeHistory = (core: Core, line: string): void => {
  const text = line.trimEnd();
  if (text === '') return;
  const last = core.history.at(-1);
  core.history.push({ id: (last?.id ?? 0) + 1, line: text });
  if (core.history.length > LIMITS.history) core.history.shift();
};
